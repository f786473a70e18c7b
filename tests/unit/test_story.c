/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>

#include "base/grow.h"
#include "names/terms.h"
#include "report/story.h"
#include <sys/epoll.h>

#include "report_samples.h"
#include "unit.h"

/* The story of one endpoint, all parts in one text. */
static struct buf told_with(const struct shown *shown, const struct shown *others, size_t count)
{
	struct buf text = {0};
	struct story story;

	story_begin(&story, shown, others, count);
	story_add_job(&story, &(struct job_info){.number = 7,
						 .process = "main",
						 .call = "recv(4, buf, 10, 0)",
						 .waits_for = "data on fd 4"});
	story_end(&story);
	ck_assert_uint_gt(story.count, 0);
	for (size_t i = 0; i < story.count; i++) {
		ck_assert_uint_gt(story.parts[i].len, 0);
		buf_str(&text, buf_text(&story.parts[i]));
		buf_char(&text, '\n');
	}
	story_free(&story);
	ck_assert_msg(!strpbrk(buf_text(&text), "{}") || strstr(buf_text(&text), "{AF_UNSPEC}"),
		      "%s", buf_text(&text));
	ck_assert_msg(!strstr(buf_text(&text), "story."), "%s", buf_text(&text));
	return text;
}

static void has(const struct buf *text, const char *part)
{
	ck_assert_msg(strstr(buf_text(text), part) != NULL, "no \"%s\" in:\n%s", part,
		      buf_text(text));
}

static void has_not(const struct buf *text, const char *part)
{
	ck_assert_msg(strstr(buf_text(text), part) == NULL, "\"%s\" in:\n%s", part, buf_text(text));
}

static struct buf story_of(struct shown shown)
{
	return told_with(&shown, NULL, 0);
}

/* Each state of TCP is named, explained, and followed by what can be done. */
START_TEST(every_state_is_told)
{
	for (int state = STATE_ESTABLISHED; state <= STATE_CLOSING; state++) {
		struct shown shown =
			show(3, tcp(state, SERVER, state == STATE_LISTEN ? NULL : CLIENT));
		const char *name = endpoint_state_name(state);
		const struct term *term = terms_find("TCP state", name);
		struct buf text = story_of(shown);
		char sentence[64];

		snprintf(sentence, sizeof(sentence), "Its state is %s.", name);
		has(&text, sentence);
		ck_assert_ptr_nonnull(term);
		has(&text, term->text);
		has(&text, "Next: ");
		buf_free(&text);
		shown.fd = -1;
		shown.closed_fd = 3;
		shown.role = SHOWN_GHOST;
		text = story_of(shown);
		has(&text, "This ghost, which was fd 3 of process main,");
		has(&text, "No call can reach it any more");
		buf_free(&text);
	}
}
END_TEST

START_TEST(listeners_tell_of_their_queue)
{
	struct buf text = story_of(show(3, listener(SERVER, 0, 2)));

	has(&text, "Nobody waits in its accept queue. The backlog is 2");
	has(&text, "accept 3 waits for a client");
	buf_free(&text);
	text = story_of(show(3, listener(SERVER, 2, 2)));
	has(&text, "wait in its accept queue: 2. The backlog is 2.");
	has(&text, "accept 3 returns a descriptor");
	buf_free(&text);
	text = story_of(show(3, listener(SERVER, 3, 2)));
	has(&text, "Its accept queue is full: 3 complete");
	buf_free(&text);
	text = story_of(show(3, listener("0.0.0.0:80", 0, 2)));
	has(&text, "It is bound to port 80 of every address");
	buf_free(&text);
}
END_TEST

START_TEST(the_other_end_is_named)
{
	struct shown list[3];
	size_t count = connected(list);
	struct buf text = told_with(&list[0], list, count);

	has(&text, "fd 4, named c, is a TCP socket over IPv4");
	has(&text, "it waits in the accept queue of fd 3");
	has(&text, "Job 7 waits on it: recv(4, buf, 10, 0) waits for data on fd 4.");
	buf_free(&text);
	text = told_with(&list[1], list, count);
	has(&text, "This connection, which nobody has accepted yet,");
	has(&text, "The other end is fd 4 (c), in ESTABLISHED.");
	has(&text, "accept 3 gives it a descriptor");
	has_not(&text, "Job 7");
	buf_free(&text);
	list[1].now.state = STATE_SYN_RECEIVED;
	text = told_with(&list[0], list, count);
	has(&text, "a request in SYN-RECEIVED");
	buf_free(&text);
	list[1] = show(-1, tcp(STATE_FIN_WAIT_2, SERVER, CLIENT));
	text = told_with(&list[0], list, count);
	has(&text, "has no descriptor any more, and is in FIN-WAIT-2");
	buf_free(&text);
	text = told_with(&list[0], NULL, 0);
	has(&text, "The other end is no socket of this session.");
	buf_free(&text);
	list[0] = show(4, tcp(STATE_ESTABLISHED, SERVER, SERVER));
	text = told_with(&list[0], list, 1);
	has(&text, "it is connected to itself");
	buf_free(&text);
}
END_TEST

START_TEST(what_waits_is_told)
{
	struct shown shown = show(4, tcp(STATE_ESTABLISHED, CLIENT, SERVER));
	struct endpoint *now = &shown.now;
	struct buf text;

	now->has |= FIELD_RECV_QUEUE | FIELD_SEND_QUEUE | FIELD_TCP_INFO | FIELD_TIMER |
		    FIELD_SHUTDOWN | FIELD_DROPS;
	now->recv_queue = 5;
	now->send_queue = 70000;
	now->shutdown = 2;
	now->drops = 9;
	now->timer = (struct endpoint_timer){4, 1200, 3};
	now->tcp_info_len = 236;
	now->tcp_info[144] = 42; /* tcpi_notsent_bytes; tcpi_snd_wnd is 0 */
	text = story_of(shown);
	has(&text, "In its receive queue 5 bytes wait to be read.");
	has(&text, "Of what was written, 70000 bytes are not acknowledged yet.");
	has(&text, "Of these 42 were not even sent.");
	has(&text, "The peer's window is shut");
	has(&text, "Sending is over: send fails with EPIPE.");
	has(&text, "A timer runs: zero-window probe 2 s, 3 probes.");
	has(&text, "The kernel has dropped 9 packets");
	buf_free(&text);
	now->state = STATE_CLOSE_WAIT;
	text = story_of(shown);
	has(&text, "In its receive queue 4 bytes wait to be read, and behind them the peer's FIN.");
	buf_free(&text);
	now->recv_queue = 1;
	text = story_of(shown);
	has(&text, "The peer's FIN has come, and all before it has been read");
	buf_free(&text);
	now->state = STATE_CLOSED;
	now->tcp_info[136] = 1; /* tcpi_segs_out */
	text = story_of(shown);
	has(&text, "Its connection is over.");
	has(&text, "A TCP socket connects once");
	buf_free(&text);
}
END_TEST

START_TEST(other_sockets_are_told)
{
	static const struct {
		int family, type, protocol;
		enum endpoint_state state;
		const char *parts[3];
	} list[] = {
		{AF_INET,
		 SOCK_DGRAM,
		 IPPROTO_UDP,
		 STATE_UNCONNECTED,
		 {"UDP socket over IPv4", "receives from anybody", "sendto 3"}},
		{AF_INET6,
		 SOCK_DGRAM,
		 IPPROTO_UDP,
		 STATE_CONNECTED,
		 {"UDP socket over IPv6", "only a note", "{AF_UNSPEC} none"}},
		{AF_UNIX,
		 SOCK_STREAM,
		 0,
		 STATE_UNCONNECTED,
		 {"UNIX socket: a stream", "It has no name", "connect 3 takes it to a listener"}},
		{AF_UNIX,
		 SOCK_STREAM,
		 0,
		 STATE_LISTEN,
		 {"UNIX socket: a stream", "until accept takes them out", "accept 3 waits"}},
		{AF_UNIX,
		 SOCK_DGRAM,
		 0,
		 STATE_UNCONNECTED,
		 {"messages within this machine, each by itself", "It has no peer.", "sendto 3"}},
		{AF_UNIX,
		 SOCK_SEQPACKET,
		 0,
		 STATE_CONNECTED,
		 {"messages within this machine, in order", "until one of", "send 3 goes to"}},
		{AF_INET,
		 SOCK_RAW,
		 IPPROTO_ICMP,
		 STATE_UNCONNECTED,
		 {"raw socket over IPv4", "protocol IPPROTO_ICMP", "for all of them"}},
		{AF_INET,
		 SOCK_DGRAM,
		 IPPROTO_ICMP,
		 STATE_UNCONNECTED,
		 {"ping socket over IPv4", "the destination must be named", "Next: "}},
		{AF_NETLINK,
		 SOCK_RAW,
		 4,
		 STATE_UNCONNECTED,
		 {"a socket of AF_NETLINK, SOCK_RAW, protocol 4", "It has no peer", "Next: "}},
	};

	for (size_t i = 0; i < COUNT_OF(list); i++) {
		struct endpoint now = {.has = FIELD_STATE,
				       .family = list[i].family,
				       .type = list[i].type,
				       .protocol = list[i].protocol,
				       .state = list[i].state};
		struct buf text = story_of(show(3, now));

		for (size_t k = 0; k < COUNT_OF(list[i].parts); k++)
			has(&text, list[i].parts[k]);
		buf_free(&text);
	}
}
END_TEST

START_TEST(what_was_set_is_told)
{
	struct shown shown = show(3, tcp(STATE_CLOSED, NULL, NULL));
	struct buf text = story_of(shown);

	has_not(&text, "Set on it");
	has(&text, "bind 3 gives it an address");
	buf_free(&text);
	shown.now.has |=
		FIELD_FILE_FLAGS | FIELD_FD_FLAGS | FIELD_TOS | FIELD_MARK | FIELD_INTERFACE;
	shown.now.file_flags = O_RDWR | O_NONBLOCK;
	shown.now.fd_flags = FD_CLOEXEC;
	shown.now.tos = 16;
	shown.now.ifindex = 2;
	shown.also_fd = 5;
	text = story_of(shown);
	has(&text, "Set on it, other than by default: O_NONBLOCK, FD_CLOEXEC, IP_TOS 16, "
		   "SO_BINDTOIFINDEX 2.");
	has(&text, "fd 5 leads to the same socket");
	buf_free(&text);
}
END_TEST

START_TEST(no_socket_is_told)
{
	struct fdinfo_watch watch = {.fd = 3, .events = EPOLLIN | EPOLLERR | EPOLLHUP};
	struct fdinfo info = {.kind = FDINFO_EPOLL, .watches = &watch, .watch_count = 1};
	struct shown shown = show(1, (struct endpoint){0});
	struct buf text;

	shown.untold = true;
	strcpy(shown.what, "character device");
	text = story_of(shown);
	has(&text, "fd 1 is no socket: it is a character device.");
	buf_free(&text);
	strcpy(shown.what, "pipe");
	text = story_of(shown);
	has(&text, "fd 1 is one end of a pipe");
	buf_free(&text);
	strcpy(shown.what, "epoll");
	shown.info = &info;
	text = story_of(shown);
	has(&text, "fd 1 is an epoll set");
	has(&text, "Now: watches 3: EPOLLIN.");
	buf_free(&text);
}
END_TEST

static Suite *suite(void)
{
	const TTest *const tests[] = {every_state_is_told,    listeners_tell_of_their_queue,
				      the_other_end_is_named, what_waits_is_told,
				      other_sockets_are_told, what_was_set_is_told,
				      no_socket_is_told};
	Suite *s = suite_create("story");
	TCase *tc = tcase_create("story");

	for (size_t i = 0; i < COUNT_OF(tests); i++)
		tcase_add_test(tc, tests[i]);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
