/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/packet_fields.h"

#include <string.h>

#include "base/grow.h"
#include "names/names.h"

typedef const struct shown_packet *packet_arg;

void packet_flags(struct buf *out, unsigned flags)
{
	static const char *const words[] = {"SYN", "FIN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
	static const unsigned bits[] = {PACKET_SYN, PACKET_FIN, PACKET_RST, PACKET_PSH,
					PACKET_ACK, PACKET_URG, PACKET_ECE, PACKET_CWR};
	const char *comma = "";
	size_t i;

	for (i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (flags & bits[i]) {
			buf_printf(out, "%s%s", comma, words[i]);
			comma = ",";
		}
	if (!*comma)
		buf_str(out, "no flag");
}

void packet_fate(struct buf *out, const struct shown_packet *packet)
{
	buf_str(out, packet->fate);
	if (packet->rule)
		buf_printf(out, " by rule %u", packet->rule);
	if (packet->full)
		buf_str(out, ": the wire is full");
	/* Two runs print the same, as with timers. */
	if (packet->left_us >= 1000000)
		buf_printf(out, ", %ld s left", (packet->left_us + 999999) / 1000000);
	else if (packet->left_us >= 0)
		buf_printf(out, ", %ld ms left", (packet->left_us + 999) / 1000);
}

static bool is_tcp(packet_arg packet)
{
	return packet->head.protocol == IPPROTO_TCP && packet->head.payload &&
	       !packet->head.fragment.offset;
}

static bool print_text(struct buf *out, const char *text)
{
	if (text)
		buf_str(out, text);
	return text != NULL;
}

static bool print_if(struct buf *out, bool there, uint64_t value)
{
	if (there)
		emit_digits(out, value);
	return there;
}

static bool print_state(struct buf *out, enum endpoint_state state)
{
	return print_text(out, state == STATE_NONE ? NULL : endpoint_state_name(state));
}

static bool print_address(struct buf *out, const struct address *address)
{
	if (address_port(address))
		address_print(out, address);
	else if (address->len)
		address_print_host(out, address);
	return address->len;
}

static bool print_number(struct buf *out, packet_arg packet)
{
	return print_if(out, true, packet->number);
}

static bool print_from(struct buf *out, packet_arg packet)
{
	return print_text(out, packet->from);
}

static bool print_to(struct buf *out, packet_arg packet)
{
	return print_text(out, packet->to_all ? "all" : packet->to);
}

static bool print_interface(struct buf *out, packet_arg packet)
{
	return print_text(out, packet->loopback ? "lo" : "wire0");
}

static bool print_host(struct buf *out, packet_arg packet)
{
	return print_text(out, packet->host);
}

static bool print_fd(struct buf *out, packet_arg packet, int fd)
{
	return print_if(out, packet->loopback && fd >= 0, (uint64_t)fd);
}

static bool print_from_fd(struct buf *out, packet_arg packet)
{
	return print_fd(out, packet, packet->from_fd);
}

static bool print_to_fd(struct buf *out, packet_arg packet)
{
	return print_fd(out, packet, packet->to_fd);
}

static bool print_source(struct buf *out, packet_arg packet)
{
	return print_address(out, &packet->head.src);
}

static bool print_destination(struct buf *out, packet_arg packet)
{
	return print_address(out, &packet->head.dst);
}

static bool print_protocol(struct buf *out, packet_arg packet)
{
	if (packet->head.family)
		names_print(out, &names_header, packet->head.protocol);
	return packet->head.family;
}

static bool print_flags(struct buf *out, packet_arg packet)
{
	if (is_tcp(packet))
		packet_flags(out, packet->head.tcp.flags);
	return is_tcp(packet);
}

static bool print_seq(struct buf *out, packet_arg packet)
{
	return print_if(out, is_tcp(packet), packet->seq);
}

static bool print_ack(struct buf *out, packet_arg packet)
{
	return print_if(out, is_tcp(packet) && packet->head.tcp.flags & PACKET_ACK, packet->ack);
}

static bool print_length(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->head.payload, packet->head.length);
}

static bool print_window(struct buf *out, packet_arg packet)
{
	return print_if(out, is_tcp(packet), packet->head.tcp.window);
}

/* Only segments with a SYN have it; so with the other options. */
static bool print_mss(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->head.tcp.options & PACKET_MSS, packet->head.tcp.mss);
}

static bool print_window_scale(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->head.tcp.options & PACKET_WSCALE, packet->head.tcp.wscale);
}

static bool print_sack_permitted(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->head.tcp.options & PACKET_SACK_OK, 1);
}

static bool print_sack_blocks(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->head.tcp.options & PACKET_SACK,
			(uint64_t)packet->head.tcp.sacks);
}

/* Counted as ack is: they are the receiver's, of what the other side sends. */
void packet_sack(struct buf *out, const struct shown_packet *packet)
{
	const struct packet_tcp *tcp = &packet->head.tcp;
	uint32_t base = tcp->ack - packet->ack;
	int i;

	for (i = 0; i < tcp->sacks; i++)
		buf_printf(out, "%s%u-%u", i ? "," : "", tcp->sack[i].from - base,
			   tcp->sack[i].to - base);
}

static bool print_sack(struct buf *out, packet_arg packet)
{
	if (!(packet->head.tcp.options & PACKET_SACK))
		return false;
	packet_sack(out, packet);
	return true;
}

/* What the cookie says; of one that is asked for there is nothing yet. */
static bool print_fast_open(struct buf *out, packet_arg packet)
{
	const struct packet_tcp *tcp = &packet->head.tcp;
	int i, len = tcp->cookie < PACKET_COOKIE ? tcp->cookie : PACKET_COOKIE;

	if (!is_tcp(packet) || !(tcp->options & PACKET_FASTOPEN))
		return false;
	if (!len)
		buf_str(out, "request");
	for (i = 0; i < len; i++)
		buf_printf(out, "%02x", tcp->fastopen[i]);
	return true;
}

static bool print_ttl(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->head.family, packet->head.ttl);
}

static bool print_fragment_offset(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->head.fragment.is, packet->head.fragment.offset);
}

static bool print_more_fragments(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->head.fragment.is, packet->head.fragment.more);
}

static bool print_timestamp(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->head.tcp.options & PACKET_TIMESTAMP, packet->head.tcp.tsval);
}

static bool print_icmp_type(struct buf *out, packet_arg packet)
{
	const struct packet *head = &packet->head;
	bool icmp = head->protocol == IPPROTO_ICMP || head->protocol == IPPROTO_ICMPV6;

	return print_if(out, icmp && head->payload, head->icmp.type);
}

static bool print_icmp_code(struct buf *out, packet_arg packet)
{
	const struct packet *head = &packet->head;
	bool icmp = head->protocol == IPPROTO_ICMP || head->protocol == IPPROTO_ICMPV6;

	return print_if(out, icmp && head->payload, head->icmp.code);
}

static bool print_group_version(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->head.groups.kind != GROUPS_NONE, packet->head.groups.version);
}

static void add_address(struct buf *out, packet_arg packet, const unsigned char bytes[16])
{
	struct address address = address_make(packet->head.family, bytes, 0, 0);

	address_print_host(out, &address);
}

/* What stands behind the type of a record, between groups, before a source, and around how many
 * more there are. */
struct group_marks {
	const char *type, *group, *source, *sources, *more;
};

static void add_groups(struct buf *out, packet_arg packet, bool types,
		       const struct group_marks *marks)
{
	const struct packet_groups *groups = &packet->head.groups;
	int i;

	for (i = 0; i < groups->listed; i++) {
		const struct packet_group *group = &groups->list[i];

		buf_str(out, i ? marks->group : "");
		if (types) {
			names_print(out, &names_group_record, group->type);
			buf_str(out, marks->type);
		}
		add_address(out, packet, group->group);
		if (!group->sources)
			continue;
		buf_str(out, marks->source);
		add_address(out, packet, group->source);
		if (group->sources > 1)
			buf_printf(out, "%s%d%s", marks->sources, group->sources - 1, marks->more);
	}
	if (groups->count > groups->listed)
		buf_printf(out, "%s%d%s", groups->listed ? marks->group : "",
			   groups->count - groups->listed, marks->more);
}

void packet_groups(struct buf *out, const struct shown_packet *packet, bool types)
{
	static const struct group_marks marks = {" ", ", ", " from ", " and ", " more"};

	add_groups(out, packet, types, &marks);
}

/* In one word. */
static bool print_groups(struct buf *out, packet_arg packet)
{
	static const struct group_marks marks = {":", ",", "/", "+", ""};

	add_groups(out, packet, packet->head.groups.kind == GROUPS_RECORDS, &marks);
	return packet->head.groups.count;
}

static bool print_fate(struct buf *out, packet_arg packet)
{
	return print_text(out, packet->fate);
}

static bool print_rule(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->rule, packet->rule);
}

/* Whole milliseconds: one that is not over yet counts. */
static bool print_left(struct buf *out, packet_arg packet)
{
	return print_if(out, packet->left_us >= 0, (uint64_t)(packet->left_us + 999) / 1000);
}

static bool print_full(struct buf *out, packet_arg packet)
{
	return print_text(out, packet->full ? "true" : "false");
}

static bool print_bad_checksum(struct buf *out, packet_arg packet)
{
	return print_text(out, packet->head.bad_checksum ? "true" : "false");
}

static bool print_retransmits(struct buf *out, packet_arg packet)
{
	return print_if(out, true, packet->retransmits);
}

static bool print_injected(struct buf *out, packet_arg packet)
{
	return print_text(out, packet->injected ? "true" : "false");
}

static bool print_from_state(struct buf *out, packet_arg packet)
{
	return print_state(out, packet->from_now);
}

static bool print_to_state(struct buf *out, packet_arg packet)
{
	return print_state(out, packet->to_now);
}

static bool print_from_was(struct buf *out, packet_arg packet)
{
	return print_state(out, packet->from_was);
}

static bool print_to_was(struct buf *out, packet_arg packet)
{
	return print_state(out, packet->to_was);
}

/* Of a packet for all. */
static bool print_found(struct buf *out, packet_arg packet)
{
	size_t i, count = 0;

	for (i = 0; packet->to_all && packet->hosts && packet->hosts[i]; i++)
		if (packet->found[i] != STATE_NONE)
			buf_printf(out, "%s%s:%s", count++ ? "," : "", packet->hosts[i],
				   endpoint_state_name(packet->found[i]));
	return count > 0;
}

static const struct {
	const char *name;
	bool digits; /* a number, or a truth value, in JSON */
	bool (*print)(struct buf *out, packet_arg packet);
} fields[] = {
	{"number", true, print_number},
	{"from", false, print_from},
	{"to", false, print_to},
	{"interface", false, print_interface},
	{"host", false, print_host},
	{"from_fd", true, print_from_fd},
	{"to_fd", true, print_to_fd},
	{"source", false, print_source},
	{"destination", false, print_destination},
	{"protocol", false, print_protocol},
	{"flags", false, print_flags},
	{"seq", true, print_seq},
	{"ack", true, print_ack},
	{"length", true, print_length},
	{"window", true, print_window},
	{"mss", true, print_mss},
	{"window_scale", true, print_window_scale},
	{"sack_permitted", true, print_sack_permitted},
	{"sack_blocks", true, print_sack_blocks},
	{"sack", false, print_sack},
	{"timestamp", true, print_timestamp},
	{"fast_open", false, print_fast_open},
	{"ttl", true, print_ttl},
	{"fragment_offset", true, print_fragment_offset},
	{"more_fragments", true, print_more_fragments},
	{"icmp_type", true, print_icmp_type},
	{"icmp_code", true, print_icmp_code},
	{"group_version", true, print_group_version},
	{"groups", false, print_groups},
	{"bad_checksum", true, print_bad_checksum},
	{"fate", false, print_fate},
	{"rule", true, print_rule},
	{"full", true, print_full},
	{"left_ms", true, print_left},
	{"retransmits", true, print_retransmits},
	{"injected", true, print_injected},
	{"from_state", false, print_from_state},
	{"to_state", false, print_to_state},
	{"from_state_was", false, print_from_was},
	{"to_state_was", false, print_to_was},
	{"to_states", false, print_found},
};

int packet_field(struct buf *out, const struct shown_packet *packet, const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < COUNT_OF(fields); i++) {
		if (strlen(fields[i].name) != len || memcmp(fields[i].name, name, len) != 0)
			continue;
		if (!fields[i].print(out, packet))
			buf_str(out, "none");
		return 0;
	}
	return -1;
}

const char *packet_field_name(size_t index)
{
	return index < COUNT_OF(fields) ? fields[index].name : NULL;
}

static void json_field(struct emit *emit, size_t field, const struct shown_packet *packet)
{
	size_t start;
	bool there;

	emit_key(emit, fields[field].name);
	start = fields[field].digits ? emit_value_begin(emit) : emit_string_begin(emit);
	there = fields[field].print(emit->out, packet);
	if (there && !fields[field].digits) {
		emit_string_end(emit, start);
	} else if (!there) {
		buf_truncate(emit->out, fields[field].digits ? start : start - 1);
		buf_str(emit->out, "null");
	}
}

void packet_fields_json(struct emit *emit, const struct shown_packet *list, size_t count)
{
	size_t i, field;

	emit_key(emit, "packets");
	emit_open(emit, '[');
	for (i = 0; i < count; i++) {
		emit_open(emit, '{');
		for (field = 0; field < COUNT_OF(fields); field++)
			json_field(emit, field, &list[i]);
		if (list[i].cause) {
			emit_key(emit, "step");
			emit_unsigned(emit, list[i].cause->step);
		}
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

static void json_step(struct emit *emit, const struct shown_cause *cause)
{
	emit_open(emit, '{');
	emit_key(emit, "step");
	emit_unsigned(emit, cause->step);
	emit_key(emit, "process");
	emit_text(emit, cause->process);
	emit_key(emit, "command");
	emit_text(emit, cause->command ? cause->command : "");
	emit_close(emit, '}');
}

void packet_fields_ladder(struct emit *emit, const struct shown_ladder *shown)
{
	const struct shown_cause *last = NULL;
	size_t i;

	emit_key(emit, "process");
	emit_text(emit, shown->process);
	emit_add_natural(emit, "fd", shown->fd);
	emit_key(emit, "forgotten");
	emit_unsigned(emit, shown->forgotten);
	packet_fields_json(emit, shown->list, shown->count);
	emit_key(emit, "steps");
	emit_open(emit, '[');
	for (i = 0; i < shown->count; i++) {
		if (shown->list[i].cause && shown->list[i].cause != last)
			json_step(emit, shown->list[i].cause);
		last = shown->list[i].cause;
	}
	emit_close(emit, ']');
}
