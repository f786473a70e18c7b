/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/injection.h"

#include <arpa/inet.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/grow.h"
#include "calls/literal.h"
#include "net/compose.h"

/* What numbers count from where the wire has seen none of that side. */
#define FIRST_ISN 0x1000000

/* clang-format off */
static const struct name flag_list[] = {
	{"FIN", PACKET_FIN, "no more data from the sender"},
	{"SYN", PACKET_SYN, "the first segment of its side"},
	{"RST", PACKET_RST, "the connection is over at once"},
	{"PSH", PACKET_PSH, "to be given to the program"},
	{"ACK", PACKET_ACK, "the acknowledgement number counts"},
	{"URG", PACKET_URG, "the urgent pointer counts"},
	{"ECE", PACKET_ECE, "congestion was met"},
	{"CWR", PACKET_CWR, "the sender sends less"},
	{"none", 0, "no flag at all, which is never right"},
};
/* clang-format on */

const struct names injection_flags = {
	.kind = "flag of a segment", .list = flag_list, .count = COUNT_OF(flag_list)};

static int number(const struct word *word, long min, long max, long *out, struct error *err)
{
	*err = (struct error){0};
	if (literal_number(word->text, word->len, min, max, out, err) < 0)
		return word_place(err, word, 0);
	return 0;
}

int injection_where(const struct lab *lab, const struct word *word, int family, struct address *out,
		    struct error *err)
{
	const struct host *host = lab_find(lab, word->text, word->len);
	char text[INET6_ADDRSTRLEN];
	unsigned char bytes[16];

	if (host) {
		*out = family == AF_INET6 ? host->v6 : host->v4;
		return 0;
	}
	snprintf(text, sizeof(text), "%.*s", (int)word->len, word->text);
	if (word->len < sizeof(text)) {
		for (family = AF_INET;; family = AF_INET6) {
			if (inet_pton(family, text, bytes) == 1) {
				*out = address_make(family, bytes, 0, 0);
				return 0;
			}
			if (family == AF_INET6)
				break;
		}
	}
	error_set(err, "expected a host of the lab or an IP address, not %.*s", (int)word->len,
		  word->text);
	return word_blame(err, word);
}

static size_t arrow_at(const struct word *word, size_t at)
{
	static const char *const arrows[] = {"->", "\u2192"};
	size_t i;

	for (i = 0; i < COUNT_OF(arrows); i++)
		if (word->len - at >= strlen(arrows[i]) &&
		    memcmp(word->text + at, arrows[i], strlen(arrows[i])) == 0)
			return strlen(arrows[i]);
	return 0;
}

static struct word part(const struct word *word, size_t from, size_t to)
{
	return (struct word){
		.text = word->text + from, .len = to - from, .column = word->column + (int)from};
}

/* The next of WORDS, cut at an arrow; *REST is what is left of it. The arrows are left out. */
static bool next_part(const struct rest *words, int *at, struct word *left, struct word *out)
{
	for (;;) {
		size_t end, arrow = 0;

		if (!left->len) {
			if (*at == words->count)
				return false;
			*left = words->words[(*at)++];
		}
		for (end = 0; end < left->len && !arrow; end += !arrow)
			arrow = arrow_at(left, end);
		*out = part(left, 0, end);
		*left = part(left, end + arrow, left->len);
		if (out->len)
			return true;
	}
}

int injection_ports(const struct rest *words, int *at, int ports[2], struct error *err)
{
	static const char *const names[] = {"the sender's port", "the receiver's port"};
	struct word left = {0}, word;
	long port;
	int i;

	for (i = 0; i < 2; i++) {
		if (!next_part(words, at, &left, &word))
			return error_at(err, words->end_column, 1,
					"%s is missing: PORT \u2192 PORT (or ->)", names[i]);
		if (number(&word, 0, 65535, &port, err) < 0)
			return -1;
		ports[i] = (int)port;
	}
	if (!left.len)
		return 0;
	error_set(err, "after both ports a blank is expected");
	return word_blame(err, &left);
}

/* 101, +0, -1, abs:5. */
static int read_counted(const struct word *word, struct injected_number *out, struct error *err)
{
	struct word digits = *word;
	long value;

	out->from = COUNTED_ISN;
	out->word = *word;
	if (word->len && (word->text[0] == '+' || word->text[0] == '-')) {
		out->from = COUNTED_NEXT;
		digits = part(word, 1, word->len);
	} else if (word->len > 4 && memcmp(word->text, "abs:", 4) == 0) {
		out->from = COUNTED_ABSOLUTE;
		digits = part(word, 4, word->len);
	}
	if (number(&digits, 0, UINT_MAX, &value, err) < 0)
		return -1;
	out->value = word->text[0] == '-' ? 0 - (uint32_t)value : (uint32_t)value;
	return 0;
}

static int read_seq(struct injection *to, const struct word *value, struct error *err)
{
	return read_counted(value, &to->seq, err);
}

static int read_ack(struct injection *to, const struct word *value, struct error *err)
{
	return read_counted(value, &to->ack, err);
}

static int read16(const struct word *value, uint16_t *out, struct error *err)
{
	long read;

	if (number(value, 0, UINT16_MAX, &read, err) < 0)
		return -1;
	*out = (uint16_t)read;
	return 0;
}

static int read_win(struct injection *to, const struct word *value, struct error *err)
{
	return read16(value, &to->head.tcp.window, err);
}

static int read_urg(struct injection *to, const struct word *value, struct error *err)
{
	return read16(value, &to->head.tcp.urgent, err);
}

static int read_mss(struct injection *to, const struct word *value, struct error *err)
{
	to->head.tcp.options |= PACKET_MSS;
	return read16(value, &to->head.tcp.mss, err);
}

static int read_wscale(struct injection *to, const struct word *value, struct error *err)
{
	long shift;

	if (number(value, 0, UINT8_MAX, &shift, err) < 0)
		return -1;
	to->head.tcp.options |= PACKET_WSCALE;
	to->head.tcp.wscale = (uint8_t)shift;
	return 0;
}

static int read_sackok(struct injection *to, const struct word *value, struct error *err)
{
	(void)value;
	(void)err;
	to->head.tcp.options |= PACKET_SACK_OK;
	return 0;
}

/* VALUE, or VALUE,ECHO. */
static int read_ts(struct injection *to, const struct word *value, struct error *err)
{
	const char *comma = memchr(value->text, ',', value->len);
	size_t end = comma ? (size_t)(comma - value->text) : value->len;
	struct word first = part(value, 0, end);
	long stamp, echo = 0;

	if (number(&first, 0, UINT_MAX, &stamp, err) < 0)
		return -1;
	if (comma) {
		struct word second = part(value, end + 1, value->len);

		if (number(&second, 0, UINT_MAX, &echo, err) < 0)
			return -1;
	}
	to->head.tcp.options |= PACKET_TIMESTAMP;
	to->head.tcp.tsval = (uint32_t)stamp;
	to->head.tcp.tsecr = (uint32_t)echo;
	return 0;
}

static int ask_fastopen(struct injection *to, const struct word *value, struct error *err)
{
	(void)value;
	(void)err;
	to->head.tcp.options |= PACKET_FASTOPEN;
	return 0;
}

static int read_fastopen(struct injection *to, const struct word *value, struct error *err)
{
	struct buf cookie = {0};
	int result;

	*err = (struct error){0};
	result = literal_bytes(value->text, value->len, PACKET_COOKIE, &cookie, err);
	if (result < 0)
		word_place(err, value, 0);
	else if (cookie.failed)
		result = error_set(err, "out of memory");
	if (result == 0 && cookie.len) {
		to->head.tcp.cookie = (int)cookie.len;
		memcpy(to->head.tcp.fastopen, cookie.data, cookie.len);
	}
	to->head.tcp.options |= PACKET_FASTOPEN;
	buf_free(&cookie);
	return result;
}

/* OFFSET,LENGTH. */
static int read_fragment(struct injection *to, const struct word *value, struct error *err)
{
	const char *comma = memchr(value->text, ',', value->len);
	size_t end = comma ? (size_t)(comma - value->text) : value->len;
	struct word first = part(value, 0, end), second;

	if (number(&first, 0, COMPOSE_MOST, &to->fragment_at, err) < 0)
		return -1;
	if (!comma || end + 1 == value->len) {
		error_set(err, "expected where it begins and how long it is: fragment=0,16");
		return word_blame(err, value);
	}
	second = part(value, end + 1, value->len);
	if (to->fragment_at % 8) {
		error_set(err, "a fragment begins at a multiple of 8 bytes");
		return word_blame(err, &first);
	}
	to->fragment = *value;
	return number(&second, 1, COMPOSE_MOST, &to->fragment_len, err);
}

static int read_fragid(struct injection *to, const struct word *value, struct error *err)
{
	return number(value, 0, to->head.family == AF_INET6 ? UINT32_MAX : UINT16_MAX,
		      &to->fragment_id, err);
}

static int read_mtu(struct injection *to, const struct word *value, struct error *err)
{
	to->has_mtu = true;
	return read16(value, &to->head.icmp.mtu, err);
}

static int read_id(struct injection *to, const struct word *value, struct error *err)
{
	return read16(value, &to->head.icmp.id, err);
}

static int read_echo_seq(struct injection *to, const struct word *value, struct error *err)
{
	return read16(value, &to->head.icmp.seq, err);
}

static int read_ttl(struct injection *to, const struct word *value, struct error *err)
{
	long ttl;

	if (number(value, 0, UINT8_MAX, &ttl, err) < 0)
		return -1;
	to->head.ttl = (uint8_t)ttl;
	return 0;
}

static int read_src(struct injection *to, const struct word *value, struct error *err)
{
	int family = to->head.family;

	if (injection_where(to->lab, value, family, &to->source, err) < 0)
		return -1;
	if (to->source.any.sa_family == family)
		return 0;
	error_set(err, "the packet is of %s, and this address is not",
		  family == AF_INET ? "IPv4" : "IPv6");
	return word_blame(err, value);
}

static int read_badsum(struct injection *to, const struct word *value, struct error *err)
{
	(void)value;
	(void)err;
	to->head.bad_checksum = true;
	return 0;
}

static int read_data(struct injection *to, const struct word *value, struct error *err)
{
	if (to->has_data) {
		error_set(err, "its data was given already");
		return word_blame(err, value);
	}
	to->has_data = true;
	*err = (struct error){0};
	if (literal_bytes(value->text, value->len, COMPOSE_MOST, &to->data, err) < 0)
		return word_place(err, value, 0);
	return to->data.failed ? error_set(err, "out of memory") : 0;
}

/* clang-format off */
static const struct injection_field fields[] = {
	{"seq=", INJECT_TCP, read_seq, "101 as the ladder shows it, +0 as the receiver expects it, abs:N"},
	{"ack=", INJECT_TCP, read_ack, "101 as the ladder shows it, +0 of all that the receiver has sent, abs:N"},
	{"win=", INJECT_TCP, read_win, "window, not scaled: 65535"},
	{"urg=", INJECT_TCP, read_urg, "urgent pointer"},
	{"mss=", INJECT_TCP, read_mss, "option: the largest segment that is taken"},
	{"wscale=", INJECT_TCP, read_wscale, "option: window scale"},
	{"sackok", INJECT_TCP, read_sackok, "option: selective acknowledgements are known"},
	{"ts=", INJECT_TCP, read_ts, "option: timestamp, and the one that is echoed: 7,3"},
	{"fastopen", INJECT_TCP, ask_fastopen, "option: a fast open cookie is asked for"},
	{"fastopen=", INJECT_TCP, read_fastopen, "option: a fast open cookie: hex:0123456789abcdef"},
	{"mtu=", INJECT_ERROR, read_mtu, "what the link takes"},
	{"id=", INJECT_ECHO, read_id, "of an echo"},
	{"seq=", INJECT_ECHO, read_echo_seq, "of an echo"},
	{"ttl=", INJECT_ANY, read_ttl, "TTL, or hop limit: 64"},
	{"src=", INJECT_ANY, read_src, "source address: of another host, or of nobody"},
	{"data=", INJECT_TCP | INJECT_UDP | INJECT_ECHO, read_data, "bytes"},
	{"fragment=", INJECT_ANY, read_fragment, "only a part, from a byte behind the IP header, of a length: 0,16"},
	{"fragid=", INJECT_ANY, read_fragid, "the number that all fragments of a packet have"},
	{"badsum", INJECT_ANY, read_badsum, "the checksum does not fit"},
};
/* clang-format on */

const struct injection_field *injection_field_at(size_t index)
{
	return index < COUNT_OF(fields) ? &fields[index] : NULL;
}

/* As a literal of bytes begins. */
static bool looks_like_bytes(const struct word *word)
{
	size_t digits = 0;

	while (digits < word->len && word->text[digits] >= '0' && word->text[digits] <= '9')
		digits++;
	return word->text[0] == '"' || word->text[0] == '\'' || word->text[0] == '@' ||
	       (word->len >= 4 && memcmp(word->text, "hex:", 4) == 0) ||
	       (digits && digits < word->len && word->text[digits] == '*');
}

/* SYN,ACK or SYN|ACK. Returns whether WORD is flags. */
static bool read_flags(const struct word *word, unsigned *out)
{
	size_t at = 0, end;
	unsigned flags = 0;
	long flag;

	for (; at <= word->len; at = end + 1) {
		for (end = at; end < word->len && !strchr(",|", word->text[end]); end++)
			;
		if (!names_find(&injection_flags, word->text + at, end - at, &flag))
			return false;
		flags |= (unsigned)flag;
	}
	*out |= flags;
	return true;
}

static int unknown_word(const struct injection *to, const struct word *word, struct error *err)
{
	struct buf list = {0};
	size_t i;

	for (i = 0; i < COUNT_OF(fields); i++)
		if (fields[i].of & to->kind)
			buf_printf(&list, "%s %s", list.len ? "," : "", fields[i].name);
	error_set(err, "expected %sone of%s%s", to->kind == INJECT_TCP ? "flags (SYN,ACK), " : "",
		  buf_text(&list), to->kind == INJECT_ERROR ? "" : ", or bytes in quotes");
	buf_free(&list);
	return word_blame(err, word);
}

/* With its = a value follows, else the word is all of it. */
static const struct injection_field *find_field(unsigned kind, const struct word *word)
{
	size_t i;

	for (i = 0; i < COUNT_OF(fields); i++) {
		size_t len = strlen(fields[i].name);
		bool valued = fields[i].name[len - 1] == '=';

		if (fields[i].of & kind && (valued ? word->len >= len : word->len == len) &&
		    memcmp(word->text, fields[i].name, len) == 0)
			return &fields[i];
	}
	return NULL;
}

static int read_field(struct injection *to, const struct word *word, struct error *err)
{
	const struct injection_field *field = find_field(to->kind, word);
	struct word value;

	if (!field)
		return unknown_word(to, word, err);
	value = part(word, strlen(field->name), word->len);
	if (value.len || word->text[word->len - 1] != '=')
		return field->read(to, &value, err);
	error_set(err, "a value is missing behind %s", field->name);
	return word_blame(err, word);
}

int injection_word(struct injection *to, const struct word *word, struct error *err)
{
	unsigned flags = 0;

	if (to->kind != INJECT_ERROR && looks_like_bytes(word))
		return read_data(to, word, err);
	if (to->kind != INJECT_TCP || !read_flags(word, &flags))
		return read_field(to, word, err);
	to->head.tcp.flags |= (uint16_t)flags;
	to->has_flags = true;
	return 0;
}

/* What the wire has not seen cannot be counted from. */
static int not_seen(const struct injected_number *number, const struct address *who,
		    const char *what, struct error *err)
{
	struct buf text = {0};

	address_print(&text, who);
	error_set(err, "the wire has seen no %s by %s to count from: give a number", what,
		  buf_text(&text));
	buf_free(&text);
	return word_blame(err, &number->word);
}

static int set_seq(struct injection *to, struct error *err)
{
	const struct flows *flows = &to->wire->flows;
	const struct address *src = &to->head.src, *dst = &to->head.dst;
	uint32_t isn = FIRST_ISN, next = 0;
	bool expected = flows_expected(flows, src, dst, &next);

	flows_isn(flows, src, dst, &isn);
	if (to->seq.from == COUNTED_NEXT && !expected)
		return not_seen(&to->seq, dst, "acknowledgement", err);
	if (to->seq.from == COUNTED_ABSOLUTE)
		to->head.tcp.seq = to->seq.value;
	else if (to->seq.from == COUNTED_NEXT || (to->seq.from == COUNTED_NOT && expected))
		to->head.tcp.seq = next + to->seq.value;
	else
		to->head.tcp.seq = isn + to->seq.value;
	return 0;
}

static int set_ack(struct injection *to, struct error *err)
{
	const struct flows *flows = &to->wire->flows;
	const struct address *src = &to->head.src, *dst = &to->head.dst;
	uint32_t isn = 0, end = 0;
	bool seen = flows_end(flows, dst, src, &end);

	flows_isn(flows, dst, src, &isn);
	if (to->ack.from == COUNTED_NEXT && !seen)
		return not_seen(&to->ack, dst, "segment", err);
	if (to->ack.from == COUNTED_NOT && !(to->head.tcp.flags & PACKET_ACK))
		to->head.tcp.ack = 0;
	else if (to->ack.from == COUNTED_ABSOLUTE)
		to->head.tcp.ack = to->ack.value;
	else if (to->ack.from == COUNTED_NEXT || (to->ack.from == COUNTED_NOT && seen))
		to->head.tcp.ack = end + to->ack.value;
	else
		to->head.tcp.ack = isn + to->ack.value;
	return 0;
}

int injection_numbers(struct injection *to, struct error *err)
{
	if (to->kind != INJECT_TCP)
		return 0;
	return set_seq(to, err) < 0 || set_ack(to, err) < 0 ? -1 : 0;
}
