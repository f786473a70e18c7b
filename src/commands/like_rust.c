/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/kinds.h"
#include "commands/like.h"

/* clang-format off */
#define NOT_INHERITED "a socket that programs started later do not get"

static const struct like tcp_listener_bind = {
	.record = {.name = "TcpListener::bind",
		   .help = "a listener",
		   .args = {LIKE_ADDRESS}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC", NOT_INHERITED, LIKE_GIVES},
		{"setsockopt . SO_REUSEADDR 1", WANTS_RESTART, 0},
		{"bind . {1}", WANTS_ADDRESS, 0},
		{"listen . 128", "connections; 128 may wait, and nobody can choose another number", 0},
		{0}},
};

static const struct like tcp_listener_accept = {
	.record = {.name = "TcpListener::accept",
		   .help = "the next connection",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"accept4 {1} CLOEXEC", "a connection that programs started later do not get, and its other end's address", LIKE_GIVES},
		{0}},
};

static const struct like tcp_stream_connect = {
	.record = {.name = "TcpStream::connect",
		   .help = "a connection",
		   .args = {LIKE_ADDRESS}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC", NOT_INHERITED, LIKE_GIVES},
		{"connect . {1}", WANTS_CONNECTED, 0},
		{0}},
};

static const struct like tcp_stream_connect_timeout = {
	.record = {.name = "TcpStream::connect_timeout",
		   .help = "the same, with a timeout",
		   .args = {LIKE_ADDRESS, LIKE_TIME}},
	.steps = (const struct like_step[]){
		{"socket {1.family} stream|CLOEXEC", NOT_INHERITED, LIKE_GIVES},
		{"ioctl . FIONBIO 1", "a connect that does not wait", 0},
		{"connect . {1}", WANTS_SYN, LIKE_MAY_FAIL},
		{"ioctl . FIONBIO 0", "a socket that waits again, for the caller", 0},
		{"poll .:OUT {2}", "the connection, or the end of the time, or an error", 0},
		{0}},
};

static const struct like tcp_stream_read = {
	.record = {.name = "TcpStream::read",
		   .help = "bytes that have come",
		   .args = {LIKE_FD, {.name = "SIZE", .kind = &kind_number, .flags = ARG_OPTIONAL, .fallback = "4096"}}},
	.steps = (const struct like_step[]){
		{"recv {1} {2} 0", "what has come; 0 is Ok(0), the end", 0},
		{0}},
};

static const struct like tcp_stream_write = {
	.record = {.name = "TcpStream::write",
		   .help = "bytes on their way",
		   .args = {LIKE_FD, {.name = "BYTES", .kind = &kind_bytes}}},
	.steps = (const struct like_step[]){
		{"send {1} {2} NOSIGNAL", "an error of kind BrokenPipe where nobody reads, in place of SIGPIPE", 0},
		{0}},
};

static const struct like tcp_stream_set_read_timeout = {
	.record = {.name = "TcpStream::set_read_timeout",
		   .help = "reads end after a time",
		   .args = {LIKE_FD, LIKE_TIME}},
	.steps = (const struct like_step[]){
		{"setsockopt {1} SO_RCVTIMEO {2}ms", "the kernel to end a read that waits: EAGAIN", 0},
		{0}},
};

static const struct like tcp_stream_set_nonblocking = {
	.record = {.name = "TcpStream::set_nonblocking",
		   .help = "calls that never wait",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"ioctl {1} FIONBIO 1", "O_NONBLOCK, with one call where fcntl needs two", 0},
		{0}},
};

static const struct like tcp_stream_try_clone = {
	.record = {.name = "TcpStream::try_clone",
		   .help = "a second descriptor of it",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"fcntl {1} F_DUPFD_CLOEXEC 3", "another descriptor, never 0, 1 or 2", LIKE_GIVES},
		{0}},
};

static const struct like udp_socket_bind = {
	.record = {.name = "UdpSocket::bind",
		   .help = "a socket for datagrams",
		   .args = {LIKE_ADDRESS}},
	.steps = (const struct like_step[]){
		{"socket {1.family} dgram|CLOEXEC", NOT_INHERITED, LIKE_GIVES},
		{"bind . {1}", "the address that was asked for; there is no SO_REUSEADDR: UDP has no TIME-WAIT", 0},
		{0}},
};

static const struct like unix_listener_bind = {
	.record = {.name = "UnixListener::bind",
		   .help = "a listener at a path",
		   .args = {LIKE_ADDRESS}},
	.steps = (const struct like_step[]){
		{"socket unix stream|CLOEXEC", NOT_INHERITED, LIKE_GIVES},
		{"bind . {1}", "a path that is not there yet", 0},
		{"listen . -1", "as many as may wait: the kernel takes -1 for net.core.somaxconn", 0},
		{0}},
};

static const struct like unix_stream_pair = {
	.record = {.name = "UnixStream::pair",
		   .help = "two connected sockets"},
	.steps = (const struct like_step[]){
		{"socketpair unix stream|CLOEXEC", "both ends at once, without a path", 0},
		{0}},
};

static const struct like tcp_stream_drop = {
	.record = {.name = "drop",
		   .help = "the end of a value",
		   .args = {LIKE_FD}},
	.steps = (const struct like_step[]){
		{"close {1}", "nothing to be left open: no shutdown comes before it", 0},
		{0}},
};

static const struct like *const likes[] = {
	&tcp_listener_bind, &tcp_listener_accept, &tcp_stream_connect, &tcp_stream_connect_timeout,
	&tcp_stream_read, &tcp_stream_write, &tcp_stream_set_read_timeout,
	&tcp_stream_set_nonblocking, &tcp_stream_try_clone, &tcp_stream_drop, &udp_socket_bind,
	&unix_listener_bind, &unix_stream_pair, NULL,
};
/* clang-format on */

const struct like_language like_rust = {
	.name = "rust",
	.version = "Rust 1.95",
	.from = "as strace sees its standard library",
	.stops = "no more: the socket is dropped, so closed, and the caller gets Err",
	.likes = likes,
};
