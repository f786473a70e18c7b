/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * For --enable-coverage alone: what ran is written down when a program exits, and the processes of
 * a session never do: they leave by _exit() or are killed. So those write before they leave, and
 * whoever is to be killed by SIGKILL is first asked to, by a signal that nobody else uses. The
 * linker's --wrap brings this into play; weak, since a test may wrap the same.
 */

#define ASK       SIGRTMAX
#define WAITS     200
#define WAIT_NSEC 5000000

void __gcov_dump(void);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);
int __real_kill(pid_t pid, int signal);
int __wrap_kill(pid_t pid, int signal);

__attribute__((weak)) void __wrap__exit(int status)
{
	__gcov_dump();
	__real__exit(status);
}

/* Stopped, it waits for the SIGKILL that it is to die of. */
static void on_ask(int signal)
{
	(void)signal;
	__gcov_dump();
	raise(SIGSTOP);
}

static bool is_stopped(pid_t pid)
{
	siginfo_t info = {0};
	int flags = WEXITED | WSTOPPED | WNOHANG | WNOWAIT;

	return waitid(P_PID, (id_t)pid, &info, flags) < 0 || info.si_pid;
}

/* Returns at once where it is no child, or a dead one. */
static void ask(pid_t pid)
{
	const struct timespec pause = {.tv_nsec = WAIT_NSEC};
	int i;

	if (pid <= 0 || is_stopped(pid) || __real_kill(pid, ASK) < 0)
		return;
	for (i = 0; i < WAITS && !is_stopped(pid); i++)
		nanosleep(&pause, NULL);
}

__attribute__((weak)) int __wrap_kill(pid_t pid, int signal)
{
	if (signal == SIGKILL)
		ask(pid);
	return __real_kill(pid, signal);
}

__attribute__((constructor)) static void listen_to_ask(void)
{
	struct sigaction action = {.sa_handler = on_ask};

	sigfillset(&action.sa_mask);
	sigaction(ASK, &action, NULL);
}
