/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/settle.h"

#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "base/now.h"
#include "kernel/tcp_info.h"
#include "names/options.h"
#include "session/jobs.h"
#include "session/network.h"
#include "session/wakes.h"

/* Threads that neither sleep nor answer within this are left to their own devices. */
#define THREADS_MOST_US 1000000
#define THREADS_STEP_US 200
#define SIGNALS_MOST_US 20000

/*
 * Delayed acknowledgements come within 40 ms (TCP_DELACK_MIN), at worst 200 ms (TCP_DELACK_MAX);
 * what takes longer is not on its way.
 */
#define PENDING_MOST_US 300000
#define PENDING_STEP_US 500

/*
 * A host reports a change of its groups two jiffies later (igmp_ifc_event, mld_ifc_event): within
 * 30 ms where a jiffy is the longest, 10 ms.
 */
#define REPORT_MOST_US 100000

#define TIMER_PERSIST 4 /* idiag_timer */

/* Moves the job that was answered to the end of those whose step is to be told. */
static void move_to_done(struct session *session, const struct owner *owner, uint32_t id)
{
	struct job *job = jobs_waiting(session, owner, id), **end;
	struct frame *frame;

	if (!job)
		return;
	jobs_remove(session, job);
	frame = job->frame;
	job->frame = session->scratch;
	session->scratch = frame;
	job->answered = true;
	for (end = &session->done; *end; end = &(*end)->next)
		;
	*end = job;
}

bool settle_take(struct session *session, struct owner *owner, long timeout_us)
{
	uint32_t id;

	for (;;) {
		switch (process_answer(owner->process, &id, session->scratch, timeout_us)) {
		case PROCESS_ANSWER:
			move_to_done(session, owner, id);
			timeout_us = 0;
			break;
		case PROCESS_DIED:
			return false;
		default:
			return true;
		}
		/* Without anybody waiting nothing more can come. */
		if (!session->jobs)
			return true;
	}
}

bool settle_asleep(struct session *session, const struct job *job)
{
	enum process_phase phase = process_phase(job->owner->process, job->id);

	if (phase == PHASE_UNKNOWN)
		failure_note(&session->failure, "open or read of /proc/PID/task");
	return phase == PHASE_ASLEEP || phase == PHASE_UNKNOWN;
}

static struct job *awake(struct session *session)
{
	struct job *job;

	for (job = session->restless; job; job = job->restless_next)
		if (process_alive(job->owner->process) && !settle_asleep(session, job))
			return job;
	return NULL;
}

/* A signal that a call has caused is dealt with by a thread that is asleep otherwise. */
static void await_signals(struct session *session)
{
	const struct timespec step = {.tv_nsec = THREADS_STEP_US * 1000L};
	const struct owner *owner;
	long end = 0;

	for (owner = session->owners; owner; owner = owner->next) {
		while (!process_at_rest(owner->process, &session->failure)) {
			if (!end)
				end = now_us() + SIGNALS_MOST_US;
			else if (now_us() > end)
				return;
			ppoll(NULL, 0, &step, NULL);
		}
	}
}

void settle_threads(struct session *session)
{
	long end = 0;
	int quiet = 0;

	await_signals(session);
	/* Twice in a row where any waits: one thread can wake another between two looks. */
	while ((session->jobs && quiet < 2) || (session->network && quiet < 1)) {
		bool carried = network_drain(session), roused = wakes_look(session, quiet > 0);
		/* What it carried may have woken one, and that is seen in the next turn. */
		struct job *job = carried ? NULL : awake(session);

		if (!job && !carried && !roused) {
			quiet++;
			continue;
		}
		quiet = 0;
		if (!end)
			end = now_us() + THREADS_MOST_US;
		else if (now_us() > end)
			return;
		if (!job)
			continue;
		process_give_way(job->owner->process);
		settle_take(session, job->owner, THREADS_STEP_US);
	}
}

static uint64_t info(const struct endpoint *endpoint, const char *name)
{
	return tcp_info_get(endpoint->tcp_info, endpoint->tcp_info_len, name);
}

/* In these states a FIN is not acknowledged yet. */
static bool has_sent_fin(const struct endpoint *endpoint)
{
	return endpoint->state == STATE_FIN_WAIT_1 || endpoint->state == STATE_CLOSING ||
	       endpoint->state == STATE_LAST_ACK;
}

bool settle_pending(const struct session *session, const struct known *known)
{
	const struct endpoint *now = known->now;
	const struct known *peer;

	/* On a host acknowledgements are packets: held, or carried already. */
	if (known->owner->host)
		return false;
	if (known->gone || now->protocol != IPPROTO_TCP || !(now->has & FIELD_TCP_INFO))
		return false;
	if (now->state == STATE_SYN_SENT || now->state == STATE_SYN_RECEIVED ||
	    now->state == STATE_LISTEN || now->state == STATE_CLOSED)
		return false;
	peer = map_get(&session->by_key, known->peer_key);
	if (!peer || peer->gone)
		return false;
	if ((now->has & FIELD_TIMER) &&
	    (now->timer.kind == TIMER_PERSIST || now->timer.retransmits))
		return false;
	if (info(now, "tcpi_backoff"))
		return false;
	/*
	 * Sent, or about to be: a congestion control that paces holds a segment back without any
	 * timer that is told. A full window and TCP_CORK have the persist timer.
	 */
	return has_sent_fin(now) || info(now, "tcpi_unacked") || info(now, "tcpi_notsent_bytes");
}

/* False once MOST_US are over since then. */
static bool pause_until(struct session *session, long *since_us, long most_us)
{
	struct timespec step = {.tv_nsec = PENDING_STEP_US * 1000L};
	long now = now_us();

	if (!*since_us)
		*since_us = now;
	if (now - *since_us > most_us)
		return false;
	/* The condition is the kernel's: no event tells of it, so it is looked at again. */
	ppoll(NULL, 0, &step, NULL);
	settle_threads(session);
	return true;
}

bool settle_pause(struct session *session, long *since_us)
{
	return !pause_until(session, since_us, PENDING_MOST_US);
}

static bool is_report(const struct packet *head)
{
	return head->groups.kind == GROUPS_RECORDS || head->groups.kind == GROUPS_REPORT ||
	       head->groups.kind == GROUPS_LEAVE;
}

static bool has_reported(const struct network *network, const struct host *host)
{
	size_t i;

	for (i = 0; i < network->count; i++)
		if (network->list[i].from == host->name && is_report(&network->list[i].head))
			return true;
	return false;
}

void settle_reports(struct session *session, const struct job *job)
{
	const struct option *option;
	long since = 0;

	if (!job->owner->host || strcmp(job->call->record.name, "setsockopt") != 0 ||
	    job->frame->result < 0)
		return;
	option = options_entry((int)job->values[1].number, (int)job->values[2].number);
	if (!option || !options_reports(option))
		return;
	/* None comes where another socket keeps the interface in the group. */
	while (!has_reported(session->network, job->owner->host) &&
	       pause_until(session, &since, REPORT_MOST_US))
		;
}
