/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <linux/igmp.h>
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <string.h>

#include "names/names.h"
#include "report/ladder.h"
#include "report/ladder_parts.h"
#include "report/packet_fields.h"
#include "report/parts.h"

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

/* A report of nothing but that is what is seen mostly. */
static const char *word_of_groups(const struct packet_groups *groups)
{
	static const char *const words[] = {
		[GROUPS_QUERY] = "query",
		[GROUPS_REPORT] = "report",
		[GROUPS_LEAVE] = "leave",
		[GROUPS_RECORDS] = "report",
	};

	if (groups->kind != GROUPS_RECORDS || groups->count != 1 || !groups->listed ||
	    groups->list[0].sources)
		return words[groups->kind];
	return groups->list[0].type == IGMPV3_CHANGE_TO_EXCLUDE   ? "join"
	       : groups->list[0].type == IGMPV3_CHANGE_TO_INCLUDE ? "leave"
								  : "report";
}

static void label_groups(struct buf *out, const struct shown_packet *packet)
{
	const struct packet_groups *groups = &packet->head.groups;
	const char *word = word_of_groups(groups);

	buf_printf(out, "%sv%d %s", packet->head.family == AF_INET ? "IGMP" : "MLD",
		   groups->version, word);
	if (!groups->count)
		return;
	buf_char(out, ' ');
	packet_groups(out, packet, groups->kind == GROUPS_RECORDS && strcmp(word, "report") == 0);
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
	else if (head->groups.kind)
		label_groups(out, packet);
	else if (head->protocol == IPPROTO_ICMP || head->protocol == IPPROTO_ICMPV6)
		label_icmp(out, head);
	else {
		names_print(out, &names_header, head->protocol);
		buf_printf(out, " len=%zu", head->length);
	}
	if (head->bad_checksum)
		buf_str(out, ", bad checksum");
	if (packet->injected)
		buf_str(out, ", injected");
}

static bool is_segment(const struct packet *head)
{
	return head->protocol == IPPROTO_TCP && head->payload && !head->fragment.is;
}

static enum out_style style_of(const struct packet *head)
{
	unsigned flags = is_segment(head) ? head->tcp.flags : 0;

	if (flags & PACKET_RST || head->icmp.quoted)
		return OUT_ERROR;
	if (flags & PACKET_SYN)
		return OUT_OPENS;
	return flags & PACKET_FIN ? OUT_CLOSES : OUT_PLAIN;
}

static bool is_fate(const struct shown_packet *packet, const char *fate)
{
	return packet->fate && strncmp(packet->fate, fate, strlen(fate)) == 0;
}

static bool waits(const struct shown_packet *packet)
{
	return is_fate(packet, "held") || is_fate(packet, "delayed");
}

static enum rung_end end_of(const struct ladder *ladder, const struct shown_packet *packet)
{
	const struct shown_packet *latest = map_get(&ladder->latest, packet->number);

	if (is_fate(packet, "dropped") || is_fate(packet, "lost"))
		return RUNG_LOST;
	if (!waits(packet))
		return RUNG_ARRIVES;
	return latest && latest != packet ? RUNG_ON_ITS_WAY : RUNG_HELD;
}

static void add_label(struct rung *rung, const struct out *out)
{
	const struct shown_packet *packet = &rung->packet;

	ladder_label(&rung->label, packet);
	if (packet->retransmits)
		buf_printf(&rung->label, ", retransmitted %s%u", out_glyph_text(out, OUT_TIMES),
			   packet->retransmits);
	if (is_fate(packet, "duplicated") && !packet->rule) {
		buf_str(&rung->label, ", a copy");
	} else if (rung->end == RUNG_ARRIVES && packet->fate && !is_fate(packet, "delivered")) {
		buf_str(&rung->label, ", ");
		packet_fate(&rung->label, packet);
	}
	rung->width = parts_width(out, buf_text(&rung->label), rung->label.len);
}

size_t rung_init(struct rung *rung, const struct ladder *ladder, const struct shown_packet *list,
		 size_t count)
{
	bool folds = count > 1 && waits(&list[0]) && !list[0].waited && list[1].waited &&
		     list[0].number == list[1].number;
	size_t taken = folds ? 2 : 1;

	*rung = (struct rung){.packet = list[taken - 1]};
	if (folds) {
		rung->packet.from_was = list[0].from_was;
		rung->packet.cause = list[0].cause;
		rung->packet.waited = false;
	}
	rung->end = end_of(ladder, &list[taken - 1]);
	if (rung->end == RUNG_HELD || rung->end == RUNG_LOST)
		packet_fate(&rung->stop, &rung->packet);
	rung->style = style_of(&rung->packet.head);
	add_label(rung, ladder->out);
	return taken;
}

void rung_free(struct rung *rung)
{
	buf_free(&rung->label);
	buf_free(&rung->stop);
}

/* Columns of the word behind the arrow's head, and the blank between. */
static size_t stop_width(const struct rung *rung, const struct span_of *span)
{
	return span->stop && rung->stop.len ? rung->stop.len + 1 : 0;
}

bool rung_fits(const struct rung *rung, const struct span_of *span)
{
	/* A rule and a blank at either side, and the head. */
	if (span->room && rung->width + 5 > span->room)
		return false;
	return rung->width + 5 + stop_width(rung, span) <= span->x1 - span->x0;
}

static void put_head(struct ladder *ladder, const struct rung *rung, size_t x, bool right)
{
	static const enum out_glyph glyphs[][2] = {[RUNG_ARRIVES] = {OUT_LEFT, OUT_RIGHT},
						   [RUNG_HELD] = {OUT_HELD, OUT_HELD},
						   [RUNG_LOST] = {OUT_LOST, OUT_LOST},
						   [RUNG_ON_ITS_WAY] = {OUT_DOTTED, OUT_DOTTED}};
	static const enum out_style styles[] = {[RUNG_ARRIVES] = OUT_DIM,
						[RUNG_HELD] = OUT_WAITS,
						[RUNG_LOST] = OUT_ERROR,
						[RUNG_ON_ITS_WAY] = OUT_DIM};

	canvas_glyph(&ladder->canvas, x, styles[rung->end], glyphs[rung->end][right]);
}

/* Columns from the tail on: dotted where a packet was held before, or goes on later. */
static void put_rule(struct ladder *ladder, const struct rung *rung, const struct span_of *span,
		     size_t length)
{
	size_t i;

	for (i = 0; i < length; i++) {
		bool dotted = (rung->packet.waited && i < 2) ||
			      (rung->end == RUNG_ON_ITS_WAY && i >= length / 2);
		size_t x = span->right ? span->x0 + i : span->x1 - 1 - i;

		canvas_glyph(&ladder->canvas, x, OUT_DIM, dotted ? OUT_DOTTED : OUT_RULE);
	}
}

static void cross(struct ladder *ladder, const struct span_of *span)
{
	size_t i;

	for (i = 0; i < ladder->lane_count; i++) {
		size_t x = ladder->lanes[i].x;

		if (x < span->x0 || x >= span->x1)
			continue;
		canvas_glyph(&ladder->canvas, x, OUT_DIM, OUT_CROSS);
		if (span->heads & 1U << i)
			canvas_glyph(&ladder->canvas, span->right ? x - 1 : x + 1, OUT_DIM,
				     span->right ? OUT_RIGHT : OUT_LEFT);
	}
}

/* Near the sender, in blanks of its own. */
static void put_label(struct ladder *ladder, const struct rung *rung, const struct span_of *span)
{
	size_t room = span->x1 - span->x0 - stop_width(rung, span) - 1;
	size_t tail = rung->width + 5 <= room ? 2 : 1;
	size_t x = span->right ? span->x0 + tail : span->x1 - tail - rung->width - 2;

	canvas_text(&ladder->canvas, x, OUT_PLAIN, " ");
	x = canvas_text(&ladder->canvas, x + 1, rung->style, buf_text(&rung->label));
	canvas_text(&ladder->canvas, x, OUT_PLAIN, " ");
}

void rung_arrow(struct ladder *ladder, const struct rung *rung, const struct span_of *span,
		bool label)
{
	size_t stop = stop_width(rung, span), length = span->x1 - span->x0 - stop;
	enum out_style style = rung->end == RUNG_HELD ? OUT_WAITS : OUT_ERROR;

	put_rule(ladder, rung, span, length);
	cross(ladder, span);
	put_head(ladder, rung, span->right ? span->x0 + length - 1 : span->x0 + stop, span->right);
	if (stop && span->right)
		canvas_text(&ladder->canvas, span->x1 - stop, style, " ");
	if (stop)
		canvas_text(&ladder->canvas, span->right ? span->x1 - stop + 1 : span->x0, style,
			    buf_text(&rung->stop));
	if (stop && !span->right)
		canvas_text(&ladder->canvas, span->x0 + stop - 1, style, " ");
	if (label)
		put_label(ladder, rung, span);
}

size_t rung_state(struct ladder *ladder, size_t x, enum endpoint_state was, enum endpoint_state now)
{
	struct canvas *canvas = &ladder->canvas;

	/* ICMP is the kernel's own, and a datagram may find no socket. */
	if (was == STATE_NONE && now == STATE_NONE)
		return canvas_glyph(canvas, x, OUT_DIM, OUT_NONE);
	if (was != now && ladder->changes)
		x = canvas_text(canvas, x, OUT_DIM,
				was == STATE_NONE ? "none" : endpoint_state_name(was)) +
		    1;
	if (was != now)
		x = canvas_glyph(canvas, x, ladder->changes ? OUT_DIM : OUT_CHANGE, OUT_BECAME) + 1;
	return canvas_text(canvas, x, was != now ? OUT_CHANGE : OUT_PLAIN,
			   now == STATE_NONE ? "none" : endpoint_state_name(now));
}
