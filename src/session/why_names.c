/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>

#include "calls/kinds.h"
#include "calls/literal.h"
#include "names/words.h"
#include "session/evidence.h"
#include "session/why.h"
#include "session/why_parts.h"

/* The text that a call was given for a node or a service; NULL: none. */
static const char *text_of(const struct cause *cause, const struct kind *kind)
{
	int arg = record_arg_of(&cause->job->call->record, kind);

	return arg < 0 ? NULL : cause->job->values[arg].data;
}

static struct addrinfo hints_of(const struct cause *cause)
{
	int arg = record_arg_of(&cause->job->call->record, &kind_hints);
	struct addrinfo hints = {0};

	if (arg >= 0 && cause->job->values[arg].size == sizeof(hints))
		memcpy(&hints, cause->job->values[arg].data, sizeof(hints));
	return hints;
}

static bool say_text(struct cause *cause, const char *key, const char *text)
{
	words_fill(cause->out, key, "text", text, NULL);
	return true;
}

/* 127.0.0.1:80, [::1], http://…: what is written for one piece and is two, or more. */
static bool is_more_than_node(const char *node)
{
	const char *colon = strrchr(node, ':');

	return node[0] == '[' || strstr(node, "://") ||
	       (colon && strchr(node, ':') == colon &&
		literal_is_digits(colon + 1, strlen(colon + 1)));
}

/* The C library cannot open its files then, and says that it found nothing. */
static void say_no_descriptor(struct cause *cause)
{
	size_t before = cause->out->len;

	buf_char(cause->out, ' ');
	if (!why_many_files(cause))
		buf_truncate(cause->out, before);
}

static bool why_no_node(struct cause *cause, const char *node, const char *service)
{
	struct addrinfo hints = hints_of(cause);

	if (!node && !service)
		return cause_say(cause, "EAI_NONAME.neither");
	if (service && hints.ai_flags & AI_NUMERICSERV &&
	    !literal_is_digits(service, strlen(service)))
		return say_text(cause, "EAI_NONAME.service", service);
	if (!node)
		return false;
	if (is_more_than_node(node))
		return say_text(cause, "EAI_NONAME.more", node);
	if (hints.ai_flags & AI_NUMERICHOST)
		return say_text(cause, "EAI_NONAME.numeric", node);
	say_text(cause, "EAI_NONAME.unknown", node);
	say_no_descriptor(cause);
	return true;
}

static bool why_no_name_of(struct cause *cause)
{
	struct buf host = {0};

	/* The lengths of the room for both. */
	if (!cause->job->values[3].number && !cause->job->values[5].number)
		return cause_say(cause, "EAI_NONAME.no-room");
	if (!(cause_value(cause, &kind_name_flags, 0) & NI_NAMEREQD))
		return false;
	address_print_host(&host, &cause->address);
	say_text(cause, "EAI_NONAME.required", buf_text(&host));
	cause->out->failed |= host.failed;
	buf_free(&host);
	return true;
}

bool why_no_name(struct cause *cause)
{
	if (cause_call_is(cause, "getnameinfo"))
		return why_no_name_of(cause);
	return why_no_node(cause, text_of(cause, &kind_node), text_of(cause, &kind_service));
}

bool why_try_again(struct cause *cause)
{
	struct buf servers = {0};
	bool known = evidence_name_servers(&servers, &cause->session->failure);
	bool private = cause->job->owner->host || cause->session->config.private_network;

	if (known)
		words_fill(cause->out, private ? "EAI_AGAIN.private" : "EAI_AGAIN.servers",
			   "servers", buf_text(&servers), NULL);
	cause->out->failed |= servers.failed;
	buf_free(&servers);
	return known;
}

bool why_bad_flags(struct cause *cause)
{
	if (!cause_call_is(cause, "getaddrinfo"))
		return false;
	if (!text_of(cause, &kind_node) && hints_of(cause).ai_flags & AI_CANONNAME)
		return cause_say(cause, "EAI_BADFLAGS.canonical");
	return false;
}

bool why_other_address(struct cause *cause)
{
	const char *node = text_of(cause, &kind_node);
	struct in6_addr address;

	if (!node)
		return false;
	if (hints_of(cause).ai_family == AF_INET6 && inet_pton(AF_INET, node, &address) == 1)
		return say_text(cause, "EAI_ADDRFAMILY.inet", node);
	if (hints_of(cause).ai_family == AF_INET && inet_pton(AF_INET6, node, &address) == 1)
		return say_text(cause, "EAI_ADDRFAMILY.inet6", node);
	return false;
}

bool why_no_service(struct cause *cause)
{
	const char *service = text_of(cause, &kind_service);

	if (!service || hints_of(cause).ai_socktype == SOCK_RAW)
		return false;
	return say_text(cause, "EAI_SERVICE.unknown", service);
}

bool why_beneath(struct cause *cause)
{
	char key[WHY_KEY];
	int error = cause->job->frame->beneath;

	words_fill(cause->out, "EAI_SYSTEM.errno", "error", names_error_name(error), NULL);
	if (why_general(cause->job->call, error, key)) {
		buf_char(cause->out, ' ');
		cause_say(cause, key);
	}
	return true;
}
