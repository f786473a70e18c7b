/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/grow.h"
#include "base/now.h"
#include "kernel/task.h"
#include "process/server.h"
#include "process/state.h"

/* A process that was forked says at once that it is there. */
#define BIRTH_LOOKS    100
#define BIRTH_PAUSE_US 2000

struct family *family_new(struct error *err)
{
	struct family *family = calloc(1, sizeof(*family));

	if (!family) {
		error_set(err, "out of memory");
		return NULL;
	}
	if (channels_open(&family->channels, err) < 0) {
		free(family);
		return NULL;
	}
	family->own_fd = server_channel_fd();
	return family;
}

static void family_free(struct family *family)
{
	channels_close(&family->channels);
	free(family->spans);
	free(family);
}

void family_join(struct family *family, struct process *process, int index)
{
	process->family = family;
	process->index = index;
	process->channel = channel_of(&family->channels, index);
	family->member[index] = process;
	family->taken[index] = true;
	family->refs++;
	family->living++;
}

void family_give_back(struct family *family, int index)
{
	family->member[index] = NULL;
	/* One that is not as it was at first is nobody's any more. */
	if (channel_clear(&family->channels, index) == 0)
		family->taken[index] = false;
}

/* What was a dead member's child is the explorer's now, and is told here when it has ended. */
static void reap_orphans(struct family *family)
{
	pid_t pid;
	int status, i;

	while ((pid = waitpid(-family->group, &status, WNOHANG)) > 0)
		for (i = 0; i < CHANNELS_MOST; i++)
			if (family->member[i] && family->member[i]->pid == pid) {
				family->member[i]->status = status;
				family->member[i]->reaped = true;
			}
}

/* Who was left of it is killed as the explorer has let go of its end (process/server.h). */
static void await_orphans(const struct family *family)
{
	pid_t pid = 0;
	int looks;

	for (looks = 0; looks < BIRTH_LOOKS && pid >= 0; looks++) {
		pid = waitpid(-family->group, NULL, WNOHANG);
		if (pid == 0)
			pause_us(BIRTH_PAUSE_US);
	}
}

void family_leave(struct process *process)
{
	struct family *family = process->family;

	if (process->index >= 0 && family->refs > 1)
		family_give_back(family, process->index);
	if (--family->refs) {
		if (family->grown)
			reap_orphans(family);
		return;
	}
	if (family->grown)
		await_orphans(family);
	family_free(family);
}

void family_part(struct process *process)
{
	struct family *family = process->family;
	int index = process->index;

	if (index < 0 || !process->lost_told || channel_has_note(&process->channel))
		return;
	process->index = -1;
	process->channel = (struct channel){0};
	family_give_back(family, index);
}

void family_of_one(struct family *family)
{
	int i;

	for (i = 0; i < CHANNELS_MOST && family->living == 1; i++)
		if (family->member[i] && !family->member[i]->dead && !family->member[i]->parent)
			process_forget_end(family->member[i]);
}

static int free_channel(struct family *family)
{
	int i;

	for (i = 0; i < CHANNELS_MOST; i++) {
		/* One of a dead process whose signals were not told until now. */
		if (family->taken[i] && family->member[i])
			family_part(family->member[i]);
		if (!family->taken[i])
			return i;
	}
	return -1;
}

int family_prepare(struct process *process, int *index, struct error *err)
{
	struct family *family = process->family;

	/* Orphans become the explorer's children, which learns so how they end. */
	if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) < 0)
		return error_errno(err, "prctl");
	/* Its sockets do not tell of its end any more, once another has them as well. */
	if (process->pidfd < 0)
		process->pidfd = (int)syscall(SYS_pidfd_open, process->pid, 0);
	if (process->pidfd < 0)
		return error_errno(err, "pidfd_open");
	*index = free_channel(family);
	if (*index < 0)
		return error_set(err, "%d processes live that have come of one, and no more fit",
				 CHANNELS_MOST);
	family->taken[*index] = true;
	family->grown = true;
	return 0;
}

void family_end_unknown(struct family *family, int index)
{
	struct channel channel = channel_of(&family->channels, index);
	int looks;

	for (looks = 0; looks < BIRTH_LOOKS && !channel_born(&channel); looks++)
		pause_us(BIRTH_PAUSE_US);
	if (channel_born(&channel)) {
		kill(channel_born(&channel), SIGKILL);
		while (waitpid(channel_born(&channel), NULL, 0) < 0 && errno == EINTR)
			;
	}
	family_give_back(family, index);
}

void family_end(struct process *parent, pid_t child, int index)
{
	int looks, status;

	for (looks = 0; looks < BIRTH_LOOKS; looks++) {
		if (process_reap(parent, child, &status)) {
			family_give_back(parent->family, index);
			return;
		}
		pause_us(BIRTH_PAUSE_US);
	}
}

static struct process *living_member(const struct family *family, pid_t pid)
{
	int i;

	for (i = 0; i < CHANNELS_MOST; i++)
		if (family->member[i] && family->member[i]->pid == pid && !family->member[i]->dead)
			return family->member[i];
	return NULL;
}

static void await_end(const struct process *process)
{
	struct pollfd end = {.fd = process->pidfd, .events = POLLIN};

	while (poll(&end, 1, -1) < 0 && errno == EINTR)
		;
}

/* Whoever has forked it can ask for its status, and when that is dead, the explorer. */
static bool try_to_reap(struct process *process)
{
	struct process *parent;

	reap_orphans(process->family);
	parent = process->reaped ? NULL : living_member(process->family, process->parent);
	if (parent && process_reap(parent, process->pid, &process->status))
		process->reaped = true;
	/* It may have died just now. */
	if (parent && !process->reaped)
		reap_orphans(process->family);
	return process->reaped;
}

static void reap_forked(struct process *process)
{
	int looks;

	await_end(process);
	for (looks = 0; looks < BIRTH_LOOKS; looks++) {
		/* Of one whose parent is stopped, /proc tells. */
		if (try_to_reap(process) || task_exit_status(process->pid, &process->status))
			return;
		pause_us(BIRTH_PAUSE_US);
	}
	failure_note(&process->given_up, "waitpid");
}

void family_reap(struct process *process)
{
	if (process->parent) {
		reap_forked(process);
		return;
	}
	while (!process->reaped && waitpid(process->pid, &process->status, 0) < 0)
		if (errno != EINTR) {
			failure_note(&process->given_up, "waitpid");
			break;
		}
	process->reaped = true;
}

/* First fit. */
unsigned char *family_room(struct family *family, const struct request *request, size_t len)
{
	size_t start = 0, i;

	if (grow(&family->spans, &family->span_cap, family->span_count, sizeof(*family->spans)) < 0)
		return NULL;
	for (i = 0; i < family->span_count; i++) {
		if (family->spans[i].start - start >= len)
			break;
		start = family->spans[i].start + family->spans[i].len;
	}
	if (len > CHANNEL_LARGE - start)
		return NULL;
	memmove(&family->spans[i + 1], &family->spans[i],
		(family->span_count - i) * sizeof(family->spans[0]));
	family->spans[i] = (struct span){.start = start, .len = len, .request = request};
	family->span_count++;
	return family->channels.large + start;
}

void family_empty(struct family *family, const struct request *request)
{
	const size_t page = 4096;
	struct span span;
	size_t i;

	for (i = 0; i < family->span_count; i++)
		if (family->spans[i].request == request)
			break;
	if (i == family->span_count)
		return;
	span = family->spans[i];
	/* Give the pages back: a session should not stay as large as its largest call. */
	madvise(family->channels.large + span.start, span.len & ~(page - 1), MADV_REMOVE);
	family->span_count--;
	memmove(&family->spans[i], &family->spans[i + 1],
		(family->span_count - i) * sizeof(family->spans[0]));
}
