/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/ladder.h"

#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <stdio.h>
#include <string.h>

#include "names/names.h"
#include "report/packet_fields.h"
#include "report/parts.h"

/* Columns of the longest state; of a change between two; of the arrow at least, and at most. */
#define STATE_COLUMNS  12
#define CHANGE_COLUMNS 27
#define ARROW_LEAST    26
#define ARROW_MOST     44
#define INDENT         6 /* the packet's number stands before */

struct ladder {
	struct out *out;
	size_t state; /* columns of a state at either side */
	size_t arrow;
	bool changes;                       /* there is room for what a state was */
	bool narrow;                        /* states and arrow stand below each other */
	const struct shown_packet *heading; /* of the connection that is drawn */
};

static void label_tcp(struct buf *out, const struct shown_packet *packet)
{
	const struct packet_tcp *tcp = &packet->head.tcp;

	packet_flags(out, tcp->flags);
	if (packet_span(&packet->head) || tcp->flags & PACKET_RST)
		buf_printf(out, " seq=%u", packet->seq);
	if (tcp->flags & PACKET_ACK)
		buf_printf(out, " ack=%u", packet->ack);
	if (packet->head.length)
		buf_printf(out, " len=%zu", packet->head.length);
	if (tcp->options & PACKET_SACK) {
		buf_str(out, " sack=");
		packet_sack(out, packet);
	}
	if (!tcp->window && !(tcp->flags & (PACKET_RST | PACKET_SYN)))
		buf_str(out, " win=0");
}

static void label_icmp(struct buf *out, const struct packet *head)
{
	const struct names *types = head->family == AF_INET ? &names_icmp : &names_icmp6;
	bool unreachable = head->family == AF_INET ? head->icmp.type == ICMP_DEST_UNREACH
						   : head->icmp.type == ICMP6_DST_UNREACH;
	const struct names *codes =
		head->family == AF_INET ? &names_icmp_unreachable : &names_icmp6_unreachable;
	const struct name *name = unreachable ? names_entry(codes, head->icmp.code)
					      : names_entry(types, head->icmp.type);

	if (name && unreachable)
		buf_printf(out, "%s %s", head->family == AF_INET ? "ICMP" : "ICMPv6", name->text);
	else if (name)
		buf_str(out, name->name);
	else
		buf_printf(out, "%s type %d code %d", head->family == AF_INET ? "ICMP" : "ICMPv6",
			   head->icmp.type, head->icmp.code);
	if (head->icmp.mtu)
		buf_printf(out, " mtu=%d", head->icmp.mtu);
}

void ladder_label(struct buf *out, const struct shown_packet *packet)
{
	const struct packet *head = &packet->head;

	if (head->fragment.is)
		buf_printf(out, "fragment at %u%s len=%zu", head->fragment.offset,
			   head->fragment.more ? "" : ", the last,", head->length);
	else if (!head->transport || (head->broken && !head->payload))
		buf_str(out, head->broken ? head->broken : "?");
	else if (head->protocol == IPPROTO_TCP)
		label_tcp(out, packet);
	else if (head->protocol == IPPROTO_UDP)
		buf_printf(out, "UDP len=%zu", head->length);
	else if (head->protocol == IPPROTO_ICMP || head->protocol == IPPROTO_ICMPV6)
		label_icmp(out, head);
	else {
		names_print(out, &names_protocol, head->protocol);
		buf_printf(out, " len=%zu", head->length);
	}
	if (head->bad_checksum)
		buf_str(out, ", bad checksum");
	if (packet->retransmits)
		buf_printf(out, ", again %u", packet->retransmits);
}

/* Left to right? The host that was made first is on the left. */
static bool goes_right(const struct shown_packet *packet)
{
	return packet->from_order < packet->to_order || !packet->to_order;
}

static bool same_ends(const struct shown_packet *a, const struct shown_packet *b)
{
	return (address_equal(&a->head.src, &b->head.src) &&
		address_equal(&a->head.dst, &b->head.dst)) ||
	       (address_equal(&a->head.src, &b->head.dst) &&
		address_equal(&a->head.dst, &b->head.src));
}

/* "main 4" over loopback: a process and its descriptor. */
static void put_name(struct buf *text, const char *name, bool loopback, int fd)
{
	buf_str(text, name);
	if (loopback && fd >= 0)
		buf_printf(text, " %d", fd);
}

/* The sender's end, or the receiver's. */
static void put_end(struct buf *text, const struct shown_packet *packet, bool sender, bool left)
{
	const char *name = sender ? packet->from : packet->to;
	const struct address *address = sender ? &packet->head.src : &packet->head.dst;
	int fd = sender ? packet->from_fd : packet->to_fd;

	if (name && left) {
		put_name(text, name, packet->loopback, fd);
		buf_char(text, ' ');
	}
	if (address_port(address))
		address_print(text, address);
	else
		address_print_host(text, address);
	if (name && !left) {
		buf_char(text, ' ');
		put_name(text, name, packet->loopback, fd);
	}
}

static void go_to(struct ladder *ladder, size_t column)
{
	if (ladder->narrow)
		out_newline(ladder->out);
	out_pad(ladder->out, ladder->narrow ? INDENT : column);
}

static void put_heading(struct ladder *ladder, const struct shown_packet *packet)
{
	bool right = goes_right(packet);
	struct buf text = {0};

	ladder->heading = packet;
	out_pad(ladder->out, INDENT);
	out_style(ladder->out, OUT_DIM);
	put_end(&text, packet, right, true);
	out_text(ladder->out, buf_text(&text));
	buf_reset(&text);
	put_end(&text, packet, !right, false);
	go_to(ladder, INDENT + ladder->state + 1 + ladder->arrow + 1);
	out_style(ladder->out, OUT_DIM);
	out_text(ladder->out, buf_text(&text));
	out_newline(ladder->out);
	buf_free(&text);
}

static void put_state(struct ladder *ladder, enum endpoint_state was, enum endpoint_state now)
{
	struct out *out = ladder->out;

	/* ICMP is the kernel's own, and a datagram may find no socket. */
	if (was == STATE_NONE && now == STATE_NONE) {
		out_style(out, OUT_DIM);
		out_glyph(out, OUT_NONE);
		out_style(out, OUT_PLAIN);
		return;
	}
	if (was != now && ladder->changes) {
		out_style(out, OUT_DIM);
		out_text(out, was == STATE_NONE ? "none" : endpoint_state_name(was));
		out_text(out, " ");
		out_glyph(out, OUT_BECAME);
		out_text(out, " ");
	}
	out_style(out, was != now ? OUT_CHANGE : OUT_PLAIN);
	out_text(out, now == STATE_NONE ? "none" : endpoint_state_name(now));
	out_style(out, OUT_PLAIN);
}

static void rule(struct out *out, size_t count)
{
	while (count--)
		out_glyph(out, OUT_RULE);
}

/* How the arrow ends: at the other side, or where the packet was stopped. */
static const char *stop_word(struct buf *room, const struct shown_packet *packet)
{
	if (!packet->fate || strcmp(packet->fate, "delivered") == 0)
		return NULL;
	packet_fate(room, packet);
	return buf_text(room);
}

static void put_head(struct out *out, enum out_glyph glyph, const char *stop, bool right)
{
	if (!stop) {
		out_glyph(out, glyph);
		return;
	}
	out_style(out, OUT_CHANGE);
	if (right)
		out_text(out, " ");
	out_text(out, stop);
	if (!right)
		out_text(out, " ");
	out_style(out, OUT_DIM);
}

/* A rule with the label in it, and the head or what stopped it at the end that it goes to. */
static void put_arrow(struct ladder *ladder, const struct shown_packet *packet)
{
	struct out *out = ladder->out;
	bool right = goes_right(packet);
	struct buf label = {0}, fate = {0};
	const char *stop = stop_word(&fate, packet);
	size_t used;

	ladder_label(&label, packet);
	used = parts_width(out, buf_text(&label), label.len) + 4 + (stop ? strlen(stop) + 1 : 1);
	out_style(out, OUT_DIM);
	if (!right)
		put_head(out, OUT_LEFT, stop, false);
	rule(out, right ? 2 : 1);
	out_style(out, OUT_PLAIN);
	out_text(out, " ");
	out_text(out, buf_text(&label));
	out_text(out, " ");
	out_style(out, OUT_DIM);
	rule(out, used < ladder->arrow ? ladder->arrow - used + (right ? 0 : 1) : 1);
	if (right)
		put_head(out, OUT_RIGHT, stop, true);
	out_style(out, OUT_PLAIN);
	buf_free(&label);
	buf_free(&fate);
}

static void put_packet(struct ladder *ladder, const struct shown_packet *packet)
{
	bool right = goes_right(packet);
	struct out *out = ladder->out;
	char number[24];

	if (!ladder->heading || !same_ends(ladder->heading, packet))
		put_heading(ladder, packet);
	snprintf(number, sizeof(number), "#%lu", packet->number);
	out_style(out, OUT_DIM);
	out_printf(out, "%*s", INDENT - 1, number);
	out_style(out, OUT_PLAIN);
	out_pad(out, INDENT);
	if (!packet->loopback)
		put_state(ladder, right ? packet->from_was : packet->to_was,
			  right ? packet->from_now : packet->to_now);
	go_to(ladder, INDENT + ladder->state + 1);
	put_arrow(ladder, packet);
	if (!packet->loopback) {
		go_to(ladder, INDENT + ladder->state + 1 + ladder->arrow + 1);
		put_state(ladder, right ? packet->to_was : packet->from_was,
			  right ? packet->to_now : packet->from_now);
	}
	out_newline(out);
}

static size_t clamp(size_t value, size_t least, size_t most)
{
	return value < least ? least : value > most ? most : value;
}

/* Over loopback states can be read only when all has passed: none stands beside a packet. */
static bool any_state(const struct shown_packet *list, size_t count)
{
	while (count--)
		if (!list[count].loopback)
			return true;
	return false;
}

void ladder_put(struct out *out, const struct shown_packet *list, size_t count,
		unsigned long untold)
{
	size_t width = (size_t)out->width, frame = INDENT + 2;
	struct ladder ladder = {.out = out};

	if (!count)
		return;
	ladder.narrow = out->folds && width < frame + 2 * STATE_COLUMNS + ARROW_LEAST;
	ladder.changes = ladder.narrow || width >= frame + 2 * CHANGE_COLUMNS + ARROW_LEAST;
	ladder.state = ladder.changes ? CHANGE_COLUMNS : STATE_COLUMNS;
	if (!any_state(list, count)) {
		ladder.state = 0;
		ladder.narrow = false;
	}
	ladder.arrow = width > frame + 2 * ladder.state ? width - frame - 2 * ladder.state : 0;
	ladder.arrow = ladder.narrow ? 0 : clamp(ladder.arrow, ARROW_LEAST, ARROW_MOST);
	for (size_t i = 0; i < count; i++)
		put_packet(&ladder, &list[i]);
	if (!untold)
		return;
	out_printf(out, "  and %lu packets more", untold);
	out_newline(out);
}
