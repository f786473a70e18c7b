/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/keys.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/file.h"
#include "base/grow.h"
#include "base/now.h"

/* What a page takes to read, where nobody has said. */
#define READ_US_LEAST    2000000L
#define READ_US_MOST     40000000L
#define READ_US_PER_BYTE 45000L

#define ESCAPE 0x1b

static void take(struct stage *stage, size_t count)
{
	stage->ahead_count -= count;
	memmove(stage->ahead, stage->ahead + count, stage->ahead_count);
}

void keys_hurry(struct stage *stage)
{
	ssize_t got;

	if (stage->ahead_count)
		return;
	got = read(STDIN_FILENO, stage->ahead, sizeof(stage->ahead));
	stage->ahead_count = got > 0 ? (size_t)got : 0;
	if (stage->ahead_count && strchr("\n\r ", stage->ahead[0]))
		take(stage, 1);
}

/* What the sequences of cursor keys end with: ESC [ C, ESC O C, ESC [ 6 ~. */
static const struct {
	const char *text;
	enum stage_key key;
} sequences[] = {
	{"[C", KEY_NEXT}, {"[B", KEY_NEXT}, {"[6~", KEY_NEXT}, {"OC", KEY_NEXT}, {"OB", KEY_NEXT},
	{"[D", KEY_BACK}, {"[A", KEY_BACK}, {"[5~", KEY_BACK}, {"OD", KEY_BACK}, {"OA", KEY_BACK},
};

/* Of a sequence that is not known, all is taken that can belong to it. */
static enum stage_key take_sequence(struct stage *stage)
{
	const char *text = (const char *)stage->ahead + 1;
	size_t i, len = stage->ahead_count - 1;

	for (i = 0; i < COUNT_OF(sequences); i++) {
		size_t size = strlen(sequences[i].text);

		if (len >= size && memcmp(text, sequences[i].text, size) == 0) {
			take(stage, size + 1);
			return sequences[i].key;
		}
	}
	for (i = 0; i < len && (i == 0 || text[i] < 0x40); i++)
		;
	take(stage, i < len ? i + 2 : len + 1);
	return KEY_OTHER;
}

static enum stage_key take_key(struct stage *stage)
{
	static const struct {
		char c;
		enum stage_key key;
	} keys[] = {{'\n', KEY_NEXT}, {'\r', KEY_NEXT},  {' ', KEY_NEXT},  {'n', KEY_NEXT},
		    {'b', KEY_BACK},  {0x7f, KEY_BACK},  {'\b', KEY_BACK}, {'p', KEY_BACK},
		    {'r', KEY_AGAIN}, {'!', KEY_PROMPT}, {'?', KEY_HELP},  {'h', KEY_HELP},
		    {'q', KEY_LEAVE}, {0x04, KEY_LEAVE}};
	unsigned char c = stage->ahead[0];
	size_t i;

	if (c == ESCAPE && stage->ahead_count > 1)
		return take_sequence(stage);
	take(stage, 1);
	if (c >= '0' && c <= '9') {
		stage->digit = c - '0';
		return KEY_DIGIT;
	}
	for (i = 0; i < COUNT_OF(keys); i++)
		if (keys[i].c == (char)c)
			return keys[i].key;
	return KEY_OTHER;
}

static enum stage_key lost(struct stage *stage, const char *call)
{
	failure_note(&stage->failure, call);
	return KEY_INTERRUPT;
}

/* Stops as the signal's default action has it; the terminal is as it was meanwhile. */
static enum stage_key suspend(struct stage *stage)
{
	struct buf *copy = stage->out->copy;
	sigset_t stop;
	bool back;

	stage_lend(stage);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	if (sigprocmask(SIG_UNBLOCK, &stop, NULL) < 0 || raise(SIGTSTP) < 0 ||
	    sigprocmask(SIG_BLOCK, &stop, NULL) < 0)
		failure_note(&stage->failure, "sigprocmask or raise");
	back = stage_take_back(stage) == 0;
	stage->out->copy = copy;
	return back ? KEY_REDRAW : KEY_INTERRUPT;
}

static enum stage_key read_signal(struct stage *stage)
{
	struct signalfd_siginfo info;

	ssize_t got = read(stage->signal_fd, &info, sizeof(info));

	if (got < 0 && errno != EAGAIN && errno != EINTR)
		return lost(stage, "read of signalfd");
	if (got != (ssize_t)sizeof(info))
		return KEY_HAPPENED;
	switch (info.ssi_signo) {
	case SIGTSTP:
		return suspend(stage);
	case SIGWINCH:
		return KEY_REDRAW;
	default:
		return KEY_INTERRUPT;
	}
}

/* A terminal that has gone says EIO, and so does one that belongs to others. */
static bool has_hung_up(int error)
{
	struct pollfd list = {.fd = STDIN_FILENO, .events = POLLIN};
	bool gone = error == EIO && poll(&list, 1, 0) > 0 && (list.revents & POLLHUP);

	errno = error;
	return gone;
}

static enum stage_key read_keys(struct stage *stage)
{
	ssize_t got = read(STDIN_FILENO, stage->ahead, sizeof(stage->ahead));

	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return KEY_HAPPENED;
	if (got < 0 && !has_hung_up(errno))
		return lost(stage, "read");
	if (got <= 0)
		return KEY_INTERRUPT;
	stage->ahead_count = (size_t)got;
	return take_key(stage);
}

static long patience_us(const struct session *session, long until)
{
	long left = until ? until - now_us() : LONG_MAX;
	long next = session ? session_next_us(session) : -1;

	if (session && session_pending(session))
		return 0;
	if (next >= 0 && next < left)
		left = next;
	return left < 0 ? 0 : left;
}

long keys_deadline(const struct stage *stage, size_t bytes)
{
	long pause = stage->pause_us;

	if (!stage->automatic)
		return 0;
	if (!pause) {
		pause = READ_US_LEAST + (long)bytes * READ_US_PER_BYTE;
		pause = pause > READ_US_MOST ? READ_US_MOST : pause;
	}
	return now_us() + pause;
}

enum stage_key keys_wait(struct stage *stage, struct session *session, long until)
{
	struct pollfd list[SESSION_POLL_FDS + 2] = {{.fd = STDIN_FILENO, .events = POLLIN},
						    {.fd = stage->signal_fd, .events = POLLIN}};
	long left;
	size_t i, count;
	int fds[SESSION_POLL_FDS], ready;

	if (stage->ahead_count)
		return take_key(stage);
	count = session ? session_poll_fds(session, fds, SESSION_POLL_FDS) : 0;
	for (i = 0; i < count; i++)
		list[i + 2] = (struct pollfd){.fd = fds[i], .events = POLLIN};
	left = patience_us(session, until);
	ready = poll(list, count + 2,
		     left == LONG_MAX ? -1 : (int)(left / 1000 + (left % 1000 != 0)));
	if (ready < 0)
		return errno == EINTR ? KEY_HAPPENED : lost(stage, "poll");
	if (list[1].revents)
		return read_signal(stage);
	if (list[0].revents)
		return read_keys(stage);
	if (ready == 0 && until && now_us() >= until)
		return KEY_NEXT;
	return KEY_HAPPENED;
}
