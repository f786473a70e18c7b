/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>

#include "calls/kinds.h"
#include "names/options.h"
#include "names/words.h"
#include "session/why_parts.h"

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

/* What an explanation of a refused option says. */
struct refusal {
	const struct option *option; /* NULL: of no known name */
	struct buf name, level, kind, sockets;
};

/* The word of an argument, as it stands in the C call. */
static void print_argument(const struct cause *cause, const struct kind *kind, struct buf *out)
{
	const struct record *record = &cause->job->call->record;
	int i = record_arg_of(record, kind);

	if (i >= 0)
		kind->print(out, record, cause->job->values, i, cause->job->frame);
}

static void say(const struct cause *cause, const char *key, const struct refusal *refusal)
{
	words_fill(cause->out, key, "fd", cause->fd, "option", buf_text(&refusal->name), "level",
		   buf_text(&refusal->level), "kind", buf_text(&refusal->kind), "sockets",
		   buf_text(&refusal->sockets), "since",
		   refusal->option && refusal->option->since ? refusal->option->since : "", "text",
		   refusal->option ? refusal->option->text : "", NULL);
}

static bool applies(const struct cause *cause, const struct option *option)
{
	const struct endpoint *now = cause->known->now;

	return options_applies(option, now->family, now->type, now->protocol);
}

/* What holds of every option; NULL: nothing more is known. */
static const char *general_key(const struct cause *cause, const struct option *option, bool gets)
{
	bool no_option = cause->job->frame->error == ENOPROTOOPT;

	if (!option)
		return gets ? "ENOPROTOOPT.get" : "ENOPROTOOPT.set";
	if (!(option->access & (gets ? OPTION_GET : OPTION_SET)))
		return gets ? "ENOPROTOOPT.set-only" : "ENOPROTOOPT.read-only";
	if (!applies(cause, option))
		return "ENOPROTOOPT.other-socket";
	if (cause->known->now->protocol == IPPROTO_MPTCP)
		return "EOPNOTSUPP.mptcp";
	if (no_option && option->reading == OPTION_HIDDEN)
		return "ENOPROTOOPT.none";
	if (no_option && option->since)
		return "ENOPROTOOPT.since";
	return no_option ? "ENOPROTOOPT.kernel" : NULL;
}

static bool explain(struct cause *cause, struct refusal *refusal, bool gets)
{
	const char *name = names_errno_name(cause->job->frame->error);
	const char *general = general_key(cause, refusal->option, gets);
	char key[64];

	if (refusal->option && applies(cause, refusal->option)) {
		snprintf(key, sizeof(key), "%s.%s", name, refusal->option->name);
		if (words(key) != key) {
			say(cause, key, refusal);
			return true;
		}
	}
	if (general)
		say(cause, general, refusal);
	return general != NULL;
}

/* What is shorter than a value of this type is nothing that the kernel could read. */
bool why_option_value(struct cause *cause)
{
	const struct value *values = cause->job->values;
	const struct option_layout *layout;
	const struct option *option;
	char given[CAUSE_NUMBER], size[CAUSE_NUMBER];
	unsigned least;

	if (!cause_call_is(cause, "setsockopt"))
		return false;
	option = options_entry_for((int)values[1].number, (int)values[2].number, OPTION_SET);
	if (option && why_not_in_repair(cause, option))
		return true;
	if (option && !(option->access & OPTION_SET))
		return why_no_option(cause);
	layout = options_layout(option);
	least = layout->least ? layout->least : layout->size;
	if (layout->also && layout->also->size < least)
		least = layout->also->size;
	if (!option || values[4].number >= (long)least)
		return false;
	words_fill(cause->out, "EINVAL.short-value", "option", option->name, "type", layout->name,
		   "size", cause_number(size, least), "n", cause_number(given, values[4].number),
		   NULL);
	return true;
}

bool why_no_option(struct cause *cause)
{
	bool gets = cause_call_is(cause, "getsockopt");
	struct refusal refusal = {0};
	bool said;

	if (!cause->known || (!gets && !cause_call_is(cause, "setsockopt")))
		return false;
	refusal.option = options_entry_for((int)cause->job->values[1].number,
					   (int)cause->job->values[2].number,
					   gets ? OPTION_GET : OPTION_SET);
	print_argument(cause, &kind_option, &refusal.name);
	print_argument(cause, &kind_level, &refusal.level);
	cause_kind(cause, &refusal.kind);
	if (refusal.option)
		options_sockets(&refusal.sockets, refusal.option);
	said = explain(cause, &refusal, gets);
	buf_free(&refusal.name);
	buf_free(&refusal.level);
	buf_free(&refusal.kind);
	buf_free(&refusal.sockets);
	return said;
}
