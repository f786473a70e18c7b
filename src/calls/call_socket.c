/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <sys/socket.h>

#include "calls/kinds.h"
#include "calls/records.h"

/* Of the kernel alone, and so in no header: a tracer sees it, and accept(2) names it. */
#define ERESTARTSYS 512

/* clang-format off */
#define ARGS_SOCKET \
	{.name = "domain", .kind = &kind_domain, .names = &names_family}, \
	{.name = "type", .kind = &kind_type, .names = &names_type, .also = &names_type_flag, \
	 .flags = ARG_OPTIONAL}, \
	{.name = "protocol", .kind = &kind_protocol, .names = &names_protocol, \
	 .flags = ARG_OPTIONAL}
#define ARGS_ADDRESS \
	{.name = "address", .kind = &kind_address}, \
	{.name = "addrlen", .kind = &kind_address_len, .flags = ARG_C_ONLY}
#define ARGS_ADDRESS_OUT \
	{.name = "addr", .kind = &kind_address_out, .flags = ARG_C_ONLY}, \
	{.name = "addrlen", .kind = &kind_address_len_out, .flags = ARG_C_ONLY}
/* clang-format on */

static struct sockaddr *address_at(struct frame *frame, int i)
{
	return frame->arg[i].data;
}

static void perform_socket(struct frame *frame)
{
	frame->result = socket((int)frame->arg[0].number, (int)frame->arg[1].number,
			       (int)frame->arg[2].number);
}

const struct call call_socket = {
	.record = {.name = "socket",
		   .prototype = "int socket(int domain, int type, int protocol);",
		   .page = "socket(2)",
		   .help = "make an endpoint and return its file descriptor",
		   .example = "socket tcp",
		   .args = {ARGS_SOCKET}},
	.result = RESULT_FD,
	.errors = {EACCES, EAFNOSUPPORT, EINVAL, EMFILE, ENFILE, ENOBUFS, ENOMEM, EPERM,
		   EPROTONOSUPPORT, ESOCKTNOSUPPORT},
	.perform = perform_socket,
};

static void perform_socketpair(struct frame *frame)
{
	frame->result = socketpair((int)frame->arg[0].number, (int)frame->arg[1].number,
				   (int)frame->arg[2].number, frame->arg[3].data);
}

const struct call call_socketpair = {
	.record = {.name = "socketpair",
		   .prototype = "int socketpair(int domain, int type, int protocol, int sv[2]);",
		   .page = "socketpair(2)",
		   .help = "make two sockets that are connected to each other",
		   .example = "socketpair unix",
		   .args = {ARGS_SOCKET,
			    {.name = "sv", .kind = &kind_fd_pair_out, .flags = ARG_C_ONLY}}},
	.errors = {EAFNOSUPPORT, EFAULT, EINVAL, EMFILE, ENFILE, ENOBUFS, ENOMEM, EOPNOTSUPP, EPERM,
		   EPROTONOSUPPORT, ESOCKTNOSUPPORT},
	.perform = perform_socketpair,
};

static void perform_bind(struct frame *frame)
{
	frame->result = bind((int)frame->arg[0].number, address_at(frame, 1),
			     (socklen_t)frame->arg[2].number);
}

const struct call call_bind = {
	.record = {.name = "bind",
		   .prototype = "int bind(int fd, const struct sockaddr *addr, socklen_t addrlen);",
		   .page = "bind(2)",
		   .help = "give a socket its local address",
		   .example = "bind 3 127.0.0.1:8080",
		   .args = {ARG_FD, ARGS_ADDRESS}},
	.errors = {EACCES, EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EBADF, EFAULT, EINVAL, ELOOP,
		   ENAMETOOLONG, ENODEV, ENOENT, ENOMEM, ENOTDIR, ENOTSOCK, EPERM, EROFS},
	.perform = perform_bind,
};

static void perform_listen(struct frame *frame)
{
	frame->result = listen((int)frame->arg[0].number, (int)frame->arg[1].number);
}

const struct call call_listen = {
	.record = {.name = "listen",
		   .prototype = "int listen(int fd, int backlog);",
		   .page = "listen(2)",
		   .help = "let a socket wait for connections, in a queue",
		   .example = "listen 3 5",
		   .args = {ARG_FD,
			    {.name = "backlog",
			     .kind = &kind_backlog,
			     .names = &names_backlog,
			     .flags = ARG_OPTIONAL,
			     .fallback = "128"}}},
	.errors = {EADDRINUSE, EBADF, EINVAL, ENOTSOCK, EOPNOTSUPP},
	.perform = perform_listen,
};

/* accept(), getsockname() and the like give an address and its length; no room is a null pointer.
 */
static void accept_with(struct frame *frame, int flags)
{
	socklen_t len = (socklen_t)frame->arg[2].number;
	struct sockaddr *addr = address_at(frame, 1);

	frame->result = accept4((int)frame->arg[0].number, addr, addr ? &len : NULL, flags);
	frame->arg[2].number = len;
}

static void perform_accept(struct frame *frame)
{
	accept_with(frame, 0);
}

const struct call call_accept = {
	.record = {.name = "accept",
		   .prototype = "int accept(int fd, struct sockaddr *addr, socklen_t *addrlen);",
		   .page = "accept(2)",
		   .help = "take the first connection out of a listener's queue",
		   .example = "accept 3",
		   .args = {ARG_FD, ARGS_ADDRESS_OUT}},
	.result = RESULT_FD,
	.waits = "waits.accept",
	.until_readable = true,
	.errors = {EAGAIN,       EBADF,           ECONNABORTED, EFAULT,          EHOSTDOWN,
		   EHOSTUNREACH, EINTR,           EINVAL,       EMFILE,          ENETDOWN,
		   ENETUNREACH,  ENFILE,          ENOBUFS,      ENOMEM,          ENONET,
		   ENOPROTOOPT,  ENOSR,           ENOTSOCK,     EOPNOTSUPP,      EPERM,
		   EPROTO,       EPROTONOSUPPORT, ERESTARTSYS,  ESOCKTNOSUPPORT, ETIMEDOUT},
	.perform = perform_accept,
};

static void perform_accept4(struct frame *frame)
{
	accept_with(frame, (int)frame->arg[3].number);
}

const struct call call_accept4 = {
	.record = {.name = "accept4",
		   .prototype = "int accept4(int fd, struct sockaddr *addr, socklen_t *addrlen, "
				"int flags);",
		   .page = "accept(2)",
		   .help = "as accept, with flags for the new descriptor",
		   .example = "accept4 3 NONBLOCK",
		   .args = {ARG_FD,
			    ARGS_ADDRESS_OUT,
			    {.name = "flags",
			     .kind = &kind_flags,
			     .names = &names_type_flag,
			     .flags = ARG_OPTIONAL}}},
	.result = RESULT_FD,
	.waits = "waits.accept",
	.until_readable = true,
	.errors = {EAGAIN,       EBADF,           ECONNABORTED, EFAULT,          EHOSTDOWN,
		   EHOSTUNREACH, EINTR,           EINVAL,       EMFILE,          ENETDOWN,
		   ENETUNREACH,  ENFILE,          ENOBUFS,      ENOMEM,          ENONET,
		   ENOPROTOOPT,  ENOSR,           ENOTSOCK,     EOPNOTSUPP,      EPERM,
		   EPROTO,       EPROTONOSUPPORT, ERESTARTSYS,  ESOCKTNOSUPPORT, ETIMEDOUT},
	.perform = perform_accept4,
};

static void perform_connect(struct frame *frame)
{
	frame->result = connect((int)frame->arg[0].number, address_at(frame, 1),
				(socklen_t)frame->arg[2].number);
}

const struct call call_connect = {
	.record = {.name = "connect",
		   .prototype = "int connect(int fd, const struct sockaddr *addr, "
				"socklen_t addrlen);",
		   .page = "connect(2)",
		   .help = "connect a socket to an address",
		   .example = "connect 4 127.0.0.1:8080",
		   .args = {ARG_FD, ARGS_ADDRESS}},
	.waits = "waits.connect",
	.errors = {EACCES,       EADDRINUSE,   EADDRNOTAVAIL, EAFNOSUPPORT, EAGAIN,     EALREADY,
		   EBADF,        ECONNABORTED, ECONNREFUSED,  ECONNRESET,   EFAULT,     EHOSTDOWN,
		   EHOSTUNREACH, EINPROGRESS,  EINTR,         EINVAL,       EISCONN,    ELOOP,
		   ENAMETOOLONG, ENETDOWN,     ENETUNREACH,   ENOBUFS,      ENOENT,     ENOMEM,
		   ENONET,       ENOPROTOOPT,  ENOTDIR,       ENOTSOCK,     EOPNOTSUPP, EPERM,
		   EPROTO,       EPROTOTYPE,   ETIMEDOUT},
	.perform = perform_connect,
};

static void perform_getsockname(struct frame *frame)
{
	socklen_t len = (socklen_t)frame->arg[2].number;
	struct sockaddr *addr = address_at(frame, 1);

	frame->result = getsockname((int)frame->arg[0].number, addr, addr ? &len : NULL);
	frame->arg[2].number = len;
}

const struct call call_getsockname = {
	.record = {.name = "getsockname",
		   .prototype = "int getsockname(int fd, struct sockaddr *addr, "
				"socklen_t *addrlen);",
		   .page = "getsockname(2)",
		   .help = "ask for a socket's local address",
		   .example = "getsockname 3",
		   .args = {ARG_FD, ARGS_ADDRESS_OUT}},
	.errors = {EBADF, EFAULT, EINVAL, ENOBUFS, ENOTSOCK},
	.perform = perform_getsockname,
};

static void perform_getpeername(struct frame *frame)
{
	socklen_t len = (socklen_t)frame->arg[2].number;
	struct sockaddr *addr = address_at(frame, 1);

	frame->result = getpeername((int)frame->arg[0].number, addr, addr ? &len : NULL);
	frame->arg[2].number = len;
}

const struct call call_getpeername = {
	.record = {.name = "getpeername",
		   .prototype = "int getpeername(int fd, struct sockaddr *addr, "
				"socklen_t *addrlen);",
		   .page = "getpeername(2)",
		   .help = "ask for the address of the other end",
		   .example = "getpeername 4",
		   .args = {ARG_FD, ARGS_ADDRESS_OUT}},
	.errors = {EBADF, EFAULT, EINVAL, ENOBUFS, ENOTCONN, ENOTSOCK, EOPNOTSUPP},
	.perform = perform_getpeername,
};

static void perform_shutdown(struct frame *frame)
{
	frame->result = shutdown((int)frame->arg[0].number, (int)frame->arg[1].number);
}

const struct call call_shutdown = {
	.record = {.name = "shutdown",
		   .prototype = "int shutdown(int fd, int how);",
		   .page = "shutdown(2)",
		   .help = "end one direction of a connection, or both; the descriptor stays",
		   .example = "shutdown 4 WR",
		   .args = {ARG_FD,
			    {.name = "how", .kind = &kind_constant, .names = &names_shutdown}}},
	.errors = {EBADF, EINVAL, ENOTCONN, ENOTSOCK, EOPNOTSUPP},
	.perform = perform_shutdown,
};
