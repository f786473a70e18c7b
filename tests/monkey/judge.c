/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../fuzz/oracle.h"

static void problem(struct judge *judge, const char *what, const char *line, size_t len)
{
	if (!judge->problem[0])
		snprintf(judge->problem, sizeof(judge->problem), "%s: %.*s", what,
			 len > 400 ? 400 : (int)len, line);
}

/* Behind a string, or a value of any kind, of JSON that is known to be sound and without blanks. */
static const char *behind_string(const char *at)
{
	for (at++; *at != '"'; at++)
		if (*at == '\\')
			at++;
	return at + 1;
}

static const char *behind_value(const char *at)
{
	int depth = 0;

	do {
		if (*at == '"') {
			at = behind_string(at);
			continue;
		}
		if (*at == '{' || *at == '[')
			depth++;
		else if (*at == '}' || *at == ']')
			depth--;
		at++;
	} while (depth || !strchr(",}]", *at));
	return at;
}

/* The value of a key of the line's object; NULL where it has none. */
static const char *member(const char *line, size_t len, const char *key)
{
	const char *at = line + 1, *end = line + len;

	while (at < end && *at == '"') {
		const char *behind = behind_string(at);

		if ((size_t)(behind - at) == strlen(key) + 2 &&
		    memcmp(at + 1, key, strlen(key)) == 0)
			return behind + 1;
		at = behind_value(behind + 1) + 1;
	}
	return NULL;
}

static bool is_event(const char *line, size_t len, const char *name)
{
	const char *event = member(line, len, "event");

	return event && strncmp(event + 1, name, strlen(name)) == 0 &&
	       event[strlen(name) + 1] == '"';
}

static bool has_all(const char *line, size_t len, const char *const keys[])
{
	for (; *keys; keys++)
		if (!member(line, len, *keys))
			return false;
	return true;
}

static void judge_step(struct judge *judge, const char *line, size_t len)
{
	static const char *const keys[] = {"step", "line",      "process", "command", "function",
					   "call", "result",    "errno",   "why",     "job",
					   "data", "endpoints", "packets", NULL};

	if (!has_all(line, len, keys)) {
		problem(judge, "a step lacks a field", line, len);
		return;
	}
	if (strtoul(member(line, len, "step"), NULL, 10) != ++judge->steps)
		problem(judge, "steps are not numbered one by one", line, len);
	judge->failed += member(line, len, "errno")[0] == '"';
}

static void judge_options(struct judge *judge, const char *line, size_t len)
{
	static const char *const keys[] = {"step",    "line",   "process", "command", "endpoint",
					   "options", "failed", "lacks",   "unread",  NULL};

	if (!has_all(line, len, keys))
		problem(judge, "a list of options lacks a field", line, len);
	else if (strtoul(member(line, len, "step"), NULL, 10) != ++judge->steps)
		problem(judge, "steps are not numbered one by one", line, len);
}

/* A process may be killed by a signal that a call asked for, but not by a fault. */
static void judge_death(struct judge *judge, const char *line, size_t len)
{
	static const char *const faults[] = {"exited with status 1",
					     "exited with status 99",
					     "SIGSEGV",
					     "SIGABRT",
					     "SIGBUS",
					     "SIGFPE",
					     "SIGILL",
					     "SIGSYS",
					     NULL};
	size_t i;

	judge->deaths++;
	for (i = 0; faults[i]; i++)
		if (memmem(line, len, faults[i], strlen(faults[i])))
			problem(judge, "a process crashed", line, len);
}

static void judge_event(struct judge *judge, const char *line, size_t len)
{
	static const char *const error_keys[] = {"file",   "line",   "process", "message",
						 "column", "length", NULL};

	size_t where;

	if (*line != '{' || !oracle_json(line, len, &where)) {
		problem(judge, "no JSON object", line, len);
		return;
	}
	if (judge->ended)
		problem(judge, "something behind the end", line, len);
	if (is_event(line, len, "step") || is_event(line, len, "completed") ||
	    is_event(line, len, "waiting") || is_event(line, len, "packet") ||
	    is_event(line, len, "crash"))
		judge_step(judge, line, len);
	else if (is_event(line, len, "options"))
		judge_options(judge, line, len);
	else if (is_event(line, len, "died"))
		judge_death(judge, line, len);
	else if (is_event(line, len, "error") && !has_all(line, len, error_keys))
		problem(judge, "an error lacks a field", line, len);
	else if (is_event(line, len, "end"))
		judge->ended = true;
	else if (!member(line, len, "event"))
		problem(judge, "no event", line, len);
	judge->errors += is_event(line, len, "error");
	if (judge->ended && strtoul(member(line, len, "steps"), NULL, 10) != judge->steps)
		problem(judge, "the end counts other steps", line, len);
}

void judge_line(struct judge *judge, const char *line, size_t len, bool errors)
{
	static const char death[] = "process main ";

	if (!oracle_harmless(line, len, false))
		problem(judge, "bytes that drive a terminal, or no UTF-8", line, len);
	if (errors)
		return;
	if (judge->json)
		judge_event(judge, line, len);
	else if (len > sizeof(death) && memmem(line, len > 20 ? 20 : len, death, strlen(death)))
		judge_death(judge, line, len);
}
