/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>

#include "base/grow.h"
#include "report_samples.h"
#include "unit.h"

START_TEST(connect_in_unicode)
{
	struct paper paper;

	paper_open(&paper, 120, true, false);
	print_connected(&paper);
	ck_assert_str_eq(buf_text(&paper.text),
			 "  connect(4, {AF_INET, 127.0.0.1:8080}, 16) = 0\n"
			 "  4  TCP  CLOSED ⇒ ESTABLISHED       "
			 "127.0.0.1:51034 → 127.0.0.1:8080   c\n"
			 "  –  TCP  ESTABLISHED                "
			 "127.0.0.1:8080 → 127.0.0.1:51034   "
			 "no fd yet: waits in 3's accept queue\n"
			 "  3  TCP  LISTEN                     accept queue 0 ⇒ 1 of 2\n");
	paper_close(&paper);
}
END_TEST

START_TEST(connect_in_color)
{
	struct paper paper;

	paper_open(&paper, 100, false, true);
	print_connected(&paper);
	ck_assert_str_eq(
		buf_text(&paper.text),
		"  connect(4, {AF_INET, 127.0.0.1:8080}, 16) = 0\n"
		"  4  TCP  \033[2mCLOSED => \033[0m\033[1;32mESTABLISHED\033[0m      "
		"\033[1;32m127.0.0.1:51034 -> 127.0.0.1:8080\033[0m   c\n"
		"  -  TCP  ESTABLISHED                127.0.0.1:8080 -> 127.0.0.1:51034\n"
		"                                     no fd yet: waits in 3's accept queue\n"
		"  3  TCP  LISTEN                     "
		"accept queue \033[2m0 => \033[0m\033[1;32m1\033[0m of 2\n");
	paper_close(&paper);
}
END_TEST

START_TEST(connect_in_60_columns)
{
	struct paper paper;

	paper_open(&paper, 60, false, false);
	print_connected(&paper);
	ck_assert_str_eq(buf_text(&paper.text),
			 "  connect(4, {AF_INET, 127.0.0.1:8080}, 16) = 0\n"
			 "  4  TCP  CLOSED => ESTABLISHED\n"
			 "     127.0.0.1:51034 -> 127.0.0.1:8080   c\n"
			 "  -  TCP  ESTABLISHED   127.0.0.1:8080 -> 127.0.0.1:51034\n"
			 "     no fd yet: waits in 3's accept queue\n"
			 "  3  TCP  LISTEN   accept queue 0 => 1 of 2\n");
	paper_close(&paper);
}
END_TEST

START_TEST(connect_in_40_columns)
{
	struct paper paper;

	paper_open(&paper, 40, true, false);
	print_connected(&paper);
	ck_assert_str_eq(buf_text(&paper.text), "  connect(4, {AF_INET, 127.0.0.1:8080}, 16) = 0\n"
						"  4  TCP  CLOSED ⇒ ESTABLISHED\n"
						"     127.0.0.1:51034 → 127.0.0.1:8080\n"
						"     c\n"
						"  –  TCP  ESTABLISHED\n"
						"     127.0.0.1:8080 → 127.0.0.1:51034\n"
						"     no fd yet: waits in 3's accept\n"
						"     queue\n"
						"  3  TCP  LISTEN\n"
						"     accept queue 0 ⇒ 1 of 2\n");
	paper_close(&paper);
}
END_TEST

/* The step of one endpoint, as text. */
static void expect_endpoint(const struct shown *shown, int width, const char *text)
{
	struct step step = done("", "f()", shown, 1);
	struct paper paper;

	paper_open(&paper, width, true, false);
	paper.report.ops->step(&paper.report, &step);
	ck_assert_str_eq(buf_text(&paper.text) + strlen("  f() = 0\n"), text);
	paper_close(&paper);
}

START_TEST(addresses)
{
	struct endpoint none = tcp(STATE_CLOSED, NULL, NULL);
	struct shown shown = change(3, none, tcp(STATE_CLOSED, SERVER, NULL));

	expect_endpoint(&shown, 80,
			"  3  TCP  CLOSED                     "
			"local: none ⇒ 127.0.0.1:8080\n");
	/* What getsockname() says of a socket without an address is no address. */
	shown = change(3, none, tcp(STATE_CLOSED, "0.0.0.0:0", NULL));
	expect_endpoint(&shown, 80, "  3  TCP  CLOSED\n");
	shown = change(3, tcp(STATE_CONNECTED, CLIENT, SERVER),
		       tcp(STATE_CONNECTED, CLIENT, "127.0.0.1:9"));
	expect_endpoint(&shown, 120,
			"  3  TCP  CONNECTED                  127.0.0.1:51034   "
			"peer: 127.0.0.1:8080 ⇒ 127.0.0.1:9\n");
	shown = show(123, tcp(STATE_ESTABLISHED, "[fe80::1234:5678:9abc:def0]:12345",
			      "[fe80::1234:5678:9abc:def1]:12345"));
	expect_endpoint(&shown, 40,
			"  123 TCP ESTABLISHED\n"
			"     [fe80::1234:5678:9abc:def0]:12345\n"
			"     → [fe80::1234:5678:9abc:def1]:12345\n");
}
END_TEST

/* A beginner who sent 2 bytes would wonder at 832. */
START_TEST(queues_that_count_memory)
{
	struct endpoint datagrams = {.family = AF_INET,
				     .type = SOCK_DGRAM,
				     .protocol = IPPROTO_UDP,
				     .state = STATE_UNCONNECTED,
				     .recv_queue = 832,
				     .has = FIELD_STATE | FIELD_RECV_QUEUE};
	struct endpoint pair = {.family = AF_UNIX,
				.type = SOCK_STREAM,
				.state = STATE_CONNECTED,
				.recv_queue = 1,
				.send_queue = 768,
				.has = FIELD_STATE | FIELD_RECV_QUEUE | FIELD_SEND_QUEUE};
	struct shown shown = show(3, datagrams);

	expect_endpoint(&shown, 80,
			"  3  UDP  UNCONNECTED                "
			"recv queue 832 (memory, overhead included)\n");
	shown = show(3, pair);
	expect_endpoint(&shown, 120,
			"  3  UNIX CONNECTED                  recv queue 1   "
			"send queue 768 (memory, overhead included)\n");
}
END_TEST

START_TEST(queues)
{
	struct endpoint was = tcp(STATE_ESTABLISHED, CLIENT, SERVER), now;
	struct shown shown;

	was.has |= FIELD_RECV_QUEUE | FIELD_SEND_QUEUE | FIELD_SHUTDOWN;
	now = was;
	now.recv_queue = 5;
	now.shutdown = 2;
	shown = change(3, was, now);
	expect_endpoint(&shown, 120,
			"  3  TCP  ESTABLISHED                127.0.0.1:51034 → 127.0.0.1:8080   "
			"recv queue 0 ⇒ 5   shutdown: none ⇒ write\n");
	now.send_queue = 7;
	shown = show(3, now);
	expect_endpoint(&shown, 120,
			"  3  TCP  ESTABLISHED                127.0.0.1:51034 → 127.0.0.1:8080   "
			"recv queue 5   send queue 7\n");
	shown = change(3, listener(SERVER, 3, 2), listener(SERVER, 3, 5));
	shown.role = SHOWN_LISTENER;
	expect_endpoint(&shown, 80,
			"  3  TCP  LISTEN                     "
			"accept queue 3 of 2 ⇒ 5\n");
	shown = change(3, listener(SERVER, 2, 2), listener(SERVER, 3, 2));
	shown.role = SHOWN_LISTENER;
	expect_endpoint(&shown, 80,
			"  3  TCP  LISTEN                     "
			"accept queue 2 ⇒ 3 of 2 (full)\n");
}
END_TEST

static void expect_timer(int kind, uint32_t ms, uint32_t retransmits, const char *text)
{
	struct endpoint endpoint = tcp(STATE_ESTABLISHED, NULL, NULL);
	struct shown shown;
	struct buf line = {0};

	endpoint.has |= FIELD_TIMER;
	endpoint.timer = (struct endpoint_timer){kind, ms, retransmits};
	shown = show(3, endpoint);
	buf_printf(&line, "  3  TCP  ESTABLISHED%s%s\n", *text ? "                " : "", text);
	expect_endpoint(&shown, 80, buf_text(&line));
	buf_free(&line);
}

START_TEST(timers)
{
	expect_timer(0, 0, 0, "");
	expect_timer(1, 200, 1, "timer: retransmit <1 s, 1 retransmit");
	expect_timer(1, 996, 0, "timer: retransmit 1 s");
	expect_timer(2, 7199001, 2, "timer: keepalive 7200 s, 2 probes");
	expect_timer(3, 60000, 0, "timer: time-wait 60 s");
	expect_timer(3, 59001, 0, "timer: time-wait 60 s");
	expect_timer(4, 1000, 0, "timer: zero-window probe 1 s");
}
END_TEST

START_TEST(endings)
{
	struct shown shown = change(3, listener(SERVER, 0, 2), listener(SERVER, 0, 2));

	shown.gone = shown.closed = true;
	expect_endpoint(&shown, 80, "  3  TCP  LISTEN ⇒ gone              127.0.0.1:8080\n");
	shown = change(-1, tcp(STATE_ESTABLISHED, CLIENT, SERVER),
		       tcp(STATE_FIN_WAIT_2, CLIENT, SERVER));
	shown.role = SHOWN_GHOST;
	shown.closed_fd = 4;
	shown.closed = true;
	expect_endpoint(&shown, 120,
			"  –  TCP  ESTABLISHED ⇒ FIN-WAIT-2   127.0.0.1:51034 → 127.0.0.1:8080   "
			"closed (was fd 4)\n");
	shown = show(5, (struct endpoint){0});
	shown.untold = true;
	strcpy(shown.what, "a pipe, not a socket");
	expect_endpoint(&shown, 80, "  5  a pipe, not a socket\n");
}
END_TEST

START_TEST(shared_by_processes)
{
	static const struct sharer both[] = {{"main", 5}, {"child", 5}, {"child", 7}};
	struct shown shown = show(5, tcp(STATE_ESTABLISHED, CLIENT, SERVER));

	shown.sharers = both;
	shown.sharer_count = 3;
	expect_endpoint(&shown, 200,
			"  5  TCP  ESTABLISHED                127.0.0.1:51034 → 127.0.0.1:8080   "
			"main:5 = child:5 = child:7, one socket, 3 references\n");
	/* One of another process is closed, and two are left; then one. */
	shown.closed = true;
	shown.closed_process = "two";
	shown.closed_fd = 9;
	shown.sharer_count = 2;
	expect_endpoint(&shown, 200,
			"  5  TCP  ESTABLISHED                127.0.0.1:51034 → 127.0.0.1:8080   "
			"two:9 closed; main:5 = child:5, one socket, 2 references\n");
	shown.sharers = NULL;
	shown.sharer_count = 0;
	expect_endpoint(&shown, 200,
			"  5  TCP  ESTABLISHED                127.0.0.1:51034 → 127.0.0.1:8080   "
			"two:9 closed; main:5 is still open\n");
}
END_TEST

/* A step without endpoints; SCRIPT: of a script. */
static void expect_step(const struct step *step, int width, bool script, const char *text)
{
	struct paper paper;

	paper_open(&paper, width, true, false);
	paper.report.script = script;
	paper.report.ops->step(&paper.report, step);
	ck_assert_str_eq(buf_text(&paper.text), text);
	paper_close(&paper);
}

START_TEST(calls_and_results)
{
	struct step step = done("bind 3 :80", "bind(3, {AF_INET, 0.0.0.0:80}, 16)", NULL, 0);

	expect_step(&step, 80, true, "> bind 3 :80\n  bind(3, {AF_INET, 0.0.0.0:80}, 16) = 0\n");
	step.process = "other";
	expect_step(&step, 80, true,
		    "> @other bind 3 :80\n  bind(3, {AF_INET, 0.0.0.0:80}, 16) = 0\n");
	step.result = -1;
	step.error = EACCES;
	step.why = "ports below 1024 are for root, here and on most machines";
	expect_step(&step, 40, false,
		    "  bind(3, {AF_INET, 0.0.0.0:80}, 16) = -1 EACCES (Permission denied)\n"
		    "  why: ports below 1024 are for root,\n"
		    "       here and on most machines\n");
	step.why = NULL;
	step.returned = false;
	expect_step(&step, 80, false, "  bind(3, {AF_INET, 0.0.0.0:80}, 16) = ?\n");
}
END_TEST

START_TEST(jobs)
{
	struct step step = done("accept 3", "accept(3, NULL, NULL)", NULL, 0);

	step.event = STEP_WAITING;
	step.waits_for = "a connection on fd 3";
	expect_step(&step, 80, true, "> accept 3\n  waits for a connection on fd 3\n");
	expect_step(&step, 80, false,
		    "  waits for a connection on fd 3 "
		    "(Ctrl-C interrupts, Ctrl-Z leaves it as a job)\n");
	step.job = 1;
	expect_step(&step, 80, false,
		    "  [1] accept(3, NULL, NULL) waits for a connection on fd 3\n");
	expect_step(&step, 40, false,
		    "  [1] accept(3, NULL, NULL)\n      waits for a connection on fd 3\n");
	step.event = STEP_COMPLETED;
	step.result = 5;
	expect_step(&step, 80, true, "  [1] accept(3, NULL, NULL) = 5\n");
}
END_TEST

/* A failed call has nothing to say about endpoints that it left as they were. */
START_TEST(failed_calls_are_short)
{
	struct shown shown = change(3, listener(SERVER, 0, 2), listener(SERVER, 0, 2));
	struct step step = done("", "bind(3)", &shown, 1);

	step.result = -1;
	step.error = EINVAL;
	expect_step(&step, 80, false, "  bind(3) = -1 EINVAL (Invalid argument)\n");
}
END_TEST

/* What is repeated is told once, with the least and the greatest number; another kind is shown. */
START_TEST(repeated_steps_are_folded)
{
	static const char *const made[] = {"close(3)", "close(12)", "close(4)", "dup(3)",
					   "close(5)"};
	struct repeated repeated = {.round = 5, .most = 7, .why = REPEAT_FAILED};
	const struct report_ops *ops = &report_text_ops;
	struct paper paper;
	size_t i;

	paper_open(&paper, 80, true, false);
	ops->repeat(&paper.report, REPEAT_BEGINS, &repeated);
	for (i = 0; i < COUNT_OF(made); i++) {
		struct step step = done("", made[i], NULL, 0);

		ops->step(&paper.report, &step);
	}
	ops->repeat(&paper.report, REPEAT_ENDS, &repeated);
	ck_assert_str_eq(buf_text(&paper.text), "  close(3) = 0\n"
						"  ×3  close(3…12) = 0\n"
						"  dup(3) = 0\n"
						"  ×4  close(3…12) = 0\n"
						"  ended in round 5 of 7\n");
	ck_assert_ptr_null(paper.report.folding);
	paper_close(&paper);
}
END_TEST

/* Of a text with more numbers than are kept nothing is folded. */
START_TEST(too_many_numbers_are_shown)
{
	struct repeated repeated = {.round = 2, .most = 2};
	const struct report_ops *ops = &report_text_ops;
	struct buf text = {0}, all = {0};
	struct paper paper;
	struct step step;
	int i;

	for (i = 0; i < 300; i++)
		buf_printf(&text, "%d,", i % 10);
	buf_printf(&all, "  %s = 0\n  %s = 0\n", buf_text(&text), buf_text(&text));
	step = done("", buf_text(&text), NULL, 0);
	paper_open(&paper, 80, true, false);
	ops->repeat(&paper.report, REPEAT_BEGINS, &repeated);
	ops->step(&paper.report, &step);
	ops->step(&paper.report, &step);
	ops->repeat(&paper.report, REPEAT_ENDS, &repeated);
	ck_assert_str_eq(buf_text(&paper.text), buf_text(&all));
	paper_close(&paper);
	buf_free(&text);
	buf_free(&all);
}
END_TEST

START_TEST(other_texts)
{
	struct job_info job = {2, "other", "accept(3, NULL, NULL)", "a connection on fd 3"};
	struct shown shown = change(3, listener(SERVER, 0, 2), listener(SERVER, 0, 2));
	struct place place = {.file = "a.sock", .line = 7};
	struct came came = {"main", "SIGURG", -1, NULL, 0, "urgent data (MSG_OOB) has come \033"};
	const struct report_ops *ops = &report_text_ops;
	struct paper paper;

	shown.gone = true;
	paper_open(&paper, 80, true, false);
	ops->text(&paper.report, "one\n\ttwo \033[31m\n");
	ops->jobs(&paper.report, &job, 1);
	ops->jobs(&paper.report, NULL, 0);
	ops->died(&paper.report, "main", "was killed by SIGKILL", &shown, 1);
	ops->came(&paper.report, &came);
	ops->end(&paper.report, 1, 0);
	ops->expect(&paper.report, &place, true, "state LISTEN", "LISTEN");
	ops->expect(&paper.report, &place, false, "state LISTEN", "CLOSED");
	ops->expect(&paper.report, NULL, false, "ECONNREFUSED", "0");
	ck_assert_str_eq(
		buf_text(&paper.text),
		"one\n\\ttwo \\e[31m\n"
		"  [2] @other accept(3, NULL, NULL) waits for a connection on fd 3\n"
		"  no call is waiting\n"
		"process main was killed by SIGKILL; its descriptors are closed:\n"
		"  3  TCP  LISTEN ⇒ gone              127.0.0.1:8080\n"
		"  signal: SIGURG came to process main: urgent data (MSG_OOB) has come \\e\n");
	ck_assert_str_eq(buf_text(&paper.errors), "a.sock:7: expected state LISTEN, found CLOSED\n"
						  "expected ECONNREFUSED, found 0\n");
	paper_close(&paper);
}
END_TEST

static size_t table(struct shown *list)
{
	struct endpoint busy = tcp(STATE_ESTABLISHED, SERVER, CLIENT);

	busy.has |= FIELD_RECV_QUEUE | FIELD_SEND_QUEUE | FIELD_READY | FIELD_TIMER;
	busy.recv_queue = 12;
	busy.ready = POLLIN | POLLOUT;
	busy.timer = (struct endpoint_timer){3, 59500, 0};
	list[0] = show(3, listener(SERVER, 1, 2));
	list[0].name = "srv";
	list[1] = show(4, busy);
	list[2] = show(-1, tcp(STATE_FIN_WAIT_2, CLIENT, SERVER));
	list[2].role = SHOWN_GHOST;
	return 3;
}

START_TEST(status_wide)
{
	struct paper paper;
	struct shown list[3];
	size_t count = table(list);

	paper_open(&paper, 120, true, false);
	report_text_ops.status(&paper.report, list, count);
	report_text_ops.status(&paper.report, NULL, 0);
	ck_assert_str_eq(
		buf_text(&paper.text),
		"  fd  name  kind  state        recv-q  send-q  local            peer             "
		"timer           ready\n"
		"  3   srv   TCP   LISTEN          1/2          127.0.0.1:8080   –\n"
		"  4         TCP   ESTABLISHED      12       0  127.0.0.1:8080   127.0.0.1:51034  "
		"time-wait 60 s  rw\n"
		"  –         TCP   FIN-WAIT-2                   127.0.0.1:51034  127.0.0.1:8080   "
		"                       no fd\n"
		"  recv-q of a listener: length/backlog of its accept queue\n"
		"  no sockets\n");
	paper_close(&paper);
}
END_TEST

START_TEST(status_narrow)
{
	struct paper paper;
	struct shown list[3];
	size_t count = table(list);

	paper_open(&paper, 40, false, false);
	report_text_ops.status(&paper.report, list, count);
	ck_assert_str_eq(buf_text(&paper.text), "  fd  kind  state        recv-q  send-q\n"
						"  3   TCP   LISTEN          1/2\n"
						"      127.0.0.1:8080   srv\n"
						"  4   TCP   ESTABLISHED      12       0\n"
						"      127.0.0.1:8080 -> 127.0.0.1:51034\n"
						"      timer: time-wait 60 s   ready: rw\n"
						"  -   TCP   FIN-WAIT-2\n"
						"      127.0.0.1:51034 -> 127.0.0.1:8080\n"
						"      no fd\n"
						"  recv-q of a listener: length/backlog\n"
						"  of its accept queue\n");
	paper_close(&paper);
}
END_TEST

START_TEST(show_text)
{
	struct paper paper;
	struct shown shown = told();

	paper_open(&paper, 80, true, false);
	report_text_ops.show(&paper.report, &shown);
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "Memory (skmem)\n  r "));
	ck_assert_ptr_nonnull(strstr(buf_text(&paper.text), "\n  tcpi_rtt      42 µs "));
	paper_close(&paper);
	/* What the kernel did not tell is not there. */
	shown = show(4, tcp(STATE_CLOSED, NULL, NULL));
	paper_open(&paper, 80, false, false);
	report_text_ops.show(&paper.report, &shown);
	ck_assert_str_eq(buf_text(&paper.text),
			 "  4  TCP  CLOSED\n"
			 "Identity\n"
			 "  fd        4            the descriptor\n"
			 "  process   main         whose descriptor it is\n"
			 "  family    AF_INET      the kind of its addresses\n"
			 "  type      SOCK_STREAM  how it carries data\n"
			 "  protocol  IPPROTO_TCP  what carries it\n"
			 "State\n"
			 "  state  CLOSED\n");
	paper_close(&paper);
}
END_TEST

static void expect_error(const char *line, int column, int length, int width, bool unicode,
			 const char *text)
{
	struct place place = {.file = "a.sock", .line = 3, .text = line, .len = strlen(line)};
	struct paper paper;
	struct error err;

	error_at(&err, column, length, "no");
	paper_open(&paper, width, unicode, false);
	report_text_ops.error(&paper.report, &place, &err);
	ck_assert_str_eq(buf_text(&paper.errors), text);
	ck_assert_uint_eq(paper.text.len, 0);
	paper_close(&paper);
}

START_TEST(underlines)
{
	expect_error("bind 3 x\n", 8, 1, 80, true, "a.sock:3:8: no\n  bind 3 x\n         ^\n");
	expect_error("bind 3", 7, 1, 80, true, "a.sock:3:7: no\n  bind 3\n        ^\n");
	expect_error("bind 3", 700, 100, 80, true, "a.sock:3:700: no\n  bind 3\n        ^\n");
	expect_error("bind 3", 0, 0, 80, true, "a.sock:3: no\n");
	/* Two columns for 中, a column for é, and the place begins within neither. */
	expect_error("é中 \033x", 7, 2, 80, true, "a.sock:3:7: no\n  é中 \\ex\n      ^~~\n");
	expect_error("é中 x", 4, 1, 80, true, "a.sock:3:4: no\n  é中 x\n   ^~\n");
	expect_error("é x", 4, 1, 80, false, "a.sock:3:4: no\n  \\u{E9} x\n         ^\n");
	/* A window on a long line: around the place, at its beginning, at its end. */
	expect_error("0123456789012345678901234567890123456789", 20, 3, 22, true,
		     "a.sock:3:20: no\n  …234567890123456789…\n          ^~~\n");
	expect_error("0123456789012345678901234567890123456789", 2, 1, 22, false,
		     "a.sock:3:2: no\n  01234567890123...\n   ^\n");
	expect_error("0123456789012345678901234567890123456789", 41, 1, 22, true,
		     "a.sock:3:41: no\n  …234567890123456789\n                     ^\n");
	expect_error("0123456789012345678901234567890123456789", 11, 30, 22, true,
		     "a.sock:3:11: no\n  …012345678901234567…\n   ^~~~~~~~~~~~~~~~~~\n");
}
END_TEST

START_TEST(error_at_the_prompt)
{
	struct place place = {.text = "bnd 3", .len = 5};
	struct paper paper;
	struct error err;

	error_at(&err, 1, 3, "there is no command \033bnd");
	paper_open(&paper, 80, true, false);
	report_text_ops.error(&paper.report, &place, &err);
	ck_assert_str_eq(buf_text(&paper.errors), "there is no command \\ebnd\n  bnd 3\n  ^~~\n");
	paper_close(&paper);
}
END_TEST

static Suite *report_suite(void)
{
	Suite *suite = suite_create("report");
	TCase *lines = tcase_create("lines"), *others = tcase_create("others");

	tcase_add_test(lines, connect_in_unicode);
	tcase_add_test(lines, connect_in_color);
	tcase_add_test(lines, connect_in_60_columns);
	tcase_add_test(lines, connect_in_40_columns);
	tcase_add_test(lines, addresses);
	tcase_add_test(lines, queues);
	tcase_add_test(lines, queues_that_count_memory);
	tcase_add_test(lines, timers);
	tcase_add_test(lines, endings);
	tcase_add_test(lines, shared_by_processes);
	tcase_add_test(lines, calls_and_results);
	tcase_add_test(lines, jobs);
	tcase_add_test(lines, failed_calls_are_short);
	suite_add_tcase(suite, lines);
	tcase_add_test(others, repeated_steps_are_folded);
	tcase_add_test(others, too_many_numbers_are_shown);
	tcase_add_test(others, other_texts);
	tcase_add_test(others, status_wide);
	tcase_add_test(others, status_narrow);
	tcase_add_test(others, show_text);
	tcase_add_test(others, underlines);
	tcase_add_test(others, error_at_the_prompt);
	suite_add_tcase(suite, others);
	return suite;
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	return unit_main(report_suite());
}
