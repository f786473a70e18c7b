/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_REPORTS_H
#define SOCKSTEP_TESTS_REPORTS_H

#include "fuzz.h"
#include "report/report.h"

/*
 * What the renderers make of anything: with JSON each line is valid, and each starts anew; as text
 * on a terminal of WIDTH columns nothing harmful comes out.
 */
void reports_step(const struct step *step, const struct place *place, int width);
void reports_packets(const struct shown_packet *list, size_t count, int width);
void reports_endpoints(const struct shown *list, size_t count, int width);
void reports_others(const struct place *place, const struct error *err, const char *text,
		    int width);

/* Names of the fields, in order; NULL past the last. */
const char *reports_field(size_t index);

/* An endpoint of which the kernel told SHOWN, with what such endpoints can have about them. */
void reports_fill(struct fuzz_input *in, struct endpoint *endpoint);

#endif
