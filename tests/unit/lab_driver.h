/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_LAB_DRIVER_H
#define SOCKSTEP_TESTS_LAB_DRIVER_H

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/host.h"
#include "unit.h"

/* A host whose first process ends as soon as it has made it: what holds it are its descriptors. */

static inline int driver_start(void *data, const struct host *host,
			       const char *(*enter)(const void *arg), const void *arg,
			       struct error *err)
{
	pid_t *pid = data;

	(void)host;
	*pid = fork();
	if (*pid == 0)
		_exit(enter(arg) != NULL);
	return *pid < 0 ? error_errno(err, "fork") : 0;
}

static inline int driver_died(void *data, struct error *err)
{
	(void)data;
	return error_set(err, "it died");
}

static inline struct host *make_host(struct lab *lab, const char *name)
{
	pid_t pid;
	struct host_starter starter = {.start = driver_start, .died = driver_died, .data = &pid};
	struct error err;
	struct host *host = lab_begin(lab, name, strlen(name), NULL, NULL, &starter, &err);
	int status;

	ck_assert_msg(host != NULL, "%s", err.text);
	ck_assert_msg(lab_finish(lab, host, &starter, &err) == 0, "%s", err.text);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	return host;
}

#endif
