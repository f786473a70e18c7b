/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "calls/kinds.h"
#include "calls/literal.h"
#include "commands/verbs.h"

/* What `set` knows: each setting reads itself from a word, and prints itself. */
struct setting {
	const char *name;
	const char *text;
	const char *values[4]; /* some of those that it takes, for completion; ends in NULL */
	int (*set)(struct shell *shell, const char *word, struct error *err);
	void (*print)(const struct shell *shell, struct buf *out);
};

static int read_switch(const char *word, bool *out, struct error *err)
{
	if (strcmp(word, "on") != 0 && strcmp(word, "off") != 0)
		return error_set(err, "expected on or off, not %s", word);
	*out = word[1] == 'n';
	return 0;
}

static int set_keep_going(struct shell *shell, const char *word, struct error *err)
{
	return read_switch(word, &shell->keep_going, err);
}

static void print_keep_going(const struct shell *shell, struct buf *out)
{
	buf_str(out, shell->keep_going ? "on" : "off");
}

static int set_packets(struct shell *shell, const char *word, struct error *err)
{
	bool on = false, forbidden;

	if (read_switch(word, &on, err) < 0)
		return -1;
	if (session_set_packets(shell->session, on, &forbidden, err) == 0)
		return 0;
	if (forbidden)
		shell_cannot(shell);
	return -1;
}

static void print_packets(const struct shell *shell, struct buf *out)
{
	buf_str(out, session_packets(shell->session) ? "on" : "off");
}

static const char *const sigpipe_words[] = {[SIGNALS_PIPE_CATCH] = "catch",
					    [SIGNALS_PIPE_DEFAULT] = "default",
					    [SIGNALS_PIPE_IGNORE] = "ignore"};

static int set_sigpipe(struct shell *shell, const char *word, struct error *err)
{
	size_t i;

	for (i = 0; i < COUNT_OF(sigpipe_words); i++)
		if (strcmp(word, sigpipe_words[i]) == 0)
			return session_set_sigpipe(shell->session, (enum signals_pipe)i, err);
	return error_set(err, "expected catch, default or ignore, not %s", word);
}

static void print_sigpipe(const struct shell *shell, struct buf *out)
{
	buf_str(out, sigpipe_words[session_sigpipe(shell->session)]);
}

static int set_timeout(struct shell *shell, const char *word, struct error *err)
{
	long us = 0;

	if (strcmp(word, "off") != 0 && literal_time(word, strlen(word), 1000000, &us, err) < 0)
		return -1;
	if (us < 0)
		return error_set(err, "no call ends before it begins: a timeout is not negative");
	session_set_timeout(shell->session, us);
	return 0;
}

static void print_timeout(const struct shell *shell, struct buf *out)
{
	long us = session_timeout(shell->session);

	if (us % 1000)
		buf_printf(out, "%ldus", us);
	else if (us)
		buf_printf(out, "%ldms", us / 1000);
	else
		buf_str(out, "off");
}

static int set_color(struct shell *shell, const char *word, struct error *err)
{
	if (strcmp(word, "auto") != 0 && strcmp(word, "always") != 0 && strcmp(word, "never") != 0)
		return error_set(err, "expected auto, always or never, not %s", word);
	shell->report->out->color = out_wants_color(shell->report->out->fd, word);
	shell->report->errors->color = out_wants_color(shell->report->errors->fd, word);
	return 0;
}

static void print_color(const struct shell *shell, struct buf *out)
{
	buf_str(out, shell->report->out->color ? "always" : "never");
}

static int set_hints(struct shell *shell, const char *word, struct error *err)
{
	return read_switch(word, &shell->hints, err);
}

static void print_hints(const struct shell *shell, struct buf *out)
{
	buf_str(out, shell->hints ? "on" : "off");
}

/* clang-format off */
static const struct setting settings[] = {
	{"color", "colours: auto, always or never", {"auto", "always", "never"}, set_color, print_color},
	{"hints", "whether the prompt shows in grey what comes next: on or off", {"on", "off"}, set_hints, print_hints},
	{"keep-going", "whether a script goes on after a failure: on or off", {"on", "off"}, set_keep_going, print_keep_going},
	{"packets", "whether steps show the packets that go over loopback: on or off", {"on", "off"}, set_packets, print_packets},
	{"sigpipe", "what SIGPIPE does in processes: catch, default or ignore", {"catch", "default", "ignore"}, set_sigpipe, print_sigpipe},
	{"timeout", "how long a call in the foreground, or `wait`, may take: 5s, or off", {"off"}, set_timeout, print_timeout},
};
/* clang-format on */

const char *settings_name(size_t index)
{
	return index < COUNT_OF(settings) ? settings[index].name : NULL;
}

const char *settings_text(size_t index)
{
	return index < COUNT_OF(settings) ? settings[index].text : NULL;
}

const char *const *settings_values(size_t index)
{
	return settings[index].values;
}

static int list_settings(struct shell *shell)
{
	struct buf text = {0};
	size_t i;

	for (i = 0; i < COUNT_OF(settings); i++) {
		struct buf value = {0};

		settings[i].print(shell, &value);
		buf_printf(&text, "%-12s %-8s %s\n", settings[i].name, buf_text(&value),
			   settings[i].text);
		buf_free(&value);
	}
	shell_print(shell, &text);
	buf_free(&text);
	return 0;
}

static int change(struct shell *shell, const struct setting *setting, const struct word *word,
		  struct error *err)
{
	char *value = strndup(word->text, word->len);
	int result;

	*err = (struct error){0};
	result = value ? setting->set(shell, value, err) : error_set(err, "out of memory");
	free(value);
	return result < 0 ? word_place(err, word, 0) : 0;
}

int settings_change(struct shell *shell, const struct word *name, const struct word *value,
		    struct error *err)
{
	size_t i;

	for (i = 0; i < COUNT_OF(settings); i++) {
		if (!word_is(name, settings[i].name))
			continue;
		if (value->text)
			return change(shell, &settings[i], value, err);
		return error_at(err, name->column, (int)name->len, "%s takes a value: %s",
				settings[i].name, settings[i].text);
	}
	return error_at(err, name->column, (int)name->len, "no setting %.*s: `set` lists them",
			(int)name->len, name->text);
}

static struct word word_of(const struct value *value)
{
	return (struct word){.text = value->data, .len = value->size, .column = (int)value->number};
}

static int run_set(struct shell *shell, const struct value *values, struct error *err)
{
	struct word name = word_of(&values[0]), value = word_of(&values[1]);

	return name.text ? settings_change(shell, &name, &value, err) : list_settings(shell);
}

const struct verb verb_set = {
	.record = {.name = "set",
		   .prototype = "set [NAME VALUE]",
		   .help = "list the settings, or change one",
		   .example = "set timeout 5s",
		   .args = {{.name = "NAME", .kind = &kind_setting, .flags = ARG_OPTIONAL},
			    {.name = "VALUE", .kind = &kind_setting_value, .flags = ARG_OPTIONAL}}},
	.run = run_set,
};
