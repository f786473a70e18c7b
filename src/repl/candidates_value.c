/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "calls/kinds.h"
#include "names/words.h"
#include "repl/candidates_parts.h"

#define ALL_BITS (-1L)

/* Words of a file of one line, such as the kernel's list of congestion controls. */
static void offer_words(struct finder *finder, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char text[1024], *rest = text, *word;
	ssize_t got;

	if (fd < 0) {
		failure_note_unless_answer(&finder->out->failure, "open in /proc");
		return;
	}
	do
		got = read(fd, text, sizeof(text) - 1);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		failure_note_unless_answer(&finder->out->failure, "read in /proc");
	close(fd);
	if (got <= 0)
		return;
	text[got] = '\0';
	while ((word = strsep(&rest, " \n")))
		if (*word)
			finder_offer(finder, word, NULL);
}

static void offer_interfaces(struct finder *finder)
{
	struct if_nameindex *list = if_nameindex(), *at;

	for (at = list; at && at->if_index; at++) {
		char hint[32];

		snprintf(hint, sizeof(hint), "interface %u", at->if_index);
		finder_offer(finder, at->if_name, hint);
	}
	if (list)
		if_freenameindex(list);
	else
		failure_note(&finder->out->failure, "if_nameindex");
}

static void offer_strings(struct finder *finder, const struct option *option)
{
	if (option->level == IPPROTO_TCP && option->value == TCP_CONGESTION)
		offer_words(finder, "/proc/sys/net/ipv4/tcp_available_congestion_control");
	else if (option->level == IPPROTO_TCP && option->value == TCP_ULP)
		offer_words(finder, "/proc/sys/net/ipv4/tcp_available_ulp");
	else if (option->level == SOL_SOCKET && option->value == SO_BINDTODEVICE)
		offer_interfaces(finder);
}

static void offer_constants(struct finder *finder, const struct option_field *field)
{
	bool behind = memchr(finder->part.text, '|', finder->part.len) != NULL;

	if (field->names->flags)
		finder_offer_flags(finder, field->names, ALL_BITS);
	else if (!behind)
		finder_offer_names(finder, field->names);
	if (field->flags)
		finder_offer_flags(finder, field->flags, ALL_BITS);
	finder->open = field->names->flags;
}

static void offer_form(struct finder *finder, const struct option_field *field)
{
	const struct endpoint *own = candidates_endpoint(finder, finder_given(finder, &kind_fd));

	switch (field->form) {
	case VALUE_CONSTANT:
		offer_constants(finder, field);
		break;
	case VALUE_BITS:
		finder_split(finder, "|~(");
		finder->open = true;
		finder_offer_names(finder, field->names);
		break;
	case VALUE_INTERFACE:
	case VALUE_INTERFACE_BE:
		offer_interfaces(finder);
		break;
	case VALUE_FD:
		candidates_descriptor(finder, NULL);
		break;
	case VALUE_ADDRESS:
		candidates_peers(finder, own);
		candidates_locals(finder, own);
		break;
	default:
		break;
	}
}

static const char *form_text(enum option_form form)
{
	static const char *const keys[] = {
		[VALUE_INT] = "value.number",
		[VALUE_UINT] = "value.number",
		[VALUE_HEX] = "value.number",
		[VALUE_UINT_BE] = "value.number",
		[VALUE_CONSTANT] = "value.constant",
		[VALUE_BITS] = "value.bits",
		[VALUE_ERRNO] = "value.number",
		[VALUE_FD] = "value.fd",
		[VALUE_SECONDS] = "value.seconds",
		[VALUE_MICROSECONDS] = "value.microseconds",
		[VALUE_IPV4] = "value.ipv4",
		[VALUE_IPV6] = "value.ipv6",
		[VALUE_INTERFACE] = "value.interface",
		[VALUE_INTERFACE_BE] = "value.interface",
		[VALUE_MAC] = "value.mac",
		[VALUE_COUNT] = "value.number",
		[VALUE_BYTES] = "value.bytes",
		[VALUE_STRING] = "value.string",
		[VALUE_ADDRESS] = "value.address",
		[VALUE_LIST] = "value.list",
		[VALUE_TCP_INFO] = "value.bytes",
	};

	return words(keys[form]);
}

static const char *short_name(const struct option_field *field)
{
	return field->also ? field->also : field->name;
}

static bool is_named(const struct option_field *field, const char *text, size_t len)
{
	struct word word = {.text = text, .len = len};

	return word_is(&word, field->name) || (field->also && word_is(&word, field->also));
}

/* Whether NAME= stands between FROM and TO, in one of the words or pieces before the cursor's. */
static bool is_given(const struct option_field *field, const char *from, const char *to)
{
	const char *at = from, *equals;

	while ((equals = memchr(at, '=', (size_t)(to - at)))) {
		const char *name = equals;

		while (name > from && !strchr("{[, \t", name[-1]))
			name--;
		if (is_named(field, name, (size_t)(equals - name)))
			return true;
		at = equals + 1;
	}
	return false;
}

/* Where the value begins: it may be several words. */
static const char *value_begins(const struct finder *finder)
{
	int i, used = 0;

	for (i = 0; i < finder->index; i++)
		used += finder->given[i] != NULL;
	return used < finder->typed->count ? finder->typed->words[used].text
					   : finder->typed->last.text;
}

static void offer_name(struct finder *finder, const char *name, const struct option_field *field)
{
	struct buf text = {0};

	buf_printf(&text, "%s=", name);
	finder_offer(finder, buf_text(&text), form_text(field->form));
	buf_free(&text);
}

/* By their short names; by those of C where one was begun, or where C is written. */
static void offer_fields(struct finder *finder, const struct option_layout *layout)
{
	const struct option_field *field;
	const char *begin = value_begins(finder);

	finder->open = true;
	for (field = layout->fields; field < layout->fields + layout->count; field++) {
		if (field->form == VALUE_COUNT || is_given(field, begin, finder->part.text))
			continue;
		if (!finder->typed->c_spelling)
			offer_name(finder, short_name(field), field);
		if (finder->typed->c_spelling || finder->part.len)
			offer_name(finder, field->name, field);
	}
}

static void find_in_fields(struct finder *finder, const struct option_layout *layout)
{
	const struct option_field *field;
	const char *equals;

	finder_split(finder, "{[, \t");
	equals = memchr(finder->part.text, '=', finder->part.len);
	if (!equals) {
		offer_fields(finder, layout);
		/* The name of the only one is seldom written. */
		if (layout->count == 1 && !finder->out->count) {
			finder_begin(finder);
			offer_form(finder, &layout->fields[0]);
		}
		return;
	}
	for (field = layout->fields; field < layout->fields + layout->count; field++) {
		if (!is_named(field, finder->part.text, (size_t)(equals - finder->part.text)))
			continue;
		finder_skip(finder, (size_t)(equals + 1 - finder->part.text));
		offer_form(finder, field);
		return;
	}
}

const struct option *candidates_given_option(const struct finder *finder)
{
	const struct word *word = finder_given(finder, &kind_option);
	const struct word *level_word = finder_given(finder, &kind_level);
	long level = -1;

	if (level_word)
		names_find(&names_level, level_word->text, level_word->len, &level);
	return word ? options_find(word->text, word->len, (int)level) : NULL;
}

void candidates_value(struct finder *finder, const struct arg *arg)
{
	const struct option *option = candidates_given_option(finder);
	const struct option_layout *layout = options_layout(option);

	(void)arg;
	if (!option)
		return;
	if (!options_is_whole(layout)) {
		find_in_fields(finder, layout);
	} else if (option->type == OPTION_BOOL) {
		finder_offer(finder, "on", "1");
		finder_offer(finder, "off", "0");
	} else if (option->type == OPTION_STRING) {
		offer_strings(finder, option);
	} else {
		offer_form(finder, &layout->fields[0]);
	}
}

void candidates_value_form(struct buf *out, const struct option *option)
{
	const struct option_layout *layout = options_layout(option);
	const struct option_field *field;
	const char *between = "";

	if (option->type == OPTION_BOOL)
		buf_str(out, "on|off");
	else if (layout->time)
		buf_str(out, "time");
	if (option->type == OPTION_BOOL || layout->time || options_is_whole(layout))
		return;
	for (field = layout->fields; field < layout->fields + layout->count; field++) {
		if (field->form == VALUE_COUNT)
			continue;
		buf_printf(out, "%s%s=...", between, short_name(field));
		between = " ";
	}
}

void candidates_value_text(struct buf *out, const struct option *option)
{
	const struct option_layout *layout = options_layout(option);

	buf_str(out, option->text);
	if (layout->time)
		buf_printf(out, "; %s", words("value.time"));
	else if (options_is_whole(layout) && option->type != OPTION_BOOL)
		buf_printf(out, "; %s", form_text(layout->fields[0].form));
	else if (!options_is_whole(layout))
		buf_printf(out, "; %s, %s", layout->name, words("value.fields"));
}
