/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <limits.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "calls/kinds.h"
#include "calls/literal.h"

#define TYPE_FLAGS (SOCK_NONBLOCK | SOCK_CLOEXEC)

const struct ready_made ready_made[] = {
	{"tcp", AF_INET, SOCK_STREAM, IPPROTO_TCP},
	{"tcp6", AF_INET6, SOCK_STREAM, IPPROTO_TCP},
	{"udp", AF_INET, SOCK_DGRAM, IPPROTO_UDP},
	{"udp6", AF_INET6, SOCK_DGRAM, IPPROTO_UDP},
	{"unix", AF_UNIX, SOCK_STREAM, 0},
	{"unix-dgram", AF_UNIX, SOCK_DGRAM, 0},
	{"unix-seqpacket", AF_UNIX, SOCK_SEQPACKET, 0},
	{"raw", AF_INET, SOCK_RAW, IPPROTO_ICMP},
	{"raw6", AF_INET6, SOCK_RAW, IPPROTO_ICMPV6},
	{"icmp", AF_INET, SOCK_DGRAM, IPPROTO_ICMP},
	{NULL, 0, 0, 0},
};

static const struct arg *arg_of(const struct reading *reading)
{
	return &reading->record->args[reading->index];
}

bool kind_looks_number(const struct reading *reading, const struct word *word)
{
	struct error ignored;
	long number;

	(void)reading;
	return literal_number(word->text, word->len, LONG_MIN, LONG_MAX, &number, &ignored) == 0;
}

static bool looks_constant(const struct reading *reading, const struct word *word)
{
	const struct arg *arg = arg_of(reading);
	struct error ignored;
	long value;

	return literal_constant(word->text, word->len, arg->names, arg->also, &value, &ignored) ==
	       0;
}

/* An optional constant that is left out is 0. */
static int read_constant(const struct reading *reading, const struct word *word, struct value *out,
			 struct error *err)
{
	const struct arg *arg = arg_of(reading);

	if (!word)
		return 0;
	return literal_constant(word->text, word->len, arg->names, arg->also, &out->number, err);
}

static void print_constant(struct buf *out, const struct record *record, const struct value *values,
			   int index, const struct frame *frame)
{
	(void)frame;
	names_print(out, record->args[index].names, values[index].number);
}

const struct kind kind_constant = {
	.what = "a constant",
	.looks = looks_constant,
	.read = read_constant,
	.print = print_constant,
	.completes = "names",
};

const struct kind kind_flags = {
	.what = "flags joined by |",
	.looks = looks_constant,
	.read = read_constant,
	.print = print_constant,
	.completes = "names",
	.left_out = "0",
};

/* What stands behind it may be a number. */
static bool looks_named(const struct reading *reading, const struct word *word)
{
	return word->len && isalpha((unsigned char)word->text[0]) && looks_constant(reading, word);
}

const struct kind kind_flags_named = {
	.what = "flags joined by |, by name",
	.looks = looks_named,
	.read = read_constant,
	.print = print_constant,
	.completes = "names",
	.left_out = "0",
};

/* The size of a domain's value tells which ready-made socket it was, from 1. */
static int read_domain(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	size_t i;

	if (!word)
		return 0;
	for (i = 0; ready_made[i].name; i++) {
		if (!word_is(word, ready_made[i].name))
			continue;
		/* "unix" alone is the family as well: `socket unix dgram`. */
		out->number = ready_made[i].domain;
		out->size = i + 1;
		return 0;
	}
	return read_constant(reading, word, out, err);
}

const struct kind kind_domain = {
	.what = "an address family, or a ready-made socket such as tcp",
	.read = read_domain,
	.print = print_constant,
	.completes = "domain",
};

static const struct ready_made *ready_of(const struct reading *reading)
{
	int domain = record_arg_of(reading->record, &kind_domain);
	size_t which = domain < 0 ? 0 : reading->values[domain].size;

	return which ? &ready_made[which - 1] : NULL;
}

static int read_type(const struct reading *reading, const struct word *word, struct value *out,
		     struct error *err)
{
	const struct ready_made *ready = ready_of(reading);

	if (!word && !ready)
		return error_set(err, "the type is missing: SOCK_STREAM, SOCK_DGRAM …");
	if (!word) {
		out->number = ready->type;
		return 0;
	}
	if (read_constant(reading, word, out, err) < 0)
		return -1;
	/* `socket tcp nonblock` */
	if (ready && (out->number & ~(long)TYPE_FLAGS) == 0)
		out->number |= ready->type;
	return 0;
}

static void print_type(struct buf *out, const struct record *record, const struct value *values,
		       int index, const struct frame *frame)
{
	long value = values[index].number;

	(void)frame;
	names_print(out, record->args[index].names, value & ~(long)TYPE_FLAGS);
	if (value & TYPE_FLAGS) {
		buf_char(out, '|');
		names_print(out, record->args[index].also, value & TYPE_FLAGS);
	}
}

const struct kind kind_type = {
	.what = "a socket type",
	.read = read_type,
	.print = print_type,
	.completes = "names",
	.left_out = "that of the ready-made socket",
};

static int read_protocol(const struct reading *reading, const struct word *word, struct value *out,
			 struct error *err)
{
	const struct ready_made *ready = ready_of(reading);

	if (!word) {
		out->number = ready ? ready->protocol : 0;
		return 0;
	}
	return read_constant(reading, word, out, err);
}

static void print_protocol(struct buf *out, const struct record *record, const struct value *values,
			   int index, const struct frame *frame)
{
	int domain = record_arg_of(record, &kind_domain);
	long family = domain < 0 ? AF_INET : values[domain].number;

	(void)frame;
	/* 0 is "the usual one of this type", not IPPROTO_IP; IPPROTO_ are numbers of IP alone. */
	if (values[index].number == 0 || (family != AF_INET && family != AF_INET6))
		buf_printf(out, "%ld", values[index].number);
	else
		names_print(out, record->args[index].names, values[index].number);
}

const struct kind kind_protocol = {
	.what = "a protocol",
	.looks = looks_constant,
	.read = read_protocol,
	.print = print_protocol,
	.completes = "names",
	.left_out = "the usual one of the family and type",
};

static int read_number(const struct reading *reading, const struct word *word, struct value *out,
		       struct error *err)
{
	(void)reading;
	if (!word)
		return 0;
	return literal_number(word->text, word->len, INT_MIN, INT_MAX, &out->number, err);
}

int kind_read_nothing(const struct reading *reading, const struct word *word, struct value *out,
		      struct error *err)
{
	(void)reading;
	(void)word;
	(void)out;
	(void)err;
	return 0;
}

void kind_print_number(struct buf *out, const struct record *record, const struct value *values,
		       int index, const struct frame *frame)
{
	(void)record;
	(void)frame;
	buf_printf(out, "%ld", values[index].number);
}

const struct kind kind_number = {
	.what = "a number",
	.looks = kind_looks_number,
	.read = read_number,
	.print = kind_print_number,
};

static bool looks_backlog(const struct reading *reading, const struct word *word)
{
	return kind_looks_number(reading, word) || looks_constant(reading, word);
}

/* A C program has a number there; listen() may be given one by name. */
static int read_backlog(const struct reading *reading, const struct word *word, struct value *out,
			struct error *err)
{
	if (word && names_find(reading->record->args[reading->index].names, word->text, word->len,
			       &out->number))
		return 0;
	return read_number(reading, word, out, err);
}

const struct kind kind_backlog = {
	.what = "a number",
	.looks = looks_backlog,
	.read = read_backlog,
	.print = kind_print_number,
};

static int read_fd(const struct reading *reading, const struct word *word, struct value *out,
		   struct error *err)
{
	int fd;

	if (!word)
		return error_set(err, "a file descriptor is missing");
	fd = reading->resolver->descriptor(reading->resolver->data, word->text, word->len, err);
	out->number = fd;
	return err->text[0] ? -1 : 0;
}

const struct kind kind_fd = {
	.what = "a file descriptor",
	.read = read_fd,
	.print = kind_print_number,
	.completes = "descriptor",
};

static int read_fd_or_all(const struct reading *reading, const struct word *word, struct value *out,
			  struct error *err)
{
	out->number = -1;
	if (!word)
		return 0;
	if (read_fd(reading, word, out, err) < 0)
		return -1;
	return out->number < 0 ? error_set(err, "%ld is no descriptor", out->number) : 0;
}

const struct kind kind_fd_or_all = {
	.what = "a file descriptor",
	.read = read_fd_or_all,
	.print = kind_print_number,
	.completes = "descriptor",
	.left_out = "all",
};

const struct kind kind_packet = {
	.what = "the number of a packet",
	.looks = kind_looks_number,
	.read = read_number,
	.print = kind_print_number,
	.completes = "packet",
};

const struct kind kind_fd_new = {
	.what = "the number of the new descriptor",
	.read = read_fd,
	.print = kind_print_number,
};

static int read_timeout(const struct reading *reading, const struct word *word, struct value *out,
			struct error *err)
{
	long us;

	(void)reading;
	if (word->len && word->text[0] == '-')
		return literal_number(word->text, word->len, INT_MIN, INT_MAX, &out->number, err);
	if (literal_time(word->text, word->len, 1000, &us, err) < 0)
		return -1;
	out->number = us / 1000;
	return 0;
}

static bool looks_time(const struct reading *reading, const struct word *word)
{
	(void)reading;
	return word->len && (isdigit((unsigned char)word->text[0]) || word->text[0] == '-');
}

const struct kind kind_timeout = {
	.what = "milliseconds",
	.looks = looks_time,
	.read = read_timeout,
	.print = kind_print_number,
};
