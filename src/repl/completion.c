/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/completion.h"
void completion_find(struct completion *completion, struct session *session, const char *line,
		     size_t cursor)
{
	(void)completion;
	(void)session;
	(void)line;
	(void)cursor;
}
void completion_free(struct completion *completion)
{
	(void)completion;
}
char **completion_matches(const struct completion *completion, const char *line, size_t from)
{
	(void)completion;
	(void)line;
	(void)from;
	return 0;
}
void completion_list(const struct completion *completion, struct out *out)
{
	(void)completion;
	(void)out;
}
bool completion_hint(const struct completion *completion, struct out *out)
{
	(void)completion;
	(void)out;
	return false;
}
