/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>

#include "base/grow.h"
#include "report/diagram.h"
#include "report_samples.h"
#include "unit.h"

#define WIDE 120
#define GRID 128
#define NONE 0xff
#define A    "10.0.0.1:40000"
#define B    "10.0.0.2:80"

/* Where a box, an arrow or a label is: its number, so that none lies on another. */
struct grid {
	uint8_t boxes[GRID][GRID], arrows[GRID][GRID], labels[GRID][GRID];
};

static void take(uint8_t taken[GRID][GRID], size_t x, size_t y, uint8_t by,
		 const struct diagram_layout *layout)
{
	ck_assert_msg(x < (size_t)layout->columns && y < layout->rows, "%d: %zu, %zu is outside",
		      layout->columns, x, y);
	ck_assert_msg(taken[y][x] == NONE || taken[y][x] == by, "%d: %u and %u at %zu, %zu",
		      layout->columns, taken[y][x], by, x, y);
	taken[y][x] = by;
}

static void take_box(struct grid *grid, const struct diagram_layout *layout, uint8_t place)
{
	const struct diagram_box *box = &layout->boxes[place];

	ck_assert_uint_ge(box->width, strlen(endpoint_state_name(place_states[place])) + 2);
	for (size_t y = 0; y < box->height; y++)
		for (size_t x = 0; x < box->width; x++)
			take(grid->boxes, box->at.x + x, box->at.y + y, place, layout);
}

static int step_of(int from, int to)
{
	return (to > from) - (to < from);
}

/* The box that an arrow leaves, and the one that it comes to, are those of its states. */
static void take_arrow(struct grid *grid, const struct diagram_layout *layout, uint8_t arc)
{
	const struct diagram_arrow *arrow = &layout->arrows[arc];
	const struct spot *corners = arrow->corners;
	int x = corners[0].x, y = corners[0].y, dx = 0, dy = 0;
	uint8_t place = grid->boxes[y][x];

	ck_assert_int_ge(arrow->count, 2);
	ck_assert_msg(place != NONE && place_states[place] == arcs[arc].from, "%d: arrow %u",
		      layout->columns, arc);
	for (int i = 1; i < arrow->count; i++) {
		dx = step_of(x, corners[i].x);
		dy = step_of(y, corners[i].y);
		ck_assert_msg((dx == 0) != (dy == 0), "%d: arrow %u is not straight",
			      layout->columns, arc);
		while (x != corners[i].x || y != corners[i].y) {
			x += dx;
			y += dy;
			take(grid->arrows, (size_t)x, (size_t)y, arc, layout);
			ck_assert_msg(grid->boxes[y][x] == NONE, "%d: arrow %u is in box %u",
				      layout->columns, arc, grid->boxes[y][x]);
		}
	}
	place = grid->boxes[y + dy][x + dx];
	ck_assert_msg(place != NONE && place_states[place] == arcs[arc].to, "%d: arrow %u",
		      layout->columns, arc);
}

static size_t part_length(const struct arc_record *arc, enum label_part part, bool call)
{
	size_t action = arc->action ? strlen(arc->action) : 0, event = strlen(arc->event);

	if (call && arc->call)
		event += strlen(" ()") + strlen(arc->call);
	if (part == PART_BOTH)
		return event + (action ? strlen(" / ") + action : 0);
	return part == PART_EVENT ? event : action;
}

/* A label may lie on its own arrow. Between two labels, and a label and a box, is a blank. */
static void take_label(struct grid *grid, const struct diagram_layout *layout, uint8_t arc,
		       const struct diagram_label *label)
{
	size_t len = part_length(&arcs[arc], label->part, layout->calls);
	size_t y = label->at.y, end = label->at.x + len;

	for (size_t x = label->at.x; x < end; x++) {
		take(grid->labels, x, y, arc, layout);
		ck_assert_msg(grid->boxes[y][x] == NONE, "%d: a label of %u is in a box",
			      layout->columns, arc);
		ck_assert_msg(grid->arrows[y][x] == NONE || grid->arrows[y][x] == arc,
			      "%d: a label of %u is on arrow %u", layout->columns, arc,
			      grid->arrows[y][x]);
	}
	for (size_t x = label->at.x - 1u; x <= end; x += len + 1) {
		ck_assert_msg(grid->boxes[y][x] == NONE &&
				      (grid->labels[y][x] == NONE || grid->labels[y][x] == arc),
			      "%d: a label of %u touches something", layout->columns, arc);
		ck_assert_msg(grid->arrows[y][x] == NONE || grid->arrows[y][x] == arc,
			      "%d: a label of %u touches an arrow", layout->columns, arc);
	}
}

static void take_labels(struct grid *grid, const struct diagram_layout *layout, uint8_t arc)
{
	const struct diagram_label *labels = layout->arrows[arc].labels;
	bool event = false, action = !arcs[arc].action;

	for (size_t i = 0; i < ARROW_LABELS; i++) {
		event |= labels[i].part == PART_EVENT || labels[i].part == PART_BOTH;
		action |= labels[i].part == PART_ACTION || labels[i].part == PART_BOTH;
		if (labels[i].part != PART_NONE)
			take_label(grid, layout, arc, &labels[i]);
	}
	ck_assert_msg(event && action, "%d: arrow %u does not say all", layout->columns, arc);
}

START_TEST(layouts_are_sound)
{
	const struct diagram_layout *layout;
	size_t i;

	for (i = 0; (layout = diagram_layout_at(i)); i++) {
		static struct grid grid;

		memset(&grid, NONE, sizeof(grid));
		for (uint8_t place = 0; place < PLACE_COUNT; place++)
			take_box(&grid, layout, place);
		for (uint8_t arc = 0; arc < ARC_DRAWN; arc++)
			take_arrow(&grid, layout, arc);
		for (uint8_t arc = 0; arc < ARC_DRAWN; arc++)
			take_labels(&grid, layout, arc);
		ck_assert_int_le(layout->rows, 40);
		ck_assert_ptr_eq(diagram_layout_for(layout->columns), layout);
	}
	ck_assert_uint_eq(i, 3);
	ck_assert_ptr_null(diagram_layout_for(59));
	ck_assert_int_eq(diagram_layout_for(79)->columns, 60);
	ck_assert_int_eq(diagram_layout_for(1000)->columns, 100);
}
END_TEST

/* An endpoint of descriptor FD that was read in these states, STATE_NONE at their end. */
static struct traced trace(int fd, const enum endpoint_state *states)
{
	struct traced traced = {.process = "main",
				.fd = fd,
				.closed_fd = -1,
				.queue_of = -1,
				.local = address(A),
				.peer = address(B)};
	struct path *path = &traced.path;

	for (; *states != STATE_NONE; states++) {
		traced.state = *states;
		path->at[path->count++] =
			(struct path_point){.state = (uint8_t)*states, .marks = PATH_OPEN};
	}
	return traced;
}

#define TRACE(fd, ...) trace(fd, (const enum endpoint_state[]){__VA_ARGS__, STATE_NONE})

/* The other end: a listener's child, whose descriptor is closed. */
static struct traced child(int closed_fd, const enum endpoint_state *states)
{
	struct traced traced = trace(-1, states);

	traced.closed_fd = closed_fd;
	traced.path.child = true;
	for (size_t i = 0; i < traced.path.count; i++)
		traced.path.at[i].marks = 0;
	return traced;
}

#define CHILD(fd, ...) child(fd, (const enum endpoint_state[]){__VA_ARGS__, STATE_NONE})

static struct path_point *last_point(struct traced *traced)
{
	return &traced->path.at[traced->path.count - 1];
}

static void check_trail(const struct traced *traced, const char *wanted)
{
	struct trail trail;
	struct buf text = {0};

	trail_follow(&trail, traced);
	trail_print(&text, &trail);
	ck_assert_str_eq(buf_text(&text), wanted);
	buf_free(&text);
}

START_TEST(readings_make_a_trail)
{
	struct traced traced;

	traced = TRACE(3, STATE_CLOSED);
	check_trail(&traced, "CLOSED");
	traced = TRACE(3, STATE_CLOSED, STATE_LISTEN, STATE_CLOSED);
	check_trail(&traced, "CLOSED LISTEN CLOSED");
	traced = TRACE(3, STATE_CLOSED, STATE_SYN_SENT, STATE_ESTABLISHED, STATE_FIN_WAIT_1,
		       STATE_CLOSING, STATE_TIME_WAIT);
	check_trail(&traced, "CLOSED SYN-SENT ESTABLISHED FIN-WAIT-1 CLOSING TIME-WAIT");
	traced = CHILD(4, STATE_SYN_RECEIVED, STATE_ESTABLISHED, STATE_CLOSE_WAIT, STATE_LAST_ACK,
		       STATE_CLOSED);
	check_trail(&traced, "LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED");
}
END_TEST

START_TEST(gaps_are_not_read)
{
	struct traced traced;

	traced = TRACE(3, STATE_CLOSED, STATE_ESTABLISHED, STATE_FIN_WAIT_2);
	check_trail(&traced, "CLOSED (SYN-SENT) ESTABLISHED (FIN-WAIT-1) FIN-WAIT-2");
	traced = CHILD(4, STATE_ESTABLISHED, STATE_LAST_ACK);
	check_trail(&traced, "LISTEN (SYN-RECEIVED) ESTABLISHED (CLOSE-WAIT) LAST-ACK");
	traced = TRACE(3, STATE_CLOSED, STATE_CLOSE_WAIT);
	check_trail(&traced, "CLOSED (SYN-SENT) (ESTABLISHED) CLOSE-WAIT");
	/* Several ways, none of them shorter: what they share. */
	traced = TRACE(3, STATE_ESTABLISHED, STATE_TIME_WAIT);
	check_trail(&traced, "ESTABLISHED (FIN-WAIT-1) (?) TIME-WAIT");
	traced = TRACE(3, STATE_FIN_WAIT_1, STATE_TIME_WAIT);
	check_trail(&traced, "FIN-WAIT-1 (?) TIME-WAIT");
	last_point(&traced)->packet = 7;
	check_trail(&traced, "FIN-WAIT-1 TIME-WAIT");
	/* Its own SYN came back. */
	traced = TRACE(3, STATE_CLOSED, STATE_ESTABLISHED);
	traced.peer = traced.local;
	check_trail(&traced, "CLOSED (SYN-SENT) (SYN-RECEIVED) ESTABLISHED");
}
END_TEST

static enum leg_kind kind_of(const struct traced *traced)
{
	struct trail trail;

	trail_follow(&trail, traced);
	return trail.legs[trail.count - 1].kind;
}

/* Unless a listener's child is at the other end, both may have opened at once. */
START_TEST(only_way_or_shortest)
{
	struct traced traced = TRACE(3, STATE_CLOSED, STATE_ESTABLISHED);

	ck_assert_int_eq(kind_of(&traced), LEG_SHORT);
	traced.path.met = true;
	ck_assert_int_eq(kind_of(&traced), LEG_ONLY);
	traced = CHILD(3, STATE_ESTABLISHED);
	ck_assert_int_eq(kind_of(&traced), LEG_ONLY);
	traced = CHILD(3, STATE_SYN_RECEIVED);
	ck_assert_int_eq(kind_of(&traced), LEG_READ);
}
END_TEST

static const struct {
	enum endpoint_state from;
	unsigned marks;
	int error;
	const char *trail, *words;
} ends[] = {
	{STATE_ESTABLISHED, PATH_GONE | PATH_RESET, 0, "ESTABLISHED => CLOSED",
	 "by a reset (RST). The figure leaves resets out (note 3)."},
	{STATE_ESTABLISHED, PATH_OPEN, ECONNRESET, "ESTABLISHED => CLOSED",
	 "with ECONNRESET. Such ends the figure leaves out."},
	{STATE_FIN_WAIT_2, PATH_GONE, 0, "FIN-WAIT-2 => CLOSED", "how, was not seen"},
	{STATE_SYN_SENT, PATH_GONE, 0, "SYN-SENT CLOSED", NULL},
	{STATE_SYN_SENT, PATH_OPEN, ECONNREFUSED, "SYN-SENT => CLOSED", "with ECONNREFUSED"},
	{STATE_SYN_RECEIVED, PATH_GONE, 0, "SYN-RECEIVED => CLOSED", "given it up"},
	{STATE_CLOSE_WAIT, PATH_GONE, 0, "CLOSE-WAIT (LAST-ACK) CLOSED", NULL},
	{STATE_CLOSE_WAIT, PATH_OPEN | PATH_SHUT, 0, "CLOSE-WAIT (LAST-ACK) CLOSED", NULL},
	{STATE_CLOSE_WAIT, PATH_OPEN, 0, "CLOSE-WAIT => CLOSED", "how, was not seen"},
	{STATE_CLOSE_WAIT, PATH_GONE | PATH_RESET, 0, "CLOSE-WAIT => CLOSED", "by a reset"},
	{STATE_LAST_ACK, PATH_GONE, 0, "LAST-ACK CLOSED", NULL},
	{STATE_LAST_ACK, PATH_GONE | PATH_RESET, 0, "LAST-ACK => CLOSED", "by a reset"},
	{STATE_TIME_WAIT, PATH_GONE, 0, "TIME-WAIT CLOSED", NULL},
	{STATE_TIME_WAIT, PATH_GONE | PATH_EARLY, 0, "TIME-WAIT => CLOSED",
	 "before its time had passed"},
	{STATE_LISTEN, PATH_GONE, 0, "LISTEN CLOSED", NULL},
};

START_TEST(ends_are_told)
{
	struct traced traced = TRACE(3, ends[_i].from, STATE_CLOSED);
	struct path_point *point = last_point(&traced);
	struct buf words = {0};
	struct trail trail;

	point->marks = (uint8_t)ends[_i].marks;
	point->error = (uint16_t)ends[_i].error;
	check_trail(&traced, ends[_i].trail);
	trail_follow(&trail, &traced);
	trail_words(&words, &trail.legs[trail.count - 1]);
	if (ends[_i].words)
		ck_assert_msg(strstr(buf_text(&words), ends[_i].words) != NULL, "%s",
			      buf_text(&words));
	else
		ck_assert_str_eq(buf_text(&words), "");
	buf_free(&words);
}
END_TEST

START_TEST(other_ways_are_told)
{
	struct traced traced = TRACE(3, STATE_FIN_WAIT_2, STATE_CLOSED);

	traced.path.twin = true;
	check_trail(&traced, "FIN-WAIT-2 => CLOSED");
	/* A request that was reset: the RFC has it listen again. */
	traced = CHILD(-1, STATE_SYN_RECEIVED, STATE_CLOSED);
	last_point(&traced)->marks = PATH_GONE | PATH_RESET;
	check_trail(&traced, "LISTEN SYN-RECEIVED LISTEN");
	traced = TRACE(3, STATE_CLOSED, STATE_CLOSED);
	last_point(&traced)->error = ETIMEDOUT;
	check_trail(&traced, "CLOSED (SYN-SENT) => CLOSED");
	traced = TRACE(3, STATE_LISTEN, STATE_ESTABLISHED);
	check_trail(&traced, "LISTEN => ESTABLISHED");
	traced = TRACE(3, STATE_TIME_WAIT, STATE_ESTABLISHED);
	check_trail(&traced, "TIME-WAIT => ESTABLISHED");
	/* Of one whose beginning is lost not even a child's is known. */
	traced = CHILD(3, STATE_CLOSE_WAIT);
	traced.path.cut = true;
	check_trail(&traced, "CLOSE-WAIT");
	traced.path.count = 0;
	check_trail(&traced, "");
}
END_TEST

/* Whatever was read, in whatever order: no trail is too long, and each ends where the path does. */
START_TEST(any_path_has_a_trail)
{
	static struct traced traced;

	srand(1);
	for (int i = 0; i < 2000; i++) {
		struct trail trail;
		struct buf text = {0};

		traced = (struct traced){.process = "main", .fd = 3};
		traced.path.count = (uint8_t)(1 + rand() % PATH_MOST);
		traced.path.child = rand() % 2;
		traced.path.met = rand() % 2;
		for (size_t k = 0; k < traced.path.count; k++)
			traced.path.at[k] =
				(struct path_point){.state = (uint8_t)(1 + rand() % STATE_CLOSING),
						    .marks = (uint8_t)(rand() % 32),
						    .packet = (uint32_t)(rand() % 2)};
		trail_follow(&trail, &traced);
		trail_print(&text, &trail);
		ck_assert_uint_le(trail.count, TRAIL_MOST);
		for (size_t k = 1; k < trail.count; k++)
			ck_assert(trail.legs[k].kind == LEG_OTHER ||
				  trail.legs[k].from == trail.legs[k - 1].to ||
				  trail.legs[k - 1].arc == ARC_SYN_RECEIVED_RST);
		buf_free(&text);
	}
}
END_TEST

static const char bare[] =
	"                              +--------------+ active OPEN / create TCB, snd SYN\n"
	"                              |    CLOSED    |-----------------------------+\n"
	"                              |              |<- CLOSE / delete TCB ---+   |\n"
	"                              +--------------+                         |   |\n"
	"                    passive OPEN |        ^ CLOSE                      |   |\n"
	"                      create TCB v        | delete TCB                 |   |\n"
	"                              +--------------+                         |   |\n"
	"     +-- rcv RST (note 1) --->|    LISTEN    |-- SEND / snd SYN -+     |   |\n"
	"     |                        +--------------+                   |     |   |\n"
	"     |        +- rcv SYN / snd SYN,ACK -+                        |     |   |\n"
	"     |        v                                                  v     |   v\n"
	"  +--------------+                                            +--------------+\n"
	"  | SYN-RECEIVED |<--------- rcv SYN / snd SYN,ACK -----------|   SYN-SENT   |\n"
	"  +--------------+                                            +--------------+\n"
	"     |        +- rcv ACK of SYN --+       +- rcv SYN,ACK / snd ACK --+\n"
	"     |                            v       v\n"
	"     | CLOSE                  +--------------+\n"
	"     | snd FIN                | ESTABLISHED  |\n"
	"     |                        +--------------+\n"
	"     |        +- CLOSE / snd FIN -+      +---- rcv FIN / snd ACK ----+\n"
	"     v        v                                                      v\n"
	"  +--------------+                                            +--------------+\n"
	"  |  FIN-WAIT-1  |- rcv FIN / snd ACK --+                     |  CLOSE-WAIT  |\n"
	"  +--------------+                      |                     +--------------+\n"
	"     | rcv ACK of FIN                   |                            | CLOSE\n"
	"     v                                  v                            v snd FIN\n"
	"  +--------------+            +--------------+                +--------------+\n"
	"  |  FIN-WAIT-2  |            |   CLOSING    |                |   LAST-ACK   |\n"
	"  +--------------+            +--------------+                +--------------+\n"
	"     |                                  | rcv ACK of FIN             |\n"
	"     |                                  v             rcv ACK of FIN v\n"
	"     |                        +--------------+                +--------------+\n"
	"     +-- rcv FIN / snd ACK -->|  TIME-WAIT   |- Timeout=2MSL >|    CLOSED    |\n"
	"                              +--------------+   delete TCB   +--------------+\n"
	"  On an arrow: what happens / what TCP does (RFC 9293, figure 5). This session\n"
	"  has no TCP socket yet.\n";

static char *draw(int width, bool unicode, bool color, const struct traced *list, size_t count)
{
	struct paper paper;
	char *text;

	paper_open(&paper, width, unicode, color);
	paper.report.ops->diagram(&paper.report, list, count);
	ck_assert(!paper.out.failed);
	text = strdup(buf_text(&paper.text));
	paper_close(&paper);
	return text;
}

START_TEST(bare_in_80_columns)
{
	char *text = draw(80, false, false, NULL, 0);

	ck_assert_str_eq(text, bare);
	free(text);
	text = draw(99, false, false, NULL, 0);
	ck_assert_int_eq(strncmp(text, bare, strstr(bare, "  On an") - bare), 0);
	free(text);
}
END_TEST

static size_t a_connection(struct traced *list)
{
	list[0] = TRACE(3, STATE_CLOSED, STATE_LISTEN);
	list[0].peer.len = 0;
	list[1] = TRACE(4, STATE_CLOSED, STATE_ESTABLISHED, STATE_FIN_WAIT_1, STATE_CLOSING,
			STATE_TIME_WAIT);
	list[1].fd = -1;
	list[1].closed_fd = 4;
	list[1].path.met = true;
	list[2] = CHILD(5, STATE_SYN_RECEIVED, STATE_ESTABLISHED, STATE_CLOSE_WAIT, STATE_LAST_ACK,
			STATE_CLOSED);
	list[2].gone = true;
	last_point(&list[2])->marks = PATH_GONE;
	return 3;
}

static const char drawn[] = "                    ┏━━━━━━━━━━━━┓ active OPEN\n"
			    "                    ┃   CLOSED   ┃╍ create TCB, snd SYN ╍╍┓\n"
			    "                    ┃            ┃◀─ CLOSE / delete TCB ┐ ╏\n"
			    "                    ┗━━━━━━━━━━━━┛                      │ ╏\n"
			    "         passive OPEN ┃        ▲ CLOSE                  │ ╏\n"
			    "           create TCB ▼        │ delete TCB             │ ╏\n"
			    "   rcv RST (note 1) ┏━━━━━━━━━━━━┓ SEND / snd SYN       │ ╏\n"
			    "  ┌────────────────▶┃   LISTEN   ┃──────────────┐       │ ╏\n"
			    "  │                 ┗ fd 3 ━━━━━━┛              │       │ ╏\n"
			    "  │       ┏━━━━━━━━━━━━━━━━━━━┛                 │       │ ╏\n"
			    "  │       ▼ rcv SYN / snd SYN,ACK               ▼       │ ▼\n"
			    "┏━━━━━━━━━━━━┓                                ┏╍╍╍╍╍╍╍╍╍╍╍╍┓\n"
			    "┃SYN-RECEIVED┃◀─── rcv SYN / snd SYN,ACK ─────╏  SYN-SENT  ╏\n"
			    "┗━━━━━━━━━━━━┛                                ┗╍╍╍╍╍╍╍╍╍╍╍╍┛\n"
			    "  │       ┃ rcv ACK of SYN       rcv SYN,ACK / snd ACK ╏\n"
			    "  │       ┗━━━━━━━━━━━━┓      ┏╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍╍┛\n"
			    "  │                    ▼      ▼\n"
			    "  │ CLOSE           ┏━━━━━━━━━━━━┓\n"
			    "  │ snd FIN         ┃ESTABLISHED ┃\n"
			    "  │                 ┗━━━━━━━━━━━━┛\n"
			    "  │       ┏━━━━━━━━━━━━┛      ┗━ rcv FIN / snd ACK ━━┓\n"
			    "  ▼       ▼ CLOSE / snd FIN                          ▼\n"
			    "┏━━━━━━━━━━━━┓ rcv FIN / snd ACK              ┏━━━━━━━━━━━━┓\n"
			    "┃ FIN-WAIT-1 ┃━━━━━━━━━━━━━┓                  ┃ CLOSE-WAIT ┃\n"
			    "┗━━━━━━━━━━━━┛             ┃                  ┗━━━━━━━━━━━━┛\n"
			    "  │ rcv ACK of FIN         ┃        CLOSE / snd FIN  ┃\n"
			    "  ▼                        ▼                         ▼\n"
			    "┌────────────┐      ┏━━━━━━━━━━━━┓            ┏━━━━━━━━━━━━┓\n"
			    "│ FIN-WAIT-2 │      ┃  CLOSING   ┃            ┃  LAST-ACK  ┃\n"
			    "└────────────┘      ┗━━━━━━━━━━━━┛            ┗━━━━━━━━━━━━┛\n"
			    "  │                        ┃ rcv ACK of FIN          ┃\n"
			    "  │ rcv FIN                ▼         rcv ACK of FIN  ▼\n"
			    "  │ snd ACK         ┏━━━━━━━━━━━━┓ Timeout=2MSL ┏━━━━━━━━━━┓\n"
			    "  └────────────────▶┃ TIME-WAIT  ┃─────────────▶┃  CLOSED  ┃\n"
			    "                    ┗ ghost 4 ━━━┛  delete TCB  ┗ gone 5 ━━┛\n"
			    "  On an arrow: what happens / what TCP does (RFC 9293,\n"
			    "  figure 5). ━ read from the kernel. ╍ not seen: the\n"
			    "  figure's only way from one reading to the next; such a\n"
			    "  state is in brackets below.\n"
			    "  fd 3      LISTEN   10.0.0.1:40000\n"
			    "            CLOSED → LISTEN\n"
			    "  ghost 4   TIME-WAIT   10.0.0.1:40000 → 10.0.0.2:80\n"
			    "            CLOSED → (SYN-SENT) → ESTABLISHED → FIN-WAIT-1\n"
			    "            → CLOSING → TIME-WAIT\n"
			    "  gone 5    CLOSED   10.0.0.1:40000 → 10.0.0.2:80\n"
			    "            LISTEN → SYN-RECEIVED → ESTABLISHED\n"
			    "            → CLOSE-WAIT → LAST-ACK → CLOSED\n";

START_TEST(connection_in_60_columns)
{
	struct traced list[3];
	char *text = draw(60, true, false, list, a_connection(list));

	ck_assert_str_eq(text, drawn);
	free(text);
}
END_TEST

START_TEST(list_in_40_columns)
{
	struct traced list[3];
	char *text = draw(40, false, false, list, a_connection(list));

	ck_assert_ptr_nonnull(strstr(text, "  = CLOSED        gone 5\n"
					   "  = LISTEN        fd 3\n"
					   "  = SYN-RECEIVED\n"
					   "  ~ SYN-SENT\n"
					   "  = ESTABLISHED\n"));
	ck_assert_ptr_nonnull(strstr(text, "\n    FIN-WAIT-2\n"));
	ck_assert_ptr_nonnull(strstr(text, "  = TIME-WAIT     ghost 4\n"));
	free(text);
}
END_TEST

/* The same picture without the escapes: colour alone carries nothing. */
static void strip(char *text)
{
	char *to = text;

	while (*text) {
		if (*text == '\033')
			text = strchr(text, 'm') + 1;
		else
			*to++ = *text++;
	}
	*to = '\0';
}

static size_t columns_of(const char *line, size_t len)
{
	size_t columns = 0;

	for (size_t i = 0; i < len; i++)
		columns += ((unsigned char)line[i] & 0xc0) != 0x80;
	return columns;
}

static void check_lines(const char *text, int width, bool unicode)
{
	for (const char *line = text; *line; line = strchr(line, '\n') + 1) {
		size_t len = strcspn(line, "\n");

		ck_assert_msg(columns_of(line, len) <= (size_t)width, "%d: %.*s", width, (int)len,
			      line);
		ck_assert_msg(!len || line[len - 1] != ' ', "%d: blanks behind %.*s", width,
			      (int)len, line);
		for (size_t i = 0; i < len; i++)
			ck_assert(unicode || (unsigned char)line[i] < 0x80);
	}
}

static const int widths[] = {40, 50, 59, 60, 61, 70, 79, 80, 81, 90, 99, 100, 101, 120, 200, 1000};

START_TEST(any_width)
{
	struct traced list[3];
	size_t count = a_connection(list);

	for (int unicode = 0; unicode < 2; unicode++) {
		char *plain = draw(widths[_i], unicode, false, list, count);
		char *color = draw(widths[_i], unicode, true, list, count);

		check_lines(plain, widths[_i], unicode);
		ck_assert_ptr_nonnull(strstr(color, "\033[1;32m"));
		strip(color);
		ck_assert_str_eq(color, plain);
		free(plain);
		free(color);
	}
}
END_TEST

static void check_tags(int width, size_t count, const char *upper, const char *lower)
{
	struct traced list[40];
	char *text;

	for (size_t i = 0; i < count; i++)
		list[i] = TRACE((int)i + 3, STATE_ESTABLISHED);
	text = draw(width, false, false, list, count);
	if (upper)
		ck_assert_msg(strstr(text, upper) != NULL, "%s", text);
	ck_assert_msg(strstr(text, lower) != NULL, "%s", text);
	free(text);
}

/* One below the other; where that is too much, how many more there are. */
START_TEST(many_on_one_state)
{
	check_tags(80, 1, NULL, "# fd 3 ========#");
	check_tags(80, 2, NULL, "# fd 3, fd 4 ==#");
	check_tags(80, 3, "# fd 3, fd 4 ==#", "# fd 5 ========#");
	check_tags(80, 4, "# fd 3, fd 4 ==#", "# fd 5, fd 6 ==#");
	check_tags(80, 5, "# fd 3, fd 4 ==#", "# fd 5 +2");
	check_tags(80, 40, "# fd 3, fd 4 ==#", "# fd 5 +37 ====#");
	check_tags(60, 40, "# fd 3, fd 4 #", "# fd 5 +37 ==#");
	check_tags(80, 40, NULL, "\n  and 24 more\n");
}
END_TEST

static void check_tag(const struct traced *traced, bool processes, const char *wanted)
{
	struct buf tag = {0};

	diagram_tag(&tag, traced, processes);
	ck_assert_str_eq(buf_text(&tag), wanted);
	buf_free(&tag);
}

START_TEST(endpoints_are_named)
{
	struct traced traced = TRACE(3, STATE_ESTABLISHED);

	traced.process = "a";
	check_tag(&traced, true, "a:3");
	check_tag(&traced, false, "fd 3");
	traced.fd = -1;
	check_tag(&traced, true, "ghost");
	traced.closed_fd = 4;
	check_tag(&traced, true, "ghost a:4");
	check_tag(&traced, false, "ghost 4");
	traced.gone = true;
	check_tag(&traced, false, "gone 4");
	traced.gone = false;
	traced.closed_fd = -1;
	traced.queue_of = 3;
	check_tag(&traced, true, "queue a:3");
	check_tag(&traced, false, "queue 3");
}
END_TEST

START_TEST(what_is_lost_is_marked)
{
	struct traced traced = TRACE(3, STATE_LISTEN, STATE_CLOSED, STATE_LISTEN);
	char *text;

	traced.path.cut = true;
	text = draw(WIDE, false, false, &traced, 1);
	ck_assert_ptr_nonnull(strstr(text, "         ... LISTEN -> CLOSED -> LISTEN\n"));
	free(text);
}
END_TEST

START_TEST(json_has_all)
{
	struct traced list[3];
	struct paper paper;
	const char *text;

	paper_open(&paper, WIDE, true, false);
	paper.report.ops = &report_json_ops;
	list[0] = TRACE(4, STATE_CLOSED, STATE_ESTABLISHED, STATE_CLOSED);
	list[0].name = "c";
	last_point(&list[0])->marks = PATH_RESET;
	last_point(&list[0])->packet = 5;
	paper.report.ops->diagram(&paper.report, list, 1);
	text = buf_text(&paper.text);
	ck_assert_ptr_nonnull(strstr(text, "{\"event\":\"diagram\",\"states\":["));
	ck_assert_ptr_nonnull(strstr(text, "{\"state\":\"SYN-SENT\",\"taken\":\"unseen\"}"));
	ck_assert_ptr_nonnull(strstr(text, "{\"state\":\"ESTABLISHED\",\"taken\":\"read\"}"));
	ck_assert_ptr_nonnull(strstr(text, "{\"state\":\"LISTEN\",\"taken\":null}"));
	ck_assert_ptr_nonnull(strstr(
		text, "{\"from\":\"CLOSED\",\"to\":\"SYN-SENT\",\"event\":\"active OPEN\","
		      "\"action\":\"create TCB, snd SYN\",\"drawn\":true,\"taken\":\"unseen\"}"));
	ck_assert_ptr_nonnull(strstr(
		text, "\"endpoints\":[{\"process\":\"main\",\"fd\":4,\"name\":\"c\",\"host\":null,"
		      "\"state\":\"CLOSED\",\"local\":\"" A "\",\"peer\":\"" B "\","));
	ck_assert_ptr_nonnull(
		strstr(text, "\"cut\":false,\"path\":[{\"state\":\"CLOSED\",\"read\":true},"
			     "{\"state\":\"SYN-SENT\",\"read\":false,\"how\":\"shortest way\","
			     "\"event\":\"active OPEN\",\"packet\":null,\"why\":null},"
			     "{\"state\":\"ESTABLISHED\",\"read\":true,\"how\":\"shortest way\","
			     "\"event\":\"rcv SYN,ACK\",\"packet\":null,\"why\":null},"
			     "{\"state\":\"CLOSED\",\"read\":true,\"how\":\"not in the figure\","
			     "\"event\":null,\"packet\":5,\"why\":\"by a reset (RST). "));
	paper_close(&paper);
}
END_TEST

static Suite *suite(void)
{
	const TTest *const tests[] = {
		layouts_are_sound,    readings_make_a_trail,    gaps_are_not_read,
		only_way_or_shortest, other_ways_are_told,      any_path_has_a_trail,
		bare_in_80_columns,   connection_in_60_columns, list_in_40_columns,
		many_on_one_state,    endpoints_are_named,      what_is_lost_is_marked,
		json_has_all};
	Suite *s = suite_create("diagram");
	TCase *tc = tcase_create("diagram");

	tcase_set_timeout(tc, 60);

	for (size_t i = 0; i < COUNT_OF(tests); i++)
		tcase_add_test(tc, tests[i]);
	tcase_add_loop_test(tc, any_width, 0, COUNT_OF(widths));
	tcase_add_loop_test(tc, ends_are_told, 0, COUNT_OF(ends));
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
