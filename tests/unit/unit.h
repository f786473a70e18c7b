/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_UNIT_H
#define SOCKSTEP_TESTS_UNIT_H

#include <check.h>
#include <stdlib.h>

/* Runs a suite as a TAP producer for automake's driver. */
static inline int unit_main(Suite *suite)
{
	SRunner *runner = srunner_create(suite);
	int failed;

	setenv("CK_TAP_LOG_FILE_NAME", "-", 1);
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
