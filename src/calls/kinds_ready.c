/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/time.h>

#include "calls/kinds.h"
#include "calls/literal.h"
#include "calls/ready.h"

/* What the calls take that wait for several descriptors at once; poll's list is in kinds_other.c.
 */

#define EVENTS_USUAL 10
#define EVENTS_MOST  65536

/* The number of select()'s first argument while the sets behind it are read, from which it follows:
 * this, and what it would be so far. */
#define NFDS_FOLLOWS (-(1L << 40))

static bool word_is(const struct word *word, const char *text)
{
	return word->len == strlen(text) && memcmp(word->text, text, word->len) == 0;
}

static bool is_null(const struct word *word)
{
	return word_is(word, "NULL");
}

/* A part of a word, and where it begins there. */
struct piece {
	const char *text;
	size_t len, at;
};

static void trim(struct piece *piece)
{
	while (piece->len && piece->text[0] == ' ') {
		piece->text++;
		piece->at++;
		piece->len--;
	}
	while (piece->len && piece->text[piece->len - 1] == ' ')
		piece->len--;
}

/* The next of what has commas between, without blanks; false at the end. REST moves behind it. */
static bool next_piece(struct piece *rest, struct piece *out)
{
	const char *comma;

	if (!rest->text)
		return false;
	comma = memchr(rest->text, ',', rest->len);
	*out = *rest;
	if (comma) {
		out->len = (size_t)(comma - rest->text);
		rest->at += out->len + 1;
		rest->len -= out->len + 1;
		rest->text = comma + 1;
	} else {
		rest->text = NULL;
	}
	trim(out);
	return true;
}

/* The place of an error within PIECE becomes that within its word. */
static int place(const struct piece *piece, struct error *err)
{
	if (!err->column) {
		err->column = 1;
		err->length = piece->len ? (int)piece->len : 1;
	}
	err->column += (int)piece->at;
	return -1;
}

/* The inside of brackets; false where the word has none. */
static bool inside(const struct word *word, char open, char close, struct piece *out)
{
	*out = (struct piece){word->text, word->len, 0};
	if (word->len < 2 || word->text[0] != open || word->text[word->len - 1] != close)
		return false;
	*out = (struct piece){word->text + 1, word->len - 2, 1};
	trim(out);
	if (!out->len)
		out->text = NULL;
	return true;
}

static int keep(struct value *out, const void *bytes, size_t size, struct error *err)
{
	out->data = malloc(size);
	if (!out->data)
		return error_set(err, "out of memory");
	memcpy(out->data, bytes, size);
	out->size = size;
	return 0;
}

static void print_number(struct buf *out, const struct record *record, const struct value *values,
			 int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	buf_printf(out, "%ld", values[index].number);
}

/* select: how many numbers of the sets are looked at. */
static int read_nfds(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	(void)reading;
	out->number = NFDS_FOLLOWS;
	if (!word)
		return 0;
	if (literal_number(word->text, word->len, INT_MIN, INT_MAX, &out->number, err) < 0)
		return -1;
	if (out->number > FD_SETSIZE)
		return error_set(err,
				 "a set has FD_SETSIZE (%d) bits; with a larger nfds the kernel "
				 "would read and write behind its end, in memory of something else",
				 FD_SETSIZE);
	return 0;
}

const struct kind kind_nfds = {
	.what = "the highest descriptor of the sets, and 1",
	.read = read_nfds,
	.print = print_number,
};

static int add_to_set(const struct reading *reading, const struct piece *piece, fd_set *set,
		      struct error *err)
{
	const struct resolver *resolver = reading->resolver;
	long *nfds = &reading->values[0].number;
	int fd;

	if (!piece->len) {
		error_set(err, "a descriptor is missing here");
		return place(piece, err);
	}
	fd = resolver->descriptor(resolver->data, piece->text, piece->len, err);
	if (err->text[0])
		return place(piece, err);
	if (fd < 0 || fd >= FD_SETSIZE) {
		error_set(
			err,
			"a set has FD_SETSIZE (%d) bits, for descriptors 0 to %d; FD_SET() of C "
			"does not check that, and would write beside the set. poll and epoll have "
			"no such limit",
			FD_SETSIZE, FD_SETSIZE - 1);
		return place(piece, err);
	}
	FD_SET(fd, set);
	if (*nfds <= NFDS_FOLLOWS + fd && *nfds >= NFDS_FOLLOWS)
		*nfds = NFDS_FOLLOWS + fd + 1;
	return 0;
}

/* {set=[3, 4], ready=[3]}, as it is printed, means [3, 4]. */
static struct word asked_part(const struct word *word)
{
	static const char head[] = "{set=";
	struct word part = *word;
	const char *end;

	if (word->len < sizeof(head) || memcmp(word->text, head, sizeof(head) - 1) != 0)
		return part;
	end = memchr(word->text, ']', word->len);
	if (!end)
		return part;
	part.text += sizeof(head) - 1;
	part.len = (size_t)(end + 1 - part.text);
	return part;
}

static int read_set(const struct reading *reading, const struct word *word, fd_set *set,
		    struct error *err)
{
	struct word asked = asked_part(word);
	struct piece rest, piece;

	inside(&asked, '[', ']', &rest);
	rest.at += (size_t)(asked.text - word->text);
	while (next_piece(&rest, &piece))
		if (add_to_set(reading, &piece, set, err) < 0)
			return -1;
	return 0;
}

/* The last set is always read, be it left out: then nfds is known. */
static void settle_nfds(const struct reading *reading)
{
	long *nfds = &reading->values[0].number;

	if (reading->record->args[reading->index + 1].kind != &kind_fd_set &&
	    *nfds <= NFDS_FOLLOWS + FD_SETSIZE)
		*nfds -= NFDS_FOLLOWS;
}

static int read_fd_set(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	struct ready_sets sets;
	int result = 0;

	FD_ZERO(&sets.now);
	if (word && !is_null(word)) {
		result = read_set(reading, word, &sets.now, err);
		sets.asked = sets.now;
		if (result == 0)
			result = keep(out, &sets, sizeof(sets), err);
	}
	settle_nfds(reading);
	return result;
}

/* Numbers and names with commas between; 200ms is a time. */
static bool looks_fd_set(const struct reading *reading, const struct word *word)
{
	struct piece rest = {word->text, word->len, 0}, piece;
	size_t i;

	(void)reading;
	if (word->len && (word->text[0] == '[' || word->text[0] == '{'))
		return word->text[0] == '[' ||
		       memcmp(word->text, "{set=", word->len < 5 ? word->len : 5) == 0;
	while (next_piece(&rest, &piece)) {
		if (!piece.len || !isdigit((unsigned char)piece.text[0]))
			continue;
		for (i = 1; i < piece.len; i++)
			if (!isdigit((unsigned char)piece.text[i]))
				return false;
	}
	return word->len > 0;
}

static void print_set(struct buf *out, const fd_set *set)
{
	const char *between = "";
	int fd;

	buf_char(out, '[');
	for (fd = 0; fd < FD_SETSIZE; fd++) {
		if (!FD_ISSET(fd, set))
			continue;
		buf_printf(out, "%s%d", between, fd);
		between = ", ";
	}
	buf_char(out, ']');
}

static void print_fd_set(struct buf *out, const struct record *record, const struct value *values,
			 int index, const struct frame *frame)
{
	struct ready_sets sets;

	(void)record;
	if (values[index].size != sizeof(sets)) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(&sets, values[index].data, sizeof(sets));
	if (!frame || frame->result < 0) {
		print_set(out, &sets.asked);
		return;
	}
	buf_str(out, "{set=");
	print_set(out, &sets.asked);
	buf_str(out, ", ready=");
	print_set(out, &sets.now);
	buf_char(out, '}');
}

const struct kind kind_fd_set = {
	.what = "descriptors such as 3,4, or NULL",
	.way = FRAME_BOTH,
	.looks = looks_fd_set,
	.read = read_fd_set,
	.print = print_fd_set,
	.completes = "descriptor",
	.left_out = "NULL",
};

/* The two numbers of {tv_sec=1, tv_nsec=500}, or {1, 500}. */
static int read_braces(struct piece *rest, long numbers[2], struct error *err)
{
	struct piece piece;
	int count = 0;

	while (next_piece(rest, &piece)) {
		const char *equals = memchr(piece.text, '=', piece.len);
		size_t skip = equals ? (size_t)(equals + 1 - piece.text) : 0;

		piece.text += skip;
		piece.at += skip;
		piece.len -= skip;
		if (count == 2) {
			error_set(err, "a time has seconds and a part of a second, no more");
			return place(&piece, err);
		}
		if (literal_number(piece.text, piece.len, LONG_MIN, LONG_MAX, &numbers[count++],
				   err) < 0)
			return place(&piece, err);
	}
	return 0;
}

/* Seconds, and PER_SECOND to a second. A bare number counts milliseconds, as poll's. */
static int read_time(const struct word *word, long per_second, long numbers[2], struct error *err)
{
	struct piece rest;
	long us;

	if (inside(word, '{', '}', &rest))
		return read_braces(&rest, numbers, err);
	if (literal_time(word->text, word->len, 1000, &us, err) < 0)
		return -1;
	numbers[0] = us / 1000000;
	numbers[1] = us % 1000000 * (per_second / 1000000);
	return 0;
}

static bool looks_time(const struct reading *reading, const struct word *word)
{
	(void)reading;
	return is_null(word) || (word->len && (isdigit((unsigned char)word->text[0]) ||
					       strchr("-{", word->text[0])));
}

static int read_timespec(const struct reading *reading, const struct word *word, struct value *out,
			 struct error *err)
{
	long numbers[2] = {0};
	struct timespec time;

	(void)reading;
	if (!word || is_null(word))
		return 0;
	if (read_time(word, 1000000000, numbers, err) < 0)
		return -1;
	time = (struct timespec){.tv_sec = numbers[0], .tv_nsec = numbers[1]};
	return keep(out, &time, sizeof(time), err);
}

static void print_timespec(struct buf *out, const struct record *record, const struct value *values,
			   int index, const struct frame *frame)
{
	struct timespec time;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(time)) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(&time, values[index].data, sizeof(time));
	buf_printf(out, "{tv_sec=%ld, tv_nsec=%ld}", (long)time.tv_sec, time.tv_nsec);
}

const struct kind kind_timespec = {
	.what = "a time such as 200ms, or NULL for ever",
	.way = FRAME_IN,
	.looks = looks_time,
	.read = read_timespec,
	.print = print_timespec,
	.left_out = "NULL, which is for ever",
};

static int read_timeval(const struct reading *reading, const struct word *word, struct value *out,
			struct error *err)
{
	long numbers[2] = {0};
	struct timeval time;

	(void)reading;
	if (!word || is_null(word))
		return 0;
	if (read_time(word, 1000000, numbers, err) < 0)
		return -1;
	time = (struct timeval){.tv_sec = numbers[0], .tv_usec = numbers[1]};
	return keep(out, &time, sizeof(time), err);
}

static void print_timeval(struct buf *out, const struct record *record, const struct value *values,
			  int index, const struct frame *frame)
{
	struct timeval time;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(time)) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(&time, values[index].data, sizeof(time));
	buf_printf(out, "{tv_sec=%ld, tv_usec=%ld}", (long)time.tv_sec, (long)time.tv_usec);
}

const struct kind kind_timeval = {
	.what = "a time such as 200ms, or NULL for ever",
	.way = FRAME_IN,
	.looks = looks_time,
	.read = read_timeval,
	.print = print_timeval,
	.left_out = "NULL, which is for ever",
};

static int read_sigset(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	struct piece rest, piece;
	sigset_t set;
	long number;

	(void)reading;
	if (!word || is_null(word))
		return 0;
	/* sigemptyset() leaves what the kernel has no signals for as it is. */
	memset(&set, 0, sizeof(set));
	inside(word, '[', ']', &rest);
	while (next_piece(&rest, &piece)) {
		if (literal_constant(piece.text, piece.len, &names_signal, NULL, &number, err) < 0)
			return place(&piece, err);
		if (number < 1 || number > INT_MAX || sigaddset(&set, (int)number) < 0) {
			error_set(err, "there is no such signal for programs");
			return place(&piece, err);
		}
	}
	return keep(out, &set, sizeof(set), err);
}

static void print_sigset(struct buf *out, const struct record *record, const struct value *values,
			 int index, const struct frame *frame)
{
	const char *between = "";
	sigset_t set;
	int number;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(set)) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(&set, values[index].data, sizeof(set));
	buf_char(out, '[');
	for (number = 1; number < NSIG; number++) {
		if (sigismember(&set, number) != 1)
			continue;
		buf_str(out, between);
		names_print(out, &names_signal, number);
		between = ", ";
	}
	buf_char(out, ']');
}

static bool looks_sigset(const struct reading *reading, const struct word *word)
{
	(void)reading;
	return word->len && (isalpha((unsigned char)word->text[0]) || word->text[0] == '[');
}

const struct kind kind_sigset = {
	.what = "signals such as [SIGUSR1, SIGIO], or NULL",
	.way = FRAME_IN,
	.looks = looks_sigset,
	.read = read_sigset,
	.print = print_sigset,
	.completes = "signals",
	.left_out = "NULL: as they are",
};

static int read_events(const struct piece *piece, struct epoll_event *out, struct error *err)
{
	long events;

	if (literal_constant(piece->text, piece->len, &names_epoll, NULL, &events, err) < 0)
		return place(piece, err);
	if (events < INT_MIN || events > (long)UINT32_MAX) {
		error_set(err, "events have 32 bits");
		return place(piece, err);
	}
	out->events = (uint32_t)events;
	return 0;
}

/* Of a struct epoll_event in braces: events=EPOLLIN, data.fd=3. */
static int read_member(const struct piece *member, struct epoll_event *out, struct error *err)
{
	const char *equals = memchr(member->text, '=', member->len);
	struct piece value = *member, key = *member;
	struct word name;
	long number;

	if (!equals) {
		error_set(err, "expected events=EPOLLIN, or data.fd=3");
		return place(member, err);
	}
	key.len = (size_t)(equals - member->text);
	value.text = equals + 1;
	value.at += key.len + 1;
	value.len -= key.len + 1;
	trim(&key);
	trim(&value);
	name = (struct word){.text = key.text, .len = key.len};
	if (name.len && name.text[0] == '.') {
		name.text++;
		name.len--;
	}
	if (word_is(&name, "events"))
		return read_events(&value, out, err);
	if (!word_is(&name, "data.fd") && !word_is(&name, "data.u32") &&
	    !word_is(&name, "data.u64")) {
		error_set(err, "struct epoll_event has events, and data.fd, data.u32 or data.u64");
		return place(member, err);
	}
	if (literal_number(value.text, value.len, word_is(&name, "data.fd") ? INT_MIN : 0,
			   word_is(&name, "data.u64")   ? LONG_MAX
			   : word_is(&name, "data.u32") ? (long)UINT32_MAX
							: INT_MAX,
			   &number, err) < 0)
		return place(&value, err);
	out->data.u64 = word_is(&name, "data.u64") ? (uint64_t)number : (uint32_t)number;
	return 0;
}

/* What to wait for, and what to give back with it: the descriptor, if nothing else is said. */
static int read_epoll_event(const struct reading *reading, const struct word *word,
			    struct value *out, struct error *err)
{
	long op = reading->values[reading->index - 2].number;
	long fd = reading->values[reading->index - 1].number;
	struct epoll_event event;
	struct piece rest, piece;

	if (word ? is_null(word) : op != EPOLL_CTL_ADD && op != EPOLL_CTL_MOD)
		return 0;
	memset(&event, 0, sizeof(event));
	event.data.u64 = (uint32_t)fd;
	if (!word) {
		event.events = EPOLLIN;
	} else if (inside(word, '{', '}', &rest)) {
		while (next_piece(&rest, &piece))
			if (read_member(&piece, &event, err) < 0)
				return -1;
	} else if (read_events(&rest, &event, err) < 0) {
		return -1;
	}
	return keep(out, &event, sizeof(event), err);
}

static void print_event(struct buf *out, const struct epoll_event *event)
{
	buf_str(out, "{events=");
	names_print(out, &names_epoll, (long)event->events);
	if (event->data.u64 <= INT_MAX)
		buf_printf(out, ", data.fd=%d}", event->data.fd);
	else
		buf_printf(out, ", data.u64=%llu}", (unsigned long long)event->data.u64);
}

static void print_epoll_event(struct buf *out, const struct record *record,
			      const struct value *values, int index, const struct frame *frame)
{
	struct epoll_event event;

	(void)record;
	(void)frame;
	if (values[index].size != sizeof(event)) {
		buf_str(out, "NULL");
		return;
	}
	memcpy(&event, values[index].data, sizeof(event));
	print_event(out, &event);
}

const struct kind kind_epoll_event = {
	.what = "events such as IN|ET, or {events=EPOLLIN, data.fd=3}",
	.way = FRAME_IN,
	.read = read_epoll_event,
	.print = print_epoll_event,
	.completes = "names",
	.left_out = "EPOLLIN",
};

/* Its room comes from maxevents behind it. In C anything may stand here. */
static int read_epoll_events(const struct reading *reading, const struct word *word,
			     struct value *out, struct error *err)
{
	(void)reading;
	(void)word;
	(void)out;
	(void)err;
	return 0;
}

static void print_epoll_events(struct buf *out, const struct record *record,
			       const struct value *values, int index, const struct frame *frame)
{
	struct epoll_event event;
	size_t at;

	(void)record;
	if (!frame || frame->result < 0) {
		buf_str(out, "events");
		return;
	}
	buf_char(out, '[');
	for (at = 0; at + sizeof(event) <= values[index].size; at += sizeof(event)) {
		memcpy(&event, (const char *)values[index].data + at, sizeof(event));
		buf_str(out, at ? ", " : "");
		print_event(out, &event);
	}
	buf_char(out, ']');
}

const struct kind kind_epoll_events_out = {
	.what = "where the kernel puts the events",
	.way = FRAME_OUT,
	.read = read_epoll_events,
	.print = print_epoll_events,
};

/* 0 and less are the kernel's to refuse. */
static int read_epoll_max(const struct reading *reading, const struct word *word, struct value *out,
			  struct error *err)
{
	out->number = EVENTS_USUAL;
	if (word &&
	    literal_number(word->text, word->len, INT_MIN, EVENTS_MOST, &out->number, err) < 0)
		return -1;
	reading->values[reading->index - 1].size =
		out->number > 0 ? (size_t)out->number * sizeof(struct epoll_event) : 0;
	return 0;
}

const struct kind kind_epoll_max = {
	.what = "how many events at most",
	.read = read_epoll_max,
	.print = print_number,
};
