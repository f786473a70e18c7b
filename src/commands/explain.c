/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "calls/kinds.h"
#include "commands/topics.h"
#include "commands/verbs.h"
#include "names/terms.h"
#include "report/story.h"

static void add_jobs(struct shell *shell, struct story *story)
{
	struct session_job job;
	size_t i;

	for (i = 0; session_job(shell->session, i, &job); i++)
		story_add_job(story, &(struct job_info){.number = job.number,
							.process = job.process,
							.call = job.text,
							.waits_for = job.waits_for});
}

/* OTHERS: all endpoints of the session, among which the other end may be. */
static void tell_story(struct shell *shell, const struct shown *shown, const struct shown *others,
		       size_t count)
{
	struct story story;

	story_begin(&story, shown, others, count);
	add_jobs(shell, &story);
	story_end(&story);
	shell->report->ops->story(shell->report, &story);
	story_free(&story);
}

static int tell_descriptor(struct shell *shell, int fd, struct error *err)
{
	struct shown *shown = calloc(1, sizeof(*shown));
	const struct shown *others;
	size_t count;
	int result;

	if (!shown)
		return error_set(err, "out of memory");
	result = session_show(shell->session, fd, shown, err);
	if (result == 0) {
		count = session_status(shell->session, &others);
		tell_story(shell, shown, others, count);
	}
	free(shown);
	return result;
}

static void tell_ghosts(struct shell *shell)
{
	const struct shown *list;
	size_t i, count = session_status(shell->session, &list);

	for (i = 0; i < count; i++)
		if (list[i].fd < 0)
			tell_story(shell, &list[i], list, count);
}

/* A number is always meant as a descriptor; a name or . where there is such a one. */
static bool is_descriptor(struct shell *shell, const char *word, size_t len, int *fd)
{
	struct error ignored;
	size_t i;

	*fd = session_descriptor(shell->session, word, len, &ignored);
	if (!ignored.text[0])
		return true;
	for (i = 0; i < len && isdigit((unsigned char)word[i]); i++)
		;
	return i == len;
}

static int unknown(const char *word, size_t len, int column, struct error *err)
{
	struct buf near = {0};
	int result;

	topics_near(&near, word, len);
	if (near.len)
		result = error_at(err, column, (int)len, "no explanation of %.*s: did you mean %s?",
				  (int)len, word, buf_text(&near));
	else
		result = error_at(err, column, (int)len,
				  "no explanation of %.*s: `apropos WORD` finds what there is",
				  (int)len, word);
	buf_free(&near);
	return result;
}

/* Quotes about several words are let pass. */
static void unquote(const char **word, size_t *len)
{
	if (*len > 2 && strchr("\"'", **word) && (*word)[*len - 1] == **word) {
		(*word)++;
		*len -= 2;
	}
}

int explain_word(struct shell *shell, const struct value *value, struct error *err)
{
	const char *word = value->data;
	size_t len = value->size;

	unquote(&word, &len);
	if (!topics_explain(shell->report, word, len))
		return unknown(word, len, (int)value->number, err);
	return 0;
}

static int run_explain(struct shell *shell, const struct value *values, struct error *err)
{
	const char *word = values[0].data;
	size_t len = values[0].size;
	int fd;

	if (is_descriptor(shell, word, len, &fd)) {
		if (fd < 0) {
			session_descriptor(shell->session, word, len, err);
			err->column = (int)values[0].number;
			err->length = (int)len;
			return -1;
		}
		return tell_descriptor(shell, fd, err);
	}
	if (explain_word(shell, &values[0], err) < 0)
		return -1;
	if (terms_listed("ghost, ghosts", word, len))
		tell_ghosts(shell);
	return 0;
}

const struct verb verb_explain = {
	.record = {.name = "explain",
		   .prototype = "explain WORD... | FD",
		   .help = "what a word means, or what an endpoint is and does",
		   .example = "explain accept queue",
		   .args = {{.name = "WORD", .kind = &kind_topic, .flags = ARG_REST}}},
	.run = run_explain,
};
