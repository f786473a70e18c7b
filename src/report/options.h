/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_OPTIONS_H
#define SOCKSTEP_REPORT_OPTIONS_H

#include "base/out.h"
#include "calls/kinds_option.h"
#include "report/emit.h"
#include "session/option_list.h"

/* The options of one socket: as a table by level, and as the fields of a JSON event. */
void text_options(struct out *out, const struct option_list *list);
void json_options(struct emit *emit, const struct option_list *list);

#endif
