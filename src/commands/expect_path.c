/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/expect_path.h"

#include <string.h>

#include "commands/rest.h"
#include "report/machine.h"

/* A state, perhaps in brackets; or what stands between two. */
static bool is_of_path(const struct word *word)
{
	size_t len = word->len;
	const char *text = word->text;
	enum endpoint_state state;
	char name[24];

	if (word_is(word, "=>") || word_is(word, "(?)"))
		return true;
	if (len > 2 && text[0] == '(' && text[len - 1] == ')') {
		text++;
		len -= 2;
	}
	if (len >= sizeof(name))
		return false;
	memcpy(name, text, len);
	name[len] = '\0';
	return endpoint_state_find(name, &state);
}

static int add_wanted(struct buf *out, const struct word *words, int count, struct error *err)
{
	for (int i = 0; i < count; i++) {
		if (!is_of_path(&words[i])) {
			error_set(err,
				  "expected a state, in brackets where it was not seen, or =>");
			return word_blame(err, &words[i]);
		}
		buf_printf(out, "%s%.*s", i ? " " : "", (int)words[i].len, words[i].text);
	}
	return 0;
}

/* Of a socket that was shut down both ways there are two, its own and that of its TIME-WAIT. */
int expect_path(struct shell *shell, const struct word *words, int count, bool *ok,
		struct buf *found, struct error *err)
{
	int fd = session_descriptor(shell->session, words[0].text, words[0].len, err);
	struct buf wanted = {0}, path = {0};
	const struct traced *list;
	struct trail trail;
	size_t traced = 0;

	*ok = false;
	if (err->text[0] || session_trace(shell->session, fd, &list, &traced, err) < 0)
		return word_blame(err, &words[0]);
	if (add_wanted(&wanted, words + 1, count - 1, err) < 0) {
		buf_free(&wanted);
		return -1;
	}
	for (size_t i = 0; i < traced; i++) {
		trail_follow(&trail, &list[i]);
		buf_reset(&path);
		trail_print(&path, &trail);
		*ok |= strcmp(buf_text(&path), buf_text(&wanted)) == 0;
		buf_printf(found, "%s%s", i ? "; " : "", buf_text(&path));
	}
	found->failed |= wanted.failed | path.failed;
	buf_free(&wanted);
	buf_free(&path);
	return 0;
}
