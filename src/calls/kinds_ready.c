/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "calls/kinds.h"
#include "calls/literal.h"
#include "calls/pieces.h"
#include "calls/ready.h"

/* What the calls take that wait for several descriptors at once; poll's list is in kinds_other.c.
 */

#define EVENTS_USUAL 10
#define EVENTS_MOST  65536

/* The number of select()'s first argument while the sets behind it are read, from which it follows:
 * this, and what it would be so far. */
#define NFDS_FOLLOWS (-(1L << 40))

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
	.print = kind_print_number,
};

static int add_to_set(const struct reading *reading, const struct piece *piece, fd_set *set,
		      struct error *err)
{
	const struct resolver *resolver = reading->resolver;
	long *nfds = &reading->values[0].number;
	int fd;

	if (!piece->len) {
		error_set(err, "a descriptor is missing here");
		return piece_place(piece, err);
	}
	fd = resolver->descriptor(resolver->data, piece->text, piece->len, err);
	if (err->text[0])
		return piece_place(piece, err);
	if (fd < 0 || fd >= FD_SETSIZE) {
		error_set(
			err,
			"a set has FD_SETSIZE (%d) bits, for descriptors 0 to %d; FD_SET() of C "
			"does not check that, and would write beside the set. poll and epoll have "
			"no such limit",
			FD_SETSIZE, FD_SETSIZE - 1);
		return piece_place(piece, err);
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

	piece_inside(&asked, '[', ']', &rest);
	rest.at += (size_t)(asked.text - word->text);
	while (piece_next(&rest, &piece))
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
	if (word && !word_is(word, "NULL")) {
		result = read_set(reading, word, &sets.now, err);
		sets.asked = sets.now;
		if (result == 0)
			result = piece_keep(out, &sets, sizeof(sets), err);
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
	while (piece_next(&rest, &piece)) {
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

static int read_events(const struct piece *piece, struct epoll_event *out, struct error *err)
{
	long events;

	if (literal_constant(piece->text, piece->len, &names_epoll, NULL, &events, err) < 0)
		return piece_place(piece, err);
	if (events < INT_MIN || events > (long)UINT32_MAX) {
		error_set(err, "events have 32 bits");
		return piece_place(piece, err);
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
		return piece_place(member, err);
	}
	key.len = (size_t)(equals - member->text);
	value.text = equals + 1;
	value.at += key.len + 1;
	value.len -= key.len + 1;
	piece_trim(&key);
	piece_trim(&value);
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
		return piece_place(member, err);
	}
	if (literal_number(value.text, value.len, word_is(&name, "data.fd") ? INT_MIN : 0,
			   word_is(&name, "data.u64")   ? LONG_MAX
			   : word_is(&name, "data.u32") ? (long)UINT32_MAX
							: INT_MAX,
			   &number, err) < 0)
		return piece_place(&value, err);
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

	if (word ? word_is(word, "NULL") : op != EPOLL_CTL_ADD && op != EPOLL_CTL_MOD)
		return 0;
	memset(&event, 0, sizeof(event));
	event.data.u64 = (uint32_t)fd;
	if (!word) {
		event.events = EPOLLIN;
	} else if (piece_inside(word, '{', '}', &rest)) {
		while (piece_next(&rest, &piece))
			if (read_member(&piece, &event, err) < 0)
				return -1;
	} else if (read_events(&rest, &event, err) < 0) {
		return -1;
	}
	return piece_keep(out, &event, sizeof(event), err);
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

/* Its room comes from maxevents behind it. */
const struct kind kind_epoll_events_out = {
	.what = "where the kernel puts the events",
	.way = FRAME_OUT,
	.read = kind_read_nothing,
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
	.print = kind_print_number,
};
