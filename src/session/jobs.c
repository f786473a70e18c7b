/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/jobs.h"

#include <stdlib.h>
#include <string.h>

#include "calls/carried.h"
#include "session/endpoints.h"
#include "session/settle.h"
#include "session/wakes.h"

static struct job *take_spare(struct session *session)
{
	struct job *job = session->spare;

	if (job) {
		session->spare = job->next;
		return job;
	}
	job = calloc(1, sizeof(*job));
	if (!job)
		return NULL;
	job->frame = malloc(sizeof(*job->frame));
	if (!job->frame) {
		free(job);
		return NULL;
	}
	return job;
}

struct job *jobs_new(struct session *session, struct owner *owner, const struct call *call,
		     struct value *values, const struct asked *asked)
{
	struct job *job = take_spare(session);

	if (!job)
		return NULL;
	job->next = NULL;
	job->number = 0;
	job->owner = owner;
	job->call = call;
	job->answered = false;
	job->background = asked->background;
	job->persisted = false;
	job->line = asked->line;
	job->closes = 0;
	memcpy(job->values, values, sizeof(job->values));
	memset(values, 0, sizeof(job->values));
	buf_reset(&job->command);
	buf_add(&job->command, asked->command, asked->command_len);
	buf_reset(&job->assign);
	if (asked->assign)
		buf_add(&job->assign, asked->assign, asked->assign_len);
	buf_reset(&job->text);
	buf_reset(&job->waits);
	return job;
}

void jobs_add(struct session *session, struct job *job)
{
	job->prev = session->last_waiting;
	*(job->prev ? &job->prev->next : &session->jobs) = job;
	session->last_waiting = job;
	job->waiting = true;
	session->waiting_count++;
	wakes_add(session, job);
}

struct job *jobs_waiting(const struct session *session, const struct owner *owner, uint32_t id)
{
	struct job *job;

	for (job = session->last_waiting; job; job = job->prev)
		if (job->owner == owner && job->id == id)
			break;
	return job;
}

void jobs_remove(struct session *session, struct job *job)
{
	wakes_remove(session, job);
	*(job->prev ? &job->prev->next : &session->jobs) = job->next;
	*(job->next ? &job->next->prev : &session->last_waiting) = job->prev;
	job->next = NULL;
	job->waiting = false;
	session->waiting_count--;
}

void jobs_drop(struct session *session, struct job *job)
{
	values_free(job->values);
	job->next = session->spare;
	session->spare = job;
}

struct job *jobs_find(struct session *session, int number)
{
	struct job *job;

	for (job = session->jobs; job; job = job->next)
		if (job->number == number)
			return job;
	return NULL;
}

/* One that was answered keeps its number until its step is told. */
static bool number_taken(const struct session *session, int number)
{
	const struct job *job;

	for (job = session->jobs; job; job = job->next)
		if (job->number == number)
			return true;
	for (job = session->done; job; job = job->next)
		if (job->number == number)
			return true;
	return false;
}

/* How many have a number, and the greatest one. */
static void count_numbers(const struct job *job, int *count, int *greatest)
{
	for (; job; job = job->next) {
		*count += job->number > 0;
		if (job->number > *greatest)
			*greatest = job->number;
	}
}

void jobs_number(struct session *session, struct job *job)
{
	int number = 1, count = 0, greatest = 0;

	if (job->number)
		return;
	count_numbers(session->jobs, &count, &greatest);
	count_numbers(session->done, &count, &greatest);
	/* Of many, there is hardly a gap to be looked for. */
	if (count == greatest)
		number = greatest + 1;
	while (number_taken(session, number))
		number++;
	job->number = number;
	if (number > session->last_job)
		session->last_job = number;
}

struct address jobs_address(const struct job *job)
{
	return carried_address(job->call, job->values);
}

void jobs_take_all(struct session *session)
{
	struct owner *owner;

	for (owner = session->owners; owner; owner = owner->next)
		if (!owner->buried && !settle_take(session, owner, 0))
			jobs_bury(session, owner);
}

static void drop_lost(struct session *session, const struct owner *owner)
{
	struct job *job, *next;

	for (job = session->jobs; job; job = next) {
		next = job->next;
		if (job->owner != owner)
			continue;
		jobs_remove(session, job);
		jobs_drop(session, job);
	}
}

void jobs_bury(struct session *session, struct owner *owner)
{
	owner->buried = true;
	drop_lost(session, owner);
	endpoints_bury(session, owner);
	if (session->config.hooks.died)
		session->config.hooks.died(session->config.hooks.data, owner->name,
					   process_death(owner->process), session->shown,
					   session->shown_count);
	endpoints_commit(session);
}

static void free_list(struct job *job)
{
	while (job) {
		struct job *next = job->next;

		values_free(job->values);
		buf_free(&job->command);
		buf_free(&job->assign);
		buf_free(&job->text);
		buf_free(&job->waits);
		free(job->frame);
		free(job);
		job = next;
	}
}

void jobs_free(struct session *session)
{
	free_list(session->jobs);
	free_list(session->done);
	free_list(session->spare);
}
