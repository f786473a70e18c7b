/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_DIAGRAM_H
#define SOCKSTEP_REPORT_DIAGRAM_H

#include "base/out.h"
#include "report/diagram_layout.h"
#include "report/emit.h"

/* TCP's state diagram, with endpoints on their states and the ways that they took. */

/* How an arrow or a state stands in it, the stronger one last. */
enum mark { MARK_NONE, MARK_UNSEEN, MARK_READ };

/* What endpoints did, put together. */
struct picture {
	enum mark arcs[ARC_COUNT];
	enum mark places[PLACE_COUNT];
	bool shortest; /* an arc is marked since it is on the shortest of several ways */
};

/* PLACES, where not NULL, gets the place on which each endpoint stands. */
void picture_make(struct picture *picture, const struct traced *list, size_t count,
		  enum diagram_place *places);

/* "a:3", "fd 3", "ghost 3", "queue 3", "gone 3": what an endpoint is called in it. */
void diagram_tag(struct buf *out, const struct traced *traced, bool processes);

/* Neither of them flushes. */
void diagram_put(struct out *out, const struct traced *list, size_t count);
void diagram_json(struct emit *emit, const struct traced *list, size_t count);

#endif
