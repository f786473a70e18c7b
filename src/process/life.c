/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "names/names.h"
#include "process/server.h"
#include "process/state.h"

static void describe_death(struct process *process)
{
	struct failure failure = channel_last_words(&process->channel);

	if (!failure.call)
		failure = process->given_up;
	if (failure.call)
		snprintf(process->death, sizeof(process->death), "was given up: %s: %s",
			 failure.call, strerror(failure.error));
	else if (WIFSIGNALED(process->status))
		snprintf(process->death, sizeof(process->death), "%swas killed by %s",
			 process->forgot ? "forgot its sockets, and " : "",
			 names_signal_name(WTERMSIG(process->status)));
	else
		snprintf(process->death, sizeof(process->death), "exited with status %d",
			 WEXITSTATUS(process->status));
}

void process_forget_end(struct process *process)
{
	if (process->pidfd >= 0)
		close(process->pidfd);
	process->pidfd = -1;
}

/* With a pidfd no other process can be meant; nor by its number, before it is reaped. */
static int send_signal(const struct process *process, int signal)
{
	if (process->pidfd >= 0 &&
	    syscall(SYS_pidfd_send_signal, process->pidfd, signal, NULL, 0) == 0)
		return 0;
	return kill(process->pid, signal);
}

/* The channel has closed, or the pidfd tells: the process is dying, if it is not dead. */
void process_end(struct process *process)
{
	if (process->dead)
		return;
	process->dead = true;
	/* That alone is the end of them, should they be out of reach for signals. */
	if (--process->family->living == 0)
		channels_hang_up(&process->family->channels);
	channel_wake(&process->channel);
	if (process->pid) {
		if (!process->reaped)
			send_signal(process, SIGKILL);
		family_reap(process);
	}
	describe_death(process);
	process_forget_end(process);
	family_of_one(process->family);
}

/* No signal is to find the explorer's handlers in the child: all are blocked when it begins. */
static pid_t fork_quietly(struct error *err)
{
	sigset_t all, before;
	pid_t pid;

	sigfillset(&all);
	if (sigprocmask(SIG_SETMASK, &all, &before) < 0)
		return error_errno(err, "sigprocmask");
	pid = fork();
	if (pid < 0)
		error_errno(err, "fork");
	if (pid != 0)
		sigprocmask(SIG_SETMASK, &before, NULL);
	return pid;
}

_Noreturn static void run_process(struct process *process, pid_t explorer, frame_perform *perform,
				  const struct process_entry *entry)
{
	const char *failed = entry ? entry->enter(entry->data) : NULL;

	if (failed)
		channel_give_up(&process->channel, failed);
	server_run(&process->family->channels, process->family->own_fd, explorer, perform);
}

static struct process *new_process(const char *name)
{
	struct process *process = calloc(1, sizeof(*process));

	if (!process || !(process->name = strdup(name))) {
		free(process);
		return NULL;
	}
	process->pidfd = -1;
	return process;
}

static void drop(struct process *process)
{
	if (process->family)
		family_leave(process);
	process_forget_end(process);
	free(process->name);
	free(process);
}

struct process *process_later(const char *name, frame_perform *perform, struct error *err)
{
	struct process *process = new_process(name);
	struct family *family;

	if (!process) {
		error_set(err, "out of memory");
		return NULL;
	}
	family = family_new(err);
	if (!family) {
		drop(process);
		return NULL;
	}
	family_join(family, process, 0);
	process->perform = perform;
	return process;
}

static int begin(struct process *process, const struct process_entry *entry, struct error *err)
{
	pid_t explorer = getpid(), pid = fork_quietly(err);

	if (pid < 0)
		return -1;
	if (pid == 0)
		run_process(process, explorer, process->perform, entry);
	process->pid = process->family->group = pid;
	channels_close_there(&process->family->channels);
	return 0;
}

struct process *process_start(const char *name, frame_perform *perform,
			      const struct process_entry *entry, struct error *err)
{
	struct process *process = process_later(name, perform, err);

	if (!process || begin(process, entry, err) == 0)
		return process;
	drop(process);
	return NULL;
}

bool process_has_begun(const struct process *process)
{
	return process->pid != 0;
}

void process_begin(struct process *process)
{
	struct error err;

	if (process->pid || process->dead || begin(process, NULL, &err) == 0)
		return;
	process->given_up = (struct failure){.call = "fork", .error = errno};
	process_end(process);
}

struct process *process_forked(struct process *parent, const struct frame *answer, const char *name,
			       struct failure *failure)
{
	struct process *process = new_process(name);
	pid_t pid = (pid_t)answer->result;

	if (!process)
		failure_note(failure, "memory for a process");
	else if ((process->pidfd = (int)syscall(SYS_pidfd_open, pid, 0)) < 0)
		failure_note(failure, "pidfd_open");
	if (!process || process->pidfd < 0) {
		kill(pid, SIGKILL);
		family_end(parent, pid, answer->heir);
		if (process)
			drop(process);
		return NULL;
	}
	process->pid = pid;
	process->parent = parent->pid;
	family_join(parent->family, process, answer->heir);
	return process;
}

void process_free(struct process *process)
{
	if (!process)
		return;
	process_end(process);
	drop(process);
}

const char *process_name(const struct process *process)
{
	return process->name;
}

pid_t process_pid(struct process *process)
{
	process_begin(process);
	return process->pid;
}

bool process_alive(const struct process *process)
{
	return !process->dead;
}

const char *process_death(const struct process *process)
{
	return process->death;
}

int process_kill(struct process *process, int signal)
{
	process_begin(process);
	if (process->dead || process->reaped) {
		errno = ESRCH;
		return -1;
	}
	return send_signal(process, signal);
}
