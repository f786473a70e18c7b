/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/diagram_layout.h"

#include "base/grow.h"

const enum endpoint_state place_states[PLACE_COUNT] = {
	[PLACE_CLOSED] = STATE_CLOSED,
	[PLACE_LISTEN] = STATE_LISTEN,
	[PLACE_SYN_RECEIVED] = STATE_SYN_RECEIVED,
	[PLACE_SYN_SENT] = STATE_SYN_SENT,
	[PLACE_ESTABLISHED] = STATE_ESTABLISHED,
	[PLACE_FIN_WAIT_1] = STATE_FIN_WAIT_1,
	[PLACE_CLOSE_WAIT] = STATE_CLOSE_WAIT,
	[PLACE_FIN_WAIT_2] = STATE_FIN_WAIT_2,
	[PLACE_CLOSING] = STATE_CLOSING,
	[PLACE_LAST_ACK] = STATE_LAST_ACK,
	[PLACE_TIME_WAIT] = STATE_TIME_WAIT,
	[PLACE_END] = STATE_CLOSED,
};

/* A box: its upper left corner, width and height. An arrow: its corners, then its labels. */
/* clang-format off */
static const struct diagram_layout layouts[] = {
	{
		.columns = 100, .rows = 34, .calls = true,
		.boxes = {
			[PLACE_CLOSED] = {{40, 0}, 20, 4},
			[PLACE_LISTEN] = {{40, 6}, 20, 3},
			[PLACE_SYN_RECEIVED] = {{1, 11}, 20, 3},
			[PLACE_SYN_SENT] = {{79, 11}, 20, 3},
			[PLACE_ESTABLISHED] = {{40, 16}, 20, 3},
			[PLACE_FIN_WAIT_1] = {{1, 21}, 20, 3},
			[PLACE_CLOSE_WAIT] = {{79, 21}, 20, 3},
			[PLACE_FIN_WAIT_2] = {{1, 26}, 20, 3},
			[PLACE_CLOSING] = {{40, 26}, 20, 3},
			[PLACE_LAST_ACK] = {{79, 26}, 20, 3},
			[PLACE_TIME_WAIT] = {{40, 31}, 20, 3},
			[PLACE_END] = {{79, 31}, 20, 3},
		},
		.arrows = {
			[ARC_PASSIVE_OPEN] = {2, {{44, 3}, {44, 5}}, {{{22, 4}, PART_EVENT}, {{33, 5}, PART_ACTION}}},
			[ARC_ACTIVE_OPEN] = {3, {{59, 1}, {95, 1}, {95, 10}}, {{{62, 0}, PART_EVENT}, {{67, 1}, PART_ACTION}}},
			[ARC_LISTEN_CLOSE] = {2, {{55, 6}, {55, 4}}, {{{57, 4}, PART_EVENT}, {{57, 5}, PART_ACTION}}},
			[ARC_LISTEN_SEND] = {3, {{59, 7}, {83, 7}, {83, 10}}, {{{64, 7}, PART_BOTH}}},
			[ARC_LISTEN_SYN] = {4, {{50, 8}, {50, 9}, {15, 9}, {15, 10}}, {{{22, 9}, PART_BOTH}}},
			[ARC_SYN_SENT_CLOSE] = {3, {{91, 11}, {91, 2}, {60, 2}}, {{{63, 2}, PART_BOTH}}},
			[ARC_SYN_SENT_SYN] = {2, {{79, 12}, {21, 12}}, {{{40, 12}, PART_BOTH}}},
			[ARC_SYN_SENT_ACK] = {4, {{87, 13}, {87, 14}, {55, 14}, {55, 15}}, {{{60, 14}, PART_BOTH}}},
			[ARC_SYN_RECEIVED_RST] = {3, {{5, 11}, {5, 7}, {39, 7}}, {{{14, 7}, PART_EVENT}}},
			[ARC_SYN_RECEIVED_ACK] = {4, {{15, 13}, {15, 14}, {44, 14}, {44, 15}}, {{{22, 14}, PART_EVENT}}},
			[ARC_SYN_RECEIVED_CLOSE] = {2, {{5, 13}, {5, 20}}, {{{7, 16}, PART_EVENT}, {{7, 17}, PART_ACTION}}},
			[ARC_ESTABLISHED_CLOSE] = {4, {{44, 18}, {44, 19}, {15, 19}, {15, 20}}, {{{18, 19}, PART_BOTH}}},
			[ARC_ESTABLISHED_FIN] = {4, {{55, 18}, {55, 19}, {87, 19}, {87, 20}}, {{{62, 19}, PART_BOTH}}},
			[ARC_FIN_WAIT_1_ACK] = {2, {{5, 23}, {5, 25}}, {{{7, 24}, PART_EVENT}}},
			[ARC_FIN_WAIT_1_FIN] = {3, {{20, 22}, {50, 22}, {50, 25}}, {{{27, 22}, PART_BOTH}}},
			[ARC_FIN_WAIT_2_FIN] = {3, {{5, 28}, {5, 32}, {39, 32}}, {{{14, 32}, PART_BOTH}}},
			[ARC_CLOSING_ACK] = {2, {{50, 28}, {50, 30}}, {{{52, 29}, PART_EVENT}}},
			[ARC_CLOSE_WAIT_CLOSE] = {2, {{87, 23}, {87, 25}}, {{{62, 24}, PART_BOTH}}},
			[ARC_LAST_ACK_ACK] = {2, {{87, 28}, {87, 30}}, {{{71, 29}, PART_EVENT}}},
			[ARC_TIME_WAIT_OVER] = {2, {{59, 32}, {78, 32}}, {{{63, 32}, PART_EVENT}, {{64, 33}, PART_ACTION}}},
		},
	},
	{
		.columns = 80, .rows = 34,
		.boxes = {
			[PLACE_CLOSED] = {{30, 0}, 16, 4},
			[PLACE_LISTEN] = {{30, 6}, 16, 3},
			[PLACE_SYN_RECEIVED] = {{2, 11}, 16, 3},
			[PLACE_SYN_SENT] = {{62, 11}, 16, 3},
			[PLACE_ESTABLISHED] = {{30, 16}, 16, 3},
			[PLACE_FIN_WAIT_1] = {{2, 21}, 16, 3},
			[PLACE_CLOSE_WAIT] = {{62, 21}, 16, 3},
			[PLACE_FIN_WAIT_2] = {{2, 26}, 16, 3},
			[PLACE_CLOSING] = {{30, 26}, 16, 3},
			[PLACE_LAST_ACK] = {{62, 26}, 16, 3},
			[PLACE_TIME_WAIT] = {{30, 31}, 16, 3},
			[PLACE_END] = {{62, 31}, 16, 3},
		},
		.arrows = {
			[ARC_PASSIVE_OPEN] = {2, {{33, 3}, {33, 5}}, {{{20, 4}, PART_EVENT}, {{22, 5}, PART_ACTION}}},
			[ARC_ACTIVE_OPEN] = {3, {{45, 1}, {75, 1}, {75, 10}}, {{{47, 0}, PART_BOTH}}},
			[ARC_LISTEN_CLOSE] = {2, {{42, 6}, {42, 4}}, {{{44, 4}, PART_EVENT}, {{44, 5}, PART_ACTION}}},
			[ARC_LISTEN_SEND] = {3, {{45, 7}, {65, 7}, {65, 10}}, {{{49, 7}, PART_BOTH}}},
			[ARC_LISTEN_SYN] = {4, {{40, 8}, {40, 9}, {14, 9}, {14, 10}}, {{{17, 9}, PART_BOTH}}},
			[ARC_SYN_SENT_CLOSE] = {3, {{71, 11}, {71, 2}, {46, 2}}, {{{49, 2}, PART_BOTH}}},
			[ARC_SYN_SENT_SYN] = {2, {{62, 12}, {18, 12}}, {{{29, 12}, PART_BOTH}}},
			[ARC_SYN_SENT_ACK] = {4, {{69, 13}, {69, 14}, {42, 14}, {42, 15}}, {{{45, 14}, PART_BOTH}}},
			[ARC_SYN_RECEIVED_RST] = {3, {{5, 11}, {5, 7}, {29, 7}}, {{{9, 7}, PART_EVENT}}},
			[ARC_SYN_RECEIVED_ACK] = {4, {{14, 13}, {14, 14}, {34, 14}, {34, 15}}, {{{17, 14}, PART_EVENT}}},
			[ARC_SYN_RECEIVED_CLOSE] = {2, {{5, 13}, {5, 20}}, {{{7, 16}, PART_EVENT}, {{7, 17}, PART_ACTION}}},
			[ARC_ESTABLISHED_CLOSE] = {4, {{34, 18}, {34, 19}, {14, 19}, {14, 20}}, {{{17, 19}, PART_BOTH}}},
			[ARC_ESTABLISHED_FIN] = {4, {{41, 18}, {41, 19}, {69, 19}, {69, 20}}, {{{47, 19}, PART_BOTH}}},
			[ARC_FIN_WAIT_1_ACK] = {2, {{5, 23}, {5, 25}}, {{{7, 24}, PART_EVENT}}},
			[ARC_FIN_WAIT_1_FIN] = {3, {{17, 22}, {40, 22}, {40, 25}}, {{{20, 22}, PART_BOTH}}},
			[ARC_FIN_WAIT_2_FIN] = {3, {{5, 28}, {5, 32}, {29, 32}}, {{{9, 32}, PART_BOTH}}},
			[ARC_CLOSING_ACK] = {2, {{40, 28}, {40, 30}}, {{{42, 29}, PART_EVENT}}},
			[ARC_CLOSE_WAIT_CLOSE] = {2, {{69, 23}, {69, 25}}, {{{71, 24}, PART_EVENT}, {{71, 25}, PART_ACTION}}},
			[ARC_LAST_ACK_ACK] = {2, {{69, 28}, {69, 30}}, {{{54, 30}, PART_EVENT}}},
			[ARC_TIME_WAIT_OVER] = {2, {{45, 32}, {61, 32}}, {{{48, 32}, PART_EVENT}, {{49, 33}, PART_ACTION}}},
		},
	},
	{
		.columns = 60, .rows = 35,
		.boxes = {
			[PLACE_CLOSED] = {{20, 0}, 14, 4},
			[PLACE_LISTEN] = {{20, 6}, 14, 3},
			[PLACE_SYN_RECEIVED] = {{0, 11}, 14, 3},
			[PLACE_SYN_SENT] = {{46, 11}, 14, 3},
			[PLACE_ESTABLISHED] = {{20, 17}, 14, 3},
			[PLACE_FIN_WAIT_1] = {{0, 22}, 14, 3},
			[PLACE_CLOSE_WAIT] = {{46, 22}, 14, 3},
			[PLACE_FIN_WAIT_2] = {{0, 27}, 14, 3},
			[PLACE_CLOSING] = {{20, 27}, 14, 3},
			[PLACE_LAST_ACK] = {{46, 27}, 14, 3},
			[PLACE_TIME_WAIT] = {{20, 32}, 14, 3},
			[PLACE_END] = {{48, 32}, 12, 3},
		},
		.arrows = {
			[ARC_PASSIVE_OPEN] = {2, {{22, 3}, {22, 5}}, {{{9, 4}, PART_EVENT}, {{11, 5}, PART_ACTION}}},
			[ARC_ACTIVE_OPEN] = {3, {{33, 1}, {58, 1}, {58, 10}}, {{{35, 0}, PART_EVENT}, {{36, 1}, PART_ACTION}}},
			[ARC_LISTEN_CLOSE] = {2, {{31, 6}, {31, 4}}, {{{33, 4}, PART_EVENT}, {{33, 5}, PART_ACTION}}},
			[ARC_LISTEN_SEND] = {3, {{33, 7}, {48, 7}, {48, 10}}, {{{35, 6}, PART_BOTH}}},
			[ARC_LISTEN_SYN] = {4, {{30, 8}, {30, 9}, {10, 9}, {10, 10}}, {{{12, 10}, PART_BOTH}}},
			[ARC_SYN_SENT_CLOSE] = {3, {{56, 11}, {56, 2}, {34, 2}}, {{{37, 2}, PART_BOTH}}},
			[ARC_SYN_SENT_SYN] = {2, {{46, 12}, {14, 12}}, {{{19, 12}, PART_BOTH}}},
			[ARC_SYN_SENT_ACK] = {4, {{55, 13}, {55, 15}, {30, 15}, {30, 16}}, {{{33, 14}, PART_BOTH}}},
			[ARC_SYN_RECEIVED_RST] = {3, {{2, 11}, {2, 7}, {19, 7}}, {{{3, 6}, PART_EVENT}}},
			[ARC_SYN_RECEIVED_ACK] = {4, {{10, 13}, {10, 15}, {23, 15}, {23, 16}}, {{{12, 14}, PART_EVENT}}},
			[ARC_SYN_RECEIVED_CLOSE] = {2, {{2, 13}, {2, 21}}, {{{4, 17}, PART_EVENT}, {{4, 18}, PART_ACTION}}},
			[ARC_ESTABLISHED_CLOSE] = {4, {{23, 19}, {23, 20}, {10, 20}, {10, 21}}, {{{12, 21}, PART_BOTH}}},
			[ARC_ESTABLISHED_FIN] = {4, {{30, 19}, {30, 20}, {53, 20}, {53, 21}}, {{{33, 20}, PART_BOTH}}},
			[ARC_FIN_WAIT_1_ACK] = {2, {{2, 24}, {2, 26}}, {{{4, 25}, PART_EVENT}}},
			[ARC_FIN_WAIT_1_FIN] = {3, {{13, 23}, {27, 23}, {27, 26}}, {{{15, 22}, PART_BOTH}}},
			[ARC_FIN_WAIT_2_FIN] = {3, {{2, 29}, {2, 33}, {19, 33}}, {{{4, 31}, PART_EVENT}, {{4, 32}, PART_ACTION}}},
			[ARC_CLOSING_ACK] = {2, {{27, 29}, {27, 31}}, {{{29, 30}, PART_EVENT}}},
			[ARC_CLOSE_WAIT_CLOSE] = {2, {{53, 24}, {53, 26}}, {{{36, 25}, PART_BOTH}}},
			[ARC_LAST_ACK_ACK] = {2, {{53, 29}, {53, 31}}, {{{37, 31}, PART_EVENT}}},
			[ARC_TIME_WAIT_OVER] = {2, {{33, 33}, {47, 33}}, {{{35, 32}, PART_EVENT}, {{36, 34}, PART_ACTION}}},
		},
	},
};
/* clang-format on */

const struct diagram_layout *diagram_layout_for(int columns)
{
	for (size_t i = 0; i < COUNT_OF(layouts); i++)
		if (layouts[i].columns <= columns)
			return &layouts[i];
	return NULL;
}

const struct diagram_layout *diagram_layout_at(size_t index)
{
	return index < COUNT_OF(layouts) ? &layouts[index] : NULL;
}
