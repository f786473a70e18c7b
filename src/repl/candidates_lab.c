/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/grow.h"
#include "lab/host.h"
#include "lab/rules.h"
#include "lab/wire.h"
#include "names/terms.h"
#include "repl/candidates_parts.h"
#include "report/ladder.h"
#include "report/packet_fields.h"

/* More than anybody reads; the wire may hold a thousand times as many. */
#define PACKETS_MOST 200

static const struct host *host_at(const struct finder *finder, int index)
{
	const struct lab *lab = session_lab(finder->session);

	return lab && index < lab->count ? lab->hosts[index] : NULL;
}

static void offer_host(struct finder *finder, const struct host *host, const char *behind,
		       const struct address *address)
{
	struct buf text = {0}, hint = {0};

	buf_printf(&text, "%s%s", host->name, behind);
	buf_str(&hint, "host ");
	address_print_host(&hint, address);
	finder_offer(finder, buf_text(&text), buf_text(&hint));
	buf_free(&text);
	buf_free(&hint);
}

void candidates_host(struct finder *finder, const struct arg *arg)
{
	const struct host *host;
	int i;

	(void)arg;
	for (i = 0; (host = host_at(finder, i)); i++)
		offer_host(finder, host, "", &host->v4);
}

void candidates_host_ports(struct finder *finder, int family)
{
	const struct host *host;
	int i;

	for (i = 0; (host = host_at(finder, i)); i++)
		if (family == AF_UNSPEC || family == AF_INET || family == AF_INET6)
			offer_host(finder, host, ":", family == AF_INET6 ? &host->v6 : &host->v4);
}

/* "a to b: SYN seq=0": as the wire shows it, from what it holds. */
static void describe(struct buf *out, const struct wire_packet *packet)
{
	struct shown_packet shown = {
		.head = packet->head,
		.seq = wire_seq(packet),
		.ack = wire_ack(packet),
	};

	buf_printf(out, "%s to %s: ", packet->from->name, packet->to ? packet->to->name : "all");
	ladder_label(out, &shown);
}

void candidates_packet(struct finder *finder, const struct arg *arg)
{
	const struct wire *wire = session_wire(finder->session);
	const struct wire_packet *packet;

	(void)arg;
	for (packet = wire ? wire->held : NULL; packet; packet = packet->next) {
		struct buf hint = {0};
		char number[24];

		snprintf(number, sizeof(number), "%lu", packet->number);
		describe(&hint, packet);
		finder_offer(finder, number, buf_text(&hint));
		buf_free(&hint);
		if (finder->out->count == PACKETS_MOST)
			break;
	}
}

static const char *hint_of(const char *setting)
{
	const struct term *term = terms_find(TERM_SYSCTL, setting);

	return term ? term->text : NULL;
}

void candidates_packet_fields(struct finder *finder)
{
	size_t i;

	for (i = 0; packet_field_name(i); i++)
		finder_offer(finder, packet_field_name(i), NULL);
}

/* Those of this machine's own network: a host's kernel is the same. */
void candidates_sysctl(struct finder *finder, const struct arg *arg)
{
	static const char *const groups[] = {"ipv4", "core", "ipv6"};
	char path[64];
	size_t i;

	(void)arg;
	for (i = 0; i < COUNT_OF(groups); i++) {
		const struct dirent *entry;
		DIR *dir;

		snprintf(path, sizeof(path), "/proc/sys/net/%s", groups[i]);
		dir = opendir(path);
		while (dir && (entry = readdir(dir)))
			if (entry->d_type == DT_REG)
				finder_offer(finder, entry->d_name, hint_of(entry->d_name));
		if (dir)
			closedir(dir);
		else
			failure_note(&finder->out->failure, "opendir of /proc/sys/net");
	}
}

static void offer_rule_numbers(struct finder *finder)
{
	const struct wire *wire = session_wire(finder->session);
	int i;

	for (i = 0; wire && i < wire->rules.count; i++) {
		const struct rule *rule = &wire->rules.list[i];
		struct buf hint = {0};
		char number[16];

		snprintf(number, sizeof(number), "%u", rule->number);
		rules_print(&hint, rule);
		finder_offer(finder, number, buf_text(&hint));
		buf_free(&hint);
	}
}

static bool is_no_rule(const struct word *what)
{
	static const char *const words[] = {"list", "flow", "step", "rules", "clear"};
	size_t i;

	for (i = 0; i < COUNT_OF(words); i++)
		if (word_is(what, words[i]))
			return true;
	return false;
}

/* Of `wire`: what stands behind its first word. */
void candidates_wire_rule(struct finder *finder, const struct arg *arg)
{
	const struct typed *typed = finder->typed;
	const struct word *first, *last;
	const char *word, *means;
	size_t i;

	if (!typed->count)
		return;
	first = &typed->words[0];
	last = &typed->words[typed->count - 1];
	if (word_is(first, "rule")) {
		if (typed->count == 1)
			offer_rule_numbers(finder);
		else
			finder_offer(finder, "off", "remove it");
		return;
	}
	if (word_is(last, "from") || word_is(last, "to")) {
		candidates_host(finder, arg);
		return;
	}
	for (i = 0; !is_no_rule(first) && (word = rules_word(i, &means)); i++)
		finder_offer(finder, word, means);
}
