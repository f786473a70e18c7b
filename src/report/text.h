/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_TEXT_H
#define SOCKSTEP_REPORT_TEXT_H

#include "report/line.h"
#include "report/report.h"

/* The parts of the text renderer. None of them flushes. */

/* A terminal below this many columns has the addresses follow the state without alignment. */
#define TEXT_NARROW 70

/* One endpoint of a step that PROCESS made, as its line. LINE is free for each. */
void text_endpoint(struct line *line, const struct shown *shown, const char *process);

/* "FILE:LINE:COLUMN: ", as far as it is known; COLUMN 0: none. */
void text_place(struct out *out, const struct place *place, int column);

/* The source line of PLACE with the place of ERR underlined; nothing where it has none. */
void text_underline(struct out *out, const struct place *place, const struct error *err);

void text_status(struct out *out, const struct shown *list, size_t count);
void text_show(struct out *out, const struct shown *shown);

#endif
