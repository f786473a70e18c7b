/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "process/signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

/* Ours alone: makes a waiting call see that a signal was handled. */
#define SIGNAL_POKE (SIGRTMAX - 1)

/* A handler is given nothing that could lead to it. */
static struct channel *the_channel;
static int the_fd;
static sigset_t noted_signals;

/* Signal N is bit N - 1: what signals_keep() was told. */
static _Atomic uint64_t kept_signals;

/*
 * In a program of one thread the signal would have interrupted the call that waits. Here another
 * thread has handled it: the call is made to see it, by a handler with SA_RESTART as well. So
 * recv() goes on, and poll() gives EINTR, as signal(7) has it.
 */
static void poke_waiting_call(const struct request *own)
{
	const struct request *oldest = NULL;
	pid_t tid, its_tid = 0;
	int slot;

	for (slot = 0; slot < CHANNEL_CALLS; slot++) {
		const struct request *request = &the_channel->slots[slot];

		if (request == own || atomic_load(&request->phase) != REQUEST_IN_CALL ||
		    !request->frame.may_wait)
			continue;
		/* Without one it has returned meanwhile: its place is the next one's. */
		tid = atomic_load(&request->tid);
		if (tid && (!oldest || (int32_t)(request->id - oldest->id) < 0)) {
			oldest = request;
			its_tid = tid;
		}
	}
	if (its_tid && syscall(SYS_tgkill, getpid(), its_tid, SIGNAL_POKE) < 0 && errno != ESRCH)
		channel_give_up(the_channel, "tgkill");
}

static bool is_kept(int number)
{
	return atomic_load(&kept_signals) >> (number - 1) & 1;
}

/*
 * This thread had not blocked it yet. It goes back, to one that has not either, or to stay where
 * a signalfd finds it. Only the first thread may send what the kernel has filled in, the descriptor
 * and all; from another, that is lost.
 */
static void give_back(int number, siginfo_t *info, ucontext_t *context)
{
	sigaddset(&context->uc_sigmask, number);
	if (syscall(SYS_rt_sigqueueinfo, getpid(), number, info) == 0)
		return;
	if (kill(getpid(), number) < 0)
		channel_give_up(the_channel, "kill");
}

static void note(int number, const siginfo_t *info)
{
	struct signal_note noted = {.number = number, .fd = -1};

	/* Sockets fill in what poll() would tell, once F_SETSIG was used (fcntl(2)). */
	if (info->si_code >= POLL_IN && info->si_code <= POLL_HUP && number != SIGPIPE) {
		noted.fd = info->si_fd;
		noted.band = info->si_band;
	} else if (info->si_code == SI_USER || info->si_code == SI_TKILL ||
		   info->si_code == SI_QUEUE) {
		noted.sender = info->si_pid;
	}
	channel_note(the_channel, the_fd, &noted);
}

static void on_noted(int number, siginfo_t *info, void *context)
{
	int saved = errno;

	if (is_kept(number)) {
		give_back(number, info, context);
	} else {
		note(number, info);
		poke_waiting_call(NULL);
	}
	errno = saved;
}

/* It comes to the thread that writes, whose call does not wait any more. */
static void on_pipe(int number, siginfo_t *info, void *context)
{
	int saved = errno;

	(void)context;
	note(number, info);
	errno = saved;
}

static void on_nothing(int number)
{
	(void)number;
}

static void set_noted_signals(void)
{
	int number;

	sigemptyset(&noted_signals);
	sigaddset(&noted_signals, SIGURG);
	sigaddset(&noted_signals, SIGIO);
	sigaddset(&noted_signals, SIGUSR1);
	sigaddset(&noted_signals, SIGUSR2);
	for (number = SIGRTMIN; number < SIGNAL_POKE; number++)
		sigaddset(&noted_signals, number);
}

static int catch_noted(int number, void (*handler)(int, siginfo_t *, void *))
{
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESTART};

	/* A handler looks at what the others write, too. */
	action.sa_mask = noted_signals;
	return sigaction(number, &action, NULL);
}

static int set_handler(int number, void (*handler)(int), int flags)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

	return sigaction(number, &action, NULL);
}

int signals_set_pipe(enum signals_pipe pipe)
{
	if (pipe == SIGNALS_PIPE_CATCH)
		return catch_noted(SIGPIPE, on_pipe);
	return set_handler(SIGPIPE, pipe == SIGNALS_PIPE_IGNORE ? SIG_IGN : SIG_DFL, 0);
}

/* What the C library, the kernel or valgrind (SIGRTMAX) keeps to itself is nobody's to change. */
static bool is_fixed(int number)
{
	return number == SIGKILL || number == SIGSTOP || (number > SIGSYS && number < SIGRTMIN) ||
	       number > SIGNAL_POKE;
}

static int set_all(void)
{
	int number, result = 0;

	for (number = 1; number < NSIG && result == 0; number++) {
		if (sigismember(&noted_signals, number))
			result = catch_noted(number, on_noted);
		else if (!is_fixed(number))
			result = set_handler(number, SIG_DFL, 0);
	}
	if (result == 0)
		result = signals_set_pipe(SIGNALS_PIPE_CATCH);
	/* Without SA_RESTART: an interrupted call returns EINTR, and the learner sees it. */
	if (result == 0)
		result = set_handler(SIGINT, on_nothing, 0);
	if (result == 0)
		result = set_handler(SIGNAL_POKE, on_nothing, SA_RESTART);
	return result;
}

void signals_start(struct channel *channel, int fd)
{
	sigset_t none;

	the_channel = channel;
	the_fd = fd;
	set_noted_signals();
	if (set_all() < 0)
		channel_give_up(channel, "sigaction");
	sigemptyset(&none);
	if (sigprocmask(SIG_SETMASK, &none, NULL) < 0)
		channel_give_up(channel, "sigprocmask");
}

void signals_mask(const sigset_t *asked, sigset_t *made)
{
	bool blocks = false;
	int number;

	*made = *asked;
	for (number = 1; number < NSIG; number++)
		blocks |=
			sigismember(&noted_signals, number) == 1 && sigismember(made, number) == 1;
	sigdelset(made, SIGINT);
	if (blocks)
		sigaddset(made, SIGNAL_POKE);
	else
		sigdelset(made, SIGNAL_POKE);
}

int signals_keep(const sigset_t *set)
{
	int number, result = 0;

	for (number = 1; number < NSIG && result == 0; number++) {
		if (sigismember(set, number) != 1 || is_fixed(number) || number == SIGNAL_POKE ||
		    number == SIGINT || number == SIGPIPE)
			continue;
		/* So that it does not do what it does by default in a thread that has not
		 * blocked it. */
		if (!sigismember(&noted_signals, number))
			result = catch_noted(number, on_noted);
		if (result == 0)
			atomic_fetch_or(&kept_signals, (uint64_t)1 << (number - 1));
	}
	signals_block_kept();
	channel_rouse(the_channel);
	return result;
}

void signals_block_kept(void)
{
	static _Thread_local uint64_t blocked;
	uint64_t kept = atomic_load(&kept_signals);
	sigset_t set;
	int number;

	if (kept == blocked)
		return;
	sigemptyset(&set);
	for (number = 1; number < NSIG; number++)
		if (is_kept(number))
			sigaddset(&set, number);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	blocked = kept;
}

/* Those that are noted when the call has returned. */
static void set_noted_now(sigset_t *set)
{
	int number;

	*set = noted_signals;
	for (number = 1; number < NSIG; number++)
		if (is_kept(number))
			sigdelset(set, number);
}

void signals_before_call(void)
{
	sigset_t set;

	set_noted_now(&set);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
}

void signals_after_call(const struct request *request)
{
	const struct timespec none = {0};
	siginfo_t info;
	sigset_t set;
	int number;

	set_noted_now(&set);
	while ((number = sigtimedwait(&set, &info, &none)) > 0) {
		note(number, &info);
		poke_waiting_call(request);
	}
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}
