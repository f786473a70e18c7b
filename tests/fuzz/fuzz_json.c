/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "oracle.h"
#include "report/emit.h"
#include "reports.h"

/*
 * Steps, endpoints, errors and received bytes of all sorts: as JSON they are always valid, as text
 * always harmless; the writer of JSON by itself as well, whatever it is told to write.
 */

#define ENDPOINTS_MOST 3
#define TEXTS          6

static void fill_shown(struct fuzz_input *in, struct shown *shown, const char *text)
{
	unsigned bits = fuzz_byte(in);

	*shown = (struct shown){
		.role = (enum shown_role)(fuzz_byte(in) % (SHOWN_GHOST + 1)),
		.process = bits & 1 ? text : "main",
		.host = bits & 2 ? text : NULL,
		.fd = (int)fuzz_byte(in) - 1,
		.also_fd = (int)fuzz_byte(in) - 1,
		.name = bits & 4 ? text : NULL,
		.queue_of = (int)fuzz_byte(in) - 1,
		.closed_fd = (int)fuzz_byte(in) - 1,
		.known = bits & 8,
		.gone = bits & 16,
		.closed = bits & 32,
		.untold = bits & 64,
	};
	strncpy(shown->what, text, sizeof(shown->what) - 1);
	reports_fill(in, &shown->now);
	if (!shown->known)
		return;
	reports_fill(in, &shown->was);
	shown->changed = endpoint_diff(&shown->was, &shown->now);
}

static void fill_step(struct fuzz_input *in, struct step *step, char *const texts[TEXTS])
{
	unsigned bits = fuzz_byte(in);

	*step = (struct step){
		.event = (enum step_event)(fuzz_byte(in) % (STEP_COMPLETED + 1)),
		.number = fuzz_byte(in),
		.line = fuzz_byte(in),
		.process = texts[0],
		.command = texts[1],
		.command_len = strlen(texts[1]),
		.call = calls[fuzz_byte(in) % calls_count],
		.text = texts[2],
		.returned = bits & 1,
		.result = (int8_t)fuzz_byte(in),
		.why = bits & 2 ? texts[3] : NULL,
		.job = bits & 4 ? (int)fuzz_byte(in) : 0,
		.background = bits & 8,
		.waits_for = bits & 16 ? texts[4] : NULL,
	};
	if (step->result < 0)
		step->error = (int)fuzz_byte(in);
}

static void check_steps(struct fuzz_input *in, char *const texts[TEXTS], int width)
{
	static struct shown list[ENDPOINTS_MOST];
	struct place place = {"a file", 3, texts[1], strlen(texts[1]), texts[0]};
	struct error err = {.column = (int)fuzz_byte(in), .length = (int)fuzz_byte(in)};
	struct step step;
	size_t i;

	fill_step(in, &step, texts);
	step.endpoints = list;
	step.endpoint_count = fuzz_byte(in) % (ENDPOINTS_MOST + 1);
	for (i = 0; i < step.endpoint_count; i++)
		fill_shown(in, &list[i], texts[5]);
	step.data = in->left ? in->at : NULL;
	step.data_len = in->left;
	reports_step(&step, &place, width);
	reports_endpoints(list, step.endpoint_count, width);
	if ((size_t)err.column > place.len + 1)
		err.column = (int)place.len + 1;
	memcpy(err.text, texts[3], strlen(texts[3]) + 1);
	reports_others(&place, &err, texts[4], width);
}

static void emit_one(struct emit *emit, struct fuzz_input *in, unsigned what)
{
	size_t start, len = fuzz_byte(in);
	const char *bytes;
	uint64_t number;

	fuzz_fill(in, &number, sizeof(number));
	bytes = fuzz_take(in, &len);
	switch (what) {
	case 0:
		emit_string(emit, bytes, len);
		break;
	case 1:
		emit_hex(emit, bytes, len);
		break;
	case 2:
		emit_number(emit, (int64_t)number);
		break;
	case 3:
		emit_unsigned(emit, number);
		break;
	case 4:
		start = emit_string_begin(emit);
		buf_add(emit->out, bytes, len);
		emit_string_end(emit, start);
		break;
	case 5:
		emit_value_begin(emit);
		emit_signed(emit->out, (int64_t)number);
		break;
	default:
		emit_bool(emit, what & 1);
	}
}

/* Arrays and objects in each other, with values by the input. */
static void check_emitter(struct fuzz_input in)
{
	struct buf text = {0};
	struct emit emit = {.out = &text};
	char open[16] = "[";
	size_t depth = 1, where;

	emit_open(&emit, '[');
	while (in.left) {
		unsigned what = fuzz_byte(&in);

		if (what >= 248 && depth > 1) {
			emit_close(&emit, open[--depth] == '[' ? ']' : '}');
			continue;
		}
		if (open[depth - 1] == '{')
			emit_key(&emit, "key");
		if (what >= 224 && depth < sizeof(open)) {
			open[depth] = what & 1 ? '{' : '[';
			emit_open(&emit, open[depth++]);
		} else {
			emit_one(&emit, &in, what & 7);
		}
	}
	while (depth)
		emit_close(&emit, open[--depth] == '[' ? ']' : '}');
	fuzz_require(!text.failed, "failed");
	fuzz_require(oracle_json(buf_text(&text), text.len, &where), "at %zu of %s", where,
		     buf_text(&text));
	fuzz_require(oracle_harmless(buf_text(&text), text.len, false), "%s", buf_text(&text));
	buf_free(&text);
}

void fuzz_one(const uint8_t *data, size_t size)
{
	struct fuzz_input in = {data, size};
	int width = 1 + (int)fuzz_byte(&in), i;
	char *texts[TEXTS];

	check_emitter(in);
	for (i = 0; i < TEXTS; i++)
		texts[i] = fuzz_string(&in);
	check_steps(&in, texts, width);
	for (i = 0; i < TEXTS; i++)
		free(texts[i]);
}
