/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "calls/kinds.h"
#include "names/controls.h"
#include "names/words.h"
#include "repl/candidates_parts.h"

static void offer_word(struct finder *finder, const char *word, const char *hint)
{
	struct buf text = {0};

	buf_printf(&text, "%s=", word);
	finder->open = true;
	finder_offer(finder, buf_text(&text), hint);
	finder->open = false;
	buf_free(&text);
}

static void offer_words(struct finder *finder, bool sent)
{
	size_t i;

	if (sent)
		offer_word(finder, "to", words("message.to"));
	for (i = 0; sent && i < controls_count; i++)
		if (controls[i].word)
			offer_word(finder, controls[i].word, controls[i].value.text);
	if (!sent) {
		offer_word(finder, "control", words("message.control"));
		offer_word(finder, "name", words("message.name"));
	}
	offer_word(finder, "flags", words("message.flags"));
}

/* Behind to=, rights= and flags=. */
static void offer_value(struct finder *finder, const struct arg *arg, const struct word *name)
{
	finder_skip(finder, name->len + 1);
	if (word_is(name, "to")) {
		candidates_address(finder, NULL);
	} else if (word_is(name, "rights")) {
		finder_split(finder, ",[");
		finder->open = true;
		candidates_descriptor(finder, NULL);
	} else if (word_is(name, "flags")) {
		finder_offer_flags(finder, &names_msg, arg[1].offered);
	}
}

void candidates_message(struct finder *finder, const struct arg *arg)
{
	const char *equals = memchr(finder->part.text, '=', finder->part.len);
	struct word name = finder->part;

	if (finder_begins(finder, "@")) {
		finder_skip(finder, 1);
		finder_offer_files(finder);
		return;
	}
	if (equals) {
		name.len = (size_t)(equals - name.text);
		offer_value(finder, arg, &name);
		return;
	}
	offer_words(finder, arg->kind == &kind_msghdr || arg->kind == &kind_mmsghdr);
	finder_offer_flags(finder, &names_msg, arg[1].offered);
}

void candidates_hints(struct finder *finder, const struct arg *arg)
{
	const char *equals = memchr(finder->part.text, '=', finder->part.len);
	struct word typed = finder->part;
	const struct names *names;
	const char *name;
	size_t i;

	(void)arg;
	if (equals)
		typed.len = (size_t)(equals - typed.text);
	for (i = 0; (name = hint_name(i, &names)); i++) {
		if (!equals) {
			offer_word(finder, name, names->kind);
		} else if (word_is(&typed, name)) {
			finder_skip(finder, typed.len + 1);
			if (names->flags)
				finder_offer_flags(finder, names, -1L);
			else
				finder_offer_names(finder, names);
			return;
		}
	}
}
