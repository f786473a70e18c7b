/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/grow.h"
#include "names/names.h"

/* The kernel keeps its errors below this (include/linux/err.h), its own ones past 511 included. */
#define ERRNO_MAX 4095

/* What strerrorname_np() lacks: second names, and an error of the kernel's own. */
static const struct {
	const char *name;
	int value;
} others[] = {
	{"EWOULDBLOCK", EWOULDBLOCK},
	{"ENOTSUP", ENOTSUP},
	{"EDEADLOCK", EDEADLOCK},
	{"ERESTARTSYS", 512},
};

int names_errno(const char *word, size_t len)
{
	size_t i;
	int value;

	for (value = 1; value <= ERRNO_MAX; value++) {
		const char *name = strerrorname_np(value);

		if (name && names_same(name, word, len))
			return value;
	}
	for (i = 0; i < COUNT_OF(others); i++) {
		if (names_same(others[i].name, word, len))
			return others[i].value;
	}
	return 0;
}

const char *names_errno_name(int value)
{
	static _Thread_local char text[32];
	const char *name = strerrorname_np(value);
	size_t i;

	if (name)
		return name;
	for (i = 0; i < COUNT_OF(others); i++) {
		if (others[i].value == value)
			return others[i].name;
	}
	snprintf(text, sizeof(text), "errno %d", value);
	return text;
}

int names_error(const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < names_eai.count; i++)
		if (names_same(names_eai.list[i].name, word, len))
			return (int)names_eai.list[i].value;
	return names_errno(word, len);
}

const char *names_error_name(int value)
{
	const struct name *entry = value < 0 ? names_entry(&names_eai, value) : NULL;

	return entry ? entry->name : names_errno_name(value);
}

const char *names_error_text(int value)
{
	return value < 0 ? gai_strerror(value) : strerror(value);
}

const char *names_signal_name(int value)
{
	static _Thread_local char text[32];
	const struct name *entry = names_entry(&names_signal, value);

	if (entry)
		return entry->name;
	if (value > SIGRTMIN && value < SIGRTMAX)
		snprintf(text, sizeof(text), "SIGRTMIN+%d", value - SIGRTMIN);
	else
		snprintf(text, sizeof(text), "signal %d", value);
	return text;
}
