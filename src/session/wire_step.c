/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "names/words.h"
#include "session/endpoints.h"
#include "session/jobs.h"
#include "session/network.h"
#include "session/receivers.h"
#include "session/settle.h"

static const struct host *host_of(const struct session *session, const char *name)
{
	return name ? lab_find(&session->network->lab, name, strlen(name)) : NULL;
}

/* Between the same ends, in the same direction or in the other. */
static bool same_ends(const struct shown_packet *a, const struct shown_packet *b)
{
	bool same = a->from == b->from && a->to == b->to,
	     back = a->from == b->to && a->to == b->from;

	return a->host == b->host && a->head.protocol == b->head.protocol &&
	       ((same && address_equal(&a->head.src, &b->head.src) &&
		 address_equal(&a->head.dst, &b->head.dst)) ||
		(back && address_equal(&a->head.src, &b->head.dst) &&
		 address_equal(&a->head.dst, &b->head.src)));
}

/* Both ends of what the wire carried. */
static void concern_packets(struct session *session)
{
	const struct network *network = session->network;
	size_t i;

	for (i = 0; i < network->count; i++) {
		const struct shown_packet *shown = &network->list[i];
		const struct packet *head = &shown->head;
		const struct host *from =
			host_of(session, shown->loopback ? shown->host : shown->from);
		const struct host *to = host_of(session, shown->loopback ? shown->host : shown->to);
		struct packet quoted;

		if (network_quotes(&quoted, head, shown->bytes, shown->len)) {
			endpoints_concern_pair(session, to, quoted.protocol, &quoted.src,
					       &quoted.dst);
			continue;
		}
		if ((head->protocol != IPPROTO_TCP && head->protocol != IPPROTO_UDP) ||
		    !head->transport || head->fragment.offset ||
		    (i && same_ends(shown, &network->list[i - 1])))
			continue;
		endpoints_concern_pair(session, from, head->protocol, &head->src, &head->dst);
		if (to || shown->loopback)
			endpoints_concern_pair(session, to, head->protocol, &head->dst, &head->src);
	}
	receivers_concern(session);
}

void step_tell_deed(struct session *session, struct step *step)
{
	const struct network *network = session->network;

	endpoints_list(session);
	session->steps++;
	step->number = session->steps;
	step->process = session->current->name;
	step->endpoints = session->shown;
	step->endpoint_count = session->shown_count;
	if (network) {
		step->packets = network->list;
		step->packet_count = network->count;
		step->packets_untold = network->untold;
		if (network->storm && !step->why)
			step->why = words("wire.storm");
	}
	network_told(session, step);
	session->config.hooks.step(session->config.hooks.data, step);
	seen_name(session, step);
	endpoints_commit(session);
	network_begin(session);
}

void step_tell_wire(struct session *session, const char *command, size_t len)
{
	const struct network *network = session->network;
	struct step step = {.event = STEP_WIRE, .command = command, .command_len = len};

	if (!network)
		return;
	loopback_drain(session);
	if (!command && !network->count && !network->untold)
		return;
	endpoints_begin(session);
	concern_packets(session);
	step_tell_deed(session, &step);
}

static struct network *need_network(struct session *session, struct error *err)
{
	struct network *network = session->network;

	network_await(session);
	if (network && network->lab.count)
		return network;
	error_set(err, "there is no lab: `host NAME` makes one, or --lab");
	return NULL;
}

/* Loopback has packets without a lab, too. */
static struct network *need_packets(struct session *session, struct error *err)
{
	struct network *network = session->network;

	network_await(session);
	return network && network->wire.last_number ? network : need_network(session, err);
}

int session_hold(struct session *session, bool hold, struct error *err)
{
	struct network *network = need_network(session, err);
	struct wire_packet *packet;

	if (!network)
		return -1;
	network->wire.hold = hold;
	while (!hold && (packet = wire_oldest(&network->wire))) {
		network_deliver(session, packet);
		settle_threads(session);
	}
	return 0;
}

static struct wire_packet *find_packet(struct network *network, unsigned long number,
				       struct error *err)
{
	struct wire_packet *packet = wire_find(&network->wire, number);

	if (!packet)
		error_set(err, "there is no packet %lu%s", number,
			  number <= network->wire.last_number ? " any more" : "");
	return packet;
}

static struct wire_packet *held_packet(struct network *network, unsigned long number,
				       struct error *err)
{
	struct wire_packet *packet =
		number ? find_packet(network, number, err) : wire_oldest(&network->wire);

	if (!packet && !number)
		error_set(err, "no packet is held on the wire");
	if (packet && packet->loopback) {
		error_set(err,
			  "packet %lu went over loopback, where the kernel delivers at once: it "
			  "cannot be held",
			  number);
		packet = NULL;
	}
	if (packet && packet->fate != WIRE_HELD && packet->fate != WIRE_DELAYED) {
		error_set(err, "packet %lu is not held any more", number);
		packet = NULL;
	}
	return packet;
}

int session_packet_told(struct session *session, unsigned long number, struct shown_packet *out,
			struct error *err)
{
	struct network *network = need_packets(session, err);
	struct wire_packet *packet = network ? find_packet(network, number, err) : NULL;

	if (!packet)
		return -1;
	*out = network_shown(session, packet);
	return 0;
}

int session_packet(struct session *session, enum session_deed deed, unsigned long number,
		   struct error *err)
{
	static void (*const deeds[])(struct session *, struct wire_packet *) = {
		[DEED_DELIVER] = network_deliver,
		[DEED_DUPLICATE] = network_duplicate,
		[DEED_DROP] = network_drop,
	};
	struct network *network = need_packets(session, err);
	struct wire_packet *packet = network ? held_packet(network, number, err) : NULL;

	if (!packet)
		return -1;
	deeds[deed](session, packet);
	return 0;
}

int session_corrupt(struct session *session, unsigned long number, struct error *err)
{
	struct network *network = need_network(session, err);
	struct wire_packet *packet = network ? held_packet(network, number, err) : NULL;

	if (!packet)
		return -1;
	number = packet->number;
	if (network_corrupt(session, packet) < 0)
		return error_set(err,
				 "nothing in packet %lu is under a checksum: nobody would notice",
				 number);
	return 0;
}

int session_delay(struct session *session, unsigned long number, long delay_us, struct error *err)
{
	struct network *network = need_network(session, err);
	struct wire_packet *packet = network ? held_packet(network, number, err) : NULL;

	if (!packet)
		return -1;
	network_delay(session, packet, delay_us);
	return 0;
}

/* One that has a place among the held: not one that is delayed. */
static struct wire_packet *placed_packet(struct network *network, unsigned long number,
					 struct error *err)
{
	struct wire_packet *packet = held_packet(network, number, err);

	if (!packet || packet->fate == WIRE_HELD)
		return packet;
	error_set(err, "packet %lu is delayed: it goes when its time has come", number);
	return NULL;
}

int session_reorder(struct session *session, unsigned long number, unsigned long with,
		    struct error *err)
{
	struct network *network = need_network(session, err);
	struct wire_packet *packet = network ? placed_packet(network, number, err) : NULL;
	struct wire_packet *other;

	if (!packet)
		return -1;
	other = with ? placed_packet(network, with, err) : packet->next;
	if (!other && !with)
		error_set(err, "packet %lu is the last that is held: it can go behind no other",
			  packet->number);
	if (!other)
		return -1;
	if (other == packet)
		return error_set(err, "packet %lu cannot change places with itself", number);
	wire_swap(&network->wire, packet, other);
	return 0;
}

struct rules *session_rules(struct session *session, struct error *err)
{
	struct network *network = need_network(session, err);

	return network ? &network->wire.rules : NULL;
}

long session_next_us(const struct session *session)
{
	return session->network ? wire_next_us(&session->network->wire) : -1;
}

void session_tell_wire(struct session *session, const char *command, size_t len)
{
	settle_threads(session);
	step_tell_wire(session, command, len);
	step_finish_done(session);
}

int session_held(struct session *session, const struct shown_packet **list, size_t *count,
		 struct error *err)
{
	struct network *network = need_network(session, err);

	if (!network)
		return -1;
	network_list_held(session);
	*list = network->held;
	*count = network->held_count;
	return 0;
}

static struct host *named_host(struct session *session, const char *name, size_t len,
			       struct error *err)
{
	struct network *network = need_network(session, err);
	struct host *host = network ? lab_find(&network->lab, name, len) : NULL;

	if (network && !host)
		error_set(err, "there is no host %.*s", (int)len, name);
	return host;
}

int session_link(struct session *session, const char *name, size_t len, bool up, struct error *err)
{
	struct host *host = named_host(session, name, len, err);

	return host ? host_set_link(&session->network->lab, host, up, err) : -1;
}

int session_mtu(struct session *session, const char *name, size_t len, int mtu, struct error *err)
{
	struct host *host = named_host(session, name, len, err);

	return host ? host_set_mtu(host, mtu, err) : -1;
}

int session_sysctl(struct session *session, const struct word *host_name, const struct word *name,
		   const char *value, struct sysctl *out, struct error *err)
{
	struct host *host = named_host(session, host_name->text, host_name->len, err);

	if (host &&
	    sysctl_run(&session->network->lab, host, name->text, name->len, value, out, err) == 0)
		return 0;
	err->column = host ? name->column : host_name->column;
	err->length = (int)(host ? name->len : host_name->len);
	return -1;
}
