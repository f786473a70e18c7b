/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/option_list.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "calls/kinds_option.h"
#include "session/state.h"

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

/* A longer text is cut behind its first field. */
#define TEXT_MOST 300

struct memory {
	struct process_values values;
	struct option_entry entries[];
};

void option_list_free(struct option_list *list)
{
	size_t i;

	if (!list)
		return;
	for (i = 0; i < list->count; i++) {
		free((char *)list->entries[i].text);
		free((char *)list->entries[i].usual_text);
	}
	free(list->memory);
	free(list);
}

static char *text_of(int network, const struct option *option, const void *data, size_t len)
{
	struct buf text = {0};
	const char *comma;

	option_print_plain(&text, network, option, data, len);
	comma = text.len > TEXT_MOST ? strstr(buf_text(&text), ", ") : NULL;
	if (comma) {
		buf_truncate(&text, (size_t)(comma - buf_text(&text)));
		buf_str(&text, ", ...}");
	}
	return buf_take(&text);
}

static bool applies(const struct option_list *list, const struct option *option)
{
	const struct endpoint *endpoint = &list->shown.now;

	return options_applies(option, endpoint->family, endpoint->type, endpoint->protocol);
}

/* What Multipath TCP refuses, plain TCP may have. */
static bool is_lack(const struct option_list *list, int error)
{
	return (error == ENOPROTOOPT || error == EOPNOTSUPP) &&
	       list->shown.now.protocol != IPPROTO_MPTCP;
}

static struct option_entry *add(struct option_list *list, const struct option *option,
				enum option_state state)
{
	struct option_entry *entry = &list->entries[list->count++];

	*entry = (struct option_entry){.option = option, .state = state};
	return entry;
}

static void add_value(struct option_list *list, const struct option_value *value)
{
	struct option_entry *entry;

	if (value->error && !applies(list, value->option))
		return;
	entry = add(list, value->option, OPTION_READ);
	entry->error = value->error;
	entry->data = value->data;
	entry->len = value->len;
	if (!value->error)
		entry->text = text_of(list->network, value->option, value->data, value->len);
	else
		entry->state = is_lack(list, value->error) ? OPTION_LACKS : OPTION_FAILED;
}

/* In the order of the table, so that each level stands together. */
static void add_values(struct option_list *list, const struct process_values *values)
{
	const struct option *option = options;
	struct option_value value;
	size_t at = 0;
	bool more = option_values_next(values->bytes, values->len, &at, &value);

	for (; option < options + options_count; option++) {
		bool told = more && value.option == option;

		if (list->level == -1 || option->level == list->level) {
			if (told)
				add_value(list, &value);
			else if (option->access & OPTION_GET && option->reading != OPTION_HIDDEN &&
				 applies(list, option))
				add(list, option, OPTION_UNREAD);
		}
		if (told)
			more = option_values_next(values->bytes, values->len, &at, &value);
	}
}

static void compare(const struct option_list *list, struct option_entry *entry,
		    const struct option_value *fresh)
{
	entry->has_usual = true;
	entry->usual = fresh->data;
	entry->usual_len = fresh->len;
	entry->usual_text = text_of(list->network, fresh->option, fresh->data, fresh->len);
	entry->differs =
		entry->len != fresh->len || memcmp(entry->data, fresh->data, fresh->len) != 0;
}

static void compare_all(struct option_list *list, const struct process_values *values)
{
	struct option_value fresh;
	size_t at = 0, i = 0;

	while (option_values_next(values->fresh, values->fresh_len, &at, &fresh)) {
		while (i < list->count && list->entries[i].option < fresh.option)
			i++;
		if (i < list->count && list->entries[i].option == fresh.option && !fresh.error &&
		    list->entries[i].state == OPTION_READ && fresh.option->reading == OPTION_PLAIN)
			compare(list, &list->entries[i], &fresh);
	}
}

static struct option_list *new_list(struct memory **memory)
{
	struct option_list *list = calloc(1, sizeof(*list));

	*memory = malloc(sizeof(**memory) + options_count * sizeof((*memory)->entries[0]));
	if (!list || !*memory) {
		free(list);
		free(*memory);
		return NULL;
	}
	list->memory = *memory;
	list->entries = (*memory)->entries;
	return list;
}

struct option_list *session_options(struct session *session, int fd, int level, struct error *err)
{
	struct memory *memory;
	struct option_list *list = new_list(&memory);
	const struct endpoint *endpoint;

	if (!list) {
		error_set(err, "out of memory");
		return NULL;
	}
	list->level = level;
	list->network = resolver_network(&session->resolver);
	if (session_show(session, fd, &list->shown, err) < 0)
		goto fail;
	if (list->shown.untold) {
		error_set(err, "fd %d is no socket: it is a %s", fd, list->shown.what);
		goto fail;
	}
	endpoint = &list->shown.now;
	if (process_values(session->current->process, fd, endpoint->family, endpoint->type,
			   endpoint->protocol, &memory->values) < 0) {
		process_refuses(session->current->process, err);
		goto fail;
	}
	if (!session->failure.call)
		session->failure = memory->values.failure;
	list->fresh_error = memory->values.fresh_error;
	add_values(list, &memory->values);
	compare_all(list, &memory->values);
	list->number = ++session->steps;
	return list;
fail:
	option_list_free(list);
	return NULL;
}
