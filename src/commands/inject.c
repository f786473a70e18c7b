/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/literal.h"
#include "commands/injection.h"
#include "commands/verbs.h"
#include "net/compose.h"
#include "net/header.h"

/*
 * `inject` makes a packet up and puts it on the wire:
 *
 *	inject b a tcp 80 → 40000 RST seq=+0
 *	inject a b udp 5000 → 53 "hello"
 *	inject b icmp port-unreachable 3	an error about packet 3, to its sender
 *	inject a b icmp echo-request
 *	inject a b raw hex:45...
 */

#define DEFAULT_TTL    64
#define DEFAULT_WINDOW 65535

/* What is read: the words, and how far. */
struct reader {
	struct shell *shell;
	struct rest words;
	int at;
	struct injection made;
};

/* clang-format off */
static const struct name protocol_list[] = {
	{"tcp", IPPROTO_TCP, "a TCP segment"},
	{"tcp6", IPPROTO_TCP, "a TCP segment over IPv6"},
	{"udp", IPPROTO_UDP, "a UDP datagram"},
	{"udp6", IPPROTO_UDP, "a UDP datagram over IPv6"},
	{"icmp", IPPROTO_ICMP, "an ICMP error about a packet, or an echo"},
	{"icmp6", IPPROTO_ICMPV6, "an ICMPv6 echo"},
	{"raw", IPPROTO_RAW, "whatever bytes"},
};
/* clang-format on */

static const struct names names_made = {
	.kind = "kind of packet", .list = protocol_list, .count = COUNT_OF(protocol_list)};

static int missing(const struct reader *in, const char *what, struct error *err)
{
	return error_at(err, in->words.end_column, 1, "%s is missing: `help inject`", what);
}

static const struct word *next_word(struct reader *in)
{
	return in->at < in->words.count ? &in->words.words[in->at++] : NULL;
}

static int read_fields(struct reader *in, struct error *err)
{
	const struct word *word;

	while ((word = next_word(in)))
		if (injection_word(&in->made, word, err) < 0)
			return -1;
	return 0;
}

static struct address from_address(const struct injection *made)
{
	if (made->source.len)
		return made->source;
	return made->head.family == AF_INET6 ? made->from->v6 : made->from->v4;
}

static void set_port(struct address *address, int port)
{
	if (address->any.sa_family == AF_INET)
		address->in.sin_port = htons((uint16_t)port);
	else
		address->in6.sin6_port = htons((uint16_t)port);
}

static int read_segment(struct reader *in, struct error *err)
{
	struct injection *made = &in->made;
	bool tcp = made->head.protocol == IPPROTO_TCP;
	int ports[2];

	made->kind = tcp ? INJECT_TCP : INJECT_UDP;
	made->head.tcp.window = DEFAULT_WINDOW;
	if (injection_ports(&in->words, &in->at, ports, err) < 0 || read_fields(in, err) < 0)
		return -1;
	if (tcp && !made->has_flags)
		return missing(in, "what flags it has (SYN,ACK ...; none)", err);
	made->head.src = from_address(made);
	set_port(&made->head.src, ports[0]);
	set_port(&made->head.dst, ports[1]);
	return 0;
}

/* The packet that the error is about. Its bytes are the session's. */
static int read_quoted(struct reader *in, struct shown_packet *out, struct error *err)
{
	const struct word *word = next_word(in);
	long number;

	if (!word)
		return missing(in, "the number of the packet that it is about", err);
	*err = (struct error){0};
	if (literal_number(word->text, word->len, 1, LONG_MAX, &number, err) < 0 ||
	    session_packet_told(in->shell->session, (unsigned long)number, out, err) < 0)
		return word_blame(err, word);
	if (out->head.family)
		return 0;
	error_set(err, "packet %ld is no IP packet that could be quoted", number);
	return word_blame(err, word);
}

static bool tells_mtu(const struct word *type)
{
	return names_same("fragmentation-needed", type->text, type->len) ||
	       names_same("packet-too-big", type->text, type->len);
}

/* From FROM, which may be a router between them, to whoever has sent the packet. */
static int read_icmp_error(struct reader *in, const struct word *type, bool to_given,
			   struct error *err)
{
	struct injection *made = &in->made;
	struct shown_packet quoted = {0};
	size_t len;

	made->kind = INJECT_ERROR;
	if (to_given) {
		error_set(err, "an ICMP error goes to the sender of the packet that it is about: "
			       "`inject FROM icmp ERROR PACKET`");
		return word_blame(err, &in->words.words[0]);
	}
	if (read_quoted(in, &quoted, err) < 0)
		return -1;
	made->head.family = quoted.head.family;
	if (read_fields(in, err) < 0)
		return -1;
	if (tells_mtu(type) && !made->has_mtu)
		return missing(in, "mtu=N, what the link takes,", err);
	made->head.src = from_address(made);
	made->head.dst = quoted.head.src;
	len = compose_quoted(made->head.family, quoted.len);
	buf_add(&made->data, quoted.bytes, len);
	return 0;
}

static int read_echo(struct reader *in, bool to_given, struct error *err)
{
	struct injection *made = &in->made;

	made->kind = INJECT_ECHO;
	/* Linux answers one that is all zeros with a checksum of 0, which does not fit. */
	made->head.icmp.id = 1;
	if (!to_given)
		return error_at(err, in->words.words[0].column, 1,
				"the host that it is for is missing: `inject FROM TO icmp "
				"echo-request`");
	if (read_fields(in, err) < 0)
		return -1;
	made->head.src = from_address(made);
	return 0;
}

/* By the family, which for an error is that of the packet it is about. */
static int set_type(struct injection *made, const struct word *word)
{
	bool v6 = made->head.family == AF_INET6;
	long type;

	if (!names_find(v6 ? &names_icmp6_made : &names_icmp_made, word->text, word->len, &type))
		return -1;
	made->head.protocol = v6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP;
	made->head.icmp.type = (uint8_t)(type >> 8);
	made->head.icmp.code = (uint8_t)type;
	return 0;
}

static int unknown_type(const struct word *word, struct error *err)
{
	const char *near = names_near(&names_icmp_made, word->text, word->len);

	error_set(err, "no ICMP packet %.*s is known%s%s", (int)word->len, word->text,
		  near ? ": did you mean " : ": echo-request, port-unreachable, time-exceeded, ...",
		  near ? near : "");
	return word_blame(err, word);
}

static int read_icmp(struct reader *in, bool to_given, struct error *err)
{
	const struct word *type = next_word(in);
	int result;

	if (!type)
		return missing(in, "what it says (port-unreachable, echo-request ...)", err);
	if (set_type(&in->made, type) < 0)
		return unknown_type(type, err);
	if (names_same("echo-request", type->text, type->len) ||
	    names_same("echo-reply", type->text, type->len))
		result = read_echo(in, to_given, err);
	else
		result = read_icmp_error(in, type, to_given, err);
	return result < 0 ? -1 : set_type(&in->made, type);
}

static int read_raw(struct reader *in, struct error *err)
{
	const struct word *word = next_word(in);
	struct injection *made = &in->made;

	if (!word)
		return missing(in, "what bytes it has (hex:45...)", err);
	made->to = lab_owner(made->lab, &made->head.dst);
	if (!made->to) {
		error_set(err, "no host has this address, so nobody would get the bytes");
		return word_blame(err, &in->words.words[0]);
	}
	*err = (struct error){0};
	if (literal_bytes(word->text, word->len, COMPOSE_MOST, &made->data, err) < 0)
		return word_place(err, word, 0);
	if (in->at == in->words.count)
		return 0;
	error_set(err, "after the bytes nothing is expected");
	return word_blame(err, &in->words.words[in->at]);
}

/* TO, which ICMP errors have not, and the protocol, by which the family is chosen. */
static int read_head(struct reader *in, bool *to_given, struct error *err)
{
	struct injection *made = &in->made;
	const struct word *to = next_word(in), *word = to;
	long protocol;
	bool v6;

	if (!to)
		return missing(in, "the host that it is for", err);
	*to_given = !names_find(&names_made, to->text, to->len, &protocol);
	if (*to_given)
		word = next_word(in);
	if (!word)
		return missing(in, "what it is (tcp, udp, icmp, raw)", err);
	if (!names_find(&names_made, word->text, word->len, &protocol)) {
		error_set(err, "expected tcp, tcp6, udp, udp6, icmp, icmp6 or raw");
		return word_blame(err, word);
	}
	made->head.protocol = (int)protocol;
	v6 = word->text[word->len - 1] == '6';
	made->head.family = v6 ? AF_INET6 : AF_INET;
	if (!*to_given && protocol != IPPROTO_ICMP && protocol != IPPROTO_ICMPV6)
		return error_at(err, to->column, (int)to->len,
				"the host that it is for is missing: `inject FROM TO %.*s ...`",
				(int)to->len, to->text);
	if (!*to_given)
		return 0;
	if (injection_where(made->lab, to, made->head.family, &made->head.dst, err) < 0)
		return -1;
	if (v6 && made->head.dst.any.sa_family == AF_INET)
		return error_at(err, to->column, (int)to->len,
				"%.*s goes over IPv6, and this is an IPv4 address", (int)word->len,
				word->text);
	made->head.family = made->head.dst.any.sa_family;
	return 0;
}

static int read_all(struct reader *in, struct error *err)
{
	bool to_given = false;

	if (read_head(in, &to_given, err) < 0)
		return -1;
	switch (in->made.head.protocol) {
	case IPPROTO_RAW:
		return read_raw(in, err);
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return read_icmp(in, to_given, err);
	default:
		return read_segment(in, err);
	}
}

/* In place of the packet. Returns 0, or -1 with ERR placed. */
static int cut(const struct injection *made, struct buf *bytes, struct error *err)
{
	struct buf part = {0};
	size_t header = made->head.family == AF_INET6 ? IPV6_HEADER : IPV4_HEADER;
	int result;

	if (!made->fragment_len || bytes->failed)
		return 0;
	result = compose_fragment(&part, bytes->data, bytes->len, (uint32_t)made->fragment_id,
				  (size_t)made->fragment_at, (size_t)made->fragment_len);
	if (result < 0) {
		error_set(err, "the packet has %zu bytes behind its IP header",
			  bytes->len - header);
		word_blame(err, &made->fragment);
	}
	buf_free(bytes);
	*bytes = part;
	return result;
}

static int put(struct reader *in, struct error *err)
{
	struct injection *made = &in->made;
	struct session *session = in->shell->session;
	struct buf bytes = {0};
	int result;

	if (made->head.protocol == IPPROTO_RAW)
		return session_inject(session, made->from, made->to, buf_text(&made->data),
				      made->data.len, err);
	if (injection_numbers(made, err) < 0)
		return -1;
	if (compose(&bytes, &made->head, buf_text(&made->data), made->data.len) < 0)
		result = error_set(err, "a packet has %d bytes at most", COMPOSE_MOST);
	else if (cut(made, &bytes, err) < 0)
		result = -1;
	else if (bytes.failed || made->data.failed)
		result = error_set(err, "out of memory");
	else
		result = session_inject(session, made->from, NULL, bytes.data, bytes.len, err);
	buf_free(&bytes);
	return result;
}

static int run_inject(struct shell *shell, const struct value *values, struct error *err)
{
	const struct lab *lab = session_lab(shell->session);
	const char *name = values[0].data;
	struct reader in = {.shell = shell};
	int result = -1;

	if (!verbs_has_hosts(shell))
		return error_set(err, "there is no lab: `host NAME` makes one, or --lab");
	in.made.lab = lab;
	in.made.wire = session_wire(shell->session);
	in.made.head.ttl = DEFAULT_TTL;
	in.made.fragment_id = 1;
	in.made.from = lab_find(lab, name, strlen(name));
	if (!in.made.from)
		return error_at(err, (int)values[0].number, (int)values[0].size,
				"there is no host %s", name);
	if (rest_split(&values[1], "inject", &in.words, err) == 0 && read_all(&in, err) == 0)
		result = put(&in, err);
	buf_free(&in.made.data);
	if (result == 0)
		session_tell_wire(shell->session, shell->command.text, shell->command.len);
	else if (!err->column)
		word_blame(err,
			   &(struct word){.column = (int)values[1].number, .len = values[1].size});
	return result;
}

const struct verb verb_inject = {
	.record = {.name = "inject",
		   .prototype = "inject FROM TO tcp|udp PORT -> PORT [FLAGS] [FIELD=...] [BYTES] | "
				"inject FROM icmp ERROR PACKET [FIELD=...] | "
				"inject FROM TO icmp echo-request|echo-reply [FIELD=...] [BYTES] | "
				"inject FROM TO raw BYTES",
		   .help = "make a packet up, and put it on the wire as if FROM had sent it",
		   .example = "inject b a tcp 80 -> 40000 RST seq=+0",
		   .args = {{.name = "FROM", .kind = &kind_host},
			    {.name = "WHAT", .kind = &kind_injection, .flags = ARG_REST}}},
	.run = run_inject,
};
