/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/kinds.h"
#include "commands/like.h"

/* clang-format off */
#define NOT_INHERITED "a socket that programs started later do not get (PEP 446)"
#define AS_NAMED      "a socket of the kind that getaddrinfo named, protocol and all"
#define NO_WAIT       "calls that do not wait: Python waits itself, with poll"

static const struct like create_server = {
	.record = {.name = "socket.create_server",
		   .help = "a listener",
		   .args = {LIKE_ADDRESS}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC", NOT_INHERITED, LIKE_GIVES},
		{"setsockopt . SO_REUSEADDR 1", WANTS_RESTART, 0},
		{"setsockopt . IPV6_V6ONLY 1", "IPv6 alone, on every system", LIKE_IPV6_ONLY},
		{"bind . {1}", WANTS_ADDRESS, 0},
		{"listen . 128", "connections; 128 may wait", 0},
		{0}},
};

static const struct like socket_listen = {
	.record = {.name = "socket.socket",
		   .help = "a listener made by hand",
		   .args = {LIKE_ADDRESS}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC", NOT_INHERITED, LIKE_GIVES},
		{"bind . {1}", "the address; nobody set SO_REUSEADDR, so a restart may find it in use", 0},
		{"listen . 128", "connections; 128 may wait, since no number was given", 0},
		{0}},
};

static const struct like socketserver = {
	.record = {.name = "socketserver.TCPServer",
		   .help = "a listener",
		   .args = {LIKE_ADDRESS}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC", NOT_INHERITED, LIKE_GIVES},
		{"bind . {1}", "the address; allow_reuse_address is False, so a restart may find it in use", 0},
		{"getsockname .", "the port, where 0 was asked for: server_address", 0},
		{"listen . 5", "connections; no more than 5 may wait: request_queue_size", 0},
		{0}},
};

static const struct like create_connection = {
	.record = {.name = "socket.create_connection",
		   .help = "a connection",
		   .args = {LIKE_ADDRESS}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC IPPROTO_TCP", AS_NAMED, LIKE_GIVES},
		{"connect . {1}", WANTS_CONNECTED, 0},
		{0}},
};

static const struct like create_connection_timeout = {
	.record = {.name = "socket.create_connection_timeout",
		   .help = "the same, with timeout=TIME",
		   .args = {LIKE_ADDRESS, LIKE_TIME}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC IPPROTO_TCP", AS_NAMED, LIKE_GIVES},
		{"ioctl . FIONBIO 1", NO_WAIT, 0},
		{"connect . {1}", WANTS_SYN, LIKE_MAY_FAIL | LIKE_ENDS},
		{"poll .:OUT|ERR {2}", "the connection, or the end of the time: TimeoutError", LIKE_TIMES_OUT},
		{"getsockopt . SO_ERROR", "how it ended: 0 is well", 0},
		{0}},
};

static const struct like accept_one = {
	.record = {.name = "accept",
		   .help = "the next connection",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"accept4 {1} CLOEXEC", "a connection that programs started later do not get", LIKE_GIVES},
		{"getsockname .", "to know its family: the object is made of the descriptor alone", 0},
		{0}},
};

static const struct like settimeout = {
	.record = {.name = "settimeout",
		   .help = "calls end after a time",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"ioctl {1} FIONBIO 1", NO_WAIT, 0},
		{0}},
};

static const struct like recv_timeout = {
	.record = {.name = "recv",
		   .help = "bytes, after settimeout",
		   .args = {LIKE_FD, {.name = "SIZE", .kind = &kind_number}, LIKE_TIME}},
	.steps = (const struct like_step[]){
		{"poll {1}:IN {3}", "bytes, or the end of the time: TimeoutError", LIKE_TIMES_OUT},
		{"recv {1} {2} 0", "what has come; b'' is the end", 0},
		{0}},
};

static const struct like start_server = {
	.record = {.name = "asyncio.start_server",
		   .help = "a listener in a loop",
		   .args = {LIKE_ADDRESS, LIKE_EPFD}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC IPPROTO_TCP", AS_NAMED, LIKE_GIVES},
		{"setsockopt . SO_REUSEADDR 1", "a server that restarts gets its port", 0},
		{"setsockopt . IPV6_V6ONLY 1", "IPv6 alone: IPv4 gets a listener of its own", LIKE_IPV6_ONLY},
		{"bind . {1}", WANTS_ADDRESS, 0},
		{"ioctl . FIONBIO 1", "an accept that never waits: the loop has others to serve", 0},
		{"listen . 100", "connections; 100 may wait", 0},
		{"epoll_ctl {2} ADD {fd} IN", "to be told when one comes", 0},
		{0}},
};

static const struct like open_connection = {
	.record = {.name = "asyncio.open_connection",
		   .help = "a connection in a loop",
		   .args = {LIKE_ADDRESS, LIKE_EPFD}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC IPPROTO_TCP", AS_NAMED, LIKE_GIVES},
		{"ioctl . FIONBIO 1", "calls that never wait", 0},
		{"connect . {1}", WANTS_SYN, LIKE_MAY_FAIL},
		{"epoll_ctl {2} ADD {fd} OUT", WANTS_NEWS, 0},
		{"epoll_wait({2}, [], 3, -1)", "that it has", 0},
		{"getsockopt {fd} SO_ERROR", "how: 0 is well", 0},
		{"epoll_ctl {2} DEL {fd}", "no more news of room to write", 0},
		{"ioctl {fd} FIONBIO 1", "calls that never wait, in case somebody changed that", 0},
		{"getsockname {fd}", "its own address: sockname", 0},
		{"getpeername {fd}", "the other's: peername", 0},
		{"setsockopt {fd} TCP_NODELAY 1", "small writes to go at once: Nagle's algorithm is off", 0},
		{"epoll_ctl {2} ADD {fd} IN", "to be told when bytes come", 0},
		{0}},
};

static const struct like *const likes[] = {
	&create_server, &socket_listen, &socketserver, &create_connection,
	&create_connection_timeout, &accept_one, &settimeout, &recv_timeout, &start_server,
	&open_connection, NULL,
};
/* clang-format on */

const struct like_language like_python = {
	.name = "python",
	.version = "Python 3.11",
	.from = "as strace sees CPython; EPFD is asyncio's: epoll_create1 CLOEXEC",
	.stops = "no more: the socket is closed, and the caller gets an OSError",
	.likes = likes,
};
