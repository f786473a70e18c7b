/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_SESSION_DRIVER_H
#define SOCKSTEP_TESTS_SESSION_DRIVER_H

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/grow.h"
#include "calls/call.h"
#include "lab/private.h"
#include "lang/lang.h"
#include "session/session.h"
#include "unit.h"

#define PATIENCE_US 20000000L

/*
 * A session under test with real sockets, in a private network where the machine allows one. It
 * takes lines as they are typed, and keeps what its hooks are told.
 */
struct seen {
	struct step step; /* texts and endpoints are copies */
};

static struct driver {
	struct session *session;
	bool private_network;
	char host[INET_ADDRSTRLEN]; /* stands for `$` in lines */
	struct error err;
	struct seen *seen;
	size_t count, cap;
	/* Of the last process that died. */
	int deaths;
	char death[64];
	struct shown *fate;
	size_t fate_count;
	/* Of the last signal that came to a process, and how many steps had been told by then. */
	int signals, signal_fd, signal_sender;
	char signal[32];
	size_t signal_behind;
	int fds_before;
} driver;

static inline char *copy_text(const char *text)
{
	char *copy = text ? strdup(text) : NULL;

	ck_assert(!text || copy);
	return copy;
}

static inline struct shown *copy_list(const struct shown *list, size_t count)
{
	struct shown *copy = calloc(count + 1, sizeof(*copy));
	size_t i;

	ck_assert_ptr_nonnull(copy);
	for (i = 0; i < count; i++) {
		copy[i] = list[i];
		copy[i].name = copy_text(list[i].name);
	}
	return copy;
}

static inline void free_list(struct shown *list, size_t count)
{
	while (count--)
		free((char *)list[count].name);
	free(list);
}

static inline void keep_step(void *data, const struct step *from)
{
	struct step *step;

	(void)data;
	ck_assert_int_eq(grow(&driver.seen, &driver.cap, driver.count, sizeof(*driver.seen)), 0);
	step = &driver.seen[driver.count++].step;
	*step = *from;
	step->text = copy_text(from->text);
	step->why = copy_text(from->why);
	step->waits_for = copy_text(from->waits_for);
	step->command = strndup(from->command, from->command_len);
	step->endpoints = copy_list(from->endpoints, from->endpoint_count);
	if (from->data) {
		step->data = malloc(from->data_len + 1);
		ck_assert_ptr_nonnull(step->data);
		memcpy((void *)step->data, from->data, from->data_len);
	}
}

static inline void forget_steps(void)
{
	while (driver.count) {
		struct step *step = &driver.seen[--driver.count].step;

		free((char *)step->text);
		free((char *)step->why);
		free((char *)step->waits_for);
		free((char *)step->command);
		free((void *)step->data);
		free_list((struct shown *)step->endpoints, step->endpoint_count);
	}
}

static inline void keep_death(void *data, const char *process, const char *how,
			      const struct shown *list, size_t count)
{
	(void)data;
	ck_assert_str_eq(process, "main");
	driver.deaths++;
	snprintf(driver.death, sizeof(driver.death), "%s", how);
	free_list(driver.fate, driver.fate_count);
	driver.fate = copy_list(list, count);
	driver.fate_count = count;
}

static inline void keep_came(void *data, const struct came *came)
{
	(void)data;
	ck_assert_str_eq(came->process, "main");
	ck_assert(came->why && *came->why);
	driver.signals++;
	driver.signal_behind = driver.count;
	driver.signal_fd = came->fd;
	driver.signal_sender = came->sender;
	snprintf(driver.signal, sizeof(driver.signal), "%s", came->name);
}

static inline long now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static inline int count_fds(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int count = 0;

	ck_assert_ptr_nonnull(directory);
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

/* Tests that run at the same time, on a machine's own network, each have an address. */
static inline void choose_host(void)
{
	unsigned pid = (unsigned)getpid();

	driver.private_network = private_enter(&driver.err) == 0;
	if (driver.private_network)
		strcpy(driver.host, "127.0.0.1");
	else
		snprintf(driver.host, sizeof(driver.host), "127.%u.%u.%u", 101 + (pid >> 16) % 100,
			 pid >> 8 & 255, pid % 254 + 1);
}

static inline void start_with(struct session_config config)
{
	config.hooks.step = keep_step;
	config.hooks.died = keep_death;
	config.hooks.came = keep_came;
	driver.session = session_new(&config, &driver.err);
	ck_assert_msg(driver.session != NULL, "%s", driver.err.text);
}

/* At the prompt, where a call that waits is told at once. */
static inline void start(void)
{
	struct session_config config = {.prompt = true, .hooks.signal_fd = -1};

	choose_host();
	driver.fds_before = count_fds();
	start_with(config);
}

/* Whatever the test did: no descriptor, no process, no memory is left. */
static inline void end(void)
{
	session_free(driver.session);
	ck_assert_int_eq(count_fds(), driver.fds_before);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
	ck_assert_int_eq(errno, ECHILD);
	forget_steps();
	free(driver.seen);
	free_list(driver.fate, driver.fate_count);
}

static inline enum session_result run_command(const struct command *command)
{
	const struct call *call = calls_find(command->name.text, command->name.len);
	struct value values[CALL_ARGS] = {0};
	struct asked asked = {.command = command->whole.text,
			      .command_len = command->whole.len,
			      .assign = command->assign.text,
			      .assign_len = command->assign.len,
			      .background = command->background};

	ck_assert_ptr_nonnull(call);
	if (values_read(&call->record, command->words, command->count, command->c_spelling,
			command->end_column, session_resolver(driver.session), values,
			&driver.err) < 0) {
		values_free(values);
		return RUN_FAILED;
	}
	return session_call(driver.session, call, values, &asked, &driver.err);
}

/* Runs a line, in which `$` is the host; the result of its last call. */
static inline enum session_result run(const char *text)
{
	enum session_result result = RUN_FAILED;
	struct buf line = {0};
	struct command command;
	size_t at = 0;

	for (; *text; text++)
		if (*text == '$')
			buf_str(&line, driver.host);
		else
			buf_char(&line, *text);
	driver.err = (struct error){0};
	while (lang_next(line.data, line.len, &at, &command, &driver.err) == 1)
		result = run_command(&command);
	buf_free(&line);
	return result;
}

/* The last step, or one before it. */
static inline const struct step *step_back(size_t back)
{
	ck_assert_uint_gt(driver.count, back);
	return &driver.seen[driver.count - 1 - back].step;
}

static inline const struct step *last(void)
{
	return step_back(0);
}

/* Runs a line whose last call gives RESULT. */
static inline const struct step *gives(long result, const char *text)
{
	ck_assert_msg(run(text) == RUN_RETURNED, "%s: %s", text, driver.err.text);
	ck_assert_msg(last()->result == result, "%s = %ld (errno %d)", last()->text, last()->result,
		      last()->error);
	return last();
}

static inline const struct step *ok(const char *text)
{
	return gives(0, text);
}

/* A {field} of the words that nobody filled in. */
static inline bool has_field(const char *text)
{
	while ((text = strchr(text, '{'))) {
		size_t len = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz");

		if (len && text[1 + len] == '}')
			return true;
		text++;
	}
	return false;
}

/* Runs a line whose last call fails, for a reason that holds these words. */
static inline void fails(int error, const char *why, const char *text)
{
	gives(-1, text);
	ck_assert_msg(last()->error == error, "%s: errno %d, not %d", text, last()->error, error);
	ck_assert_msg(last()->why && strstr(last()->why, why), "%s: \"%s\" is not in \"%s\"", text,
		      why, last()->why);
	ck_assert_msg(!has_field(last()->why), "%s", last()->why);
}

static inline const struct shown *find_fd(const struct step *step, int fd)
{
	size_t i;

	for (i = 0; i < step->endpoint_count; i++)
		if (step->endpoints[i].fd == fd)
			return &step->endpoints[i];
	return NULL;
}

/* What a step shows of a descriptor. */
static inline const struct shown *of_fd(const struct step *step, int fd)
{
	const struct shown *shown = find_fd(step, fd);

	ck_assert_msg(shown != NULL, "%s does not show fd %d", step->text, fd);
	return shown;
}

static inline const struct shown *find_role(const struct step *step, enum shown_role role)
{
	size_t i;

	for (i = 0; i < step->endpoint_count; i++)
		if (step->endpoints[i].role == role)
			return &step->endpoints[i];
	return NULL;
}

static inline const struct shown *of_role(const struct step *step, enum shown_role role)
{
	const struct shown *shown = find_role(step, role);

	ck_assert_msg(shown != NULL, "%s shows none of role %d", step->text, role);
	return shown;
}

static inline const char *state_of(const struct shown *shown)
{
	return endpoint_state_name(shown->now.state);
}

/* All that the session knows of, as the last list of session_status(). */
static inline const struct shown *status_of(int fd, size_t *count)
{
	const struct shown *list;
	size_t i;

	*count = session_status(driver.session, &list);
	for (i = 0; i < *count; i++)
		if (list[i].fd == fd)
			return &list[i];
	return NULL;
}

/* Lets jobs go on until so many steps were told. */
static inline void await_steps(size_t count)
{
	long deadline = now_us() + PATIENCE_US;

	while (driver.count < count) {
		ck_assert_msg(now_us() < deadline, "%zu steps of %zu", driver.count, count);
		session_sleep(driver.session, 1000);
	}
}

static inline void await_death(int deaths)
{
	long deadline = now_us() + PATIENCE_US;

	while (driver.deaths < deaths) {
		ck_assert_msg(now_us() < deadline, "the process does not die");
		session_sleep(driver.session, 1000);
	}
}

#endif
