/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>

#include "base/now.h"
#include "kernel/task.h"
#include "session/jobs.h"
#include "session/network.h"
#include "session/settle.h"

/* How long it is waited for what a signal does. */
#define EFFECT_MOST_US 5000000
#define EFFECT_STEP_US 200

/* Until it has ended, or has stopped, or has taken the signal and sleeps again. */
static void await_effect(struct session *session, struct owner *owner, int signal)
{
	pid_t pid = process_pid(owner->process);
	long end = now_us() + EFFECT_MOST_US;

	while (settle_take(session, owner, 0) && now_us() < end) {
		if (signal != SIGKILL && (process_stopped(owner->process) ||
					  (!task_pending(pid, signal, &session->failure) &&
					   task_all_asleep(pid, &session->failure))))
			break;
		pause_us(EFFECT_STEP_US);
	}
}

int session_kill(struct session *session, struct owner *owner, int signal, struct error *err)
{
	if (!process_alive(owner->process))
		return process_refuses(owner->process, err);
	session->last.signals = 0;
	if (process_kill(owner->process, signal) < 0)
		return error_errno(err, "kill");
	if (signal)
		await_effect(session, owner, signal);
	jobs_take_all(session);
	settle_threads(session);
	step_tell_wire(session, NULL, 0);
	step_finish_done(session);
	return 0;
}
