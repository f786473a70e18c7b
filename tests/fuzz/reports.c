/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reports.h"

#include <string.h>

#include "oracle.h"

#define FIELDS_MOST 512

/* Standard output and standard error of a report, and the report. */
struct paper {
	struct buf text, errors;
	struct out out, errors_out;
	struct report report;
	bool json;
};

static void capture(void *data, const char *bytes, size_t len)
{
	buf_add(data, bytes, len);
}

static void paper_open(struct paper *paper, bool json, int width)
{
	*paper = (struct paper){.json = json};
	paper->out = (struct out){.fd = -1, .width = width, .unicode = true, .write = capture};
	paper->errors_out = paper->out;
	paper->out.data = &paper->text;
	paper->errors_out.data = &paper->errors;
	paper->report = (struct report){.ops = json ? &report_json_ops : &report_text_ops,
					.out = &paper->out,
					.errors = &paper->errors_out,
					.script = true};
}

static void check_json(const struct buf *text)
{
	const char *at = buf_text(text), *end;
	size_t where;

	for (; *at; at = end + 1) {
		end = strchr(at, '\n');
		fuzz_require(end, "a line without its end: %s", at);
		fuzz_require(oracle_json(at, (size_t)(end - at), &where), "at %zu of %s", where,
			     at);
	}
	fuzz_require((size_t)(at - buf_text(text)) == text->len, "a NUL in %s", buf_text(text));
}

static void paper_close(struct paper *paper)
{
	fuzz_require(!paper->out.failed && !paper->errors_out.failed, "failed");
	if (paper->json)
		check_json(&paper->text);
	fuzz_require(oracle_harmless(buf_text(&paper->text), paper->text.len, true), "%s",
		     buf_text(&paper->text));
	fuzz_require(oracle_harmless(buf_text(&paper->errors), paper->errors.len, true), "%s",
		     buf_text(&paper->errors));
	out_free(&paper->out);
	out_free(&paper->errors_out);
	buf_free(&paper->text);
	buf_free(&paper->errors);
}

void reports_step(const struct step *step, const struct place *place, int width)
{
	struct paper paper;
	int json;

	(void)place;
	for (json = 0; json < 2; json++) {
		paper_open(&paper, json, width);
		paper.report.ops->step(&paper.report, step);
		paper_close(&paper);
	}
}

void reports_packets(const struct shown_packet *list, size_t count, int width)
{
	struct paper paper;
	int json;

	for (json = 0; json < 2; json++) {
		paper_open(&paper, json, width);
		paper.report.ops->packet(&paper.report, list);
		paper.report.ops->wire(&paper.report, true, list, count);
		paper.report.ops->loopback(&paper.report,
					   &(struct shown_loopback){.shown = true, .seen = count});
		paper_close(&paper);
	}
}

const char *reports_field(size_t index)
{
	static const char *names[FIELDS_MOST];
	static bool asked;
	size_t i = 0;

	/* Once: report_field_name() goes through the table for each. */
	while (!asked && (names[i] = report_field_name(i)))
		fuzz_require(++i < FIELDS_MOST, "more than %d fields", FIELDS_MOST);
	asked = true;
	return names[index];
}

static void check_fields(const struct shown *shown)
{
	struct buf out = {0};
	const char *name;
	size_t i;

	for (i = 0; (name = reports_field(i)); i++) {
		buf_reset(&out);
		fuzz_require(report_field(&out, shown, name, strlen(name)) == 0, "%s", name);
		fuzz_require(out.len > 0, "%s is nothing", name);
	}
	buf_free(&out);
}

void reports_endpoints(const struct shown *list, size_t count, int width)
{
	struct paper paper;
	int json;
	size_t i;

	for (json = 0; json < 2; json++) {
		paper_open(&paper, json, width);
		paper.report.ops->status(&paper.report, list, count);
		paper.report.ops->died(&paper.report, "main", "was killed by SIGKILL", list, count);
		for (i = 0; i < count; i++)
			paper.report.ops->show(&paper.report, &list[i]);
		paper_close(&paper);
	}
	for (i = 0; i < count; i++)
		check_fields(&list[i]);
}

void reports_others(const struct place *place, const struct error *err, const char *text, int width)
{
	struct job_info job = {1, text, text, text};
	struct came came = {text, text, 1, text, 2, text};
	struct paper paper;
	int json;

	for (json = 0; json < 2; json++) {
		paper_open(&paper, json, width);
		paper.report.ops->error(&paper.report, place, err);
		paper.report.ops->expect(&paper.report, place, false, text, err->text);
		paper.report.ops->expect(&paper.report, place, true, text, text);
		paper.report.ops->jobs(&paper.report, &job, 1);
		paper.report.ops->came(&paper.report, &came);
		paper.report.ops->text(&paper.report, text);
		paper.report.ops->end(&paper.report, 7, 1);
		paper_close(&paper);
	}
}

static void fill_address(struct fuzz_input *in, struct address *address)
{
	size_t most = sizeof(address->bytes), len = fuzz_byte(in) % (most + 1);
	const char *bytes = fuzz_take(in, &len);

	*address = (struct address){.len = (socklen_t)len};
	memcpy(address->bytes, bytes, len);
}

void reports_fill(struct fuzz_input *in, struct endpoint *endpoint)
{
	static const unsigned char states[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 64, 65};
	uint32_t numbers[16];
	unsigned bits = fuzz_byte(in);

	fuzz_fill(in, numbers, sizeof(numbers));
	*endpoint = (struct endpoint){
		.has = numbers[0],
		.family = (int)(numbers[1] & 63),
		.type = (int)(numbers[1] >> 8 & 15),
		.protocol = (int)(numbers[1] >> 16),
		.state = (enum endpoint_state)states[numbers[2] % sizeof(states)],
		.cookie = numbers[3],
		.inode = numbers[4],
		.uid = numbers[5],
		.recv_queue = numbers[6],
		.send_queue = numbers[7],
		.accept_length = numbers[8],
		.accept_backlog = numbers[9],
		.timer = {(int)(numbers[10] & 7), numbers[11], numbers[10] >> 8},
		.mark = numbers[12],
		.drops = numbers[13],
		.ifindex = (int)numbers[14],
		.ready = (short)numbers[15],
		.file_flags = (int)numbers[15],
		.fd_flags = (int)(numbers[15] & 1),
		.ghost = bits & 1,
		.v6only = bits & 2,
		.shutdown = (uint8_t)(bits >> 2),
		.tos = (uint8_t)numbers[2],
		.tclass = (uint8_t)numbers[3],
		.unix_peer = numbers[5],
	};
	fill_address(in, &endpoint->local);
	fill_address(in, &endpoint->peer);
	fuzz_fill(in, endpoint->congestion, sizeof(endpoint->congestion) - 1);
	endpoint->skmem_count = fuzz_byte(in) % (ENDPOINT_SKMEM + 1);
	endpoint->pending_count = fuzz_byte(in) % (ENDPOINT_PENDING + 1);
	endpoint->tcp_info_len = fuzz_byte(in) * 2;
	fuzz_fill(in, endpoint->skmem, sizeof(endpoint->skmem));
	fuzz_fill(in, endpoint->tcp_info, endpoint->tcp_info_len);
}
