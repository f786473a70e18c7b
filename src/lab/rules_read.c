/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <limits.h>
#include <netinet/in.h>
#include <string.h>

#include "base/grow.h"
#include "calls/literal.h"
#include "lab/rules.h"
#include "names/names.h"

/* Shown of a word in a message. */
#define SHOWN(len) (int)((len) > 40 ? 40 : (len))

/* What a word of a rule says. */
enum part {
	PART_PROTOCOL,
	PART_FLAG,
	PART_DATA,
	PART_NOT,
	PART_FROM,
	PART_TO,
	PART_PORT,
	PART_COUNT,
	PART_SEED,
	PART_CHANCE,
	PART_TIME,
	PARTS,
};

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
static const struct {
	const char *name;
	enum part part;
	int value;
	const char *means;
} words[] = {
	{"tcp", PART_PROTOCOL, IPPROTO_TCP, "segments of TCP"},
	{"udp", PART_PROTOCOL, IPPROTO_UDP, "datagrams of UDP"},
	{"icmp", PART_PROTOCOL, IPPROTO_ICMP, "ICMP of IPv4"},
	{"icmp6", PART_PROTOCOL, IPPROTO_ICMPV6, "ICMP of IPv6"},
	{"igmp", PART_PROTOCOL, IPPROTO_IGMP, "who listens to a multicast group, of IPv4"},
	{"syn", PART_FLAG, PACKET_SYN, "segments with SYN"},
	{"ack", PART_FLAG, PACKET_ACK, "segments with ACK"},
	{"fin", PART_FLAG, PACKET_FIN, "segments with FIN"},
	{"rst", PART_FLAG, PACKET_RST, "segments with RST"},
	{"psh", PART_FLAG, PACKET_PSH, "segments with PSH"},
	{"data", PART_DATA, 0, "packets that carry data"},
	{"not", PART_NOT, 0, "the flag behind it must be clear; `not data`: none is carried"},
	{"from", PART_FROM, 0, "the host behind it sent the packet"},
	{"to", PART_TO, 0, "the packet is for the host behind it"},
	{"port", PART_PORT, 0, "the port behind it is the packet's, on either side"},
	{"count", PART_COUNT, 0, "the rule acts so often, then no more"},
	{"seed", PART_SEED, 0, "what chance begins with: the same seed, the same losses"},
};
/* clang-format on */

static const char *const deeds[RULE_DEEDS] = {
	[RULE_DROP] = "drop",           [RULE_LOSS] = "loss",       [RULE_DELAY] = "delay",
	[RULE_DUPLICATE] = "duplicate", [RULE_CORRUPT] = "corrupt", [RULE_HOLD] = "hold",
	[RULE_REORDER] = "reorder",
};

struct word_at {
	const char *text;
	size_t len;
	int column;
};

struct reader {
	struct rule *rule;
	const struct lab *lab;
	const char *text;
	size_t len, at;
	int column; /* of text */
	struct error *err;
	struct word_at seen[PARTS]; /* the last word of each part; len 0: none yet */
};

static bool is_blank(char c)
{
	return isspace((unsigned char)c) || c == ',';
}

static bool next(struct reader *in, struct word_at *out)
{
	size_t start;

	while (in->at < in->len && is_blank(in->text[in->at]))
		in->at++;
	start = in->at;
	while (in->at < in->len && !is_blank(in->text[in->at]))
		in->at++;
	*out = (struct word_at){in->text + start, in->at - start, in->column + (int)start};
	return in->at > start;
}

/* Puts the place of what was said into the line. Returns -1. */
static int at_word(struct error *err, const struct word_at *word)
{
	err->column = word->column;
	err->length = word->len ? (int)word->len : 1;
	return -1;
}

#define FAIL(in, word, ...) (error_set((in)->err, __VA_ARGS__), at_word((in)->err, (word)))

/* The word behind one that needs it. */
static int next_value(struct reader *in, const struct word_at *word, struct word_at *out)
{
	if (next(in, out))
		return 0;
	out->column = word->column + (int)word->len;
	return FAIL(in, out, "%.*s what? %s", SHOWN(word->len), word->text,
		    *word->text == 'f' || *word->text == 't' ? "a host comes behind it"
							     : "a number comes behind it");
}

static int read_number(struct reader *in, const struct word_at *word, long least, long most,
		       long *out)
{
	struct word_at value;

	if (next_value(in, word, &value) < 0)
		return -1;
	if (literal_number(value.text, value.len, least, most, out, in->err) < 0)
		return at_word(in->err, &value);
	return 0;
}

static int read_host(struct reader *in, const struct word_at *word, const struct host **out)
{
	const struct host *other = out == &in->rule->from ? in->rule->to : in->rule->from;
	struct word_at value;

	if (next_value(in, word, &value) < 0)
		return -1;
	*out = lab_find(in->lab, value.text, value.len);
	if (!*out)
		return FAIL(in, &value, "there is no host %.*s", SHOWN(value.len), value.text);
	if (*out == other)
		return FAIL(in, &value, "what a host sends to itself never comes to the wire");
	return 0;
}

static int read_flag(struct reader *in, const struct word_at *word, unsigned flag, bool not )
{
	struct rule *rule = in->rule;

	*(not ? &rule->no_flags : &rule->flags) |= flag;
	if (rule->flags & rule->no_flags)
		return FAIL(in, word, "%.*s cannot be set and clear at once", SHOWN(word->len),
			    word->text);
	return 0;
}

static int read_data(struct reader *in, const struct word_at *word, bool not )
{
	*(not ? &in->rule->no_data : &in->rule->data) = true;
	if (in->rule->data && in->rule->no_data)
		return FAIL(in, word, "a packet cannot have data and have none");
	return 0;
}

static size_t find_word(const struct word_at *word)
{
	size_t i;

	for (i = 0; i < COUNT_OF(words); i++)
		if (strlen(words[i].name) == word->len &&
		    strncasecmp(words[i].name, word->text, word->len) == 0)
			break;
	return i;
}

static int read_not(struct reader *in, const struct word_at *word)
{
	struct word_at value = {0};
	size_t i = next(in, &value) ? find_word(&value) : COUNT_OF(words);

	if (i < COUNT_OF(words) && words[i].part == PART_FLAG) {
		in->seen[PART_FLAG] = value;
		return read_flag(in, &value, (unsigned)words[i].value, true);
	}
	if (i < COUNT_OF(words) && words[i].part == PART_DATA)
		return read_data(in, &value, true);
	return FAIL(in, value.len ? &value : word,
		    "not what? syn, ack, fin, rst, psh or data comes behind it");
}

/* 10%, 0.5%: in millionths. */
static int read_chance(struct reader *in, const struct word_at *word)
{
	unsigned long whole = 0, unit = RULE_ALWAYS / 100;
	bool fraction = false, digits = false;
	size_t i;

	for (i = 0; i + 1 < word->len; i++) {
		if (word->text[i] == '.' && !fraction) {
			fraction = true;
			continue;
		}
		if (!isdigit((unsigned char)word->text[i]) || whole > RULE_ALWAYS)
			goto bad;
		digits = true;
		if (fraction)
			whole += (unsigned long)(word->text[i] - '0') * (unit /= 10);
		else
			whole = whole * 10 + (unsigned long)(word->text[i] - '0') * unit;
	}
	if (!digits || !whole || whole > RULE_ALWAYS)
		goto bad;
	in->rule->chance = (uint32_t)whole;
	return 0;
bad:
	return FAIL(in, word, "a chance is above 0%% and at most 100%%, such as 10%% or 0.5%%");
}

static int read_time(struct reader *in, const struct word_at *word)
{
	if (literal_time(word->text, word->len, 1000, &in->rule->delay_us, in->err) < 0)
		return at_word(in->err, word);
	if (in->rule->delay_us > RULE_DELAY_MOST_US)
		return FAIL(in, word, "%.*s is longer than a day", SHOWN(word->len), word->text);
	if (!in->rule->delay_us)
		return FAIL(in, word, "a delay is longer than that");
	return 0;
}

static int read_protocol(struct reader *in, int protocol)
{
	in->rule->protocol = protocol;
	return 0;
}

static int read_named(struct reader *in, const struct word_at *word, enum part part, int value)
{
	struct rule *rule = in->rule;
	long number = 0;

	switch (part) {
	case PART_PROTOCOL:
		return read_protocol(in, value);
	case PART_FLAG:
		return read_flag(in, word, (unsigned)value, false);
	case PART_DATA:
		return read_data(in, word, false);
	case PART_NOT:
		return read_not(in, word);
	case PART_FROM:
		return read_host(in, word, &rule->from);
	case PART_TO:
		return read_host(in, word, &rule->to);
	case PART_PORT:
		if (read_number(in, word, 1, 65535, &number) < 0)
			return -1;
		rule->port = (int)number;
		return 0;
	case PART_COUNT:
		if (read_number(in, word, 1, LONG_MAX, &number) < 0)
			return -1;
		rule->most = (unsigned long)number;
		return 0;
	default:
		if (read_number(in, word, 0, LONG_MAX, &number) < 0)
			return -1;
		rule->seed = (uint64_t)number;
		return 0;
	}
}

static int unknown(struct reader *in, const struct word_at *word)
{
	const char *near = NULL;
	int best = names_tolerance(word->len) + 1;
	size_t i;

	for (i = 0; i < COUNT_OF(words); i++) {
		int distance = names_distance(word->text, word->len, words[i].name,
					      strlen(words[i].name), best);

		if (distance < best) {
			best = distance;
			near = words[i].name;
		}
	}
	if (near)
		return FAIL(in, word, "%.*s is no word of a rule: did you mean %s?",
			    SHOWN(word->len), word->text, near);
	return FAIL(in, word,
		    "%.*s is no word of a rule: expected tcp, udp, icmp, syn, ack, fin, rst, data, "
		    "from, to, port, count or a chance such as 10%%",
		    SHOWN(word->len), word->text);
}

static int read_word(struct reader *in, const struct word_at *word)
{
	size_t i = find_word(word);
	enum part part;

	if (i < COUNT_OF(words))
		part = words[i].part;
	else if (word->text[word->len - 1] == '%')
		part = PART_CHANCE;
	else if (in->rule->deed == RULE_DELAY && isdigit((unsigned char)*word->text))
		part = PART_TIME;
	else
		return unknown(in, word);
	if (in->seen[part].len && part != PART_FLAG && part != PART_NOT && part != PART_DATA)
		return FAIL(in, word, "%s",
			    part == PART_PROTOCOL ? "a packet has one protocol"
						  : "that was said already");
	in->seen[part] = *word;
	if (part == PART_CHANCE)
		return read_chance(in, word);
	if (part == PART_TIME)
		return read_time(in, word);
	return read_named(in, word, part, words[i].value);
}

/* What each word says may still make no sense together. */
static int check(struct reader *in)
{
	const struct rule *rule = in->rule;
	struct word_at end = {.column = in->column + (int)in->len};

	if (rule->deed == RULE_LOSS && !in->seen[PART_CHANCE].len)
		return FAIL(in, &end, "how likely is a loss? Say it as in: wire loss 10%%");
	if (rule->deed == RULE_DELAY && !in->seen[PART_TIME].len)
		return FAIL(in, &end, "for how long? Say it as in: wire delay 50ms");
	if (in->seen[PART_SEED].len && !in->seen[PART_CHANCE].len)
		return FAIL(in, &in->seen[PART_SEED], "a seed is for a chance such as 10%%");
	if (in->seen[PART_FLAG].len && rule->protocol && rule->protocol != IPPROTO_TCP)
		return FAIL(in, &in->seen[PART_FLAG], "only segments of TCP have flags");
	if (rule->port && rule->protocol && rule->protocol != IPPROTO_TCP &&
	    rule->protocol != IPPROTO_UDP)
		return FAIL(in, &in->seen[PART_PORT], "only TCP and UDP have ports");
	return 0;
}

int rules_read(struct rule *out, enum rule_deed deed, const char *text, size_t len, int column,
	       const struct lab *lab, struct error *err)
{
	struct reader in = {
		.rule = out, .lab = lab, .text = text, .len = len, .column = column, .err = err};
	struct word_at word;

	*out = (struct rule){.deed = deed, .chance = RULE_ALWAYS, .seed = RULE_SEED};
	while (next(&in, &word))
		if (read_word(&in, &word) < 0)
			return -1;
	out->state = out->seed;
	return check(&in);
}

const char *rules_word(size_t index, const char **means)
{
	if (index >= COUNT_OF(words))
		return NULL;
	*means = words[index].means;
	return words[index].name;
}

static void print_time(struct buf *out, long us)
{
	if (us % 1000000 == 0)
		buf_printf(out, " %lds", us / 1000000);
	else if (us % 1000 == 0)
		buf_printf(out, " %ldms", us / 1000);
	else
		buf_printf(out, " %ldus", us);
}

static void print_chance(struct buf *out, const struct rule *rule)
{
	uint32_t unit = RULE_ALWAYS / 100, rest = rule->chance % unit;

	buf_printf(out, " %u", (unsigned)(rule->chance / unit));
	if (rest)
		buf_char(out, '.');
	for (; rest; rest %= unit) {
		unit /= 10;
		buf_printf(out, "%u", (unsigned)(rest / unit));
	}
	buf_printf(out, "%% seed %llu", (unsigned long long)rule->seed);
}

static void print_words(struct buf *out, const struct rule *rule)
{
	size_t i;

	for (i = 0; i < COUNT_OF(words); i++) {
		unsigned flag = (unsigned)words[i].value;

		if (words[i].part == PART_PROTOCOL && rule->protocol == words[i].value)
			buf_printf(out, " %s", words[i].name);
		if (words[i].part == PART_FLAG && (rule->flags | rule->no_flags) & flag)
			buf_printf(out, "%s %s", rule->no_flags & flag ? " not" : "",
				   words[i].name);
	}
	if (rule->data || rule->no_data)
		buf_printf(out, "%s data", rule->no_data ? " not" : "");
}

void rules_print(struct buf *out, const struct rule *rule)
{
	buf_str(out, deeds[rule->deed]);
	if (rule->delay_us)
		print_time(out, rule->delay_us);
	if (rule->chance < RULE_ALWAYS)
		print_chance(out, rule);
	print_words(out, rule);
	if (rule->from)
		buf_printf(out, " from %s", rule->from->name);
	if (rule->to)
		buf_printf(out, " to %s", rule->to->name);
	if (rule->port)
		buf_printf(out, " port %d", rule->port);
	if (rule->most)
		buf_printf(out, " count %lu", rule->most);
}
