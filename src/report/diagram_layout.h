/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_DIAGRAM_LAYOUT_H
#define SOCKSTEP_REPORT_DIAGRAM_LAYOUT_H

#include "report/drawing.h"
#include "report/machine.h"

/* Where the parts of the state diagram stand, for terminals of several widths. */

/* As in RFC 9293's figure 5, CLOSED stands twice: where connections begin, and where they end. */
enum diagram_place {
	PLACE_CLOSED,
	PLACE_LISTEN,
	PLACE_SYN_RECEIVED,
	PLACE_SYN_SENT,
	PLACE_ESTABLISHED,
	PLACE_FIN_WAIT_1,
	PLACE_CLOSE_WAIT,
	PLACE_FIN_WAIT_2,
	PLACE_CLOSING,
	PLACE_LAST_ACK,
	PLACE_TIME_WAIT,
	PLACE_END,
	PLACE_COUNT,
};

extern const enum endpoint_state place_states[PLACE_COUNT];

/* What of an arrow's words a label has. */
enum label_part {
	PART_NONE,
	PART_EVENT,
	PART_ACTION,
	PART_BOTH, /* event / action */
};

struct diagram_box {
	struct spot at;
	uint8_t width, height;
};

struct diagram_label {
	struct spot at;
	enum label_part part;
};

#define ARROW_CORNERS 4
#define ARROW_LABELS  2

struct diagram_arrow {
	uint8_t count;
	struct spot corners[ARROW_CORNERS]; /* as drawing_arrow() has them */
	struct diagram_label labels[ARROW_LABELS];
};

struct diagram_layout {
	int columns; /* that it needs */
	uint8_t rows;
	bool calls; /* an event has the call of the socket API with it: "CLOSE (close)" */
	struct diagram_box boxes[PLACE_COUNT];
	struct diagram_arrow arrows[ARC_DRAWN];
};

/* The widest that fits into so many columns; NULL: none does. */
const struct diagram_layout *diagram_layout_for(int columns);

/* From the widest down; NULL past the last. */
const struct diagram_layout *diagram_layout_at(size_t index);

#endif
