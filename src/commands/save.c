/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/grow.h"
#include "calls/kinds.h"
#include "commands/verbs.h"
#include "lab/tap.h"
#include "net/pcapng.h"

#define SUFFIX       ".pcapng"
#define COMMAND_MOST 400 /* of one that is longer, so many bytes stand in the comment */
#define FLUSH_AT     65536

/* Those of the hosts, then loopback of the explorer's network, then of each host. */
#define INTERFACES_MOST (2 * HOSTS_MOST + 1)

struct saving {
	const struct lab *lab;
	const struct wire_packet **list;
	size_t count;
	uint32_t ids[INTERFACES_MOST]; /* from 1, in the file; 0: not in it */
	int fd;
	struct buf text, comment;
	const char *path;
	struct buf temporary;
};

static int interface_of(const struct saving *saving, const struct wire_packet *packet)
{
	const struct host *host = packet->from ? packet->from : packet->to;

	if (packet->loopback)
		return saving->lab->count + (packet->where ? packet->where->number : 0);
	return host ? host->number - 1 : 0;
}

static void add_host(struct saving *saving, const struct host *host)
{
	struct buf text = {0};

	address_print_host(&text, &host->v4);
	buf_printf(&text, "/%u ", host->prefix4);
	address_print_host(&text, &host->v6);
	buf_printf(&text, "/%u", host->prefix6);
	pcapng_interface(&saving->text, host->name, buf_text(&text), 0);
	saving->text.failed |= text.failed;
	buf_free(&text);
}

static void add_loopback(struct saving *saving, int index)
{
	const struct host *host = index ? saving->lab->hosts[index - 1] : NULL;
	char name[HOST_NAME + 4];

	snprintf(name, sizeof(name), "%s%slo", host ? host->name : "", host ? ":" : "");
	pcapng_interface(&saving->text, name, "loopback: checksums are not computed there",
			 TAP_BYTES);
}

/* Every host, and what loopback packets went over. */
static void add_interfaces(struct saving *saving)
{
	uint32_t last = 0;
	size_t i;
	int at;

	for (at = 0; at < saving->lab->count; at++) {
		add_host(saving, saving->lab->hosts[at]);
		saving->ids[at] = ++last;
	}
	for (i = 0; i < saving->count; i++) {
		at = interface_of(saving, saving->list[i]);
		if (saving->ids[at])
			continue;
		add_loopback(saving, at - saving->lab->count);
		saving->ids[at] = ++last;
	}
}

static void comment_fate(struct buf *out, const struct wire_packet *packet)
{
	static const char *const words[] = {
		[WIRE_HELD] = "held",
		[WIRE_DELAYED] = "delayed",
		[WIRE_DROPPED] = "dropped",
		[WIRE_NOBODY] = "lost: no host has the address",
		[WIRE_DOWN] = "lost: a link is down",
		[WIRE_FULL] = "dropped: too many packets were held",
	};

	if (packet->fate != WIRE_DELIVERED && (size_t)packet->fate < COUNT_OF(words))
		buf_printf(out, "%s%s", out->len ? "; " : "", words[packet->fate]);
	if (packet->fate == WIRE_DELIVERED && packet->deliveries > 1)
		buf_printf(out, "%sdelivered %u times", out->len ? "; " : "", packet->deliveries);
	else if (packet->fate != WIRE_DELIVERED && packet->deliveries)
		buf_printf(out, "%scopies delivered: %u", out->len ? "; " : "", packet->deliveries);
	if (packet->injected)
		buf_printf(out, "%smade up", out->len ? "; " : "");
	if (packet->corrupted)
		buf_printf(out, "%scorrupted on the wire", out->len ? "; " : "");
	if (packet->retransmits)
		buf_printf(out, "%ssent again while it was held: %u", out->len ? "; " : "",
			   packet->retransmits);
}

/* "step 5: connect c b:80; dropped" */
static const char *comment(struct buf *out, const struct wire_packet *packet)
{
	const struct wire_cause *cause = packet->cause;
	size_t len = cause ? cause->len : 0;

	buf_reset(out);
	if (cause)
		buf_printf(out, "step %lu: ", cause->step);
	/* As a script has it. */
	if (len && strcmp(cause->process, "main") != 0 && cause->command[0] != '@')
		buf_printf(out, "@%s ", cause->process);
	if (len)
		escape_text(out, cause->command, len < COMMAND_MOST ? len : COMMAND_MOST);
	else if (cause)
		buf_str(out, "time passed");
	if (len > COMMAND_MOST)
		buf_str(out, " ...");
	comment_fate(out, packet);
	return out->len ? buf_text(out) : NULL;
}

static void add_packet(struct saving *saving, const struct wire_packet *packet)
{
	const struct pcapng_packet block = {
		.interface = saving->ids[interface_of(saving, packet)] - 1,
		.time = packet->time,
		.bytes = packet->bytes,
		.len = packet->len,
		.whole = packet->whole,
		.direction = packet->loopback ? PCAPNG_UNKNOWN : PCAPNG_OUTBOUND,
		.comment = comment(&saving->comment, packet),
	};

	pcapng_packet(&saving->text, &block);
	saving->text.failed |= saving->comment.failed;
}

/* Returns 0, or -1 with errno set. */
static int flush(struct saving *saving)
{
	if (saving->text.failed) {
		errno = ENOMEM;
		return -1;
	}
	if (file_write(saving->fd, buf_text(&saving->text), saving->text.len) < 0)
		return -1;
	buf_reset(&saving->text);
	return 0;
}

static int write_all(struct saving *saving)
{
	size_t i;

	pcapng_section(&saving->text, "sockstep " VERSION);
	add_interfaces(saving);
	for (i = 0; i < saving->count; i++) {
		add_packet(saving, saving->list[i]);
		if (saving->text.len >= FLUSH_AT && flush(saving) < 0)
			return -1;
	}
	return flush(saving);
}

static int check_kind(int fd, const char *path, struct error *err)
{
	uint32_t first = 0;
	struct stat st;
	ssize_t got = 0;

	if (fstat(fd, &st) < 0)
		return error_set(err, "cannot fstat %s: %s", path, strerror(errno));
	if (S_ISREG(st.st_mode) && (got = file_read(fd, &first, sizeof(first))) < 0)
		return error_set(err, "cannot read %s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode) || (got && first != PCAPNG_SECTION))
		return error_set(err, "%s is there and is no pcapng file: it stays as it is", path);
	return 0;
}

/* What is there already is not lost by a slip: only a file of packets is overwritten. */
static int check_old(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
	int result;

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return error_set(err, "cannot open %s: %s", path, strerror(errno));
	result = check_kind(fd, path, err);
	close(fd);
	return result;
}

/* Whoever reads PATH sees the old file or the whole new one. */
static int write_file(struct saving *saving, struct error *err)
{
	const char *temporary = buf_text(&saving->temporary), *failed = NULL;

	saving->fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (saving->fd < 0)
		return error_set(err, "cannot open %s: %s", temporary, strerror(errno));
	if (write_all(saving) < 0)
		failed = saving->text.failed ? "out of memory" : "cannot write";
	/* Some file systems say only here that the disk is full. */
	if (close(saving->fd) < 0 && errno != EINTR && !failed)
		failed = "cannot close";
	if (!failed && rename(temporary, saving->path) < 0)
		failed = "cannot rename";
	if (!failed)
		return 0;
	error_set(err, "%s %s: %s", failed, saving->path, strerror(errno));
	if (unlink(temporary) < 0)
		error_set(err, "%s %s, and unlink %s: %s", failed, saving->path, temporary,
			  strerror(errno));
	return -1;
}

static int save(struct saving *saving, struct error *err)
{
	size_t len = strlen(saving->path), suffix = strlen(SUFFIX);

	if (len <= suffix || strcmp(saving->path + len - suffix, SUFFIX) != 0)
		return error_set(err, "expected a name that ends in " SUFFIX ", not %s",
				 saving->path);
	buf_printf(&saving->temporary, "%s.%ld", saving->path, (long)getpid());
	if (saving->temporary.failed)
		return error_set(err, "out of memory");
	return check_old(saving->path, err) < 0 ? -1 : write_file(saving, err);
}

static void tell(struct shell *shell, const struct saving *saving, unsigned long seen)
{
	struct buf text = {0};

	buf_printf(&text, "%zu packet%s in %s", saving->count, saving->count == 1 ? "" : "s",
		   saving->path);
	if (seen > saving->count)
		buf_printf(&text, "; %lu older ones are not remembered any more",
			   seen - saving->count);
	buf_char(&text, '\n');
	shell_print(shell, &text);
	buf_free(&text);
}

static int run_save(struct shell *shell, const struct value *values, struct error *err)
{
	const struct wire *wire = session_wire(shell->session);
	struct saving saving = {.path = values[0].data, .lab = session_lab(shell->session)};
	int result;

	if (!wire || !wire->last_number)
		return error_set(err, "no packet was seen yet: the wire of a lab carries them, and "
				      "`set packets on` shows those of loopback");
	saving.list = wire_list(wire, &saving.count);
	if (!saving.list)
		return error_set(err, "out of memory");
	result = save(&saving, err);
	if (result == 0)
		tell(shell, &saving, wire->last_number);
	free(saving.list);
	buf_free(&saving.text);
	buf_free(&saving.comment);
	buf_free(&saving.temporary);
	return result;
}

const struct verb verb_save = {
	.record = {.name = "save",
		   .prototype = "save FILE.pcapng",
		   .help = "write the packets that were seen to a file, for Wireshark",
		   .example = "save handshake.pcapng",
		   .args = {{.name = "FILE", .kind = &kind_file}}},
	.run = run_save,
};
