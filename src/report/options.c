/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kernel/tcp_info.h"
#include "names/names.h"
#include "names/words.h"
#include "net/interface.h"
#include "report/options.h"
#include "report/parts.h"
#include "report/text.h"

#define MARK_COLUMN 0
#define NAME_COLUMN 2
#define GAP         2
#define VALUE_MOST  28 /* columns of a value that the meanings make room for */
#define TEXT_LEAST  30 /* columns that a meaning needs */

/* "1", or "1 (default 0)". */
static void add_value(struct buf *out, const struct option_entry *entry)
{
	buf_str(out, entry->text ? entry->text : "");
	if (!entry->differs)
		return;
	buf_char(out, ' ');
	words_fill(out, "options.default", "value", entry->usual_text ? entry->usual_text : "",
		   NULL);
}

struct columns {
	size_t value, text;
};

/*
 * At its default, and of no manual page, or without effect on such a socket: in a list of all
 * levels its name is enough.
 */
static bool is_quiet(const struct option_list *list, const struct option_entry *entry)
{
	const struct endpoint *now = &list->shown.now;

	return list->level == -1 && entry->state == OPTION_READ && entry->has_usual &&
	       !entry->differs &&
	       (!entry->option->page ||
		!options_applies(entry->option, now->family, now->type, now->protocol));
}

static bool is_row(const struct option_list *list, const struct option_entry *entry)
{
	return entry->state == OPTION_READ && !is_quiet(list, entry);
}

static bool in_group(const struct option_list *list, const struct option_entry *entry,
		     const struct option_entry *first)
{
	return is_row(list, entry) && entry->option->level == first->option->level;
}

static struct columns columns_of(const struct out *out, const struct option_list *list,
				 const struct option_entry *first)
{
	size_t name = 0, value = 0, i;

	for (i = 0; i < list->count; i++) {
		const struct option_entry *entry = &list->entries[i];
		struct buf text = {0};
		size_t width;

		if (!in_group(list, entry, first))
			continue;
		add_value(&text, entry);
		width = parts_width(out, buf_text(&text), text.len);
		if (width <= VALUE_MOST && width > value)
			value = width;
		width = strlen(entry->option->name);
		name = width > name ? width : name;
		buf_free(&text);
	}
	name += NAME_COLUMN + GAP;
	return (struct columns){name, name + value + GAP};
}

/* The meaning stands beside the value, where there is room; `help` has it at any time. */
static void put_meaning(struct out *out, const struct columns *columns, const char *text)
{
	if (out->column + GAP > columns->text || columns->text + TEXT_LEAST > (size_t)out->width) {
		out_newline(out);
		return;
	}
	out_pad(out, columns->text);
	out_style(out, OUT_DIM);
	out_wrap(out, columns->text, text);
}

static void put_entry(struct out *out, const struct columns *columns,
		      const struct option_entry *entry)
{
	struct buf text = {0};

	add_value(&text, entry);
	if (entry->differs)
		out_text(out, "*");
	out_pad(out, NAME_COLUMN);
	out_text(out, entry->option->name);
	out_pad(out, columns->value);
	if (entry->differs)
		out_style(out, OUT_CHANGE);
	if (columns->value + parts_width(out, buf_text(&text), text.len) > (size_t)out->width) {
		out_wrap(out, columns->value, buf_text(&text));
	} else {
		out_bytes(out, buf_text(&text), text.len);
		out_style(out, OUT_PLAIN);
		put_meaning(out, columns, entry->option->text);
	}
	buf_free(&text);
}

static void put_group(struct out *out, const struct option_list *list,
		      const struct option_entry *first)
{
	struct columns columns = columns_of(out, list, first);
	struct buf head = {0};
	size_t i;

	names_print(&head, &names_level, first->option->level);
	out_style(out, OUT_HEAD);
	out_text(out, buf_text(&head));
	out_newline(out);
	buf_free(&head);
	for (i = 0; i < list->count; i++)
		if (in_group(list, &list->entries[i], first))
			put_entry(out, &columns, &list->entries[i]);
}

/* A sentence with these names, where there are any. */
static void put_names(struct out *out, const char *key, const struct buf *names)
{
	struct buf text = {0};

	if (names->len) {
		words_fill(&text, key, "options", buf_text(names), NULL);
		out_style(out, OUT_DIM);
		out_wrap(out, NAME_COLUMN, buf_text(&text));
	}
	buf_free(&text);
}

static void add_name(struct buf *names, const struct option_entry *entry)
{
	buf_printf(names, "%s%s", names->len ? ", " : "", entry->option->name);
}

static void put_others(struct out *out, const struct option_list *list, enum option_state state,
		       const char *key)
{
	struct buf names = {0};
	size_t i;

	for (i = 0; i < list->count; i++) {
		const struct option_entry *entry = &list->entries[i];

		if (entry->state != state)
			continue;
		add_name(&names, entry);
		if (state == OPTION_FAILED)
			buf_printf(&names, " (%s)", names_errno_name(entry->error));
	}
	put_names(out, key, &names);
	buf_free(&names);
}

static void put_quiet(struct out *out, const struct option_list *list)
{
	struct buf names = {0};
	size_t i;

	for (i = 0; i < list->count; i++)
		if (is_quiet(list, &list->entries[i]))
			add_name(&names, &list->entries[i]);
	put_names(out, "options.quiet", &names);
	buf_free(&names);
}

static void put_no_fresh(struct out *out, int error)
{
	struct buf text = {0};

	if (!error)
		return;
	words_fill(&text, "options.no-fresh", "errno", names_errno_name(error), NULL);
	out_style(out, OUT_WHY);
	out_wrap(out, NAME_COLUMN, buf_text(&text));
	buf_free(&text);
}

void text_options(struct out *out, const struct option_list *list)
{
	const struct option_entry *last = NULL;
	struct line line;
	size_t i;

	line_init(&line, out);
	text_endpoint(&line, &list->shown, list->shown.process);
	line_free(&line);
	for (i = 0; i < list->count; i++) {
		const struct option_entry *entry = &list->entries[i];

		if (!is_row(list, entry) || (last && in_group(list, entry, last)))
			continue;
		put_group(out, list, entry);
		last = entry;
	}
	put_no_fresh(out, list->fresh_error);
	put_quiet(out, list);
	put_others(out, list, OPTION_FAILED, "options.failed");
	put_others(out, list, OPTION_LACKS, "options.lacks");
	put_others(out, list, OPTION_UNREAD, "options.unread");
}

static void name_value(struct emit *emit, const struct names *names, long long value)
{
	const struct name *entry = names_entry(names, (long)value);

	if (entry)
		emit_text(emit, entry->name);
	else
		emit_number(emit, value);
}

static void tcp_info_value_all(struct emit *emit, const void *data, size_t len)
{
	uint64_t value;
	size_t i;

	emit_open(emit, '{');
	for (i = 0; i < tcp_info_count; i++) {
		if (!tcp_info_value(&tcp_info_fields[i], data, len, &value))
			continue;
		emit_key(emit, tcp_info_fields[i].name);
		emit_unsigned(emit, value);
	}
	emit_close(emit, '}');
}

/* As it is printed: addresses and the like, which are no numbers. */
static void printed_value(struct emit *emit, const struct option_field *field, const void *data,
			  size_t len)
{
	size_t start = emit_string_begin(emit);

	option_print_field(emit->out, INTERFACES_NONE, field, data, len);
	emit_string_end(emit, start);
}

static void bytes_value(struct emit *emit, const void *data, size_t len)
{
	emit_hex(emit, data, len);
}

static void field_value(struct emit *emit, const struct option_field *field, const void *data,
			size_t len)
{
	const char *bytes = (const char *)data + field->offset;
	size_t size = field->size ? field->size : len - field->offset;
	long long number;

	switch (field->form) {
	case VALUE_STRING:
		emit_string(emit, bytes, strnlen(bytes, size));
		return;
	case VALUE_BYTES:
		bytes_value(emit, bytes, size);
		return;
	case VALUE_TCP_INFO:
		tcp_info_value_all(emit, bytes, size);
		return;
	case VALUE_IPV4:
	case VALUE_IPV6:
	case VALUE_MAC:
	case VALUE_ADDRESS:
		printed_value(emit, field, data, len);
		return;
	default:
		break;
	}
	number = options_number(field, data);
	if (field->form == VALUE_CONSTANT && !field->names->flags)
		name_value(emit, field->names, number);
	else if (field->form == VALUE_ERRNO && number)
		emit_text(emit, names_errno_name((int)number));
	else if (field->form == VALUE_UINT || field->form == VALUE_HEX)
		emit_unsigned(emit, (uint64_t)number);
	else
		emit_number(emit, number);
}

static void layout_value(struct emit *emit, const struct option_layout *layout, const void *data,
			 size_t len);

static void list_value(struct emit *emit, const struct option_layout *layout, const void *data,
		       size_t len)
{
	const struct option_layout *element = options_list(layout)->element;
	size_t at;

	emit_open(emit, '[');
	for (at = layout->size; at + element->size <= len; at += element->size)
		layout_value(emit, element, (const char *)data + at, element->size);
	emit_close(emit, ']');
}

static void layout_value(struct emit *emit, const struct option_layout *layout, const void *data,
			 size_t len)
{
	unsigned i;

	if (options_is_whole(layout)) {
		if (options_list(layout))
			list_value(emit, layout, data, len);
		else
			field_value(emit, &layout->fields[0], data, len);
		return;
	}
	emit_open(emit, '{');
	for (i = 0; i < layout->count; i++) {
		const struct option_field *field = &layout->fields[i];

		if ((size_t)field->offset + field->size > len)
			break;
		emit_key(emit, field->name);
		if (field->form == VALUE_LIST)
			list_value(emit, layout, data, len);
		else
			field_value(emit, field, data, len);
	}
	emit_close(emit, '}');
}

static void option_value_of(struct emit *emit, const struct option *option, const void *data,
			    size_t len)
{
	const struct option_layout *layout = options_layout_of(option, len);

	if (layout)
		layout_value(emit, layout, data, len);
	else
		bytes_value(emit, data, len);
}

static void entry_value(struct emit *emit, const struct option_entry *entry)
{
	emit_open(emit, '{');
	emit_add_names(emit, "level", &names_level, entry->option->level);
	emit_add_text(emit, "name", entry->option->name);
	emit_key(emit, "value");
	option_value_of(emit, entry->option, entry->data, entry->len);
	emit_key(emit, "default");
	if (entry->has_usual)
		option_value_of(emit, entry->option, entry->usual, entry->usual_len);
	else
		emit_null(emit);
	emit_add_bool(emit, "differs", entry->differs);
	emit_close(emit, '}');
}

static void names_value(struct emit *emit, const struct option_list *list, enum option_state state)
{
	size_t i;

	emit_open(emit, '[');
	for (i = 0; i < list->count; i++)
		if (list->entries[i].state == state)
			emit_text(emit, list->entries[i].option->name);
	emit_close(emit, ']');
}

static void failed_value(struct emit *emit, const struct option_list *list)
{
	size_t i;

	emit_open(emit, '[');
	for (i = 0; i < list->count; i++) {
		const struct option_entry *entry = &list->entries[i];

		if (entry->state != OPTION_FAILED)
			continue;
		emit_open(emit, '{');
		emit_key(emit, "name");
		emit_text(emit, entry->option->name);
		emit_key(emit, "errno");
		emit_text(emit, names_errno_name(entry->error));
		emit_close(emit, '}');
	}
	emit_close(emit, ']');
}

void json_options(struct emit *emit, const struct option_list *list)
{
	size_t i;

	emit_key(emit, "options");
	emit_open(emit, '[');
	for (i = 0; i < list->count; i++)
		if (list->entries[i].state == OPTION_READ)
			entry_value(emit, &list->entries[i]);
	emit_close(emit, ']');
	emit_key(emit, "failed");
	failed_value(emit, list);
	emit_key(emit, "lacks");
	names_value(emit, list, OPTION_LACKS);
	emit_key(emit, "unread");
	names_value(emit, list, OPTION_UNREAD);
}
