/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_DIAGRAM_PATHS_H
#define SOCKSTEP_REPORT_DIAGRAM_PATHS_H

#include "report/diagram.h"

/* What stands below the state diagram: what its lines mean, and each endpoint's way in words. */

struct paths {
	const struct traced *list;
	size_t count;
	enum diagram_place *places; /* of each */
	bool processes;             /* they are told apart by their processes */
};

/* Whether not all of them are of the first process. */
bool diagram_processes(const struct traced *list, size_t count);

void diagram_legend(struct out *out, const struct picture *picture, size_t count);
void diagram_paths(struct out *out, const struct paths *paths);

#endif
