/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/network.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/grow.h"
#include "session/receivers.h"
#include "session/trace.h"

_Static_assert(SHOWN_HOSTS == HOSTS_MOST, "what is shown has room for each host");

struct diag *network_diag(const struct session *session, const struct owner *owner)
{
	return owner->host ? session->network->diags[owner->host->number - 1] : session->diag;
}

struct diag *network_diag_at(const struct session *session, const struct owner *owner,
			     const struct address *address)
{
	const struct host *host;

	if (!owner->host || address_is_loopback(address) || address_is_any(address))
		return network_diag(session, owner);
	host = lab_owner(&session->network->lab, address);
	return host ? session->network->diags[host->number - 1] : NULL;
}

/* What a connection was in that is gone. A handshake that fails gives a listener back. */
static bool was_connection(enum endpoint_state had)
{
	return had != STATE_NONE && had != STATE_LISTEN && had != STATE_SYN_RECEIVED;
}

/*
 * What a host has under two addresses. Where it has nothing, that is its listener, unless it HAD
 * something there, which has gone; and without a listener it is CLOSED, the name for nothing at all
 * (RFC 9293, section 3.3.2).
 */
static enum endpoint_state tcp_state_at(struct diag *diag, const struct address *local,
					const struct address *peer, enum endpoint_state had,
					uint64_t *cookie)
{
	struct endpoint found;

	if (diag_tcp(diag, local, peer, &found) != DIAG_FOUND ||
	    (found.state == STATE_LISTEN && was_connection(had)))
		return STATE_CLOSED;
	*cookie = found.cookie;
	return found.state;
}

/* COOKIE stays as it is where nothing is found. */
static enum endpoint_state state_at(const struct network *network, const struct host *host,
				    const struct packet *head, const struct address *local,
				    const struct address *peer, enum endpoint_state had,
				    uint64_t *cookie)
{
	struct diag *diag = host ? network->diags[host->number - 1] : NULL;
	struct endpoint found;

	if (!diag || !head->transport || head->fragment.offset)
		return STATE_NONE;
	if (head->protocol == IPPROTO_TCP)
		return tcp_state_at(diag, local, peer, had, cookie);
	if (head->protocol != IPPROTO_UDP || diag_receiver(diag, local, peer, &found) != DIAG_FOUND)
		return STATE_NONE;
	*cookie = found.cookie;
	return found.state;
}

bool network_quotes(struct packet *quoted, const struct packet *head, const unsigned char *bytes,
		    size_t len)
{
	if ((head->protocol != IPPROTO_ICMP && head->protocol != IPPROTO_ICMPV6) ||
	    !head->icmp.quoted || head->icmp.quoted >= len)
		return false;
	packet_parse(quoted, bytes + head->icmp.quoted, len - head->icmp.quoted);
	return quoted->transport && address_port(&quoted->src) &&
	       (quoted->protocol == IPPROTO_TCP || quoted->protocol == IPPROTO_UDP);
}

/* Both ends as they are: the states before, or those after. */
static void read_ends(struct session *session, const struct wire_packet *packet,
		      struct shown_packet *shown, enum endpoint_state *from,
		      enum endpoint_state *to)
{
	const struct network *network = session->network;
	const struct packet *head = &packet->head;
	struct packet quoted;

	*from = state_at(network, packet->from, head, &head->src, &head->dst, shown->from_was,
			 &shown->from_cookie);
	if (network_quotes(&quoted, head, packet->bytes, packet->len))
		*to = state_at(network, packet->to, &quoted, &quoted.src, &quoted.dst,
			       shown->to_was, &shown->to_cookie);
	else
		*to = state_at(network, packet->to, head, &head->dst, &head->src, shown->to_was,
			       &shown->to_cookie);
	trace_packet(session, shown->from_cookie, *from, packet->number);
	trace_packet(session, shown->to_cookie, *to, packet->number);
}

static struct shown_packet shown_of(const struct network *network, const struct wire_packet *packet)
{
	struct shown_packet shown = {.number = packet->number,
				     .loopback = packet->loopback,
				     .hosts = network->names,
				     .head = packet->head,
				     .bytes = packet->bytes,
				     .len = packet->len,
				     .whole = packet->whole,
				     .from_fd = -1,
				     .to_fd = -1,
				     .seq = wire_seq(packet),
				     .ack = wire_ack(packet)};

	if (packet->loopback) {
		shown.host = packet->where ? packet->where->name : NULL;
		shown.from = packet->from_end.process;
		shown.from_fd = packet->from_end.fd;
		shown.from_order = packet->rightward ? 1 : 2;
		shown.to = packet->to_end.process;
		shown.to_fd = packet->to_end.fd;
		shown.to_order = packet->rightward ? 2 : 1;
		return shown;
	}
	shown.from = packet->from->name;
	shown.from_order = packet->from->number;
	shown.to = packet->to ? packet->to->name : NULL;
	shown.to_order = packet->to ? packet->to->number : 0;
	shown.to_all = packet->to_all;
	shown.injected = packet->injected;
	return shown;
}

/* With the states of both ends as they are before, until finish_moment(). */
static struct shown_packet begin_moment(struct session *session, const struct wire_packet *packet)
{
	struct shown_packet shown = shown_of(session->network, packet);

	read_ends(session, packet, &shown, &shown.from_was, &shown.to_was);
	/* A reset is the last that a connection sends: it is gone then, and no listener sent it. */
	if (shown.from_was == STATE_LISTEN && packet->head.tcp.flags & PACKET_RST &&
	    was_connection(seen_state(session, &packet->head.src, &packet->head.dst)))
		shown.from_was = STATE_CLOSED;
	return shown;
}

static const char *fate_word(const struct wire_packet *packet)
{
	static const char *const words[] = {
		[WIRE_HELD] = "held",           [WIRE_DELAYED] = "delayed",
		[WIRE_DELIVERED] = "delivered", [WIRE_DROPPED] = "dropped",
		[WIRE_NOBODY] = "lost",         [WIRE_DOWN] = "lost",
		[WIRE_FULL] = "dropped",
	};

	if (packet->fate != WIRE_DELIVERED)
		return words[packet->fate];
	if (packet->corrupted)
		return "corrupted";
	if (packet->verdict.by[RULE_DUPLICATE])
		return "duplicated";
	return packet->verdict.by[RULE_REORDER] ? "reordered" : "delivered";
}

static void set_fate(struct shown_packet *shown, const struct wire_packet *packet)
{
	shown->fate = fate_word(packet);
	shown->rule = wire_rule(packet);
	shown->full = packet->fate == WIRE_FULL;
	shown->left_us = packet->fate == WIRE_DELAYED ? wire_left_us(packet) : -1;
	shown->reached = packet->reached;
	shown->retransmits = packet->retransmits;
	shown->head = packet->head;
}

static void finish_moment(struct session *session, struct shown_packet *shown,
			  const struct wire_packet *packet)
{
	set_fate(shown, packet);
	read_ends(session, packet, shown, &shown->from_now, &shown->to_now);
	receivers_read(session, packet, shown);
}

struct shown_packet network_shown(struct session *session, const struct wire_packet *packet)
{
	struct shown_packet shown = begin_moment(session, packet);

	shown.from_now = shown.from_was;
	shown.to_now = shown.to_was;
	set_fate(&shown, packet);
	receivers_read(session, packet, &shown);
	return shown;
}

/* To the step's list, as far as that goes. */
static void list_moment(struct session *session, const struct shown_packet *shown)
{
	struct network *network = session->network;

	if (network->count == NETWORK_TOLD)
		network->untold++;
	else if (grow(&network->list, &network->cap, network->count, sizeof(*network->list)) < 0)
		session->out_of_memory = true;
	else
		network->list[network->count++] = *shown;
}

static void tell_moment(struct session *session, const struct shown_packet *shown)
{
	seen_add(session, shown);
	list_moment(session, shown);
}

static void deliver(struct session *session, struct wire_packet *packet, bool waited)
{
	struct shown_packet shown = begin_moment(session, packet);

	shown.waited = waited;
	wire_deliver(&session->network->wire, packet);
	finish_moment(session, &shown, packet);
	tell_moment(session, &shown);
}

void network_deliver(struct session *session, struct wire_packet *packet)
{
	deliver(session, packet, true);
}

void network_duplicate(struct session *session, struct wire_packet *packet)
{
	struct shown_packet shown = begin_moment(session, packet);

	shown.waited = true;
	wire_duplicate(&session->network->wire, packet);
	finish_moment(session, &shown, packet);
	shown.fate = "duplicated";
	shown.rule = 0;
	shown.left_us = -1;
	tell_moment(session, &shown);
}

int network_corrupt(struct session *session, struct wire_packet *packet)
{
	if (wire_corrupt(packet) < 0)
		return -1;
	network_deliver(session, packet);
	return 0;
}

void network_delay(struct session *session, struct wire_packet *packet, long delay_us)
{
	struct shown_packet shown = begin_moment(session, packet);

	shown.waited = true;
	if (wire_delay(&session->network->wire, packet, delay_us) < 0)
		session->out_of_memory = true;
	finish_moment(session, &shown, packet);
	/* As long as it was asked for, however long it took to get here. */
	if (packet->fate == WIRE_DELAYED)
		shown.left_us = delay_us;
	tell_moment(session, &shown);
}

void network_drop(struct session *session, struct wire_packet *packet)
{
	struct shown_packet shown = begin_moment(session, packet);

	shown.waited = true;
	wire_drop(&session->network->wire, packet);
	finish_moment(session, &shown, packet);
	tell_moment(session, &shown);
}

void network_passed(struct session *session, const struct wire_packet *packet)
{
	struct shown_packet shown = shown_of(session->network, packet);

	set_fate(&shown, packet);
	tell_moment(session, &shown);
}

void network_told(struct session *session, const struct step *step)
{
	if (session->network && wire_told(&session->network->wire, step->number, step->process,
					  step->command, step->command_len) < 0)
		session->out_of_memory = true;
}

size_t network_poll_fds(const struct session *session, int *fds, size_t room)
{
	size_t count;

	if (!session->network)
		return 0;
	count = wire_poll_fds(&session->network->wire, fds, room);
	return count + loopback_poll_fds(&session->network->loopback, fds + count, room - count);
}

/* On the list once more, with how often it has come again by now. */
static void tell_again(struct session *session, const struct wire_packet *packet)
{
	struct network *network = session->network;
	struct shown_packet shown;
	size_t i;

	for (i = 0; i < network->count; i++)
		if (network->list[i].number == packet->number)
			break;
	if (i < network->count) {
		finish_moment(session, &network->list[i], packet);
		seen_again(session, &network->list[i]);
		return;
	}
	shown = network_shown(session, packet);
	seen_again(session, &shown);
	list_moment(session, &shown);
}

/* What is new and does not go on at once. */
static void tell_kept(struct session *session, const struct wire_packet *packet)
{
	struct shown_packet shown = network_shown(session, packet);

	/* All of it: its time has only begun. */
	if (packet->fate == WIRE_DELAYED)
		shown.left_us = packet->verdict.delay_us;
	tell_moment(session, &shown);
}

/*
 * Two ends each of which has numbers that the other does not take answer each other for ever; the
 * limit that a kernel has for it (tcp_invalid_ratelimit) is off in the lab. In a transfer, data or
 * a FIN stands between a segment that only acknowledges and the other end's next one.
 */
#define STORM_ANSWERS 50

static void note_storm(struct network *network, const struct wire_packet *packet)
{
	const struct packet *head = &packet->head;

	if (!flows_is_segment(head) || packet_span(head) || head->tcp.flags & PACKET_RST)
		network->answers = 0;
	else if (packet->from != network->answered)
		network->answers++;
	network->answered = packet->from;
	if (network->answers < STORM_ANSWERS || network->wire.hold)
		return;
	network->wire.hold = true;
	network->storm = true;
}

void network_carry(struct session *session, struct wire_packet *packet, enum wire_event event)
{
	note_storm(session->network, packet);
	if (event == WIRE_KEPT)
		tell_kept(session, packet);
	else
		deliver(session, packet, false);
}

bool network_drain(struct session *session)
{
	struct network *network = session->network;
	struct wire_packet *packet;
	enum wire_event event;
	bool any = false;

	if (!network)
		return false;
	for (;; any = true) {
		packet = wire_due(&network->wire);
		if (packet) {
			network_deliver(session, packet);
			continue;
		}
		event = wire_take(&network->wire, &packet);
		switch (event) {
		case WIRE_PACKET:
		case WIRE_KEPT:
			network_carry(session, packet, event);
			break;
		case WIRE_AGAIN:
			tell_again(session, packet);
			break;
		case WIRE_FAILED:
			if (errno == ENOMEM)
				session->out_of_memory = true;
			else
				failure_note(&session->failure, "read or recvfrom of the wire");
			return any;
		default:
			return any;
		}
	}
}

/* Returns 0, or -1 without memory, of which the session tells. */
static int list_one(struct session *session, const struct wire_packet *packet)
{
	struct network *network = session->network;

	if (grow(&network->held, &network->held_cap, network->held_count, sizeof(*network->held)) <
	    0) {
		session->out_of_memory = true;
		return -1;
	}
	network->held[network->held_count++] = network_shown(session, packet);
	return 0;
}

static int compare_left(const void *left, const void *right)
{
	const struct shown_packet *a = left, *b = right;

	if (a->left_us != b->left_us)
		return a->left_us < b->left_us ? -1 : 1;
	return a->number < b->number ? -1 : 1;
}

void network_list_held(struct session *session)
{
	struct network *network = session->network;
	const struct wire *wire = &network->wire;
	const struct wire_packet *packet;
	size_t i, held;

	network->held_count = 0;
	for (packet = wire_oldest(wire); packet; packet = packet->next)
		if (list_one(session, packet) < 0)
			return;
	held = network->held_count;
	for (i = 0; (packet = wire_delayed(wire, i)); i++)
		if (list_one(session, packet) < 0)
			return;
	/* As many as are delayed stand behind those that are held. */
	if (i)
		qsort(network->held + held, i, sizeof(*network->held), compare_left);
}

void network_await(struct session *session)
{
	if (session->network && session->network->lab.unready &&
	    lab_await(&session->network->lab) < 0)
		failure_note(&session->failure, "rtnetlink, the route to an address of a host");
}

void network_begin(struct session *session)
{
	if (!session->network)
		return;
	session->network->count = 0;
	session->network->untold = 0;
	session->network->answers = 0;
	session->network->storm = false;
}

void network_free(struct session *session)
{
	struct network *network = session->network;
	int i;

	if (!network)
		return;
	for (i = 0; i < network->lab.count; i++)
		if (network->diags[i])
			diag_close(network->diags[i]);
	loopback_free(&network->loopback);
	wire_free(&network->wire);
	lab_free(&network->lab);
	free(network->list);
	free(network->held);
	free(network);
	session->network = NULL;
}

struct network *network_get(struct session *session, struct error *err)
{
	struct network *network = session->network;

	if (network)
		return network;
	network = calloc(1, sizeof(*network));
	if (!network || wire_init(&network->wire, &network->lab) < 0) {
		free(network);
		error_set(err, "out of memory");
		return NULL;
	}
	lab_init(&network->lab, session->config.lab_backend);
	network->lab.clock = session->config.clock;
	session->network = network;
	return network;
}

const struct lab *session_lab(const struct session *session)
{
	return session->network ? &session->network->lab : NULL;
}

const struct wire *session_wire(const struct session *session)
{
	return session->network ? &session->network->wire : NULL;
}
