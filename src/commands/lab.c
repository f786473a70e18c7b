/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <limits.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "commands/verbs.h"
#include "names/words.h"

bool verbs_has_hosts(const struct shell *shell)
{
	const struct lab *lab = session_lab(shell->session);

	return lab && lab->count;
}

static void list_hosts(struct shell *shell)
{
	const struct lab *lab = session_lab(shell->session);
	struct buf text = {0};
	int i;

	for (i = 0; lab && i < lab->count; i++) {
		const struct host *host = lab->hosts[i];

		buf_printf(&text, "  %-8s ", host->name);
		address_print_host(&text, &host->v4);
		buf_printf(&text, "/%u  ", host->prefix4);
		address_print_host(&text, &host->v6);
		buf_printf(&text, "/%u  mtu %d  link %s\n", host->prefix6, host->mtu,
			   host->up ? "up" : "down");
	}
	if (!text.len)
		buf_str(&text, "  there is no host yet: `host a` makes one\n");
	shell_print(shell, &text);
	buf_free(&text);
}

/* Only numbers: what a name stands for elsewhere is no address for a host of the lab. */
static int parse_address(const char *text, int family, struct address *out, struct error *err)
{
	const char *kind = family == AF_INET ? "IPv4" : "IPv6";
	unsigned char bytes[sizeof(struct in6_addr)];

	if (inet_pton(family, text, bytes) == 1) {
		*out = address_make(family, bytes, 0, 0);
		return 0;
	}
	if (inet_pton(family == AF_INET ? AF_INET6 : AF_INET, text, bytes) == 1)
		return error_set(err, "expected an %s address, not %s", kind, text);
	return error_set(err, "%s is no %s address; it is written as %s, without a port", text,
			 kind, family == AF_INET ? "10.0.0.9" : "fd00::9");
}

/* OUT stays NULL where VALUE was left out. */
static int read_address(struct shell *shell, const struct value *value, int family,
			struct address *room, const struct address **out, struct error *err)
{
	*out = NULL;
	if (!value->data)
		return 0;
	*out = room;
	if (parse_address(value->data, family, room, err) == 0 &&
	    lab_check_address(session_lab(shell->session), room, err) == 0)
		return 0;
	err->column = (int)value->number;
	err->length = (int)value->size;
	return -1;
}

static int run_host(struct shell *shell, const struct value *values, struct error *err)
{
	const char *name = values[0].data;
	const struct address *v4, *v6;
	struct address rooms[2];
	const struct lab *lab;

	if (!name) {
		list_hosts(shell);
		return 0;
	}
	if (read_address(shell, &values[1], AF_INET, &rooms[0], &v4, err) < 0 ||
	    read_address(shell, &values[2], AF_INET6, &rooms[1], &v6, err) < 0)
		return -1;
	if (session_add_host(shell->session, name, strlen(name), v4, v6, err) == 0)
		return 0;
	lab = session_lab(shell->session);
	if (lab && lab->impossible)
		shell_cannot(shell);
	return -1;
}

const struct verb verb_host = {
	.record = {.name = "host",
		   .prototype = "host [NAME [IPV4 [IPV6]]]",
		   .help = "add a host to the lab, with a process of its name, or list the hosts",
		   .example = "host c 10.0.0.99",
		   .args = {{.name = "NAME", .kind = &kind_word, .flags = ARG_OPTIONAL},
			    {.name = "IPV4", .kind = &kind_word, .flags = ARG_OPTIONAL},
			    {.name = "IPV6", .kind = &kind_word, .flags = ARG_OPTIONAL}}},
	.run = run_host,
};

/* clang-format off */
static const struct name link_states[] = {
	{"down", 0, "nothing passes, as with a cable pulled out"},
	{"up", 1, "packets pass"},
};

static const struct name clocks[] = {
	{"settled", CLOCK_SETTLED, "a step waits until what it caused has arrived"},
	{"real", CLOCK_REAL, "a step is shown as it stands when its call has returned"},
	{"fast", CLOCK_FAST, "as settled; the lab retransmits from 20 ms on"},
};
/* clang-format on */

static const struct names link_names = {
	.kind = "state of a link", .list = link_states, .count = COUNT_OF(link_states)};
static const struct names clock_names = {
	.kind = "clock", .list = clocks, .count = COUNT_OF(clocks)};

static int run_link(struct shell *shell, const struct value *values, struct error *err)
{
	if (verbs_constant(&link_names, values[1].number, err) < 0)
		return -1;
	if (session_link(shell->session, values[0].data, strlen(values[0].data),
			 values[1].number == 1, err) < 0)
		return -1;
	wire_tell(shell);
	return 0;
}

const struct verb verb_link = {
	.record = {.name = "link",
		   .prototype = "link HOST up|down",
		   .help = "take the link of a host down, or up again",
		   .example = "link b down",
		   .args = {{.name = "HOST", .kind = &kind_host},
			    {.name = "STATE", .kind = &kind_constant, .names = &link_names}}},
	.run = run_link,
};

static int run_mtu(struct shell *shell, const struct value *values, struct error *err)
{
	if (values[1].number < 0 || values[1].number > INT_MAX)
		return error_set(err, "%ld is no MTU", values[1].number);
	if (session_mtu(shell->session, values[0].data, strlen(values[0].data),
			(int)values[1].number, err) < 0)
		return -1;
	wire_tell(shell);
	return 0;
}

const struct verb verb_mtu = {
	.record = {.name = "mtu",
		   .prototype = "mtu HOST BYTES",
		   .help = "set how large a packet the link of a host takes",
		   .example = "mtu a 600",
		   .args = {{.name = "HOST", .kind = &kind_host},
			    {.name = "BYTES", .kind = &kind_number}}},
	.run = run_mtu,
};

/* What runs by itself in the lab, whatever is asked for, is said openly. */
static void list_clock(struct shell *shell)
{
	static const char *const keys[] = {[CLOCK_SETTLED] = "clock.settled",
					   [CLOCK_REAL] = "clock.real",
					   [CLOCK_FAST] = "clock.fast"};
	enum lab_clock clock = session_clock(shell->session);
	const struct name *name = names_entry(&clock_names, clock);
	struct buf text = {0};

	buf_printf(&text, "%s: %s\n", name->name, name->text);
	if (verbs_has_hosts(shell))
		buf_printf(&text, "%s\n", words(keys[clock]));
	shell_print(shell, &text);
	buf_free(&text);
}

static int run_clock(struct shell *shell, const struct value *values, struct error *err)
{
	if (values[0].number < 0) {
		list_clock(shell);
		return 0;
	}
	if (verbs_constant(&clock_names, values[0].number, err) < 0)
		return -1;
	return session_set_clock(shell->session, (enum lab_clock)values[0].number, err);
}

const struct verb verb_clock = {
	.record =
		{.name = "clock",
		 .prototype = "clock [settled|real|fast]",
		 .help = "whether a step waits until what it caused has arrived, and how soon the "
			 "lab's timers fire",
		 .example = "clock real",
		 .args = {{.name = "WHICH",
			   .kind = &kind_constant,
			   .names = &clock_names,
			   .flags = ARG_OPTIONAL,
			   .fallback = "-1"}}},
	.run = run_clock,
};
