/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/wait.h"

#include <errno.h>

#include "base/now.h"
#include "session/events.h"
#include "session/jobs.h"
#include "session/network.h"
#include "session/settle.h"

#define INTERRUPT_EVERY_US 10000

/* How often it is asked whether what is awaited has come, where no event comes. */
#define AWAIT_STEP_US 5000

/* A signal may come just before the call sleeps. */
int wait_interrupt(struct session *session, struct job *job)
{
	/* The C library would take the signal, and wait on. */
	if (job->call->persists) {
		job->persisted = true;
		return -1;
	}
	while (job->waiting && process_alive(job->owner->process)) {
		if (process_interrupt(job->owner->process, job->id) < 0 && errno != ESRCH) {
			failure_note(&session->failure, "tgkill");
			return -1;
		}
		settle_take(session, job->owner, INTERRUPT_EVERY_US);
		if (process_stopped(job->owner->process))
			return -1;
	}
	return 0;
}

void step_interrupt(struct session *session, struct job *job)
{
	wait_interrupt(session, job);
	step_finish_done(session);
}

/* What a call causes before it is told to wait belongs to its step. */
static bool is_told(const struct job *job)
{
	return !job || job->waits.len;
}

/* One turn of a wait: what came is told, and what the person wants is done. */
static enum session_result wait_once(struct session *session, struct job *job, long timeout_us,
				     bool interrupts)
{
	enum session_signal signal = SIGNAL_NONE;

	events_sleep(session, is_told(job), timeout_us);
	if (session->config.hooks.signal)
		signal = session->config.hooks.signal(session->config.hooks.data);
	if (signal == SIGNAL_QUIT)
		return RUN_INTERRUPTED;
	if (signal == SIGNAL_SUSPEND)
		return RUN_WAITS;
	if (signal == SIGNAL_INTERRUPT && !(interrupts && job))
		return RUN_INTERRUPTED;
	if (signal == SIGNAL_INTERRUPT && wait_interrupt(session, job) < 0)
		return RUN_WAITS;
	settle_threads(session);
	step_finish_done(session);
	if (is_told(job))
		step_tell_wire(session, NULL, 0);
	return RUN_RETURNED;
}

enum session_result step_wait(struct session *session, struct job *job, long timeout_us,
			      bool interrupts)
{
	long end = timeout_us > 0 ? now_us() + timeout_us : 0;

	while (job ? job->waiting : session->jobs || session_next_us(session) >= 0) {
		long left = end ? end - now_us() : -1;
		enum session_result result;

		if (end && left <= 0)
			return RUN_TIMED_OUT;
		result = wait_once(session, job, left, interrupts);
		if (result != RUN_RETURNED)
			return result;
	}
	return RUN_RETURNED;
}

enum session_result session_sleep(struct session *session, long time_us)
{
	long end = now_us() + time_us;
	long left;

	while ((left = end - now_us()) > 0) {
		enum session_result result = wait_once(session, NULL, left, false);

		if (result != RUN_RETURNED)
			return RUN_INTERRUPTED;
	}
	return RUN_RETURNED;
}

enum session_result session_await(struct session *session, long time_us, bool (*done)(void *data),
				  void *data)
{
	long end = now_us() + time_us;

	while (!done(data)) {
		long left = end - now_us();

		if (left <= 0)
			return RUN_TIMED_OUT;
		if (wait_once(session, NULL, left < AWAIT_STEP_US ? left : AWAIT_STEP_US, false) !=
		    RUN_RETURNED)
			return RUN_INTERRUPTED;
	}
	return RUN_RETURNED;
}
