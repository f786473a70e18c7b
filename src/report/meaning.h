/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_MEANING_H
#define SOCKSTEP_REPORT_MEANING_H

#include "report/report.h"

/* What a word means, as text. Neither flushes. */
void meaning_put(struct out *out, const struct meaning *meaning);

/* What has WORDS in its name or text: COUNT of TOTAL, a line or two each. */
void meaning_put_found(struct out *out, const char *words, const struct meaning *list, size_t count,
		       size_t total);

#endif
