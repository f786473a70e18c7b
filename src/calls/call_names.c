/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "calls/kinds.h"
#include "calls/records.h"

/* What makes no system call: the order of bytes, and addresses from and to text. */

static void perform_htons(struct frame *frame)
{
	frame->result = htons((uint16_t)frame->arg[0].number);
}

const struct call call_htons = {
	.record = {.name = "htons",
		   .prototype = "uint16_t htons(uint16_t hostshort);",
		   .page = "byteorder(3)",
		   .help = "16 bits, such as a port, from this machine's order of bytes to the "
			   "network's",
		   .example = "htons 8080",
		   .args = {{.name = "hostshort", .kind = &kind_host_short}}},
	.result = RESULT_VALUE,
	.perform = perform_htons,
};

static void perform_ntohs(struct frame *frame)
{
	frame->result = ntohs((uint16_t)frame->arg[0].number);
}

const struct call call_ntohs = {
	.record = {.name = "ntohs",
		   .prototype = "uint16_t ntohs(uint16_t netshort);",
		   .page = "byteorder(3)",
		   .help = "16 bits, such as a port, from the network's order of bytes to this "
			   "machine's",
		   .example = "ntohs hex:1f90",
		   .args = {{.name = "netshort", .kind = &kind_net_short}}},
	.result = RESULT_VALUE,
	.perform = perform_ntohs,
};

static void perform_htonl(struct frame *frame)
{
	frame->result = htonl((uint32_t)frame->arg[0].number);
}

const struct call call_htonl = {
	.record = {.name = "htonl",
		   .prototype = "uint32_t htonl(uint32_t hostlong);",
		   .page = "byteorder(3)",
		   .help = "32 bits, such as an IPv4 address, from this machine's order of bytes "
			   "to the network's",
		   .example = "htonl INADDR_LOOPBACK",
		   .args = {{.name = "hostlong", .kind = &kind_host_long, .names = &names_inaddr}}},
	.result = RESULT_VALUE,
	.perform = perform_htonl,
};

static void perform_ntohl(struct frame *frame)
{
	frame->result = ntohl((uint32_t)frame->arg[0].number);
}

const struct call call_ntohl = {
	.record = {.name = "ntohl",
		   .prototype = "uint32_t ntohl(uint32_t netlong);",
		   .page = "byteorder(3)",
		   .help = "32 bits, such as an IPv4 address, from the network's order of bytes "
			   "to this machine's",
		   .example = "ntohl hex:7f000001",
		   .args = {{.name = "netlong", .kind = &kind_net_long}}},
	.result = RESULT_VALUE,
	.perform = perform_ntohl,
};

static void perform_inet_pton(struct frame *frame)
{
	int family = (int)frame->arg[0].number;

	frame->result = inet_pton(family, frame->arg[1].data, frame->arg[2].data);
	if (frame->result != 1)
		frame->arg[2].size = 0;
	else if (family == AF_INET)
		frame->arg[2].size = sizeof(struct in_addr);
}

const struct call call_inet_pton = {
	.record = {.name = "inet_pton",
		   .prototype = "int inet_pton(int af, const char *src, void *dst);",
		   .page = "inet_pton(3)",
		   .help = "an address from text to bytes, in the network's order",
		   .example = "inet_pton inet 127.0.0.1",
		   .args = {{.name = "af", .kind = &kind_constant, .names = &names_family},
			    {.name = "src", .kind = &kind_text},
			    {.name = "dst", .kind = &kind_in_addr_out, .flags = ARG_C_ONLY}}},
	.result = RESULT_COUNT,
	.errors = {EAFNOSUPPORT},
	.perform = perform_inet_pton,
};

static void perform_inet_ntop(struct frame *frame)
{
	struct frame_arg *text = &frame->arg[2];
	const char *made = inet_ntop((int)frame->arg[0].number, frame->arg[1].data, text->data,
				     (socklen_t)frame->arg[3].number);

	frame->result = made ? 0 : -1;
	text->size = made ? strlen(made) + 1 : 0;
}

const struct call call_inet_ntop = {
	.record = {.name = "inet_ntop",
		   .prototype = "const char *inet_ntop(int af, const void *src, char *dst, "
				"socklen_t size);",
		   .page = "inet_ntop(3)",
		   .help = "an address from bytes, in the network's order, to text",
		   .example = "inet_ntop inet hex:7f000001",
		   .args = {{.name = "af", .kind = &kind_constant, .names = &names_family},
			    {.name = "src", .kind = &kind_in_addr},
			    {.name = "dst", .kind = &kind_text_out, .flags = ARG_C_ONLY},
			    {.name = "size", .kind = &kind_text_size, .flags = ARG_OPTIONAL}}},
	.result = RESULT_TEXT,
	.errors = {EAFNOSUPPORT, ENOSPC},
	.perform = perform_inet_ntop,
};
