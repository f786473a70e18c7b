/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_REPL_FIXTURE_H
#define SOCKSTEP_TESTS_REPL_FIXTURE_H

#include <check.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "commands/shell.h"

/* A session whose steps go to /dev/null. */
static struct out silent;
static struct report report;
static struct shell shell;

static inline void set_up(void)
{
	struct session_config config = {0};
	struct error err;

	out_init(&silent, open("/dev/null", O_WRONLY | O_CLOEXEC), false);
	report = (struct report){.ops = &report_text_ops, .out = &silent, .errors = &silent};
	shell = (struct shell){.report = &report, .prompt = true, .signal_fd = -1};
	config.hooks = shell_hooks(&shell);
	shell.session = session_new(&config, &err);
	ck_assert_msg(shell.session != NULL, "%s", err.text);
}

static inline void tear_down(void)
{
	session_free(shell.session);
	shell_free(&shell);
	close(silent.fd);
	out_free(&silent);
}

static inline void run(const char *text)
{
	shell_text(&shell, NULL, 1, text, strlen(text));
}

#endif
