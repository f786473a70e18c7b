/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "calls/carried.h"
#include "kernel/tcp_info.h"
#include "names/words.h"
#include "session/endpoints.h"
#include "session/network.h"
#include "session/surprise_parts.h"

static bool is_tcp(const struct cause *cause)
{
	return cause->known->now->protocol == IPPROTO_TCP;
}

static uint64_t info(const struct endpoint *endpoint, const char *name)
{
	return tcp_info_get(endpoint->tcp_info, endpoint->tcp_info_len, name);
}

/* CLOSE-WAIT has no timer: the socket stays, though nobody is there any more. */
static bool is_alone(struct cause *cause)
{
	const struct known *known = cause->known;
	const struct known *peer = map_get(&cause->session->by_key, known->peer_key);
	struct endpoint found;

	return known->now->state == STATE_CLOSE_WAIT && known->peer_key && (!peer || peer->gone) &&
	       surprise_is_here(&known->now->peer) &&
	       diag_inet(network_diag(cause->session, known->owner), IPPROTO_TCP, &known->now->peer,
			 &known->now->local, 0, 0, &found) == DIAG_NONE;
}

/* What was counted here is true only if the kernel counts the same; it counts a FIN, too. */
static bool kernel_agrees(const struct known *known)
{
	const struct endpoint *now = known->now;
	uint64_t at = info(now, "tcpi_bytes_received") - now->recv_queue;

	if (now->family == AF_UNIX)
		return true;
	return (now->has & FIELD_TCP_INFO) && (now->has & FIELD_RECV_QUEUE) &&
	       (at == known->stream.taken || at == known->stream.taken + 1);
}

static bool has_seen_fin(const struct known *known)
{
	switch (known->now->state) {
	case STATE_CLOSE_WAIT:
	case STATE_LAST_ACK:
	case STATE_CLOSING:
	case STATE_TIME_WAIT:
		return true;
	case STATE_CLOSED:
		/* The FIN is counted as a byte that was received. */
		return info(known->now, "tcpi_bytes_received") == known->stream.taken + 1;
	default:
		return false;
	}
}

static void ended(struct cause *cause)
{
	if (cause_is_unix(cause)) {
		cause_say(cause, "surprise.end-unix");
		return;
	}
	if (has_seen_fin(cause->known))
		cause_say(cause, "surprise.end");
	else
		cause_say(cause, cause_state(cause) == STATE_CLOSED ? "surprise.end-reset"
								    : "surprise.end-shut");
	if (is_alone(cause))
		words_fill(surprise_next(cause), "surprise.end-alone", "fd", cause->fd, NULL);
}

static void taken(struct cause *cause, long got, long asked)
{
	struct known *known = endpoints_of_fd(cause->job->owner, (int)cause->job->values[0].number);
	unsigned sends = stream_taken(&known->stream, (uint64_t)got);
	long rest = cause->job->frame->before - got;
	char number[CAUSE_NUMBER];

	if (surprise_flags(cause) & MSG_OOB)
		return;
	if (sends > 1 && kernel_agrees(known))
		words_fill(surprise_next(cause), "surprise.joined", "n",
			   cause_number(number, sends), NULL);
	if (got == asked && rest > 0 && known->now->recv_queue >= rest)
		words_fill(surprise_next(cause), "surprise.rest", "n", cause_number(number, rest),
			   NULL);
}

void surprise_stream_received(struct cause *cause)
{
	const struct job *job = cause->job;
	long asked = carried_asked(job->call, job->values);

	if (job->frame->result == 0 && asked > 0)
		ended(cause);
	else if (job->frame->result == 0)
		cause_say(cause, "surprise.none-asked");
	else if (job->frame->result > 0 && !(surprise_flags(cause) & MSG_PEEK))
		taken(cause, job->frame->result, asked);
}

/* Whom the bytes went to, if it is the session's. */
static struct known *other_end(const struct cause *cause)
{
	return map_get(&cause->session->by_key, cause->known->peer_key);
}

static void note_sent(struct cause *cause, struct known *peer)
{
	if (stream_sent(&peer->stream, (uint64_t)cause->job->frame->result) < 0)
		cause->session->out_of_memory = true;
	/* The urgent byte is taken out of the stream. */
	if (surprise_flags(cause) & MSG_OOB)
		peer->stream.lost = true;
}

static void sent_to_queued(struct cause *cause, const struct known *peer)
{
	const struct known *listener = map_get(&cause->session->by_key, peer->listener_key);
	char fd[CAUSE_NUMBER];

	if (!peer->refs && listener)
		words_fill(surprise_next(cause), "surprise.send-queued", "other",
			   cause_number(fd, listener->fd), NULL);
}

/* tcp_reset(): what the next send gives is decided by the state in which the reset came. */
static void sent_to_nobody(struct cause *cause)
{
	const struct known *known = cause->known;

	if (known->shown && known->now->state == STATE_CLOSED && known->last->state != STATE_CLOSED)
		words_fill(surprise_next(cause), "surprise.send-dead", "fd", cause->fd, "error",
			   known->last->state == STATE_CLOSE_WAIT ? "EPIPE" : "ECONNRESET", NULL);
}

/*
 * A segment that is not full waits, and neither window stands in its way. On a real interface one
 * can wait for the device as well (tcp_should_autocork()), but not for long.
 */
static bool is_nagle(const struct cause *cause, const struct endpoint *told, uint64_t unsent)
{
	uint64_t flying = info(told, "tcpi_bytes_sent") - info(told, "tcpi_bytes_retrans") -
			  info(told, "tcpi_bytes_acked") + 1;

	if (!surprise_is_here(&cause->known->now->peer) &&
	    !info(cause->known->now, "tcpi_notsent_bytes"))
		return false;
	return info(told, "tcpi_unacked") && unsent < info(told, "tcpi_snd_mss") &&
	       info(told, "tcpi_unacked") < info(told, "tcpi_snd_cwnd") &&
	       info(told, "tcpi_snd_wnd") >= flying + unsent;
}

/* As it was when the call returned: the rest may have gone since. */
static void held_back(struct cause *cause)
{
	const struct endpoint *told = &cause->job->frame->told[0].endpoint;
	uint64_t unsent = told->state == STATE_ESTABLISHED ? info(told, "tcpi_notsent_bytes") : 0;
	char number[CAUSE_NUMBER];
	const char *key = NULL;

	if (!unsent)
		return;
	if (surprise_option(cause, IPPROTO_TCP, TCP_CORK, 0))
		key = unsent < info(told, "tcpi_snd_mss") ? "surprise.cork" : NULL;
	else if (!(surprise_flags(cause) & MSG_MORE) && is_nagle(cause, told, unsent) &&
		 !surprise_option(cause, IPPROTO_TCP, TCP_NODELAY, 1))
		key = "surprise.nagle";
	if (key)
		words_fill(surprise_next(cause), key, "n", cause_number(number, (long)unsent),
			   NULL);
}

/* In the lab it is seen what becomes of a packet; the sender is told nothing. */
static void lost_on_the_way(struct cause *cause)
{
	const struct network *network = cause->session->network;
	const struct endpoint *now = cause->known->now;
	size_t i;

	if (!cause->job->owner->host)
		return;
	for (i = 0; i < network->count; i++) {
		const struct shown_packet *packet = &network->list[i];

		if (packet->head.length && packet->fate && strcmp(packet->fate, "lost") == 0 &&
		    address_equal(&packet->head.src, &now->local) &&
		    address_equal(&packet->head.dst, &now->peer)) {
			words_fill(surprise_next(cause), "surprise.lost", "fd", cause->fd, NULL);
			return;
		}
	}
}

void surprise_stream_sent(struct cause *cause)
{
	const struct job *job = cause->job;
	long asked = carried_asked(job->call, job->values);
	struct known *peer = other_end(cause);

	if (job->frame->result < asked)
		cause_say_number(cause, "surprise.short", asked - job->frame->result);
	if (job->frame->result <= 0)
		return;
	if (peer) {
		note_sent(cause, peer);
		sent_to_queued(cause, peer);
	}
	if (is_tcp(cause) && job->frame->reads > 0) {
		sent_to_nobody(cause);
		held_back(cause);
		lost_on_the_way(cause);
	}
}
