/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>

#include "base/escape.h"
#include "base/grow.h"
#include "kernel/tcp_info.h"
#include "lab/sysctl.h"
#include "report/emit.h"
#include "report/story.h"
#include "report_samples.h"
#include "unit.h"

/*
 * A reader of JSON (RFC 8259) that only says whether it is valid: each function returns where
 * its part ends, NULL where it is none. The text ends in a NUL.
 */
static const char *read_value(const char *at);

static int hex_unit(const char *at)
{
	int unit = 0;

	for (int i = 0; i < 4; i++) {
		const char *digits = "0123456789abcdef", *digit;

		digit = at[i] ? strchr(digits, at[i]) : NULL;
		if (!digit)
			return -1;
		unit = unit * 16 + (int)(digit - digits);
	}
	return unit;
}

/* What follows a backslash. */
static const char *read_escape(const char *at)
{
	int unit;

	if (*at != 'u')
		return *at && strchr("\"\\/bfnrt", *at) ? at + 1 : NULL;
	unit = hex_unit(at + 1);
	if (unit < 0 || (unit >= 0xdc00 && unit < 0xe000))
		return NULL;
	if (unit < 0xd800 || unit >= 0xe000)
		return at + 5;
	if (at[5] != '\\' || at[6] != 'u')
		return NULL;
	unit = hex_unit(at + 7);
	return unit >= 0xdc00 && unit < 0xe000 ? at + 11 : NULL;
}

static const char *read_character(const char *at)
{
	uint32_t code;
	int size;

	if (*at == '\\')
		return read_escape(at + 1);
	size = escape_decode((const unsigned char *)at, strnlen(at, 4), &code);
	return size && code != 0x7f && escape_passes(code) ? at + size : NULL;
}

static const char *read_string(const char *at)
{
	if (*at++ != '"')
		return NULL;
	while (at && *at && *at != '"')
		at = read_character(at);
	return at && *at == '"' ? at + 1 : NULL;
}

static const char *read_list(const char *at, char close)
{
	if (*++at == close)
		return at + 1;
	for (;; at++) {
		if (close == '}') {
			at = read_string(at);
			if (!at || *at++ != ':')
				return NULL;
		}
		at = read_value(at);
		if (!at || *at != ',')
			return at && *at == close ? at + 1 : NULL;
	}
}

static const char *read_value(const char *at)
{
	static const char *const words[] = {"true", "false", "null"};

	if (*at == '{' || *at == '[')
		return read_list(at, *at == '{' ? '}' : ']');
	if (*at == '"')
		return read_string(at);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strncmp(at, words[i], strlen(words[i])) == 0)
			return at + strlen(words[i]);
	at += *at == '-';
	if (*at == '0')
		return at + 1;
	return *at >= '1' && *at <= '9' ? at + strspn(at, "0123456789") : NULL;
}

static void assert_lines(const struct buf *text)
{
	const char *at = buf_text(text);

	ck_assert_uint_gt(text->len, 0);
	ck_assert_uint_eq(strlen(at), text->len);
	while (*at) {
		const char *end = read_value(at);

		ck_assert_msg(end && *end == '\n', "not JSON: %s", at);
		at = end + 1;
	}
}

static void open_json(struct paper *paper)
{
	paper_open(paper, 40, true, true);
	paper->report.ops = &report_json_ops;
}

/* Each endpoint has these, mostly empty in the samples. */
#define TCP_TEXT "\"family\":\"AF_INET\",\"type\":\"SOCK_STREAM\",\"protocol\":\"IPPROTO_TCP\","
#define UNTOLD                                                                \
	"\"inode\":null,\"cookie\":null,\"readable\":null,\"writable\":null," \
	"\"exceptional\":null,"
#define NO_QUEUES  "\"recv_queue\":null,\"send_queue\":null,"
#define ALIVE      "\"closed_fd\":null,\"also_fd\":null,\"gone\":false,\"closed\":false,\"shared\":[],"
#define NO_QUEUE_1 "\"accept_queue\":null,\"timer\":null,"
#define ROLE(role) UNTOLD "\"shutdown\":null,\"uid\":null,\"role\":\"" role "\","

static const char connected_json[] =
	"{\"event\":\"step\",\"step\":5,\"line\":5,\"process\":\"main\","
	"\"command\":\"connect c 127.0.0.1:8080\",\"function\":\"connect\","
	"\"call\":\"connect(4, {AF_INET, 127.0.0.1:8080}, 16)\","
	"\"result\":0,\"errno\":null,\"why\":null,\"job\":null,\"data\":null,\"endpoints\":["
	"{\"process\":\"main\",\"fd\":4,\"name\":\"c\",\"host\":null," TCP_TEXT
	"\"state\":\"ESTABLISHED\",\"local\":\"127.0.0.1:51034\",\"peer\":\"127.0.0.1:"
	"8080\"," NO_QUEUES NO_QUEUE_1 ROLE(
		"touched") "\"queue_of\":null," ALIVE
			   "\"was\":{\"state\":\"CLOSED\",\"local\":null,\"peer\":null}},"
			   "{\"process\":\"main\",\"fd\":null,\"name\":null,\"host\":null," TCP_TEXT
			   "\"state\":\"ESTABLISHED\",\"local\":\"127.0.0.1:8080\",\"peer\":\"127."
			   "0.0.1:51034\"," NO_QUEUES NO_QUEUE_1 ROLE(
				   "queued") "\"queue_of\":3," ALIVE "\"was\":null},"
					     "{\"process\":\"main\",\"fd\":3,\"name\":null,"
					     "\"host\":null," TCP_TEXT
					     "\"state\":\"LISTEN\",\"local\":\"127.0.0.1:8080\","
					     "\"peer\":null," NO_QUEUES
					     "\"accept_queue\":{\"length\":1,\"backlog\":2},"
					     "\"timer\":null," ROLE(
						     "listener") "\"queue_of\":null," ALIVE
								 "\"was\":{\"accept_queue\":{"
								 "\"length\":0,\"backlog\":2}}}],"
								 "\"packets\":[]}\n";

START_TEST(step_exactly)
{
	struct paper paper;

	open_json(&paper);
	print_connected(&paper);
	ck_assert_str_eq(buf_text(&paper.text), connected_json);
	assert_lines(&paper.text);
	paper_close(&paper);
}
END_TEST

START_TEST(received_bytes)
{
	struct step step = done("recv 4", "recv(4, \"h\\351\", 65536, 0)", NULL, 0);
	struct paper paper;

	step.event = STEP_COMPLETED;
	step.line = 0;
	step.job = 2;
	step.result = 2;
	step.data = "h\xe9";
	step.data_len = 2;
	open_json(&paper);
	paper.report.ops->step(&paper.report, &step);
	ck_assert_str_eq(
		buf_text(&paper.text),
		"{\"event\":\"completed\",\"step\":5,\"line\":null,\"process\":\"main\","
		"\"command\":\"recv 4\",\"function\":\"connect\","
		"\"call\":\"recv(4, \\\"h\\\\351\\\", 65536, 0)\",\"result\":2,\"errno\":null,"
		"\"why\":null,\"job\":2,"
		"\"data\":{\"length\":2,\"text\":\"h\\ufffd\",\"hex\":\"68e9\"},"
		"\"endpoints\":[],\"packets\":[]}\n");
	assert_lines(&paper.text);
	paper_close(&paper);
}
END_TEST

/* What stands beside the bytes: as in the call that is printed, but interfaces by number. */
START_TEST(received_messages)
{
	struct step step = done("recvmsg 4", "recvmsg(4, {}, 0)", NULL, 0);
	struct address from = address("127.0.0.1:80");
	unsigned char control[CMSG_SPACE(8) + CMSG_SPACE(sizeof(struct in_pktinfo)) +
			      CMSG_SPACE(1)] = {0};
	struct message_plan plan = {.head = {.name_room = MESSAGE_NAME,
					     .name_len = from.len,
					     .control_room = sizeof(control),
					     .control_len = sizeof(control),
					     .flags = MSG_TRUNC | MSG_CTRUNC}};
	struct in_pktinfo info = {.ipi_ifindex = 1};
	struct cmsghdr head = {CMSG_LEN(8), SOL_SOCKET, SCM_RIGHTS};
	struct message message;
	struct error err;
	size_t size;
	void *data;
	struct paper paper;
	int fds[] = {7, 8};

	memcpy(control, &head, sizeof(head));
	memcpy(control + CMSG_LEN(0), fds, sizeof(fds));
	head = (struct cmsghdr){CMSG_LEN(sizeof(info)), IPPROTO_IP, IP_PKTINFO};
	memcpy(control + CMSG_SPACE(8), &head, sizeof(head));
	memcpy(control + CMSG_SPACE(8) + CMSG_LEN(0), &info, sizeof(info));
	head = (struct cmsghdr){CMSG_LEN(1), 77, 78};
	memcpy(control + CMSG_SPACE(8) + CMSG_SPACE(sizeof(info)), &head, sizeof(head));
	memcpy(plan.name, from.bytes, from.len);
	plan.control = control;
	ck_assert_int_eq(message_make(&plan, &data, &size, &err), 0);
	ck_assert(message_open(data, size, NULL, &message));
	step.message = &message;
	open_json(&paper);
	paper.report.ops->step(&paper.report, &step);
	ck_assert_ptr_nonnull(
		strstr(buf_text(&paper.text),
		       "\"message\":{\"name\":\"127.0.0.1:80\",\"flags\":\"MSG_CTRUNC|MSG_TRUNC\","
		       "\"control\":[{\"level\":\"SOL_SOCKET\",\"type\":\"SCM_RIGHTS\","
		       "\"value\":\"[7, 8]\"},{\"level\":\"IPPROTO_IP\",\"type\":\"IP_PKTINFO\","
		       "\"value\":\"{ipi_ifindex=1, ipi_spec_dst=0.0.0.0, ipi_addr=0.0.0.0}\"},"
		       "{\"level\":\"77\",\"type\":\"78\",\"value\":\"hex:00\"}]},"));
	assert_lines(&paper.text);
	paper_close(&paper);
	free(data);
}
END_TEST

/* Several, of which the last has not come. */
START_TEST(received_several_messages)
{
	struct step step = done("recvmmsg 4 5 5", "recvmmsg(4, [], 2, 0, NULL)", NULL, 0);
	struct message_plan plan = {.buffers = 1, .lens = {5}, .total = 5, .head = {.got = 2}};
	struct value list = {0};
	char bytes[] = "hi...";
	struct paper paper;
	struct error err;
	void *piece;
	size_t size;

	plan.bytes = bytes;
	ck_assert_int_eq(message_make(&plan, &piece, &size, &err), 0);
	list.data = malloc(2 * size);
	list.size = 2 * size;
	memcpy(list.data, piece, size);
	memcpy((char *)list.data + size, piece, size);
	step.messages = &list;
	step.message_count = 1;
	open_json(&paper);
	paper.report.ops->step(&paper.report, &step);
	ck_assert_ptr_nonnull(
		strstr(buf_text(&paper.text),
		       ",\"messages\":[{\"data\":{\"length\":2,\"text\":\"hi\",\"hex\":\"6869\"},"
		       "\"name\":null,\"flags\":\"0\",\"control\":[]}],"));
	assert_lines(&paper.text);
	paper_close(&paper);
	free(list.data);
	free(piece);
}
END_TEST

START_TEST(failed_and_waiting)
{
	struct step step = done("accept 3", "accept(3, NULL, NULL)", NULL, 0);
	struct paper paper;

	step.result = -1;
	step.error = EINVAL;
	step.why = "fd 3 does not listen";
	open_json(&paper);
	paper.report.ops->step(&paper.report, &step);
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "\"result\":-1,\"errno\":\"EINVAL\","
							    "\"why\":\"fd 3 does not listen\","));
	step = done("accept 3", "accept(3, NULL, NULL)", NULL, 0);
	step.event = STEP_WAITING;
	step.returned = false;
	step.job = 1;
	step.waits_for = "a connection on fd 3";
	buf_reset(&paper.text);
	paper.report.ops->step(&paper.report, &step);
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "\"result\":null,\"errno\":null,"));
	ck_assert_ptr_nonnull(
		strstr(buf_text(&paper.text), "\"waits_for\":\"a connection on fd 3\"}\n"));
	assert_lines(&paper.text);
	paper_close(&paper);
}
END_TEST

/* The owner that the line is about is not told twice; descriptor 0 is one like others. */
START_TEST(shared)
{
	static const struct sharer both[] = {{"main", 5}, {"child", 0}};
	struct shown shown = show(5, tcp(STATE_ESTABLISHED, CLIENT, SERVER));
	struct step step = done("send 5 \"x\"", "send(5, \"x\", 1, 0)", &shown, 1);
	struct paper paper;

	shown.sharers = both;
	shown.sharer_count = 2;
	open_json(&paper);
	paper.report.ops->step(&paper.report, &step);
	ck_assert_ptr_nonnull(
		strstr(buf_text(&paper.text), "\"shared\":[{\"process\":\"child\",\"fd\":0}]"));
	assert_lines(&paper.text);
	paper_close(&paper);
}
END_TEST

START_TEST(other_events)
{
	struct place place = {.file = "a.sock", .line = 7, .process = "main"};
	struct job_info job = {2, "main", "accept(3, NULL, NULL)", "a connection on fd 3"};
	struct came urgent = {"main", "SIGURG", -1, NULL, 7, "so"};
	struct came ready = {"main", "SIGIO", 0, "POLLIN", 0, "so"};
	const struct report_ops *ops = &report_json_ops;
	struct paper paper;
	struct error err;

	error_at(&err, 3, 2, "no\033");
	open_json(&paper);
	ops->error(&paper.report, &place, &err);
	err.column = err.length = 0;
	ops->error(&paper.report, NULL, &err);
	ops->expect(&paper.report, &place, false, "state LISTEN", "CLOSED");
	ops->jobs(&paper.report, &job, 1);
	ops->died(&paper.report, "main", "was killed by SIGKILL", NULL, 0);
	ops->came(&paper.report, &urgent);
	ops->came(&paper.report, &ready);
	ops->text(&paper.report, "one\ntwo\n");
	ops->end(&paper.report, 12, 1);
	ck_assert_str_eq(
		buf_text(&paper.text),
		"{\"event\":\"error\",\"file\":\"a.sock\",\"line\":7,\"process\":\"main\","
		"\"message\":\"no\\u001b\",\"column\":3,\"length\":2}\n"
		"{\"event\":\"error\",\"file\":null,\"line\":null,\"process\":null,"
		"\"message\":\"no\\u001b\",\"column\":null,\"length\":null}\n"
		"{\"event\":\"expect\",\"file\":\"a.sock\",\"line\":7,\"process\":\"main\","
		"\"ok\":false,\"expected\":\"state LISTEN\",\"found\":\"CLOSED\"}\n"
		"{\"event\":\"jobs\",\"jobs\":[{\"job\":2,\"process\":\"main\","
		"\"call\":\"accept(3, NULL, NULL)\",\"waits_for\":\"a connection on fd 3\"}]}\n"
		"{\"event\":\"died\",\"process\":\"main\",\"how\":\"was killed by SIGKILL\","
		"\"endpoints\":[]}\n"
		"{\"event\":\"signal\",\"process\":\"main\",\"signal\":\"SIGURG\","
		"\"fd\":null,\"band\":null,\"sender\":7,\"why\":\"so\"}\n"
		"{\"event\":\"signal\",\"process\":\"main\",\"signal\":\"SIGIO\","
		"\"fd\":0,\"band\":\"POLLIN\",\"sender\":null,\"why\":\"so\"}\n"
		"{\"event\":\"text\",\"text\":\"one\\u000atwo\\u000a\"}\n"
		"{\"event\":\"end\",\"steps\":12,\"failed\":1}\n");
	assert_lines(&paper.text);
	ck_assert_str_eq(buf_text(&paper.errors), "a.sock:7:3: no\\e\nno\\e\n");
	paper_close(&paper);
}
END_TEST

START_TEST(settings_of_a_host)
{
	struct sysctl setting = {.host = "b",
				 .name = "net.ipv4.tcp_sack",
				 .value = "0",
				 .was = "1",
				 .readable = true,
				 .set = true};
	struct place place = {.file = "a.sock", .line = 7};
	struct word command = {.text = "sysctl b tcp_sack 0", .len = 19};
	struct paper paper;

	open_json(&paper);
	report_json_ops.sysctl(&paper.report, &place, &command, &setting, "It \"is\".");
	setting.set = false;
	report_json_ops.sysctl(&paper.report, &place, &command, &setting, NULL);
	setting.readable = false;
	report_json_ops.sysctl(&paper.report, &place, &command, &setting, NULL);
	ck_assert_str_eq(buf_text(&paper.text),
			 "{\"event\":\"sysctl\",\"line\":7,\"host\":\"b\","
			 "\"name\":\"net.ipv4.tcp_sack\",\"value\":\"0\",\"was\":\"1\","
			 "\"meaning\":\"It \\\"is\\\".\"}\n"
			 "{\"event\":\"sysctl\",\"line\":7,\"host\":\"b\","
			 "\"name\":\"net.ipv4.tcp_sack\",\"value\":\"0\",\"was\":null,"
			 "\"meaning\":null}\n"
			 "{\"event\":\"sysctl\",\"line\":7,\"host\":\"b\","
			 "\"name\":\"net.ipv4.tcp_sack\",\"value\":null,\"was\":null,"
			 "\"meaning\":null}\n");
	assert_lines(&paper.text);
	paper_close(&paper);
}
END_TEST

START_TEST(everything_told)
{
	struct paper paper;
	struct shown shown = told(), listening = told_unix();

	open_json(&paper);
	report_json_ops.show(&paper.report, &shown);
	report_json_ops.status(&paper.report, &shown, 1);
	report_json_ops.show(&paper.report, &listening);
	assert_lines(&paper.text);
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "\"pending\":[7,8],"));
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "\"skmem\":{\"r\":0,\"rb\":131072,"));
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "\"tcpi_rtt\":42,"));
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "\"cookie\":\"3\","));
	paper_close(&paper);
}
END_TEST

START_TEST(explanations)
{
	static const struct meaning queue = {.term = "accept queue",
					     .kind = "queue",
					     .text = "What \"waits\".",
					     .unit = "connections",
					     .see = "listen(2)",
					     .related = "backlog, no fd yet"};
	static const struct meaning call = {.term = "bind",
					    .kind = "call",
					    .text = "Binds.",
					    .see = "bind(2)",
					    .usage = "bind fd"};
	struct shown shown = show(3, listener(SERVER, 0, 2));
	struct paper paper;
	struct story story;

	open_json(&paper);
	report_json_ops.explain(&paper.report, &queue);
	report_json_ops.explain(&paper.report, &call);
	report_json_ops.apropos(&paper.report, "b c", &call, 1, 41);
	ck_assert_str_eq(
		buf_text(&paper.text),
		"{\"event\":\"explain\",\"term\":\"accept queue\",\"kind\":\"queue\","
		"\"text\":\"What \\\"waits\\\".\",\"unit\":\"connections\",\"usage\":null,"
		"\"see\":\"listen(2)\",\"related\":[\"backlog\",\"no fd yet\"]}\n"
		"{\"event\":\"explain\",\"term\":\"bind\",\"kind\":\"call\","
		"\"text\":\"Binds.\",\"unit\":null,\"usage\":\"bind fd\",\"see\":\"bind(2)\","
		"\"related\":[]}\n"
		"{\"event\":\"apropos\",\"words\":\"b c\",\"total\":41,\"found\":["
		"{\"term\":\"bind\",\"kind\":\"call\",\"text\":\"Binds.\"}]}\n");
	buf_reset(&paper.text);
	story_begin(&story, &shown, NULL, 0);
	story_end(&story);
	report_json_ops.story(&paper.report, &story);
	story_free(&story);
	assert_lines(&paper.text);
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "{\"event\":\"story\",\"endpoint\":{"));
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "\"state\":\"LISTEN\","));
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "\"sentences\":[\"fd 3 is a TCP "));
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "\"Next: accept 3 waits"));
	paper_close(&paper);
}
END_TEST

/* The numbers of a fixed seed: a failure can be had again. */
static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* UTF-8 of any number below 2^21, whether that is a character or not. */
static size_t add_code(unsigned char *to, uint32_t code)
{
	to[0] = (unsigned char)(0xf0 | code >> 18);
	to[1] = 0x80 | (code >> 12 & 0x3f);
	to[2] = 0x80 | (code >> 6 & 0x3f);
	to[3] = 0x80 | (code & 0x3f);
	if (code < 0x10000) {
		to[0] = (unsigned char)(0xe0 | code >> 12);
		to[1] = to[2];
		to[2] = to[3];
	}
	return code < 0x10000 ? 3 : 4;
}

static size_t random_bytes(unsigned char *to, size_t room, uint32_t *seed)
{
	size_t len = next_random(seed) % (room - 4), at = 0;

	while (at < len) {
		uint32_t kind = next_random(seed) % 4, value = next_random(seed);

		if (kind == 0)
			at += add_code(to + at, value % 0x120000);
		else if (kind == 1)
			at += add_code(to + at, 0x2000 + value % 0x70);
		else
			to[at++] = (unsigned char)(kind == 2 ? value : 0x20 + value % 0x60);
	}
	return at;
}

START_TEST(random_strings)
{
	unsigned char bytes[64];
	struct buf line = {0};
	uint32_t seed = 20240229;

	for (int i = 0; i < 50000; i++) {
		struct emit emit = {.out = &line};
		size_t len = random_bytes(bytes, sizeof(bytes), &seed);
		size_t start, first;

		emit_string(&emit, bytes, len);
		first = line.len;
		start = emit_string_begin(&emit);
		buf_add(&line, bytes, len);
		emit_string_end(&emit, start);
		ck_assert_mem_eq(line.data, line.data + first + 1, first);
		buf_truncate(&line, first);
		buf_char(&line, '\n');
		assert_lines(&line);
		buf_reset(&line);
	}
	buf_free(&line);
}
END_TEST

START_TEST(strings)
{
	static const char text[] =
		"a\"\\\n\x7f\xc2\x85é\xe2\x80\xae\xf3\xa0\x80\x81\xf0\x9f\x98\x80"
		"\xff\xed\xa0\x80";
	struct buf line = {0};
	struct emit emit = {.out = &line};

	emit_open(&emit, '[');
	emit_string(&emit, text, sizeof(text) - 1);
	emit_text(&emit, NULL);
	emit_number(&emit, INT64_MIN);
	emit_unsigned(&emit, UINT64_MAX);
	emit_hex(&emit, NULL, 0);
	emit_bool(&emit, true);
	emit_close(&emit, ']');
	ck_assert_str_eq(buf_text(&line),
			 "[\"a\\\"\\\\\\u000a\\u007f\\u0085é\\u202e\\udb40\\udc01\xf0\x9f\x98\x80"
			 "\\ufffd\\ufffd\\ufffd\\ufffd\",null,-9223372036854775808,"
			 "18446744073709551615,\"\",true]");
	buf_free(&line);
}
END_TEST

static void expect_field(const struct shown *shown, const char *name, const char *value)
{
	struct buf out = {0};

	ck_assert_int_eq(report_field(&out, shown, name, strlen(name)), 0);
	ck_assert_str_eq(buf_text(&out), value);
	buf_free(&out);
}

START_TEST(fields)
{
	struct shown shown = show(3, listener(SERVER, 1, 2));
	struct shown full = told();
	struct buf out = {0};

	expect_field(&shown, "state", "LISTEN");
	expect_field(&shown, "local", "127.0.0.1:8080");
	expect_field(&shown, "peer", "none");
	expect_field(&shown, "accept_queue", "1/2");
	expect_field(&shown, "fd", "3");
	expect_field(&shown, "name", "none");
	expect_field(&shown, "family", "AF_INET");
	expect_field(&shown, "gone", "no");
	expect_field(&shown, "rtt", "none");
	expect_field(&full, "recv_queue", "0");
	expect_field(&full, "timer", "off");
	expect_field(&full, "readable", "no");
	expect_field(&full, "shutdown", "none");
	expect_field(&full, "rtt", "42");
	expect_field(&full, "tcpi_state", "ESTABLISHED");
	ck_assert_int_eq(report_field(&out, &shown, "stat", 4), -1);
	ck_assert_int_eq(report_field(&out, &shown, "states", 6), -1);
	ck_assert_int_eq(report_field(&out, &shown, "", 0), -1);
	ck_assert_int_eq(report_field(&out, &shown, "state of affairs", 5), 0);
	buf_free(&out);
}
END_TEST

START_TEST(every_field_name)
{
	struct shown shown = told(),
		     untold = {.fd = -1, .also_fd = -1, .queue_of = -1, .closed_fd = -1};
	struct buf out = {0};
	size_t count = 0;

	untold.untold = true;
	for (const char *name; (name = report_field_name(count)); count++) {
		buf_reset(&out);
		ck_assert_int_eq(report_field(&out, &shown, name, strlen(name)), 0);
		ck_assert_uint_gt(out.len, 0);
		buf_reset(&out);
		ck_assert_int_eq(report_field(&out, &untold, name, strlen(name)), 0);
		ck_assert_uint_gt(out.len, 0);
		for (size_t i = 0; i < count; i++)
			ck_assert_str_ne(report_field_name(i), name);
	}
	ck_assert_uint_gt(count, tcp_info_count);
	buf_free(&out);
}
END_TEST

static Suite *json_suite(void)
{
	Suite *suite = suite_create("report_json");
	TCase *events = tcase_create("events"), *values = tcase_create("values");

	tcase_add_test(events, step_exactly);
	tcase_add_test(events, received_bytes);
	tcase_add_test(events, received_messages);
	tcase_add_test(events, received_several_messages);
	tcase_add_test(events, failed_and_waiting);
	tcase_add_test(events, shared);
	tcase_add_test(events, other_events);
	tcase_add_test(events, everything_told);
	tcase_add_test(events, settings_of_a_host);
	tcase_add_test(events, explanations);
	suite_add_tcase(suite, events);
	tcase_set_timeout(values, 60);
	tcase_add_test(values, random_strings);
	tcase_add_test(values, strings);
	tcase_add_test(values, fields);
	tcase_add_test(values, every_field_name);
	suite_add_tcase(suite, values);
	return suite;
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	return unit_main(json_suite());
}
