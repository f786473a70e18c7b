/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/kinds.h"
#include "commands/like.h"

/* clang-format off */
#define POLLED "to be told once whenever something changes: edge-triggered, for both directions"

#define KEEP_ALIVE(fd)                                                                                                  \
	{"setsockopt " fd " TCP_NODELAY 1", "small writes to go at once: Nagle's algorithm is off", 0},                 \
	{"setsockopt " fd " SO_KEEPALIVE 1", "to notice a peer that is gone, although nobody sends", 0},                \
	{"setsockopt " fd " TCP_KEEPIDLE 15", "the first probe after 15 seconds; the kernel's own is 2 hours", 0},      \
	{"setsockopt " fd " TCP_KEEPINTVL 15", "the next ones 15 seconds apart", 0},                                    \
	{"setsockopt " fd " TCP_KEEPCNT 9", "9 of them without an answer, then ETIMEDOUT", 0}

static const struct like listen_on = {
	.record = {.name = "net.Listen",
		   .help = "with \"tcp\": a listener",
		   .args = {LIKE_ADDRESS, LIKE_EPFD}},
	.addresses = LIKE_ANY6,
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC|NONBLOCK IPPROTO_MPTCP", "Multipath TCP, for clients that speak it; for others it is plain TCP", LIKE_MAY_FAIL | LIKE_GIVES},
		{"socket {1.family} stream|CLOEXEC|NONBLOCK", "plain TCP, where this kernel has no MPTCP", LIKE_IF_FAILED | LIKE_GIVES},
		{"setsockopt . IPV6_V6ONLY 0", "IPv4 clients as well", LIKE_IPV6_ONLY},
		{"setsockopt . SO_BROADCAST 1", "what is set on every socket; to TCP it is nothing", 0},
		{"setsockopt . SO_REUSEADDR 1", WANTS_RESTART, 0},
		{"bind . {1}", WANTS_ANY, 0},
		{"listen . SOMAXCONN", "connections; as many may wait as net.core.somaxconn allows: Go reads it", 0},
		{"epoll_ctl {2} ADD {fd} IN|OUT|RDHUP|ET", POLLED, 0},
		{"getsockname {fd}", "the port, where 0 was asked for: Addr()", 0},
		{0}},
};

static const struct like accept_one = {
	.record = {.name = "Accept",
		   .help = "the next connection",
		   .args = {LIKE_FD, LIKE_EPFD}},
	.steps = (const struct like_step[]){
		{"accept4 {1} CLOEXEC|NONBLOCK", "a connection whose calls never wait; EAGAIN parks the goroutine", LIKE_GIVES},
		{"epoll_ctl {2} ADD {fd} IN|OUT|RDHUP|ET", POLLED, 0},
		{"getsockname {fd}", "its own address: LocalAddr()", 0},
		KEEP_ALIVE("{fd}"),
		{0}},
};

static const struct like dial = {
	.record = {.name = "net.Dial",
		   .help = "with \"tcp\": a connection",
		   .args = {LIKE_ADDRESS, LIKE_EPFD}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC|NONBLOCK", WANTS_NO_WAIT, LIKE_GIVES},
		{"setsockopt . IPV6_V6ONLY 0", "what is set on every socket of IPv6", LIKE_IPV6_ONLY},
		{"setsockopt . SO_BROADCAST 1", "what is set on every socket; to TCP it is nothing", 0},
		{"connect . {1}", WANTS_SYN, LIKE_MAY_FAIL},
		{"epoll_ctl {2} ADD {fd} IN|OUT|RDHUP|ET", POLLED, 0},
		{"epoll_pwait({2}, [], 128, -1, NULL)", "that it has ended; other goroutines run meanwhile", 0},
		{"getsockopt {fd} SO_ERROR", "how: 0 is well", 0},
		{"getpeername {fd}", "to be sure that it is connected: RemoteAddr()", 0},
		{"getsockname {fd}", "its own address: LocalAddr()", 0},
		KEEP_ALIVE("{fd}"),
		{0}},
};

static const struct like *const likes[] = {
	&listen_on, &accept_one, &dial, NULL,
};
/* clang-format on */

const struct like_language like_go = {
	.name = "go",
	.version = "Go 1.24",
	.from = "as its source says; EPFD is its runtime's: epoll_create1 CLOEXEC",
	.stops = "no more: the socket is closed, and the caller gets an error",
	.likes = likes,
};
