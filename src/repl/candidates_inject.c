/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/grow.h"
#include "commands/injection.h"
#include "repl/candidates_parts.h"

/* clang-format off */
static const struct name kinds[] = {
	{"tcp", 0, "a TCP segment: PORT -> PORT and its flags come next"},
	{"tcp6", 0, "the same over IPv6"},
	{"udp", 0, "a UDP datagram: PORT -> PORT comes next"},
	{"udp6", 0, "the same over IPv6"},
	{"icmp", 0, "an ICMP error about a packet, or an echo"},
	{"icmp6", 0, "an ICMPv6 echo"},
	{"raw", 0, "whatever bytes: hex:45..."},
};
/* clang-format on */

static void offer_kinds(struct finder *finder)
{
	size_t i;

	for (i = 0; i < COUNT_OF(kinds); i++)
		finder_offer(finder, kinds[i].name, kinds[i].text);
}

static void offer_fields(struct finder *finder, unsigned of)
{
	const struct injection_field *field;
	size_t i;

	for (i = 0; of & INJECT_TCP && i < injection_flags.count; i++)
		finder_offer(finder, injection_flags.list[i].name, injection_flags.list[i].text);
	for (i = 0; (field = injection_field_at(i)); i++) {
		if (!(field->of & of))
			continue;
		finder->open = strchr(field->name, '=') != NULL;
		finder_offer(finder, field->name, field->text);
	}
	finder->open = false;
}

static unsigned kind_of(const struct word *word, bool to_given)
{
	if (word_is(word, "tcp") || word_is(word, "tcp6"))
		return INJECT_TCP;
	if (word_is(word, "udp") || word_is(word, "udp6"))
		return INJECT_UDP;
	if (word_is(word, "raw"))
		return 0;
	return to_given ? INJECT_ECHO : INJECT_ERROR;
}

static bool is_icmp(const struct word *word)
{
	return word_is(word, "icmp") || word_is(word, "icmp6");
}

/* FROM is given: TO or icmp, what it is, then its fields. */
void candidates_injection(struct finder *finder, const struct arg *arg)
{
	const struct typed *typed = finder->typed;
	int at = typed->count > 1 && is_icmp(&typed->words[1]) ? 1 : 2; /* what it is */

	if (typed->count == 1) {
		candidates_host(finder, arg);
		finder_offer(finder, "icmp", "an error about a packet, to its sender");
	} else if (typed->count == at) {
		offer_kinds(finder);
	} else if (typed->count == at + 1 && is_icmp(&typed->words[at])) {
		finder_offer_names(finder, &names_icmp_made);
	} else if (typed->count == at + 2 && at == 1) {
		candidates_packet(finder, arg);
	} else if (typed->count >= at + 2) {
		offer_fields(finder, kind_of(&typed->words[at], at == 2));
	}
}
