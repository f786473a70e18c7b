/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_TEE_H
#define SOCKSTEP_REPORT_TEE_H

#include "report/report.h"

/*
 * A renderer of text that writes all of it twice: for a person, as wide and as colourful as the
 * terminal is, and once more, to be kept. All three reports are the caller's; use `report`, whose
 * `out` and `errors` are those of SHOWN.
 */
struct tee {
	struct report report;
	struct report *shown, *kept;
	bool quiet; /* nothing is shown */
};

void tee_init(struct tee *tee, struct report *shown, struct report *kept);

#endif
