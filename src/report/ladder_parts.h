/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_LADDER_PARTS_H
#define SOCKSTEP_REPORT_LADDER_PARTS_H

#include "base/buf.h"
#include "base/map.h"
#include "report/canvas.h"
#include "session/step.h"

/* What the files of the ladder share; nobody else includes it. */

#define LADDER_HOSTS SHOWN_HOSTS

/* A host's column. */
struct lane {
	int order; /* the host's number */
	const char *name;
	size_t x;
};

enum ladder_layout {
	LAYOUT_PAIR,    /* two ends with their states, an arrow between them */
	LAYOUT_COLUMNS, /* the same for more hosts */
	LAYOUT_LINES,   /* a line for each host; the words stand behind or below */
	LAYOUT_LIST,    /* no picture */
};

struct ladder {
	struct out *out;
	struct canvas canvas;
	enum ladder_layout layout;
	size_t indent; /* the packet's number stands before */
	size_t state;  /* columns of a state; 0: they stand behind the picture */
	size_t arrow;  /* columns between two states */
	bool changes;  /* there is room for what a state was */
	struct lane lanes[LADDER_HOSTS + 1]; /* at least two, where it is a pair */
	size_t lane_count;
	bool below;                         /* the words stand below the picture */
	bool numbered;                      /* the lanes have numbers, since names have no room */
	const struct shown_packet *heading; /* of the connection that is drawn; NULL: none yet */
	enum endpoint_state last[2]; /* of its ends, the heading's sender first, as drawn last */
	const struct shown_cause *cause;
	struct map latest; /* of packets by number: the last moment of those that have several */
};

enum rung_end {
	RUNG_ARRIVES,
	RUNG_HELD,
	RUNG_LOST,
	RUNG_ON_ITS_WAY, /* a later one tells what became of it */
};

/* One packet as it is drawn: with what was, if it was held, when it came. */
struct rung {
	struct shown_packet packet;
	struct buf label;
	size_t width; /* of the label */
	enum out_style style;
	enum rung_end end;
	struct buf stop; /* "dropped", at the end of the arrow; or nothing */
	bool right;      /* from left to right, between two */
};

/* COUNT of them: a packet that was held, and then what became of it next, are one. Returns how many
 * were taken. */
size_t rung_init(struct rung *rung, const struct ladder *ladder, const struct shown_packet *list,
		 size_t count);
void rung_free(struct rung *rung);

/* The columns from X0 to before X1, in which an arrow is drawn. */
struct span_of {
	size_t x0, x1;
	bool right;
	bool stop;      /* with the words for how it ends */
	size_t room;    /* from its beginning, for the label; 0: all of it */
	unsigned heads; /* lanes that it reaches on its way: bits */
};

/* Whether the label has room on it. */
bool rung_fits(const struct rung *rung, const struct span_of *span);

/* Lanes that it passes are crossed. */
void rung_arrow(struct ladder *ladder, const struct rung *rung, const struct span_of *span,
		bool label);

/* "LISTEN ⇒ SYN-RECEIVED" on the canvas; WAS only where there is room. Returns the column behind.
 */
size_t rung_state(struct ladder *ladder, size_t x, enum endpoint_state was,
		  enum endpoint_state now);

/* The sender's name, or the receiver's: of a host, or over loopback "main 4". */
void ladder_name(struct buf *text, const struct shown_packet *packet, bool sender);

/* The state of the socket that a packet for all found on a host, by its number. */
enum endpoint_state ladder_found(const struct shown_packet *packet, int order);

/* The packet's number, on the canvas. */
void ladder_number(struct ladder *ladder, const struct shown_packet *packet);

/* The label above the arrow, where that is too short for it; with STOP how it ends, too. */
void ladder_caption(struct ladder *ladder, const struct rung *rung, size_t column, bool stop);

/* Where the lines are, and how wide that is. */
void lanes_plan(struct ladder *ladder);

/* The names of the hosts above their columns. */
void lanes_heading(struct ladder *ladder);

/* A packet between the columns of hosts; as an item of a list. */
void lanes_put(struct ladder *ladder, const struct rung *rung);
void lanes_list(struct ladder *ladder, const struct rung *rung);

#endif
