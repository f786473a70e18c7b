/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/confine.h"

#include <arpa/inet.h>
#include <string.h>

#include "calls/literal.h"
#include "names/options.h"

static int refuse(struct error *err)
{
	return error_set(err, "a page reaches no files: --allow-files lets it");
}

static bool is_confined(const struct resolver *resolver)
{
	return resolver && resolver->confined;
}

int confine_literal(const struct resolver *resolver, const char *text, size_t len,
		    struct error *err)
{
	char quote = 0;
	size_t i;

	if (!is_confined(resolver))
		return 0;
	for (i = 0; i < len; i++) {
		if (quote && text[i] == '\\')
			i++;
		else if (quote && text[i] == quote)
			quote = 0;
		else if (!quote && (text[i] == '"' || text[i] == '\''))
			quote = text[i];
		else if (!quote && text[i] == '@')
			return refuse(err);
	}
	return 0;
}

/* A path that stays below the current directory, in which no link stands that we did not make. */
int confine_path(const struct resolver *resolver, const char *path, size_t len, struct error *err)
{
	size_t at = 0;

	if (!is_confined(resolver))
		return 0;
	if (len && path[0] == '/')
		return refuse(err);
	while (at < len) {
		const char *slash = memchr(path + at, '/', len - at);
		size_t size = slash ? (size_t)(slash - path) - at : len - at;

		if (size == 2 && memcmp(path + at, "..", 2) == 0)
			return refuse(err);
		at += size + 1;
	}
	return 0;
}

int confine_address(const struct resolver *resolver, const struct address *address,
		    struct error *err)
{
	const char *path = address->un.sun_path;

	if (address->any.sa_family != AF_UNIX ||
	    address->len <= offsetof(struct sockaddr_un, sun_path) || !path[0])
		return 0;
	return confine_path(resolver, path,
			    strnlen(path, address->len - offsetof(struct sockaddr_un, sun_path)),
			    err);
}

int confine_option(const struct resolver *resolver, int level, int number, struct error *err)
{
	const struct option *option;

	if (!is_confined(resolver) || !resolver->shared)
		return 0;
	option = options_entry_for(level, number, OPTION_SET);
	if (!option || !option->beyond)
		return 0;
	return error_set(err,
			 "on the machine's network a page does not set %s: --allow-files lets it",
			 option->name);
}

bool confine_is_numeric(const struct resolver *resolver)
{
	return is_confined(resolver) && resolver->shared;
}

int confine_lookup(const struct resolver *resolver, bool numeric, struct error *err)
{
	if (!confine_is_numeric(resolver) || numeric)
		return 0;
	return error_set(err, "a page looks no names up on the machine's network, since that reads "
			      "its files and sends packets to its name servers: on a private one "
			      "it may, or with --allow-files");
}

bool confine_is_numeric_host(const char *text)
{
	struct in6_addr address;

	return inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1;
}

bool confine_is_numeric_service(const char *text)
{
	return !*text || literal_is_digits(text, strlen(text));
}

int confine_process(const struct resolver *resolver, struct error *err)
{
	if (!is_confined(resolver))
		return 0;
	return error_set(err, "a page looks into no other processes: --allow-files lets it");
}
