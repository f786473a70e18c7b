/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words.h"

#include <string.h>

#include "base/escape.h"
#include "calls/kinds.h"
#include "commands/like.h"
#include "commands/verbs.h"
#include "names/options.h"

typedef void make(struct lines *lines, const struct record *record, int index, const char *before,
		  struct buf *out);

const char *words_one(struct lines *lines, const char *const list[])
{
	unsigned count = 0;

	while (list[count])
		count++;
	return list[lines_pick(lines, count)];
}

void words_name(struct lines *lines, struct buf *out)
{
	buf_printf(out, "n%u", lines_pick(lines, 6));
}

/* Few, so that they meet: most are of loopback, some are nobody's. */
void words_address(struct lines *lines, struct buf *out)
{
	static const char *const hosts[] = {"127.0.0.1", "127.0.0.2", "[::1]", "*",
					    "0.0.0.0",   "[::]",      "",      "127.0.0.1",
					    "127.0.0.1", "127.0.0.1", "[::1]", NULL};
	static const char *const ports[] = {":0", ":80", ":7001", ":7002", ":7003", NULL};
	static const char *const others[] = {"unix:u0",
					     "unix:u1",
					     "unix:@n0",
					     "unix:@n1",
					     "unix:\"u\\033[31m\\n\"",
					     "unix:@",
					     "224.0.0.1:9",
					     "[ff02::1]:9",
					     "255.255.255.255:9",
					     "10.9.8.7:9",
					     "*",
					     "unix:none/x",
					     NULL};

	if (lines_pick(lines, 4) == 0) {
		buf_str(out, words_one(lines, others));
		return;
	}
	buf_str(out, words_one(lines, hosts));
	buf_str(out, words_one(lines, ports));
}

static void make_address(struct lines *lines, const struct record *record, int index,
			 const char *before, struct buf *out)
{
	(void)record;
	(void)index;
	(void)before;
	words_address(lines, out);
}

static void make_fd(struct lines *lines, const struct record *record, int index, const char *before,
		    struct buf *out)
{
	unsigned which = lines_pick(lines, 100);

	(void)record;
	(void)index;
	(void)before;
	if (which < 70)
		buf_printf(out, "%u", 3 + lines_pick(lines, 14));
	else if (which < 90)
		words_name(lines, out);
	else if (which < 96)
		buf_char(out, '.');
	else if (which < 98)
		buf_printf(out, "%u", lines_pick(lines, 70));
	else
		buf_str(out, words_one(lines, (const char *const[]){"-1", "4095", "999999", NULL}));
}

static void make_fd_new(struct lines *lines, const struct record *record, int index,
			const char *before, struct buf *out)
{
	(void)record;
	(void)index;
	(void)before;
	buf_printf(out, "%u", lines_pick(lines, 20) ? 3 + lines_pick(lines, 20) : 63);
}

static void add_constant(struct lines *lines, const struct names *names, struct buf *out)
{
	const char *name = names->list[lines_pick(lines, (unsigned)names->count)].name;
	size_t skip = lines_pick(lines, 4) ? 0 : names_prefix(names->prefix, name, strlen(name));

	buf_str(out, name + skip);
}

/*
 * Raw numbers, too; but never as a command of fcntl or ioctl, where one could be F_SETOWN, and
 * the process that is told by its argument anybody's.
 */
static void make_constant(struct lines *lines, const struct record *record, int index,
			  const char *before, struct buf *out)
{
	const struct arg *arg = &record->args[index];
	static const char *const signals[] = {"USR1", "SIGURG", "KILL", "TERM",
					      "INT",  "WINCH",  NULL};
	bool command = arg->names == &names_fcntl || arg->names == &names_ioctl;

	(void)before;
	/* A stopped main would answer nothing any more, and some that kill tell of a fault. */
	if (arg->names == &names_signal) {
		buf_str(out, words_one(lines, signals));
		return;
	}
	if (!command && lines_pick(lines, 15) == 0) {
		buf_printf(out, "%u", lines_pick(lines, 300));
		return;
	}
	add_constant(lines, arg->also && lines_pick(lines, 2) ? arg->also : arg->names, out);
}

static void make_flags(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	const struct names *names = record->args[index].names;

	(void)before;
	/* Waiting calls cost time: most are told not to. */
	if (names == &names_msg && lines_pick(lines, 2) == 0) {
		buf_str(out, "MSG_DONTWAIT");
	} else if (lines_pick(lines, 4) == 0) {
		buf_char(out, '0');
		return;
	} else {
		add_constant(lines, names, out);
	}
	if (lines_pick(lines, 3) == 0) {
		buf_char(out, '|');
		add_constant(lines, names, out);
	}
}

static void make_domain(struct lines *lines, const struct record *record, int index,
			const char *before, struct buf *out)
{
	unsigned count = 0;

	while (ready_made[count].name)
		count++;
	if (lines_pick(lines, 8) == 0)
		make_constant(lines, record, index, before, out);
	else
		buf_str(out, ready_made[lines_pick(lines, lines_pick(lines, 2) ? 2 : count)].name);
}

static void make_number(struct lines *lines, const struct record *record, int index,
			const char *before, struct buf *out)
{
	static const char *const numbers[] = {"0",    "1",  "2",   "3",          "5",  "16",
					      "0x1f", "-1", "128", "2147483647", "1K", NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, numbers));
}

static void make_size(struct lines *lines, const struct record *record, int index,
		      const char *before, struct buf *out)
{
	static const char *const sizes[] = {"0",   "1",    "2",   "5",      "100",
					    "512", "4096", "64K", "200000", NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, sizes));
}

static void make_timeout(struct lines *lines, const struct record *record, int index,
			 const char *before, struct buf *out)
{
	(void)index;
	(void)before;
	/* sleep knows no timeout of its own. */
	if (record->page && lines_pick(lines, 4) == 0)
		buf_str(out, "-1");
	else
		buf_printf(out, "%u%s", lines_pick(lines, 2), lines_pick(lines, 2) ? "ms" : "");
}

static void add_random_bytes(struct lines *lines, struct buf *out)
{
	unsigned char bytes[16];
	unsigned i, count = lines_pick(lines, sizeof(bytes) + 1);

	for (i = 0; i < count; i++)
		bytes[i] = (unsigned char)lines_pick(lines, 256);
	buf_char(out, '"');
	escape_string(out, bytes, count);
	buf_char(out, '"');
}

static void make_bytes(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	static const char *const ready[] = {
		"\"\"", "x",  "\"hello\\r\\n\"", "hex:1b5b33316d",         "\"\\033]0;x\\007\"",
		"'y'",  "@f", "100*\"ab\"",      "\"\\302\\233\" \"\\n\"", NULL};

	(void)record;
	(void)index;
	(void)before;
	switch (lines_pick(lines, 12)) {
	case 0:
		buf_printf(out, "%u*\"z\"", lines_pick(lines, 8) ? 3000 : 200000);
		break;
	case 1:
	case 2:
	case 3:
		add_random_bytes(lines, out);
		break;
	default:
		buf_str(out, words_one(lines, ready));
		break;
	}
}

/* Of several buffers: what goes in, and the sizes of those that are filled. */
static void make_buffers(struct lines *lines, const struct record *record, int index,
			 const char *before, struct buf *out)
{
	static const char *const lists[] = {"[\"a\", \"bc\"]",
					    "\"x\" hex:00ff",
					    "[]",
					    "[{iov_base=\"abc\", iov_len=2}, {iov_base=\"d\"}]",
					    "NULL",
					    "1100*\"y\"",
					    "@f",
					    "[{iov_base=\"\\033[1m\", iov_len=9}]",
					    NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, lists));
}

static void make_sizes(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	static const char *const lists[] = {"3,10", "[1, 1, 1]", "0",
					    "[]",   "64K 1",     "[{iov_base=a, iov_len=5}]",
					    "-1",   "65M",       NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, lists));
}

/* In a file; of sendfile alone they can be typed. */
static void make_place(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	static const char *const places[] = {"[0]", "[3]", "[-1]", "[4096]", "NULL", "[x]", NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, places));
}

static void make_message(struct lines *lines, const struct record *record, int index,
			 const char *before, struct buf *out)
{
	static const char *const beside[] = {"rights=",
					     "rights=3,",
					     "credentials={1,0,0}",
					     "ttl=5",
					     "tos=9",
					     "hoplimit=300",
					     "pktinfo={interface=lo}",
					     "flags=DONTWAIT",
					     "DONTWAIT",
					     "to=127.0.0.1:7001",
					     "to=unix:u0",
					     "rights=[]",
					     NULL};
	const char *word;
	unsigned i, count = lines_pick(lines, 4);

	if (lines_pick(lines, 8) == 0) {
		buf_str(out, "{msg_iov=[\"a\"], msg_control=[{cmsg_len=9, cmsg_level=1, "
			     "cmsg_type=1, cmsg_data=[3]}]}");
		return;
	}
	make_buffers(lines, record, index, before, out);
	for (i = 0; i < count; i++) {
		word = words_one(lines, beside);
		buf_printf(out, " %s", word);
		if (strchr("=,", word[strlen(word) - 1]))
			make_fd(lines, record, index, before, out);
	}
}

static void make_message_out(struct lines *lines, const struct record *record, int index,
			     const char *before, struct buf *out)
{
	static const char *const beside[] = {"control=0", "control=20", "control=1K", "name=2",
					     "name=0",    "DONTWAIT",   "PEEK",       NULL};

	make_sizes(lines, record, index, before, out);
	buf_printf(out, " %s", words_one(lines, beside));
}

static void make_bytes_len(struct lines *lines, const struct record *record, int index,
			   const char *before, struct buf *out)
{
	(void)record;
	(void)index;
	(void)before;
	buf_printf(out, "%u", lines_pick(lines, 4));
}

/* What the kernel fills in may be called anything in C. */
static void make_anything(struct lines *lines, const struct record *record, int index,
			  const char *before, struct buf *out)
{
	(void)record;
	(void)index;
	(void)before;
	buf_str(out, lines_pick(lines, 4) ? "addr" : "NULL");
}

static void make_length(struct lines *lines, const struct record *record, int index,
			const char *before, struct buf *out)
{
	static const char *const lengths[] = {"0",  "1",  "2",   "4",   "8",    "12",
					      "16", "28", "110", "128", "[16]", NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, lengths));
}

static void make_option(struct lines *lines, const struct record *record, int index,
			const char *before, struct buf *out)
{
	(void)record;
	(void)index;
	(void)before;
	if (lines_pick(lines, 20) == 0)
		buf_printf(out, "%u", lines_pick(lines, 100));
	else
		buf_str(out, options[lines_pick(lines, (unsigned)options_count)].name);
}

/* Of every type of value something: what does not fit the option is tried again. */
static void make_option_value(struct lines *lines, const struct record *record, int index,
			      const char *before, struct buf *out)
{
	static const char *const values[] = {"{1, 0}",
					     "{l_onoff=1, l_linger=0}",
					     "{l_onoff=1, l_linger=1}",
					     "{l_onoff=0, l_linger=0}",
					     "{tv_sec=0, tv_usec=1000}",
					     "\"lo\"",
					     "lo",
					     "cubic",
					     "reno",
					     "1ms",
					     "hex:0000",
					     "hex:01000000",
					     "hex:0100000000000000",
					     "127.0.0.1",
					     "::1",
					     "224.0.0.5",
					     NULL};

	if (lines_pick(lines, 2))
		buf_str(out, words_one(lines, values));
	else
		make_number(lines, record, index, before, out);
}

static void make_pollfds(struct lines *lines, const struct record *record, int index,
			 const char *before, struct buf *out)
{
	unsigned i, count = 1 + lines_pick(lines, 4);

	for (i = 0; i < count; i++) {
		if (i)
			buf_char(out, ',');
		make_fd(lines, record, index, before, out);
		if (lines_pick(lines, 3)) {
			buf_char(out, ':');
			add_constant(lines, &names_poll, out);
		}
	}
}

static void make_fd_set(struct lines *lines, const struct record *record, int index,
			const char *before, struct buf *out)
{
	unsigned i, count = lines_pick(lines, 4);

	if (!count) {
		buf_str(out, lines_pick(lines, 2) ? "NULL" : "[]");
		return;
	}
	for (i = 0; i < count; i++) {
		if (i)
			buf_char(out, ',');
		make_fd(lines, record, index, before, out);
	}
}

/* Short, so that what waits ends soon. */
static void make_duration(struct lines *lines, const struct record *record, int index,
			  const char *before, struct buf *out)
{
	static const char *const times[] = {"0",       "1ms",     "2ms",       "500us", "{0, 0}",
					    "{0, -1}", "{-1, 0}", "{0, 1000}", NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, times));
}

static void make_signals(struct lines *lines, const struct record *record, int index,
			 const char *before, struct buf *out)
{
	static const char *const sets[] = {"NULL",     "[]",   "[SIGUSR1]", "[SIGIO, SIGURG]",
					   "[SIGINT]", "[35]", NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, sets));
}

static void make_timer(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	static const char *const times[] = {"0",    "1ms",          "1ms,2ms",       "500us,1h",
					    "NULL", "{0, 0, 0, 1}", "{0, 0, 0, -1}", NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, times));
}

static void make_event(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	static const char *const events[] = {"NULL",
					     "IN|ET",
					     "IN|OUT|ONESHOT",
					     "IN|EXCLUSIVE",
					     "0",
					     "{events=EPOLLIN, data.fd=3}",
					     "{events=OUT, data.u64=0x100000000}",
					     NULL};

	(void)record;
	(void)index;
	(void)before;
	if (lines_pick(lines, 2))
		buf_str(out, words_one(lines, events));
	else
		add_constant(lines, &names_epoll, out);
}

static bool names_owner(const char *command)
{
	return strstr(command, "OWN") || strstr(command, "own") || strstr(command, "PGRP") ||
	       strstr(command, "pgrp");
}

/* Signals go to the session's own processes or to nobody. */
static void make_command_arg(struct lines *lines, const struct record *record, int index,
			     const char *before, struct buf *out)
{
	static const char *const numbers[] = {"0", "1", "3", "10", "12", "23", "29", "2048", NULL};
	static const char *const signals[] = {"0", "SIGIO", "SIGRTMIN", "SIGUSR1", "35", NULL};

	if (names_owner(before))
		buf_str(out, lines_pick(lines, 4) ? "self" : "0");
	else if (strstr(before, "SIG") && lines_pick(lines, 2))
		buf_str(out, words_one(lines, signals));
	else if (strstr(before, "FL") && lines_pick(lines, 2))
		add_constant(lines, &names_file_flag, out);
	else if (lines_pick(lines, 4))
		buf_str(out, words_one(lines, numbers));
	else
		make_number(lines, record, index, before, out);
}

static void make_rounds(struct lines *lines, const struct record *record, int index,
			const char *before, struct buf *out)
{
	(void)record;
	(void)index;
	(void)before;
	buf_printf(out, "%u", 1 + lines_pick(lines, 4));
}

static void make_block(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	static const char *const blocks[] = {
		"{ n$i = socket tcp nonblock }",
		"{ socket udp; bind . 127.0.0.$i:0; close . }",
		"{ close $i+3 }",
		"{ repeat 2 { dup $i+$j } }",
		"{ socketpair AF_UNIX SOCK_STREAM; send . \"$i\"; close 3-9 }",
		"{ getsockname $i-1 }",
		"{}",
		"{ recv $i+2 10 MSG_DONTWAIT; expect -1 }",
		NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, blocks));
}

static void make_job(struct lines *lines, const struct record *record, int index,
		     const char *before, struct buf *out)
{
	(void)record;
	(void)index;
	(void)before;
	buf_printf(out, "%s%u", lines_pick(lines, 2) ? "%" : "", 1 + lines_pick(lines, 6));
}

static void make_file(struct lines *lines, const struct record *record, int index,
		      const char *before, struct buf *out)
{
	(void)record;
	(void)index;
	(void)before;
	/* One of them does not exist. */
	buf_printf(out, "s%u", lines_pick(lines, FILES + 1));
}

static void make_topic(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	unsigned count = 0;

	while (names_all[count])
		count++;
	if (lines_pick(lines, 2))
		make_option(lines, record, index, before, out);
	else
		add_constant(lines, names_all[lines_pick(lines, count)], out);
}

static void make_setting(struct lines *lines, const struct record *record, int index,
			 const char *before, struct buf *out)
{
	unsigned count = 0;
	const char *name;

	(void)record;
	(void)index;
	(void)before;
	while (settings_name(count))
		count++;
	/* That of packets opens a descriptor for good, and they are counted. */
	do
		name = settings_name(lines_pick(lines, count));
	while (strcmp(name, "packets") == 0);
	buf_str(out, name);
}

/* Whatever is set, calls still end and the run goes on. */
static void make_setting_value(struct lines *lines, const struct record *record, int index,
			       const char *before, struct buf *out)
{
	static const char *const any[] = {"auto",    "always", "never", "off",
					  "default", "catch",  "on",    NULL};

	(void)record;
	(void)index;
	if (strcmp(before, "timeout") == 0)
		buf_printf(out, "%ums", 1 + lines_pick(lines, 3));
	else if (strcmp(before, "keep-going") == 0)
		buf_str(out, "on");
	else if (strcmp(before, "color") == 0)
		buf_str(out, lines_pick(lines, 2) ? "never" : "auto");
	else
		buf_str(out, words_one(lines, any));
}

static void make_process(struct lines *lines, const struct record *record, int index,
			 const char *before, struct buf *out)
{
	static const char *const some[] = {"nobody", "one", "two", "child", "child2", NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, lines_pick(lines, 4) ? "main" : words_one(lines, some));
}

static void make_process_new(struct lines *lines, const struct record *record, int index,
			     const char *before, struct buf *out)
{
	(void)record;
	(void)index;
	(void)before;
	buf_str(out, lines_pick(lines, 2) ? "one" : "two");
}

static void make_kill(struct lines *lines, const struct record *record, int index,
		      const char *before, struct buf *out)
{
	if (lines_pick(lines, 4))
		make_job(lines, record, index, before, out);
	else
		make_process(lines, record, index, before, out);
}

static void make_sysctl(struct lines *lines, const struct record *record, int index,
			const char *before, struct buf *out)
{
	static const char *const any[] = {
		"tcp_sack", "net.ipv4.tcp_rmem", "net/core/somaxconn", "../../etc", "net..x", "",
		NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, any));
}

static void make_word(struct lines *lines, const struct record *record, int index,
		      const char *before, struct buf *out)
{
	static const char *const any[] = {"state", "3", "*", "%s%n", "\"a b\"", "TCP", NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, any));
}

static void make_rest(struct lines *lines, const struct record *record, int index,
		      const char *before, struct buf *out)
{
	static const char *const expected[] = {
		"state LISTEN", "state ESTABLISHED", "local none", "recv_queue 0", "closed", NULL};
	static const char *const alone[] = {"EAGAIN",
					    "ECONNREFUSED",
					    "EINTR",
					    "0",
					    "-1",
					    "data \"hello\"",
					    "waiting",
					    "ghost none",
					    "ghost state TIME-WAIT",
					    "path 4 CLOSED (SYN-SENT) ESTABLISHED",
					    NULL};

	if (strcmp(record->name, "expect") != 0) {
		make_word(lines, record, index, before, out);
	} else if (lines_pick(lines, 2)) {
		make_fd(lines, record, index, before, out);
		buf_char(out, ' ');
		buf_str(out, words_one(lines, expected));
	} else {
		buf_str(out, words_one(lines, alone));
	}
}

/* Words of rules, most of which make no sense together. */
static void make_rule(struct lines *lines, const struct record *record, int index,
		      const char *before, struct buf *out)
{
	static const char *const words[] = {"tcp",   "udp", "icmp", "syn",  "ack", "not",
					    "data",  "1%",  "100%", "seed", "7",   "count",
					    "port",  "80",  "from", "to",   "a",   "b",
					    "500us", "2ms", "off",  NULL};
	unsigned i, count = 1 + lines_pick(lines, 4);

	(void)record;
	(void)index;
	(void)before;
	for (i = 0; i < count; i++)
		buf_printf(out, "%s%s", i ? " " : "", words_one(lines, words));
}

static void make_crash(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	if (lines_pick(lines, 16))
		make_fd(lines, record, index, before, out);
	else
		make_process(lines, record, index, before, out);
}

static void make_injection(struct lines *lines, const struct record *record, int index,
			   const char *before, struct buf *out)
{
	static const char *const any[] = {"b tcp 80 -> 40000 RST seq=+0",
					  "b tcp 80 \u2192 40000 SYN,ACK ack=abs:7 \"x\"",
					  "a udp 5 6 hex:00ff ttl=0 badsum",
					  "b udp6 5 6 20*\"x\" fragment=8,16 fragid=3",
					  "b tcp 7 80 SYN fastopen=hex:0123456789abcdef",
					  "icmp time-exceeded 1",
					  "b raw hex:45",
					  "b icmp echo-request",
					  "10.0.0.255 udp6 1 1",
					  "icmp",
					  "b tcp 99999 -> x",
					  NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, any));
}

/* Numbers whose order of bytes is asked for. */
static void make_order(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	static const char *const numbers[] = {"80",    "8080",         "0x1f1f", "65535",
					      "65536", "hex:1f90",     "hex:7f", "hex:7f000001",
					      "-1",    "0xffffffff",   "0",      "LOOPBACK",
					      "hex:",  "\"\\033[1m\"", NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, numbers));
}

static void make_text(struct lines *lines, const struct record *record, int index,
		      const char *before, struct buf *out)
{
	static const char *const texts[] = {
		"127.0.0.1", "127.1",      "0x7f.1", "010.0.0.1",  "1.2.3.256", "::1",
		"1::2::3",   "fe80::1%lo", "[::1]",  "10.0.0.0/8", "\"\"",      "::ffff:1.2.3.4",
		"localhost", "1.2.3.4:80", ":",      "...",        NULL};

	if (lines_pick(lines, 4) == 0)
		make_bytes(lines, record, index, before, out);
	else
		buf_str(out, words_one(lines, texts));
}

/* Nothing of it may be asked for beyond the machine. */
static void make_node(struct lines *lines, const struct record *record, int index,
		      const char *before, struct buf *out)
{
	static const char *const nodes[] = {"127.0.0.1",  "127.1", "::1",
					    "fe80::1%lo", "NULL",  NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, nodes));
}

static void make_service(struct lines *lines, const struct record *record, int index,
			 const char *before, struct buf *out)
{
	static const char *const services[] = {"80",   "http", "70000", "NULL",
					       "\"\"", "-1",   "x",     NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, services));
}

static void make_hints(struct lines *lines, const struct record *record, int index,
		       const char *before, struct buf *out)
{
	static const char *const some[] = {"flags=NUMERICHOST type=stream",
					   "flags=PASSIVE|CANONNAME",
					   "family=inet6 flags=V4MAPPED|ALL",
					   "family=unix",
					   "type=77 protocol=udp",
					   "{AI_PASSIVE, AF_INET, SOCK_RAW, 0}",
					   "{ai_flags=AI_NUMERICSERV, .ai_protocol=6}",
					   "NULL",
					   "flags=",
					   "what=1",
					   NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, some));
}

static void make_name_flags(struct lines *lines, const struct record *record, int index,
			    const char *before, struct buf *out)
{
	static const char *const some[] = {"NUMERICHOST|NUMERICSERV",
					   "NUMERICHOST|DGRAM",
					   "NUMERICHOST|NAMEREQD",
					   "0x1000",
					   "NUMERICHOTS",
					   NULL};

	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, some));
}

static void make_in_addr(struct lines *lines, const struct record *record, int index,
			 const char *before, struct buf *out)
{
	static const char *const bytes[] = {"hex:7f000001", "hex:20010db8000000000000000000000007",
					    "4*\"a\"", "hex:", NULL};

	if (lines_pick(lines, 4) == 0)
		make_bytes(lines, record, index, before, out);
	else
		buf_str(out, words_one(lines, bytes));
}

static void make_language(struct lines *lines, const struct record *record, int index,
			  const char *before, struct buf *out)
{
	unsigned count = 0;

	(void)record;
	(void)index;
	(void)before;
	while (like_languages[count])
		count++;
	buf_str(out, like_languages[lines_pick(lines, count)]->name);
}

/* With what it takes. */
static void make_function(struct lines *lines, const struct record *record, int index,
			  const char *before, struct buf *out)
{
	const struct word word = {.text = before, .len = strlen(before)};
	const struct like_language *language = like_language_find(&word);
	const struct like *like;
	unsigned count = 0;
	int i;

	(void)record;
	(void)index;
	if (!language)
		return;
	while (language->likes[count])
		count++;
	like = language->likes[lines_pick(lines, count)];
	buf_str(out, like->record.name);
	for (i = 0; i < record_args(&like->record); i++) {
		buf_char(out, ' ');
		words_add(lines, &like->record, i, "", out);
	}
}

/* Of nobody: a descriptor of another program would be used, and closed. */
static void make_pid(struct lines *lines, const struct record *record, int index,
		     const char *before, struct buf *out)
{
	(void)record;
	(void)index;
	(void)before;
	buf_str(out, words_one(lines, (const char *const[]){"0", "-1", "99999999", NULL}));
}

static const struct {
	const struct kind *kind;
	make *make;
} makers[] = {
	{&kind_fd, make_fd},
	{&kind_fd_or_all, make_fd},
	{&kind_fd_new, make_fd_new},
	{&kind_constant, make_constant},
	{&kind_flags, make_flags},
	{&kind_domain, make_domain},
	{&kind_number, make_number},
	{&kind_backlog, make_number},
	{&kind_size, make_size},
	{&kind_timeout, make_timeout},
	{&kind_address, make_address},
	{&kind_address_out, make_anything},
	{&kind_address_len, make_length},
	{&kind_address_len_out, make_length},
	{&kind_bytes, make_bytes},
	{&kind_bytes_out, make_anything},
	{&kind_bytes_len, make_bytes_len},
	{&kind_iovec, make_buffers},
	{&kind_iovec_out, make_sizes},
	{&kind_iovec_len, make_bytes_len},
	{&kind_offset, make_place},
	{&kind_moved, make_size},
	{&kind_msghdr, make_message},
	{&kind_msghdr_out, make_message_out},
	{&kind_mmsghdr, make_message},
	{&kind_mmsghdr_out, make_message_out},
	{&kind_mmsghdr_len, make_bytes_len},
	{&kind_msg_flags, make_flags},
	{&kind_option, make_option},
	{&kind_option_value, make_option_value},
	{&kind_option_value_out, make_anything},
	{&kind_option_len, make_length},
	{&kind_option_len_out, make_length},
	{&kind_fd_pair_out, make_anything},
	{&kind_pollfds, make_pollfds},
	{&kind_fd_set, make_fd_set},
	{&kind_timespec, make_duration},
	{&kind_timeval, make_duration},
	{&kind_sigset, make_signals},
	{&kind_epoll_event, make_event},
	{&kind_epoll_events_out, make_anything},
	{&kind_itimerspec, make_timer},
	{&kind_itimerspec_out, make_anything},
	{&kind_fd_or_new, make_fd},
	{&kind_fcntl_arg, make_command_arg},
	{&kind_ioctl_arg, make_command_arg},
	{&kind_node, make_node},
	{&kind_service, make_service},
	{&kind_hints, make_hints},
	{&kind_answers_out, make_anything},
	{&kind_name_flags, make_name_flags},
	{&kind_host_short, make_order},
	{&kind_host_long, make_order},
	{&kind_net_short, make_order},
	{&kind_net_long, make_order},
	{&kind_text, make_text},
	{&kind_in_addr, make_in_addr},
	{&kind_in_addr_out, make_anything},
	{&kind_text_out, make_anything},
	{&kind_text_size, make_size},
	{&kind_rounds, make_rounds},
	{&kind_block, make_block},
	{&kind_job, make_job},
	{&kind_file, make_file},
	{&kind_topic, make_topic},
	{&kind_pid, make_pid},
	{&kind_process, make_process},
	{&kind_process_new, make_process_new},
	{&kind_kill, make_kill},
	{&kind_crash, make_crash},
	{&kind_injection, make_injection},
	{&kind_language, make_language},
	{&kind_function, make_function},
	{&kind_like_address, make_address},
	{&kind_setting, make_setting},
	{&kind_setting_value, make_setting_value},
	{&kind_sysctl, make_sysctl},
	{&kind_word, make_word},
	{&kind_rest, make_rest},
	{&kind_wire_rule, make_rule},
};

/* A kind that is not in the list: by its table of names, or a number. */
void words_add(struct lines *lines, const struct record *record, int index, const char *before,
	       struct buf *out)
{
	const struct arg *arg = &record->args[index];
	size_t i;

	for (i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
		if (makers[i].kind == arg->kind) {
			makers[i].make(lines, record, index, before, out);
			return;
		}
	}
	if (arg->names)
		make_constant(lines, record, index, before, out);
	else
		make_number(lines, record, index, before, out);
}
