/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_REPORT_SAMPLES_H
#define SOCKSTEP_TESTS_REPORT_SAMPLES_H

#include <check.h>
#include <locale.h>
#include <poll.h>
#include <string.h>

#include "base/out.h"
#include "report/report.h"

/* What a report wrote, and the report. */
struct paper {
	struct buf text, errors;
	struct out out, errors_out;
	struct report report;
};

static inline void capture(void *data, const char *bytes, size_t len)
{
	buf_add(data, bytes, len);
}

static inline void paper_open(struct paper *paper, int width, bool unicode, bool color)
{
	*paper = (struct paper){0};
	paper->out = (struct out){.fd = -1, .width = width, .unicode = unicode, .color = color};
	paper->out.write = capture;
	paper->errors_out = paper->out;
	paper->out.data = &paper->text;
	paper->errors_out.data = &paper->errors;
	paper->report = (struct report){
		.ops = &report_text_ops, .out = &paper->out, .errors = &paper->errors_out};
}

static inline void paper_close(struct paper *paper)
{
	out_free(&paper->out);
	out_free(&paper->errors_out);
	buf_free(&paper->text);
	buf_free(&paper->errors);
}

static inline struct address address(const char *text)
{
	struct address parsed;
	struct error err;

	ck_assert_msg(address_parse(&parsed, text, strlen(text), AF_INET, SOCK_STREAM, &err) == 0,
		      "%s", err.text);
	return parsed;
}

static inline struct endpoint tcp(enum endpoint_state state, const char *local, const char *peer)
{
	struct endpoint endpoint = {.has = FIELD_STATE,
				    .family = AF_INET,
				    .type = SOCK_STREAM,
				    .protocol = IPPROTO_TCP,
				    .state = state};

	if (local) {
		endpoint.has |= FIELD_LOCAL;
		endpoint.local = address(local);
	}
	if (peer) {
		endpoint.has |= FIELD_PEER;
		endpoint.peer = address(peer);
	}
	return endpoint;
}

static inline struct shown show(int fd, struct endpoint now)
{
	return (struct shown){.process = "main",
			      .fd = fd,
			      .also_fd = -1,
			      .queue_of = -1,
			      .closed_fd = -1,
			      .now = now};
}

static inline struct shown change(int fd, struct endpoint was, struct endpoint now)
{
	struct shown shown = show(fd, now);

	shown.was = was;
	shown.known = true;
	shown.changed = endpoint_diff(&was, &now);
	return shown;
}

static inline struct endpoint listener(const char *local, uint32_t length, uint32_t backlog)
{
	struct endpoint endpoint = tcp(STATE_LISTEN, local, NULL);

	endpoint.has |= FIELD_ACCEPT_QUEUE;
	endpoint.accept_length = length;
	endpoint.accept_backlog = backlog;
	return endpoint;
}

static const struct call connect_call = {.record = {.name = "connect"}};

static inline struct step done(const char *command, const char *text, const struct shown *list,
			       size_t count)
{
	return (struct step){.event = STEP_DONE,
			     .number = 5,
			     .line = 5,
			     .process = "main",
			     .command = command,
			     .command_len = strlen(command),
			     .call = &connect_call,
			     .text = text,
			     .returned = true,
			     .endpoints = list,
			     .endpoint_count = count};
}

#define SERVER "127.0.0.1:8080"
#define CLIENT "127.0.0.1:51034"

/* connect: the client, its child in the queue, and the listener. */
static inline size_t connected(struct shown *list)
{
	list[0] = change(4, tcp(STATE_CLOSED, NULL, NULL), tcp(STATE_ESTABLISHED, CLIENT, SERVER));
	list[0].name = "c";
	list[1] = show(-1, tcp(STATE_ESTABLISHED, SERVER, CLIENT));
	list[1].role = SHOWN_QUEUED;
	list[1].queue_of = 3;
	list[2] = change(3, listener(SERVER, 0, 2), listener(SERVER, 1, 2));
	list[2].role = SHOWN_LISTENER;
	return 3;
}

static inline void print_connected(struct paper *paper)
{
	struct shown list[3];
	size_t count = connected(list);
	struct step step =
		done("connect c " SERVER, "connect(4, {AF_INET, " SERVER "}, 16)", list, count);

	paper->report.ops->step(&paper->report, &step);
}

/* All that the kernel can tell, but the accept queue. */
static inline struct shown told(void)
{
	struct endpoint endpoint = tcp(STATE_ESTABLISHED, CLIENT, SERVER);

	endpoint.has = UINT32_MAX & ~(uint32_t)FIELD_ACCEPT_QUEUE;
	endpoint.inode = 10199;
	endpoint.cookie = 3;
	endpoint.skmem_count = ENDPOINT_SKMEM;
	endpoint.skmem[1] = 131072;
	endpoint.tcp_info_len = 232;
	endpoint.tcp_info[0] = 1;
	endpoint.tcp_info[68] = 42; /* tcpi_rtt */
	strcpy(endpoint.congestion, "cubic");
	return show(4, endpoint);
}

/* Two wait in its queue. */
static inline struct shown told_unix(void)
{
	struct endpoint endpoint = {.has = FIELD_STATE | FIELD_LOCAL | FIELD_PENDING,
				    .family = AF_UNIX,
				    .type = SOCK_STREAM,
				    .state = STATE_LISTEN,
				    .pending_count = 2,
				    .pending = {7, 8}};

	return show(5, endpoint);
}

#endif
