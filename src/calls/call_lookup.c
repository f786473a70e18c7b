/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <netdb.h>
#include <string.h>

#include "calls/answers.h"
#include "calls/kinds.h"
#include "calls/records.h"

/* Names: what the C library finds in files, and asks name servers for. */

/*
 * They return an EAI_ number, which is negative in this library, and errno only tells something
 * beside EAI_SYSTEM: so the number goes where all others have their errno.
 */
_Static_assert(EAI_NONAME < 0 && EAI_SYSTEM < 0, "EAI_ numbers are below every errno");

static void returned(struct frame *frame, int error)
{
	frame->beneath = error == EAI_SYSTEM ? errno : 0;
	frame->result = error;
	errno = error;
}

static void perform_getaddrinfo(struct frame *frame)
{
	struct frame_arg *answers = &frame->arg[3];
	struct addrinfo *list = NULL;
	int error = getaddrinfo(frame->arg[0].data, frame->arg[1].data, frame->arg[2].data, &list);

	answers->size = error ? 0 : answers_keep(list, answers->data, answers->size);
	if (!error)
		freeaddrinfo(list);
	returned(frame, error);
}

const struct call call_getaddrinfo = {
	.record =
		{.name = "getaddrinfo",
		 .prototype = "int getaddrinfo(const char *node, const char *service, "
			      "const struct addrinfo *hints, struct addrinfo **res);",
		 .page = "getaddrinfo(3)",
		 .help = "look up the addresses of a host's name, and the port of a service",
		 .example = "getaddrinfo localhost 80 type=stream",
		 .args = {{.name = "node", .kind = &kind_node},
			  {.name = "service", .kind = &kind_service, .flags = ARG_OPTIONAL},
			  {.name = "hints", .kind = &kind_hints, .flags = ARG_OPTIONAL | ARG_REST},
			  {.name = "res", .kind = &kind_answers_out, .flags = ARG_C_ONLY}}},
	.result = RESULT_EAI,
	.waits = "waits.lookup",
	.persists = true,
	.errors = {EAI_ADDRFAMILY, EAI_AGAIN, EAI_BADFLAGS, EAI_FAIL, EAI_FAMILY, EAI_IDN_ENCODE,
		   EAI_MEMORY, EAI_NODATA, EAI_NONAME, EAI_SERVICE, EAI_SOCKTYPE, EAI_SYSTEM},
	.perform = perform_getaddrinfo,
};

/* Only what was filled. */
static void set_filled(struct frame_arg *text, int error)
{
	text->size = !error && text->data ? strlen(text->data) + 1 : 0;
}

static void perform_getnameinfo(struct frame *frame)
{
	struct frame_arg *host = &frame->arg[2], *service = &frame->arg[4];
	int error = getnameinfo(frame->arg[0].data, (socklen_t)frame->arg[1].number, host->data,
				(socklen_t)frame->arg[3].number, service->data,
				(socklen_t)frame->arg[5].number, (int)frame->arg[6].number);

	set_filled(host, error);
	set_filled(service, error);
	returned(frame, error);
}

const struct call call_getnameinfo = {
	.record = {.name = "getnameinfo",
		   .prototype = "int getnameinfo(const struct sockaddr *addr, socklen_t addrlen, "
				"char *host, socklen_t hostlen, char *serv, socklen_t servlen, "
				"int flags);",
		   .page = "getnameinfo(3)",
		   .help = "look up the name of an address's host, and of the port's service",
		   .example = "getnameinfo 127.0.0.1:80 NUMERICSERV",
		   .args = {{.name = "addr", .kind = &kind_address},
			    {.name = "addrlen", .kind = &kind_address_len, .flags = ARG_C_ONLY},
			    {.name = "host", .kind = &kind_text_out, .flags = ARG_C_ONLY},
			    {.name = "hostlen",
			     .kind = &kind_text_size,
			     .flags = ARG_C_ONLY,
			     .fallback = "1025"},
			    {.name = "serv", .kind = &kind_text_out, .flags = ARG_C_ONLY},
			    {.name = "servlen",
			     .kind = &kind_text_size,
			     .flags = ARG_C_ONLY,
			     .fallback = "32"},
			    {.name = "flags",
			     .kind = &kind_name_flags,
			     .names = &names_ni,
			     .flags = ARG_OPTIONAL}}},
	.result = RESULT_EAI,
	.waits = "waits.lookup",
	.persists = true,
	.errors = {EAI_AGAIN, EAI_BADFLAGS, EAI_FAIL, EAI_FAMILY, EAI_MEMORY, EAI_NONAME,
		   EAI_OVERFLOW, EAI_SYSTEM},
	.perform = perform_getnameinfo,
};
