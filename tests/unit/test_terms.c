/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/grow.h"
#include "calls/call.h"
#include "commands/topics.h"
#include "commands/verbs.h"
#include "kernel/congestion.h"
#include "names/options.h"
#include "names/terms.h"
#include "names/words.h"
#include "net/dissect.h"
#include "report/fields.h"
#include "report/labels.h"
#include "report/machine.h"
#include "report/packet_fields.h"
#include "unit.h"

#define TEXT_MOST 500

/* All topics, with copies of what finds them. */
static struct {
	struct topic *list;
	size_t count, cap;
} all;

static const char *copy(const char *text)
{
	return text ? strdup(text) : NULL;
}

static bool keep(void *data, const struct topic *topic)
{
	struct topic *kept;

	(void)data;
	if (grow(&all.list, &all.cap, all.count, sizeof(*all.list)) < 0)
		abort();
	kept = &all.list[all.count++];
	*kept = (struct topic){.meaning = {.term = copy(topic->meaning.term),
					   .kind = copy(topic->meaning.kind),
					   .text = copy(topic->meaning.text),
					   .see = copy(topic->meaning.see),
					   .related = copy(topic->meaning.related)},
			       .also = copy(topic->also),
			       .prefix = copy(topic->prefix),
			       .prefix2 = copy(topic->prefix2)};
	return true;
}

static bool known(const char *word, size_t len)
{
	for (size_t i = 0; i < all.count; i++)
		if (topics_is(&all.list[i], word, len))
			return true;
	return false;
}

static void check_known(const char *word)
{
	ck_assert_msg(known(word, strlen(word)), "nobody explains %s", word);
}

static size_t count_kind(const char *kind)
{
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++)
		count += strcmp(all.list[i].meaning.kind, kind) == 0;
	return count;
}

static bool kind_was_before(size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(all.list[i].meaning.kind, all.list[index].meaning.kind) == 0)
			return true;
	return false;
}

START_TEST(texts_are_sound)
{
	for (size_t i = 0; i < all.count; i++) {
		const struct meaning *meaning = &all.list[i].meaning;
		size_t len = strlen(meaning->text);

		ck_assert_msg(len > 0 && len <= TEXT_MOST, "%s: %zu bytes", meaning->term, len);
		ck_assert_msg(strchr(".!?)", meaning->text[len - 1]) != NULL, "%s: %s",
			      meaning->term, meaning->text);
		ck_assert_msg(!strpbrk(meaning->text, "{}\n\t"), "%s: %s", meaning->term,
			      meaning->text);
		ck_assert_msg(!strstr(meaning->text, "  ") && !strstr(meaning->text, ".."), "%s",
			      meaning->term);
		ck_assert_msg(meaning->see && *meaning->see, "%s has nothing to see",
			      meaning->term);
	}
}
END_TEST

START_TEST(topics_are_unique)
{
	for (size_t i = 0; i < all.count; i++)
		for (size_t k = 0; k < i; k++)
			ck_assert_msg(
				strcmp(all.list[i].meaning.term, all.list[k].meaning.term) ||
					strcmp(all.list[i].meaning.kind, all.list[k].meaning.kind),
				"%s, %s", all.list[i].meaning.term, all.list[i].meaning.kind);
}
END_TEST

/* Each word to go on with is explained, and is not the word itself. */
START_TEST(related_words_exist)
{
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++) {
		const char *at = all.list[i].meaning.related, *item;
		size_t len;

		while ((len = terms_next(&at, &item))) {
			ck_assert_msg(known(item, len), "%s: nobody explains %.*s",
				      all.list[i].meaning.term, (int)len, item);
			count++;
		}
	}
	ck_assert_uint_gt(count, 500);
}
END_TEST

static void check_sorted(const struct terms *terms)
{
	for (size_t i = 1; i < terms->count; i++)
		ck_assert_msg(strcasecmp(terms->list[i - 1].name, terms->list[i].name) <= 0, "%s",
			      terms->list[i].name);
}

START_TEST(terms_are_sorted)
{
	check_sorted(&terms_calls);
	check_sorted(&terms_constants);
	check_sorted(&terms_diagram);
	check_sorted(&terms_fields);
	check_sorted(&terms_headers);
	check_sorted(&terms_options);
	check_sorted(&terms_options_ip);
	check_sorted(&terms_packets);
	check_sorted(&terms_sockets);
	check_sorted(&terms_ss);
	check_sorted(&terms_states);
	check_sorted(&terms_sysctls);
	check_sorted(&terms_tcp);
	check_sorted(&terms_timers);
	check_sorted(&terms_words);
}
END_TEST

/* A term of a constant, an option or a field that there is not would never be told. */
START_TEST(terms_are_told)
{
	const struct term *term;

	for (size_t i = 0; (term = terms_at(i)); i++) {
		bool told = false;

		for (size_t k = 0; k < all.count && !told; k++)
			told = strcmp(all.list[k].meaning.term, term->name) == 0 &&
			       strcmp(all.list[k].meaning.kind, term->kind) == 0 &&
			       strncmp(all.list[k].meaning.text, term->text, strlen(term->text)) ==
				       0;
		ck_assert_msg(told, "%s, %s", term->name, term->kind);
	}
}
END_TEST

/* What no manual page explains, we do. */
START_TEST(options_without_page_have_terms)
{
	unsigned count = 0;

	for (size_t i = 0; i < options_count; i++) {
		if (options[i].page || options[i].reading == OPTION_HIDDEN)
			continue;
		ck_assert_msg(terms_find(TERM_OPTION, options[i].name) != NULL, "%s",
			      options[i].name);
		count++;
	}
	ck_assert_uint_gt(count, 120);
}
END_TEST

START_TEST(names_are_known)
{
	for (size_t i = 0; names_all[i]; i++)
		for (size_t k = 0; k < names_all[i]->count; k++)
			check_known(names_all[i]->list[k].name);
	for (size_t i = 0; i < options_count; i++)
		check_known(options[i].name);
	for (int error = 1; error < 600; error++)
		if (names_errno_name(error)[0] == 'E')
			check_known(names_errno_name(error));
	check_known("EWOULDBLOCK");
	check_known("UNCONNECTED");
	check_known("CONNECTED");
	ck_assert_uint_ge(count_kind(TERM_ERRNO), 47);
	ck_assert_uint_ge(count_kind(TERM_OPTION), 123);
}
END_TEST

/* Every errno that has words is told with them. */
START_TEST(errors_are_told_in_words)
{
	for (size_t i = 0; i < all.count; i++) {
		const struct meaning *meaning = &all.list[i].meaning;

		if (strcmp(meaning->kind, TERM_ERRNO) == 0 && words(meaning->term) != meaning->term)
			ck_assert_msg(strstr(meaning->text, words(meaning->term) + 1), "%s",
				      meaning->text);
	}
}
END_TEST

/* As the kernel names it, without its prefix, and as ss does. */
START_TEST(figures_are_known)
{
	for (size_t i = 0; i < tcp_info_count; i++) {
		check_known(tcp_info_fields[i].name);
		check_known(tcp_info_fields[i].name + strlen("tcpi_"));
		if (tcp_info_fields[i].ss)
			check_known(tcp_info_fields[i].ss);
	}
	for (size_t i = 0; i < congestion_count; i++)
		check_known(congestion_fields[i].name);
	for (size_t i = 0; field_skmem_name(i); i++)
		check_known(field_skmem_name(i));
	ck_assert_uint_eq(count_kind(TERM_SKMEM), ENDPOINT_SKMEM);
	ck_assert_uint_eq(count_kind(TERM_TCP_INFO), tcp_info_count);
}
END_TEST

/* Without what stands in brackets behind it. */
static void check_without_brackets(const char *name)
{
	const char *bracket = strstr(name, " (");

	ck_assert_msg(known(name, bracket ? (size_t)(bracket - name) : strlen(name)),
		      "nobody explains %s", name);
}

/* What `packet N` prints. */
START_TEST(headers_are_known)
{
	const char *name;
	size_t i;

	for (i = 0; (name = dissect_name(i)); i++)
		check_without_brackets(name);
	ck_assert_uint_gt(i, 50);
	for (i = 0; (name = dissect_layer(i)); i++) {
		const char *colon = strstr(name, ": ");

		check_without_brackets(colon ? colon + 2 : name);
	}
	ck_assert_uint_gt(i, 12);
}
END_TEST

/* What stands beside an arrow, and in the lists of `wire`, `host` and `clock`. */
START_TEST(words_of_the_lab_are_known)
{
	static const char *const list[] = {
		"seq",       "ack",          "len",     "sack",        "win",       "retransmitted",
		"fragment",  "bad checksum", "mtu",     "held",        "lost",      "dropped",
		"delivered", "duplicated",   "delayed", "reordered",   "corrupted", "prefix",
		"link",      "up",           "down",    "time passed", "packet",    "settled",
		"real",      "fast",         "hold",    "flow",        "host",      "wire",
		"clock",     "DF",           "MF",      "IHL",
	};

	for (size_t i = 0; i < COUNT_OF(list); i++)
		check_known(list[i]);
}
END_TEST

/* What `ss -i`, `ss -m` and `ss -o` print. */
static const char *const ss_names[] = {
	"ts",
	"usec_ts",
	"sack",
	"ecn",
	"ecnseen",
	"fastopen",
	"CC-name",
	"wscale",
	"rto",
	"backoff",
	"rtt/rttvar",
	"ato",
	"qack",
	"bidir",
	"mss",
	"pmtu",
	"rcvmss",
	"advmss",
	"cwnd",
	"ssthresh",
	"bytes_sent",
	"bytes_retrans",
	"bytes_acked",
	"bytes_received",
	"segs_out",
	"segs_in",
	"data_segs_out",
	"data_segs_in",
	"dctcp",
	"bbr",
	"send",
	"lastsnd",
	"lastrcv",
	"lastack",
	"pacing_rate",
	"delivery_rate",
	"delivered",
	"delivered_ce",
	"app_limited",
	"busy",
	"rwnd_limited",
	"sndbuf_limited",
	"unacked",
	"retrans",
	"lost",
	"sacked",
	"dsack_dups",
	"fackets",
	"reordering",
	"reord_seen",
	"rcv_rtt",
	"rcv_space",
	"rcv_ssthresh",
	"notsent",
	"minrtt",
	"rcv_ooopack",
	"snd_wnd",
	"rcv_wnd",
	"rehash",
	"r",
	"rb",
	"t",
	"tb",
	"f",
	"w",
	"o",
	"bl",
	"d",
	"on",
	"keepalive",
	"timewait",
	"persist",
	"delack",
	"unknown",
};

START_TEST(what_ss_prints_is_known)
{
	ck_assert_uint_eq(COUNT_OF(ss_names), 59 + 9 + 6);
	for (size_t i = 0; i < COUNT_OF(ss_names); i++)
		check_known(ss_names[i]);
}
END_TEST

START_TEST(what_we_print_is_known)
{
	size_t i;

	for (i = 0; labels_at(i); i++)
		check_known(labels_at(i));
	ck_assert_uint_gt(i, 150);
	for (i = 0; report_field_name(i); i++)
		check_known(report_field_name(i));
	for (i = 0; packet_field_name(i); i++)
		check_known(packet_field_name(i));
	for (i = 0; settings_name(i); i++)
		check_known(settings_name(i));
	for (i = 0; records_at(i); i++) {
		check_known(records_at(i)->name);
		if (i < calls_count)
			ck_assert_msg(terms_find(TERM_CALL, records_at(i)->name) != NULL, "%s",
				      records_at(i)->name);
	}
}
END_TEST

/* Of "create TCB, snd SYN" each part. */
START_TEST(what_the_diagram_says_is_known)
{
	for (size_t i = 0; i < ARC_COUNT; i++) {
		const char *at = arcs[i].event, *item;
		size_t len;

		while ((len = terms_next(&at, &item)))
			ck_assert_msg(known(item, len), "nobody explains %.*s", (int)len, item);
		for (at = arcs[i].action; at && (len = terms_next(&at, &item));)
			ck_assert_msg(known(item, len), "nobody explains %.*s", (int)len, item);
		if (arcs[i].call)
			check_known(arcs[i].call);
	}
}
END_TEST

static void check_same(const char *name, const char *word, bool same)
{
	ck_assert_msg(terms_same(name, word, strlen(word)) == same, "%s and %s", name, word);
}

START_TEST(spellings_are_forgiven)
{
	check_same("accept queue", "accept_queue", true);
	check_same("accept queue", "AcceptQueue", true);
	check_same("accept queue", "accept  queue ", true);
	check_same("TIME-WAIT", "timewait", true);
	check_same("TIME-WAIT", "time", false);
	check_same("time", "time-wait", false);
	check_same("->", "->", true);
	check_same("accept queue", "", false);
	check_same("accept queue", "-", false);
	ck_assert(terms_listed("one, two words, three", "Two_Words", 9));
	ck_assert(!terms_listed("one, two words, three", "two", 3));
	ck_assert(!terms_listed(NULL, "two", 3));
}
END_TEST

static const char *near(struct buf *out, const char *word)
{
	buf_reset(out);
	topics_near(out, word, strlen(word));
	return buf_text(out);
}

START_TEST(slips_are_forgiven)
{
	struct buf out = {0};

	ck_assert_str_eq(near(&out, "acept queue"), "accept queue");
	ck_assert_str_eq(near(&out, "ECONREFUSED"), "ECONNREFUSED");
	ck_assert_str_eq(near(&out, "ghots"), "ghost");
	ck_assert_str_eq(near(&out, "bananabread"), "");
	buf_free(&out);
}
END_TEST

static Suite *suite(void)
{
	const TTest *const tests[] = {texts_are_sound,
				      topics_are_unique,
				      related_words_exist,
				      terms_are_sorted,
				      terms_are_told,
				      names_are_known,
				      options_without_page_have_terms,
				      headers_are_known,
				      words_of_the_lab_are_known,
				      errors_are_told_in_words,
				      figures_are_known,
				      what_ss_prints_is_known,
				      what_we_print_is_known,
				      what_the_diagram_says_is_known,
				      spellings_are_forgiven,
				      slips_are_forgiven};
	Suite *s = suite_create("terms");
	TCase *tc = tcase_create("terms");

	tcase_set_timeout(tc, 60);
	for (size_t i = 0; i < COUNT_OF(tests); i++)
		tcase_add_test(tc, tests[i]);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	topics_each(keep, NULL);
	printf("# %zu topics:", all.count);
	for (size_t i = 0; i < all.count; i++)
		if (!kind_was_before(i))
			printf(" %zu %s;", count_kind(all.list[i].meaning.kind),
			       all.list[i].meaning.kind);
	printf("\n");
	fflush(stdout);
	return unit_main(suite());
}
