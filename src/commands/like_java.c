/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/kinds.h"
#include "commands/like.h"

/* clang-format off */
#define SOCKET_BOTH "one socket for IPv6 and IPv4"
#define ADDRESS_1   "its own address: the port, where 0 was asked for"
#define ADDRESS_2   "the same once more: what it is told is kept as the address, then as the port"

static const struct like server_socket = {
	.record = {.name = "ServerSocket",
		   .help = "new: a listener",
		   .args = {LIKE_ADDRESS, {.name = "BACKLOG", .kind = &kind_backlog, .names = &names_backlog, .flags = ARG_OPTIONAL, .fallback = "50"}}},
	.addresses = LIKE_MAPPED,
	.steps = (const struct like_step[]){
		{"socket inet6 stream", SOCKET_BOTH, LIKE_GIVES},
		{"setsockopt . IPV6_V6ONLY 0", "IPv4 clients as well, whatever the machine's default", 0},
		{"setsockopt . SO_REUSEADDR 1", WANTS_RESTART, 0},
		{"bind . {1}", WANTS_ADDRESS, 0},
		{"getsockname .", ADDRESS_1, 0},
		{"getsockname .", ADDRESS_2, 0},
		{"listen . {2}", "connections; 50 may wait where nobody says how many", 0},
		{0}},
};

static const struct like socket_new = {
	.record = {.name = "Socket",
		   .help = "new: a connection",
		   .args = {LIKE_ADDRESS}},
	.addresses = LIKE_MAPPED,
	.steps = (const struct like_step[]){
		{"socket inet6 stream", SOCKET_BOTH, LIKE_GIVES},
		{"setsockopt . IPV6_V6ONLY 0", "IPv4 servers as well, as ::ffff: and the address", 0},
		{"connect . {1}", WANTS_CONNECTED, 0},
		{"getsockname .", "its own address, which connect has chosen", 0},
		{"getsockname .", ADDRESS_2, 0},
		{0}},
};

static const struct like server_socket_accept = {
	.record = {.name = "ServerSocket.accept",
		   .help = "the next connection",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"accept {1}", "the connection, and who it is from", LIKE_GIVES},
		{"getsockname .", "its own address, of those that the machine has", 0},
		{"getsockname .", ADDRESS_2, 0},
		{"fcntl . F_GETFL", "to know whether it waits: Linux gives a new connection no O_NONBLOCK of its listener's", 0},
		{0}},
};

static const struct like socket_read = {
	.record = {.name = "InputStream.read",
		   .help = "bytes, with setSoTimeout",
		   .args = {LIKE_FD, {.name = "SIZE", .kind = &kind_number}, {.name = "TIME", .kind = &kind_timeout}}},
	.steps = (const struct like_step[]){
		{"fcntl {1} F_GETFL", "the flags that are there", 0},
		{"fcntl {1} F_SETFL O_RDWR|O_NONBLOCK", "a read that does not wait; SO_RCVTIMEO is not used", 0},
		{"read {1} {2}", "what has come already: 0 becomes -1, the end", LIKE_MAY_FAIL | LIKE_ENDS},
		{"poll {1}:IN {3}", "bytes, or the end of the time", 0},
		{"read {1} {2}", "what has come meanwhile: EAGAIN once more is SocketTimeoutException", LIKE_MAY_FAIL},
		{0}},
};

static const struct like socket_close = {
	.record = {.name = "Socket.close",
		   .help = "the end, of listeners too",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"getsockopt {1} SO_LINGER", "to know whether close is meant to reset", 0},
		{"shutdown {1} WR", "the FIN to go, even where another descriptor leads to the socket", LIKE_MAY_FAIL},
		{"close {1}", "the descriptor back", 0},
		{0}},
};

static const struct like server_channel_open = {
	.record = {.name = "ServerSocketChannel.open",
		   .help = "a socket for a listener"},
	.steps = (const struct like_step[]){
		{"socket inet6 stream", SOCKET_BOTH, LIKE_GIVES},
		{"setsockopt . IPV6_V6ONLY 0", "IPv4 clients as well", 0},
		{"setsockopt . SO_REUSEADDR 1", "a server that restarts gets its port", 0},
		{0}},
};

static const struct like server_channel_bind = {
	.record = {.name = "ServerSocketChannel.bind",
		   .help = "it listens",
		   .args = {LIKE_FD, LIKE_ADDRESS}},
	.addresses = LIKE_MAPPED,
	.steps = (const struct like_step[]){
		{"bind {1} {2}", WANTS_ADDRESS, 0},
		{"listen {1} 50", "connections: bind and listen are one in Java", 0},
		{"getsockname {1}", ADDRESS_1, 0},
		{"getsockname {1}", ADDRESS_2, 0},
		{0}},
};

static const struct like configure_blocking = {
	.record = {.name = "configureBlocking",
		   .help = "with false: calls never wait",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"fcntl {1} F_GETFL", "the flags that are there", 0},
		{"fcntl {1} F_SETFL O_RDWR|O_NONBLOCK", "the same with O_NONBLOCK: a selector takes no other", 0},
		{0}},
};

static const struct like selector_open = {
	.record = {.name = "Selector.open",
		   .help = "an epoll set"},
	.steps = (const struct like_step[]){
		{"epoll_create1 CLOEXEC", "a set of descriptors to wait for", LIKE_GIVES},
		{"eventfd 0", "a descriptor by which wakeup() ends a wait", 0},
		{"fcntl {#2} F_GETFL", "the flags that are there", 0},
		{"fcntl {#2} F_SETFL O_RDWR|O_NONBLOCK", "reads of it that never wait", 0},
		{"epoll_ctl {#1} ADD {#2} IN", "that one in the set", 0},
		{0}},
};

static const struct like selector_select = {
	.record = {.name = "Selector.select",
		   .help = "registers FD, and waits",
		   .args = {LIKE_EPFD, LIKE_FD, {.name = "EVENTS", .kind = &kind_flags, .names = &names_epoll, .flags = ARG_OPTIONAL, .fallback = "IN"},
			    {.name = "TIME", .kind = &kind_timeout, .flags = ARG_OPTIONAL, .fallback = "-1"}}},
	.steps = (const struct like_step[]){
		{"epoll_ctl {1} ADD {2} {3}", "what register() only noted: it reaches the kernel with the next select", 0},
		{"epoll_wait({1}, [], 1024, {4})", "the descriptors that are ready", 0},
		{0}},
};

static const struct like channel_open = {
	.record = {.name = "SocketChannel.open",
		   .help = "a socket for a connection"},
	.steps = (const struct like_step[]){
		{"socket inet6 stream", SOCKET_BOTH, LIKE_GIVES},
		{"setsockopt . IPV6_V6ONLY 0", "IPv4 servers as well", 0},
		{0}},
};

static const struct like channel_connect = {
	.record = {.name = "SocketChannel.connect",
		   .help = "begins to connect",
		   .args = {LIKE_FD, LIKE_ADDRESS}},
	.addresses = LIKE_MAPPED,
	.steps = (const struct like_step[]){
		{"connect {1} {2}", "the SYN on its way: EINPROGRESS becomes false", LIKE_MAY_FAIL},
		{0}},
};

static const struct like channel_finish_connect = {
	.record = {.name = "SocketChannel.finishConnect",
		   .help = "learns how that ended",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"poll {1}:OUT 0", "to know whether it has ended, well or not", 0},
		{"getsockopt {1} SO_ERROR", "how: 0 is well", 0},
		{"getsockname {1}", "its own address, which connect has chosen", 0},
		{"getsockname {1}", ADDRESS_2, 0},
		{0}},
};

static const struct like channel_read = {
	.record = {.name = "SocketChannel.read",
		   .help = "bytes that are there",
		   .args = {LIKE_FD, {.name = "SIZE", .kind = &kind_number}}},
	.steps = (const struct like_step[]){
		{"read {1} {2}", "what has come: EAGAIN becomes 0, and 0 becomes -1", LIKE_MAY_FAIL},
		{0}},
};

static const struct like *const likes[] = {
	&server_socket, &server_socket_accept, &socket_new, &socket_read, &socket_close,
	&server_channel_open, &server_channel_bind, &configure_blocking, &selector_open,
	&selector_select, &channel_open, &channel_connect, &channel_finish_connect, &channel_read,
	NULL,
};
/* clang-format on */

const struct like_language like_java = {
	.name = "java",
	.version = "Java 17",
	.from = "as strace sees OpenJDK",
	.stops = "no more: the socket is closed, and the caller gets an IOException",
	.likes = likes,
};
