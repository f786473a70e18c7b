/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "names/options.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "names/names.h"

static const struct {
	int level;
	const char *prefix;
} prefixes[] = {
	{SOL_SOCKET, "SO_"},     {IPPROTO_TCP, "TCP_"}, {IPPROTO_IP, "IP_"},
	{IPPROTO_IPV6, "IPV6_"}, {IPPROTO_UDP, "UDP_"},
};

static const char *prefix_of(int level)
{
	size_t i;

	for (i = 0; i < COUNT_OF(prefixes); i++) {
		if (prefixes[i].level == level)
			return prefixes[i].prefix;
	}
	return NULL;
}

/* The part of an option's name that tells it from the others of its level. */
static const char *stem(const struct option *option)
{
	return option->name +
	       names_prefix(prefix_of(option->level), option->name, strlen(option->name));
}

const struct option *options_find(const char *word, size_t len, int level)
{
	const struct option *option;

	for (option = options; option < options + options_count; option++) {
		if (level != -1 && option->level != level)
			continue;
		if (names_same(option->name, word, len) || names_same(stem(option), word, len))
			return option;
	}
	return NULL;
}

const struct option *options_entry(int level, int value)
{
	const struct option *option;

	for (option = options; option < options + options_count; option++) {
		if (option->level == level && option->value == value)
			return option;
	}
	return NULL;
}

/* Length of the prefix that a word begins with, whichever it is. */
static size_t any_prefix(const char *word, size_t len)
{
	size_t i, n;

	for (i = 0; i < COUNT_OF(prefixes); i++) {
		n = names_prefix(prefixes[i].prefix, word, len);
		if (n)
			return n;
	}
	return 0;
}

const char *options_near(const char *word, size_t len)
{
	size_t skip = any_prefix(word, len);
	/* Twice, so that the right prefix decides between stems that are equally near. */
	int best = 2 * (names_tolerance(len - skip) + 1);
	const struct option *option;
	const char *near = NULL;

	for (option = options; option < options + options_count; option++) {
		const char *base = stem(option);
		int distance =
			2 * names_distance(word + skip, len - skip, base, strlen(base), best);

		if (skip && !names_prefix(prefix_of(option->level), word, len))
			distance++;
		if (distance < best) {
			best = distance;
			near = option->name;
		}
	}
	return near;
}
