/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/kinds.h"
#include "commands/like.h"

/* clang-format off */
static const struct like create_server = {
	.record = {.name = "net.createServer",
		   .help = "and listen(port): a listener",
		   .args = {LIKE_ADDRESS, LIKE_EPFD}},
	.addresses = LIKE_ANY6,
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC|NONBLOCK", WANTS_NO_WAIT, LIKE_GIVES},
		{"setsockopt . SO_REUSEADDR 1", WANTS_RESTART, 0},
		{"setsockopt . IPV6_V6ONLY 0", "IPv4 clients as well", LIKE_IPV6_ONLY},
		{"bind . {1}", WANTS_ANY, 0},
		{"listen . 511", "connections; 511 may wait, if net.core.somaxconn allows as many", 0},
		{"epoll_ctl {2} ADD {fd} IN", "to be told when one comes", 0},
		{0}},
};

static const struct like on_connection = {
	.record = {.name = "connection",
		   .help = "the next connection, in the loop",
		   .args = {LIKE_FD, LIKE_EPFD}},
	.steps = (const struct like_step[]){
		{"epoll_pwait({2}, [], 1024, -1, NULL)", "whatever happens next", 0},
		{"accept4 {1} CLOEXEC|NONBLOCK", "one connection, whose calls never wait", LIKE_GIVES},
		{"epoll_ctl {2} ADD {fd} IN", "to be told when bytes come", 0},
		{0}},
};

static const struct like connect_to = {
	.record = {.name = "net.connect",
		   .help = "a connection",
		   .args = {LIKE_ADDRESS, LIKE_EPFD}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC|NONBLOCK", WANTS_NO_WAIT, LIKE_GIVES},
		{"connect . {1}", WANTS_SYN, LIKE_MAY_FAIL},
		{"epoll_ctl {2} ADD {fd} OUT", WANTS_NEWS, 0},
		{"epoll_pwait({2}, [], 1024, -1, NULL)", "that it has", 0},
		{"getsockopt {fd} SO_ERROR", "how: 0 is the event 'connect', else 'error'", 0},
		{"epoll_ctl {2} ADD {fd} IN", "from now on news of bytes that come; EEXIST says that it is in the set", LIKE_MAY_FAIL},
		{"epoll_ctl {2} MOD {fd} IN", "the same, of one that is", LIKE_IF_FAILED},
		{0}},
};

static const struct like end = {
	.record = {.name = "end",
		   .help = "nothing more to send",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"shutdown {1} WR", "the FIN to go; what still comes is read", 0},
		{0}},
};

static const struct like destroy = {
	.record = {.name = "destroy",
		   .help = "the end of a socket",
		   .args = {LIKE_FD, LIKE_EPFD}},
	.steps = (const struct like_step[]){
		{"epoll_ctl {2} DEL {1}", "no more news of it", LIKE_MAY_FAIL},
		{"close {1}", "the descriptor back", 0},
		{0}},
};

static const struct like *const likes[] = {
	&create_server, &on_connection, &connect_to, &end, &destroy, NULL,
};
/* clang-format on */

const struct like_language like_node = {
	.name = "node",
	.version = "Node.js 20",
	.from = "as strace sees it; EPFD is its loop: epoll_create1 CLOEXEC",
	.stops = "no more: the socket is closed, and 'error' is emitted",
	.likes = likes,
};
