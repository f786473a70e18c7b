/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/step.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/now.h"
#include "calls/carried.h"
#include "names/words.h"
#include "session/brought.h"
#include "session/endpoints.h"
#include "session/fd_names.h"
#include "session/jobs.h"
#include "session/known.h"
#include "session/network.h"
#include "session/passed.h"
#include "session/past.h"
#include "session/processes.h"
#include "session/settle.h"
#include "session/signals.h"
#include "session/trace.h"
#include "session/wait.h"
#include "session/wakes.h"
#include "session/watches.h"
#include "session/why.h"

/* How long a call may take before it is looked at whether it waits. */
#define FOREGROUND_FIRST_US 5000
#define BACKGROUND_FIRST_US 100
#define STOPPED_LOOK_US     100000

/* A script that stands still for so long says what it waits for. */
#define SCRIPT_PATIENCE_US 1000000

static void read_again(struct session *session, const struct job *job)
{
	struct descriptor told[FRAME_READS];
	int i;

	if (process_read(job->owner->process, job->frame->read, job->frame->reads, told) < 0)
		return;
	for (i = 0; i < job->frame->reads; i++)
		if (endpoints_of_fd(job->owner, told[i].fd) && told[i].open)
			endpoints_told(session, job->owner, &told[i]);
}

static bool any_pending(const struct session *session)
{
	size_t i;

	for (i = 0; i < session->concerned_count; i++)
		if (settle_pending(session, session->concerned[i]))
			return true;
	return false;
}

/* Reads what the step concerns, until nothing is on its way any more. */
static void collect_settled(struct session *session, const struct job *job)
{
	struct address address = jobs_address(job);
	long since = 0;

	settle_reports(session, job);
	/* What the wire has carried since came behind the call. */
	if (session->network && session->network->count)
		read_again(session, job);
	endpoints_collect(session, &address);
	while (session->config.clock != CLOCK_REAL && any_pending(session) &&
	       !settle_pause(session, &since)) {
		read_again(session, job);
		endpoints_collect(session, &address);
	}
}

static void remember_last(struct session *session, const struct job *job)
{
	struct byte_order order;
	const void *bytes;
	size_t len;

	session->last = (struct session_last){
		.any = true,
		.waiting = !job->answered,
		.result = job->answered ? job->frame->result : 0,
		.error = job->answered ? job->frame->error : 0,
		.signals = session->last.signals,
	};
	bytes = brought_data(job, &order, &len);
	if (!bytes)
		return;
	buf_reset(&session->last_data);
	buf_add(&session->last_data, bytes, len);
	session->last.data = buf_text(&session->last_data);
	session->last.data_len = session->last_data.len;
}

static void add_sentence(struct buf *out, const char *key, const char *call, int error)
{
	if (out->len)
		buf_char(out, ' ');
	words_fill(out, key, "call", call, "error", strerror(error), NULL);
}

/*
 * What is missing is said to be missing. Returns the whole explanation, even where there is no
 * memory for the words; NULL: there is none.
 */
static const char *confess(struct session *session, const struct job *job)
{
	struct failure failure;
	bool out_of_memory = session_failure(session, &failure);

	if (job->answered && job->frame->unmade)
		add_sentence(&session->why, "unmade", "", job->frame->unmade);
	if (session->network && session->network->storm)
		add_sentence(&session->why, "wire.storm", "", 0);
	if (failure.call)
		add_sentence(&session->why, "missed", failure.call, failure.error);
	out_of_memory |= session->why.failed || session->last_data.failed || job->text.failed ||
			 job->command.failed || job->assign.failed || job->waits.failed;
	if (out_of_memory)
		add_sentence(&session->why, "out-of-memory", "", ENOMEM);
	if (session->why.failed)
		return words("out-of-memory");
	return session->why.len ? session->why.data : NULL;
}

/* The packets of a step are told with it. */
static void add_packets(struct session *session, struct step *step)
{
	if (!session->network)
		return;
	loopback_drain(session);
	network_told(session, step);
	step->packets = session->network->list;
	step->packet_count = session->network->count;
	step->packets_untold = session->network->untold;
}

static void tell(struct session *session, struct job *job, enum step_event event)
{
	struct byte_order order;
	struct message message;
	struct step step;

	session->last.why = confess(session, job);
	step = (struct step){
		.event = event,
		.number = session->steps,
		.line = job->line,
		.process = job->owner->name,
		.command = buf_text(&job->command),
		.command_len = job->command.len,
		.call = job->call,
		.text = buf_text(&job->text),
		.returned = job->answered,
		.job = job->number,
		.background = job->background,
		.forked = session->born ? session->born->name : NULL,
		.why = session->last.why,
		.endpoints = session->shown,
		.endpoint_count = session->shown_count,
	};
	add_packets(session, &step);

	if (job->answered) {
		watches_tell(session, job, &step);
		step.result = job->frame->result;
		step.error = job->frame->error;
		step.beneath = job->frame->beneath;
		brought_names(job, &step);
		if (step.result >= 0 && carried_is_received(job->call) &&
		    carried_message(job->call, job->values, &message))
			step.message = &message;
		if (byte_order_of(job->call, job->values, step.result, &order))
			step.order = &order;
		step.messages = carried_messages(job->call, job->values);
		step.message_count = step.result > 0 ? (size_t)step.result : 0;
		step.data = session->last.data;
		step.data_len = session->last.data_len;
	} else {
		step.waits_for = buf_text(&job->waits);
	}
	session->config.hooks.step(session->config.hooks.data, &step);
	seen_name(session, &step);
}

/* The result's descriptor becomes the last one used, and gets the name that was asked for. */
static void name_result(struct session *session, const struct job *job)
{
	const struct frame *frame = job->frame;
	int new =
		frame->result_is_fd && frame->result >= 0 ? (int)frame->result : passed_first(job);
	int fds[FRAME_READS];

	if (new >= 0) {
		session->last_owner = job->owner;
		session->last_fd = new;
	} else if (values_descriptors(job->call, job->values, fds, FRAME_READS) > 0) {
		session->last_owner = job->owner;
		session->last_fd = fds[0];
	}
	if (job->assign.len && new >= 0)
		fd_names_give(session, job->owner, new, job->assign.data);
}

/* A close that waits has given its descriptor back: what it led to is found again by its key. */
static void note_closed(const struct session *session, struct job *job)
{
	size_t i;

	for (i = 0; i < session->concerned_count; i++)
		if (session->concerned[i]->closed)
			job->closes = session->concerned[i]->key;
}

static void concern_closed(struct session *session, const struct job *job)
{
	struct known *known = map_get(&session->by_key, job->closes);

	if (known && !known->refs && known_concern(session, known, SHOWN_TOUCHED))
		known->closed = true;
}

/* The second half of the bracket: the call returned. */
static void finish(struct session *session, struct job *job)
{
	int i;

	session->out_of_memory |= job->frame->lost;
	if (!session->failure.call)
		session->failure = job->frame->failure;
	values_from_frame(job->call, job->values, job->frame);
	watches_reported(session, job);
	endpoints_begin(session);
	session->viewer = job->owner;
	trace_call(session, job);
	for (i = 0; i < job->frame->reads; i++)
		endpoints_told(session, job->owner, &job->frame->told[i]);
	passed_note(session, job);
	if (job->call->forks)
		processes_born(session, job);
	concern_closed(session, job);
	name_result(session, job);
	collect_settled(session, job);
	endpoints_list(session);
	buf_reset(&job->text);
	call_print(&job->text, job->call, job->values, job->frame);
	remember_last(session, job);
	buf_reset(&session->why);
	why(session, job, &session->why);
	past_returned(session, job);
	session->steps++;
	tell(session, job, job->number ? STEP_COMPLETED : STEP_DONE);
	endpoints_commit(session);
	network_begin(session);
	jobs_drop(session, job);
}

/*
 * Which of those that were answered is told first: the call in the foreground, then jobs by their
 * numbers. The order of the answers would differ from run to run.
 */
static struct job *take_done(struct session *session)
{
	struct job **first = &session->done, **at, *job;

	for (at = &session->done; *at; at = &(*at)->next)
		if ((*at)->number < (*first)->number)
			first = at;
	job = *first;
	if (job)
		*first = job->next;
	return job;
}

void step_finish_done(struct session *session)
{
	while (session->done) {
		settle_threads(session);
		finish(session, take_done(session));
		signals_tell(session);
	}
	signals_tell(session);
}

/* What a waiting call waits for, in the kernel's terms. */
static void say_waits(struct job *job)
{
	char fd[16], first[16];
	int fds[FRAME_READS];
	int count = values_descriptors(job->call, job->values, fds, FRAME_READS);

	buf_reset(&job->waits);
	if (process_stopped(job->owner->process)) {
		snprintf(fd, sizeof(fd), "%d", process_pid(job->owner->process));
		words_fill(&job->waits, "waits.stopped", "process", job->owner->name, "pid", fd,
			   NULL);
		return;
	}
	/* Of two, it is the last that is waited for: dup2() closes what it takes over. */
	snprintf(fd, sizeof(fd), "%d", count ? fds[count - 1] : -1);
	snprintf(first, sizeof(first), "%d", count ? fds[0] : -1);
	words_fill(&job->waits, job->call->waits ? job->call->waits : "waits.other", "fd", fd,
		   "first", first, NULL);
}

/* The first half of a step whose call waits: what it has changed so far. */
static void tell_waiting(struct session *session, struct job *job)
{
	struct descriptor told[FRAME_READS];
	struct address address = jobs_address(job);
	int fds[FRAME_READS];
	int i, count = values_descriptors(job->call, job->values, fds, FRAME_READS);

	endpoints_begin(session);
	session->viewer = job->owner;
	if (process_read(job->owner->process, fds, count, told) == 0)
		for (i = 0; i < count; i++)
			endpoints_told(session, job->owner, &told[i]);
	note_closed(session, job);
	endpoints_collect(session, &address);
	endpoints_list(session);
	buf_reset(&job->text);
	call_print(&job->text, job->call, job->values, NULL);
	say_waits(job);
	remember_last(session, job);
	past_waits(session, job);
	buf_reset(&session->why);
	why_waits(session, job, &session->why);
	session->steps++;
	tell(session, job, STEP_WAITING);
	endpoints_commit(session);
	network_begin(session);
}

/* Ctrl-Z: it stays a job, and is told to be one. */
void step_leave(struct session *session, struct job *job)
{
	jobs_number(session, job);
	tell_waiting(session, job);
}

static enum session_result lost(struct session *session)
{
	jobs_take_all(session);
	settle_threads(session);
	step_tell_wire(session, NULL, 0);
	step_finish_done(session);
	return RUN_DIED;
}

/* Until a call has returned, or sleeps; or its process is stopped. False: that died. */
static bool await_sleep(struct session *session, const struct job *job)
{
	long look = now_us() + STOPPED_LOOK_US;

	process_give_way(job->owner->process);
	while (job->waiting && !settle_asleep(session, job)) {
		if (!settle_take(session, job->owner, BACKGROUND_FIRST_US))
			return false;
		if (now_us() > look && process_stopped(job->owner->process))
			break;
	}
	return true;
}

/* A call that is asked for with &: its step, if it returns before it sleeps; else a job. */
static enum session_result run_background(struct session *session, struct job *job)
{
	if (!await_sleep(session, job))
		return lost(session);
	settle_threads(session);
	if (job->waiting) {
		jobs_number(session, job);
		tell_waiting(session, job);
		step_finish_done(session);
		return RUN_WAITS;
	}
	step_finish_done(session);
	return RUN_RETURNED;
}

/* At the prompt it is said at once that a call waits; a script is given a moment. */
static enum session_result wait_in_foreground(struct session *session, struct job *job)
{
	long timeout = session->config.call_timeout_us;
	long patience = session->config.prompt ? FOREGROUND_FIRST_US : SCRIPT_PATIENCE_US;
	enum session_result result = RUN_TIMED_OUT;

	if (!timeout || timeout > patience)
		result = step_wait(session, job, patience, true);
	if (result != RUN_TIMED_OUT)
		return result;
	if (timeout && timeout <= patience)
		return step_wait(session, job, timeout, true);
	settle_threads(session);
	if (job->waiting)
		tell_waiting(session, job);
	/* Of what was answered until now no event tells again. */
	step_finish_done(session);
	return step_wait(session, job, timeout ? timeout - patience : 0, true);
}

/*
 * On a host a call may need packets carried before it returns. Until it sleeps, and the wire is
 * quiet. False: its process died.
 */
static bool carry_meanwhile(struct session *session, const struct job *job)
{
	if (!await_sleep(session, job))
		return false;
	if (job->waiting)
		settle_threads(session);
	return process_alive(job->owner->process);
}

static enum session_result run_foreground(struct session *session, struct job *job)
{
	struct owner *owner = job->owner;
	enum session_result result = RUN_RETURNED;

	if (!(owner->host ? carry_meanwhile(session, job)
			  : settle_take(session, owner, FOREGROUND_FIRST_US)))
		return lost(session);
	if (job->waiting) {
		/* A signal may have ended the wait before the call has returned: it comes behind.
		 */
		settle_threads(session);
		step_finish_done(session);
		result = wait_in_foreground(session, job);
		if (!process_alive(owner->process))
			return RUN_DIED;
	}
	if (result == RUN_WAITS || (result == RUN_TIMED_OUT && wait_interrupt(session, job) < 0))
		step_leave(session, job);
	/* What was answered is settled before it is told. */
	if (!session->done)
		settle_threads(session);
	step_finish_done(session);
	return result;
}

/* What never returns is told when it is asked for; what comes of it is a death. */
static void tell_ending(struct session *session, struct job *job)
{
	endpoints_begin(session);
	endpoints_list(session);
	call_print(&job->text, job->call, job->values, NULL);
	session->last = (struct session_last){.any = true, .signals = session->last.signals};
	buf_reset(&session->why);
	session->steps++;
	tell(session, job, STEP_DONE);
	network_begin(session);
}

enum session_result session_call(struct session *session, const struct call *call,
				 struct value *values, const struct asked *asked, struct error *err)
{
	struct owner *owner = session->current;
	struct job *job = jobs_new(session, owner, call, values, asked);

	wakes_calm(session);
	signals_tell(session);
	session->last.signals = 0;
	if (!job) {
		values_free(values);
		error_set(err, "out of memory");
		return RUN_FAILED;
	}
	values_to_frame(call, job->values, session->scratch);
	loopback_expect(session, job);
	if (call->forks && processes_may_fork(session, job, err) < 0) {
		jobs_drop(session, job);
		return RUN_FAILED;
	}
	processes_keep_together(session);
	network_await(session);
	job->id = process_call(owner->process, session->scratch, err);
	if (!job->id) {
		jobs_drop(session, job);
		jobs_take_all(session);
		return RUN_FAILED;
	}
	jobs_add(session, job);
	if (call->ends)
		tell_ending(session, job);
	return job->background ? run_background(session, job) : run_foreground(session, job);
}
