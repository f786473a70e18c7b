/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/grow.h"
#include "report/ladder.h"
#include "report/packet_fields.h"
#include "report_samples.h"
#include "unit.h"

static const char *const short_names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
					  "j", "k", "l", "m", "n", "o", "p", NULL};
static const char *const long_names[] = {"alpha-0123456",
					 "beta-01234567",
					 "gamma-0123456",
					 "delta-0123456",
					 "epsilon-01234",
					 "zeta-01234567",
					 "eta-012345678",
					 "theta-0123456",
					 "iota-01234567",
					 "kappa-0123456",
					 "lambda-012345",
					 "mu-0123456789",
					 "nu-0123456789",
					 "xi-0123456789",
					 "omicron-01234",
					 "pi-0123456789",
					 NULL};

/* A segment between the hosts of these numbers; 0: nobody. */
static struct shown_packet segment(const char *const *names, int from, int to, unsigned flags,
				   uint32_t seq, uint32_t ack)
{
	struct shown_packet packet = {.from = names[from - 1],
				      .to = to ? names[to - 1] : NULL,
				      .from_order = from,
				      .to_order = to,
				      .hosts = names,
				      .seq = seq,
				      .ack = ack,
				      .fate = "delivered",
				      .left_us = -1};
	char text[40];

	snprintf(text, sizeof(text), "10.0.0.%d:%d", from, from == 2 ? 80 : 40000);
	packet.head.src = address(text);
	snprintf(text, sizeof(text), "10.0.0.%d:%d", to ? to : 99, to == 2 ? 80 : 40000);
	packet.head.dst = address(text);
	packet.head.family = AF_INET;
	packet.head.protocol = IPPROTO_TCP;
	packet.head.transport = 20;
	packet.head.payload = 40;
	packet.head.tcp.flags = (uint16_t)flags;
	packet.head.tcp.window = 1000;
	return packet;
}

static struct shown_packet states(struct shown_packet packet, enum endpoint_state from_was,
				  enum endpoint_state from_now, enum endpoint_state to_was,
				  enum endpoint_state to_now)
{
	packet.from_was = from_was;
	packet.from_now = from_now;
	packet.to_was = to_was;
	packet.to_now = to_now;
	return packet;
}

/* RFC 9293, figure 6. */
static void handshake(struct shown_packet *list, const char *const *names, int client)
{
	list[0] = states(segment(names, client, 2, PACKET_SYN, 0, 0), STATE_SYN_SENT,
			 STATE_SYN_SENT, STATE_LISTEN, STATE_SYN_RECEIVED);
	list[1] = states(segment(names, 2, client, PACKET_SYN | PACKET_ACK, 0, 1),
			 STATE_SYN_RECEIVED, STATE_SYN_RECEIVED, STATE_SYN_SENT, STATE_ESTABLISHED);
	list[2] = states(segment(names, client, 2, PACKET_ACK, 1, 1), STATE_ESTABLISHED,
			 STATE_ESTABLISHED, STATE_SYN_RECEIVED, STATE_ESTABLISHED);
	for (int i = 0; i < 3; i++)
		list[i].number = (unsigned long)i + 1;
}

static void draws(const struct shown_packet *list, size_t count, int width, bool unicode,
		  const char *expected)
{
	struct paper paper;

	paper_open(&paper, width, unicode, false);
	ladder_put(&paper.out, list, count, 0);
	out_flush(&paper.out);
	ck_assert_str_eq(buf_text(&paper.text), expected);
	paper_close(&paper);
}

START_TEST(two_ends_have_a_column_at_either_side)
{
	struct shown_packet list[3];

	handshake(list, short_names, 1);
	draws(list, 3, 60, true,
	      "      a 10.0.0.1:40000                        10.0.0.2:80 b\n"
	      "   #1 SYN-SENT       ── SYN seq=0 ──────────▶ ⇒ SYN-RECEIVED\n"
	      "   #2 ⇒ ESTABLISHED  ◀─ SYN,ACK seq=0 ack=1 ─ SYN-RECEIVED\n"
	      "   #3 ESTABLISHED    ── ACK ack=1 ──────────▶ ⇒ ESTABLISHED\n");
	draws(list, 3, 90, true,
	      "      a 10.0.0.1:40000                                         10.0.0.2:80 b\n"
	      "   #1 SYN-SENT                    ── SYN seq=0 ──────────────▶ LISTEN ⇒ "
	      "SYN-RECEIVED\n"
	      "   #2 SYN-SENT ⇒ ESTABLISHED      ◀──── SYN,ACK seq=0 ack=1 ── SYN-RECEIVED\n"
	      "   #3 ESTABLISHED                 ── ACK ack=1 ──────────────▶ "
	      "SYN-RECEIVED ⇒ ESTABLISHED\n");
}
END_TEST

START_TEST(ascii_has_the_same_picture)
{
	struct shown_packet list[3];

	handshake(list, short_names, 1);
	list[1].fate = "held";
	list[2].fate = "dropped";
	list[2].waited = true;
	list[2].retransmits = 2;
	draws(list, 3, 80, false,
	      "      a 10.0.0.1:40000                                           10.0.0.2:80 b\n"
	      "   #1 SYN-SENT        -- SYN seq=0 ----------------------------> => SYN-RECEIVED\n"
	      "   #2 => ESTABLISHED  held !------------- SYN,ACK seq=0 ack=1 -- SYN-RECEIVED\n"
	      "   #3 ESTABLISHED     .. ACK ack=1, retransmitted x2 --x dropped => ESTABLISHED\n");
}
END_TEST

START_TEST(a_label_that_has_no_room_stands_above)
{
	struct shown_packet packet =
		segment(short_names, 2, 1, PACKET_ACK | PACKET_PSH, 4294967295, 4294967295);

	packet.number = 12345;
	packet.head.length = 1448;
	packet = states(packet, STATE_ESTABLISHED, STATE_ESTABLISHED, STATE_ESTABLISHED,
			STATE_ESTABLISHED);
	draws(&packet, 1, 60, true,
	      "       a 10.0.0.1:40000                       10.0.0.2:80 b\n"
	      "              PSH,ACK seq=4294967295 ack=4294967295 len=1448\n"
	      "#12345 ESTABLISHED    ◀────────────────────── ESTABLISHED\n");
}
END_TEST

/* What was held, and what became of it next, are one arrow; what waited while others passed, two.
 */
START_TEST(moments_of_a_packet_are_put_together)
{
	struct shown_packet list[4];

	handshake(list, short_names, 1);
	list[1] = list[0];
	list[1].waited = true;
	list[0].fate = "held";
	list[0].to_now = STATE_LISTEN;
	draws(list, 2, 60, true,
	      "      a 10.0.0.1:40000                        10.0.0.2:80 b\n"
	      "   #1 SYN-SENT       ── SYN seq=0 ──────────▶ ⇒ SYN-RECEIVED\n");
	list[2] = list[1];
	list[1] = states(segment(short_names, 2, 1, PACKET_SYN, 0, 0), STATE_SYN_SENT,
			 STATE_SYN_SENT, STATE_SYN_SENT, STATE_SYN_SENT);
	list[1].number = 2;
	list[1].fate = "held";
	list[3] = list[2];
	list[3].fate = "duplicated";
	draws(list, 4, 72, true,
	      "      a 10.0.0.1:40000                                    10.0.0.2:80 b\n"
	      "   #1 SYN-SENT       ── SYN seq=0 ─────┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ LISTEN\n"
	      "   #2 SYN-SENT       held ┃───────────────── SYN seq=0 ── ⇒ SYN-SENT\n"
	      "   #1 SYN-SENT       ┄┄ SYN seq=0 ──────────────────────▶ ⇒ SYN-RECEIVED\n"
	      "   #1 SYN-SENT       ┄┄ SYN seq=0, a copy ──────────────▶ ⇒ SYN-RECEIVED\n");
}
END_TEST

START_TEST(more_hosts_have_a_column_each)
{
	struct shown_packet list[7];

	handshake(list, short_names, 1);
	handshake(list + 3, short_names, 3);
	list[6] = segment(short_names, 3, 0, PACKET_RST, 5, 0);
	list[6].number = 7;
	list[6].fate = "lost";
	draws(list, 7, 100, true,
	      "      a                                       b                                     "
	      "  c\n"
	      "      a 10.0.0.1:40000 – 10.0.0.2:80 b\n"
	      "   #1 SYN-SENT       ── SYN seq=0 ──────────▶ ⇒ SYN-RECEIVED                        "
	      "  │\n"
	      "   #2 ⇒ ESTABLISHED  ◀─ SYN,ACK seq=0 ack=1 ─ SYN-RECEIVED                          "
	      "  │\n"
	      "   #3 ESTABLISHED    ── ACK ack=1 ──────────▶ ⇒ ESTABLISHED                         "
	      "  │\n"
	      "      b 10.0.0.2:80 – 10.0.0.3:40000 c\n"
	      "   #1 │                                       ⇒ SYN-RECEIVED ◀────────── SYN seq=0 "
	      "── SYN-SENT\n"
	      "   #2 │                                       SYN-RECEIVED   ─ SYN,ACK seq=0 ack=1 "
	      "─▶ ⇒ ESTABLISHED\n"
	      "   #3 │                                       ⇒ ESTABLISHED  ◀────────── ACK ack=1 "
	      "── ESTABLISHED\n"
	      "      10.0.0.99:40000 – 10.0.0.3:40000 c\n"
	      "   #7 │                                       │ lost ╳────────────────── RST seq=5 "
	      "── –\n");
}
END_TEST

START_TEST(on_a_narrow_screen_the_words_stand_behind)
{
	struct shown_packet list[4];

	handshake(list, short_names, 1);
	list[1].fate = "held";
	list[3] = segment(short_names, 3, 1, PACKET_ACK, 1, 1);
	list[3].number = 4;
	draws(list, 4, 80, true,
	      "      a     b     c\n"
	      "      a 10.0.0.1:40000 – 10.0.0.2:80 b\n"
	      "   #1 ├────▶│     │  SYN seq=0   a SYN-SENT   b ⇒ SYN-RECEIVED\n"
	      "   #2 │┃────┤     │  SYN,ACK seq=0 ack=1   held   b SYN-RECEIVED\n"
	      "                     a ⇒ ESTABLISHED\n"
	      "   #3 ├────▶│     │  ACK ack=1   a ESTABLISHED   b ⇒ ESTABLISHED\n"
	      "      a 10.0.0.1:40000 – 10.0.0.3:40000 c\n"
	      "   #4 │◀────┼─────┤  ACK ack=1\n");
}
END_TEST

START_TEST(what_is_for_all_reaches_all)
{
	struct shown_packet packet = segment(short_names, 2, 0, PACKET_ACK, 1, 1);

	packet.number = 1;
	packet.head.protocol = IPPROTO_UDP;
	packet.head.length = 3;
	packet.to_all = true;
	packet.reached = 1 << 0 | 1 << 2 | 1 << 3;
	draws(&packet, 1, 80, true,
	      "      a     b     c     d\n"
	      "      b 10.0.0.2:80 – 10.0.0.99:40000 all\n"
	      "   #1 │◀────┼────▶┼────▶│  UDP len=3\n");
	packet.hosts = (const char *const[]){"a", "b", "c", NULL};
	packet.reached = 0;
	packet.fate = "held";
	draws(&packet, 1, 80, true,
	      "      a     b     c\n"
	      "      b 10.0.0.2:80 – 10.0.0.99:40000 all\n"
	      "   #1 │┃────┼────┃│  UDP len=3   held\n");
	packet.reached = 1 << 0;
	packet.fate = "delivered";
	draws(&packet, 1, 60, true,
	      "      all 10.0.0.99:40000                     10.0.0.2:80 b\n"
	      "   #1 –              ◀────────── UDP len=3 ── –\n");
}
END_TEST

/* What is for all finds a socket on some hosts, and passes by the others. */
START_TEST(to_all_with_the_sockets_that_it_finds)
{
	struct shown_packet packet = segment(short_names, 2, 0, 0, 1, 1);

	packet.number = 1;
	packet.head.protocol = IPPROTO_UDP;
	packet.head.length = 3;
	packet.to_all = true;
	packet.hosts = (const char *const[]){"a", "b", "c", "d", NULL};
	packet.reached = 1 << 0 | 1 << 2 | 1 << 3;
	packet.found[0] = packet.found[3] = STATE_UNCONNECTED;
	packet.from_was = packet.from_now = STATE_CONNECTED;
	draws(&packet, 1, 160, true,
	      "      a                                             b                               "
	      "              c                                             d\n"
	      "      b 10.0.0.2:80 – 10.0.0.99:40000 all\n"
	      "   #1 UNCONNECTED ◀──────────────────────────────── CONNECTED      ── UDP len=3 "
	      "─────────────────▶┼───────────────────────────────────────────▶ UNCONNECTED\n");
	draws(&packet, 1, 70, true,
	      "      a     b     c     d\n"
	      "      b 10.0.0.2:80 – 10.0.0.99:40000 all\n"
	      "   #1 │◀────┼────▶┼────▶│  UDP len=3   b CONNECTED   a UNCONNECTED\n"
	      "                           d UNCONNECTED\n");
	draws(&packet, 1, 50, true,
	      "      b 10.0.0.2:80 – 10.0.0.99:40000 all\n"
	      "  #1 b → all   UDP len=3   b CONNECTED\n"
	      "    a UNCONNECTED   d UNCONNECTED\n");
	packet.hosts = (const char *const[]){"a", "b", NULL};
	packet.reached = 1 << 0;
	draws(&packet, 1, 80, true,
	      "      all 10.0.0.99:40000                                         10.0.0.2:80 b\n"
	      "   #1 UNCONNECTED    ◀────────────────────────────── UDP len=3 ── CONNECTED\n");
}
END_TEST

START_TEST(names_that_have_no_room_are_numbers)
{
	struct shown_packet list[16];

	for (int i = 0; i < 16; i++) {
		list[i] = segment(long_names, i + 1, (i + 5) % 16 + 1, PACKET_ACK, 1, 1);
		list[i].number = (unsigned long)i + 1;
	}
	draws(list, 2, 60, true,
	      "      1 alpha-0123456   2 beta-01234567   3 zeta-01234567\n"
	      "      4 eta-012345678\n"
	      "      1    2    3    4\n"
	      "      alpha-0123456 10.0.0.1:40000 – 10.0.0.6:40000\n"
	      "      zeta-01234567\n"
	      "   #1 ├────┼───▶│    │  alpha-0123456 → zeta-01234567\n"
	      "                        ACK ack=1\n"
	      "      beta-01234567 10.0.0.2:80 – 10.0.0.7:40000\n"
	      "      eta-012345678\n"
	      "   #2 │    ├────┼───▶│  beta-01234567 → eta-012345678\n"
	      "                        ACK ack=1\n");
	for (int i = 0; i < 16; i++) {
		list[i] = segment(short_names, i + 1, 16 - i, PACKET_ACK, 1, 1);
		list[i].number = (unsigned long)i + 1;
	}
	list[1].fate = "dropped";
	draws(list, 2, 60, false,
	      "      a    b    o    p\n"
	      "      a 10.0.0.1:40000 - 10.0.0.16:40000 p\n"
	      "   #1 |----+----+--->|  ACK ack=1\n"
	      "      b 10.0.0.2:80 - 10.0.0.15:40000 o\n"
	      "   #2 |    |---x|    |  ACK ack=1   dropped\n");
	list[0] = states(list[0], STATE_ESTABLISHED, STATE_ESTABLISHED, STATE_SYN_SENT,
			 STATE_ESTABLISHED);
	list[1] = segment(short_names, 8, 0, PACKET_ACK, 1, 1);
	list[1].number = 2;
	list[1].to_all = true;
	list[1].reached = 0xff7f;
	draws(list, 2, 60, false,
	      "      a  b  c  d  e  f  g  h  i  j  k  l  m  n  o  p\n"
	      "      a 10.0.0.1:40000 - 10.0.0.16:40000 p\n"
	      "   #1 |--+--+--+--+--+--+--+--+--+--+--+--+--+--+->|\n"
	      "      ACK ack=1   a ESTABLISHED   p SYN-SENT => ESTABLISHED\n"
	      "      h 10.0.0.8:40000 - 10.0.0.99:40000 all\n"
	      "   #2 |<-+<-+<-+<-+<-+<-+<-+->+->+->+->+->+->+->+->|\n"
	      "      ACK ack=1\n");
	draws(list, 2, 100, true,
	      "      a  b  c  d  e  f  g  h  i  j  k  l  m  n  o  p\n"
	      "      a 10.0.0.1:40000 – 10.0.0.16:40000 p\n"
	      "   #1 ├──┼──┼──┼──┼──┼──┼──┼──┼──┼──┼──┼──┼──┼──┼─▶│  "
	      "ACK ack=1   a ESTABLISHED   p ⇒ ESTABLISHED\n"
	      "      h 10.0.0.8:40000 – 10.0.0.99:40000 all\n"
	      "   #2 │◀─┼◀─┼◀─┼◀─┼◀─┼◀─┼◀─┼─▶┼─▶┼─▶┼─▶┼─▶┼─▶┼─▶┼─▶│  ACK ack=1\n");
}
END_TEST

START_TEST(below_sixty_columns_it_is_a_list)
{
	struct shown_packet list[3];

	handshake(list, short_names, 1);
	list[2].fate = "dropped";
	draws(list, 3, 40, false,
	      "      a 10.0.0.1:40000 - 10.0.0.2:80 b\n"
	      "  #1 a -> b   SYN seq=0   a SYN-SENT\n"
	      "    b LISTEN => SYN-RECEIVED\n"
	      "  #2 b -> a   SYN,ACK seq=0 ack=1\n"
	      "    b SYN-RECEIVED\n"
	      "    a SYN-SENT => ESTABLISHED\n"
	      "  #3 a -> b   ACK ack=1   dropped\n"
	      "    a ESTABLISHED\n"
	      "    b SYN-RECEIVED => ESTABLISHED\n");
}
END_TEST

/* Over loopback the ends are processes, and no states are told. */
START_TEST(loopback_is_between_processes)
{
	struct shown_packet list[3];

	handshake(list, short_names, 1);
	for (int i = 0; i < 3; i++) {
		list[i] = states(list[i], STATE_NONE, STATE_NONE, STATE_NONE, STATE_NONE);
		list[i].loopback = true;
		list[i].from = i == 1 ? "peer" : "main";
		list[i].to = i == 1 ? "main" : "peer";
		list[i].from_fd = i == 1 ? -1 : 4;
		list[i].to_fd = i == 1 ? 4 : -1;
	}
	draws(list, 3, 60, true,
	      "      main 4 10.0.0.1:40000                 10.0.0.2:80 peer\n"
	      "   #1 ── SYN seq=0 ───────────────────────────────▶\n"
	      "   #2 ◀───────────────────── SYN,ACK seq=0 ack=1 ──\n"
	      "   #3 ── ACK ack=1 ───────────────────────────────▶\n");
	draws(list, 1, 59, true,
	      "      main 4 10.0.0.1:40000 – 10.0.0.2:80 peer\n"
	      "  #1 loopback   main 4 → peer   SYN seq=0\n");
	/* Beside packets of the wire they have no states. */
	list[0] = states(segment(short_names, 1, 2, PACKET_SYN, 0, 0), STATE_SYN_SENT,
			 STATE_SYN_SENT, STATE_LISTEN, STATE_SYN_RECEIVED);
	list[0].number = 1;
	list[1].head.src = address("127.0.0.1:80");
	draws(list, 2, 60, true,
	      "      a 10.0.0.1:40000                        10.0.0.2:80 b\n"
	      "   #1 SYN-SENT       ── SYN seq=0 ──────────▶ ⇒ SYN-RECEIVED\n"
	      "      main 4 10.0.0.1:40000                127.0.0.1:80 peer\n"
	      "   #2                ◀─ SYN,ACK seq=0 ack=1 ─\n");
}
END_TEST

/* An ICMP error has no ports: it needs no heading of its own. */
START_TEST(an_error_goes_with_its_connection)
{
	struct shown_packet list[3];

	handshake(list, short_names, 1);
	list[1].head.protocol = IPPROTO_ICMP;
	list[1].head.icmp.type = 3;
	list[1].head.icmp.code = 3;
	list[1].head.icmp.quoted = 28;
	list[1].head.src = address("10.0.0.2");
	list[1].head.dst = address("10.0.0.1");
	list[1] = states(list[1], STATE_NONE, STATE_NONE, STATE_SYN_SENT, STATE_CLOSED);
	draws(list, 2, 70, true,
	      "      a 10.0.0.1:40000                                  10.0.0.2:80 b\n"
	      "   #1 SYN-SENT       ── SYN seq=0 ────────────────────▶ ⇒ SYN-RECEIVED\n"
	      "   #2 ⇒ CLOSED       ◀──────── ICMP port unreachable ── –\n");
}
END_TEST

static void draws_all(const struct shown_ladder *shown, int width, const char *expected)
{
	struct paper paper;

	paper_open(&paper, width, true, false);
	report_text_ops.ladder(&paper.report, shown);
	ck_assert_str_eq(buf_text(&paper.text), expected);
	paper_close(&paper);
}

START_TEST(a_whole_connection_names_its_causes)
{
	struct shown_cause causes[] = {{5, "a", "connect c b:80"},
				       {6, "main", "wire step"},
				       {7, "b", NULL},
				       {8, "a", "@a shutdown c WR"}};
	struct shown_packet list[4];
	struct shown_ladder shown = {.process = "a", .fd = 3, .list = list, .count = 4};

	handshake(list, short_names, 1);
	list[3] = states(segment(short_names, 1, 2, PACKET_FIN | PACKET_ACK, 1, 1),
			 STATE_FIN_WAIT_1, STATE_FIN_WAIT_1, STATE_ESTABLISHED, STATE_CLOSE_WAIT);
	list[3].number = 4;
	for (int i = 0; i < 4; i++)
		list[i].cause = &causes[i];
	draws_all(&shown, 70,
		  "      a 10.0.0.1:40000                                  10.0.0.2:80 b\n"
		  "  step 5: @a connect c b:80\n"
		  "   #1 SYN-SENT       ── SYN seq=0 ────────────────────▶ ⇒ SYN-RECEIVED\n"
		  "  step 6: wire step\n"
		  "   #2 ⇒ ESTABLISHED  ◀────────── SYN,ACK seq=0 ack=1 ── SYN-RECEIVED\n"
		  "  step 7: time passed\n"
		  "   #3 ESTABLISHED    ── ACK ack=1 ────────────────────▶ ⇒ ESTABLISHED\n"
		  "  step 8: @a shutdown c WR\n"
		  "   #4 ⇒ FIN-WAIT-1   ── FIN,ACK seq=1 ack=1 ──────────▶ ⇒ CLOSE-WAIT\n");
	shown.forgotten = 12;
	shown.count = 0;
	draws_all(&shown, 70,
		  "  … 12 earlier packets are no longer remembered\n"
		  "  no packet of fd 3 went over the wire\n");
	shown.forgotten = 0;
	shown.fd = -1;
	draws_all(&shown, 70, "  no packet went over the wire\n");
}
END_TEST

START_TEST(json_has_the_moments_and_their_steps)
{
	struct shown_cause causes[] = {{5, "a", "connect c b:80"}, {7, "b", NULL}};
	struct shown_packet list[3];
	struct shown_ladder shown = {.process = "a", .fd = 3, .list = list, .count = 3};
	struct paper paper;

	handshake(list, short_names, 1);
	for (int i = 0; i < 3; i++)
		list[i].cause = &causes[i / 2];
	paper_open(&paper, 80, true, false);
	paper.report.ops = &report_json_ops;
	shown.forgotten = 2;
	report_json_ops.ladder(&paper.report, &shown);
	ck_assert(strstr(buf_text(&paper.text), "{\"event\":\"ladder\",\"process\":\"a\",\"fd\":3,"
						"\"forgotten\":2,\"packets\":[{\"number\":1,"));
	ck_assert(strstr(buf_text(&paper.text),
			 "\"to_state_was\":\"SYN-RECEIVED\",\"to_states\":null,\"step\":7}]"));
	ck_assert(strstr(buf_text(&paper.text),
			 "\"steps\":[{\"step\":5,\"process\":\"a\",\"command\":\"connect c b:80\"},"
			 "{\"step\":7,\"process\":\"b\",\"command\":\"\"}]}\n"));
	paper_close(&paper);
}
END_TEST

/* What is seen first, by its colour; each fate and each kind of segment has its own. */
START_TEST(colours_tell_what_the_words_tell)
{
	struct shown_packet list[5];
	struct paper paper;
	const char *text;

	handshake(list, short_names, 1);
	list[3] = segment(short_names, 1, 2, PACKET_FIN | PACKET_ACK, 1, 1);
	list[3].number = 4;
	list[3].fate = "held";
	list[4] = segment(short_names, 1, 2, PACKET_RST, 2, 0);
	list[4].number = 5;
	list[4].fate = "dropped";
	paper_open(&paper, 80, true, true);
	ladder_put(&paper.out, list, 5, 0);
	out_flush(&paper.out);
	text = buf_text(&paper.text);
	ck_assert(strstr(text, "\033[36mSYN seq=0"));
	ck_assert(strstr(text, "\033[1;32m⇒ SYN-RECEIVED"));
	ck_assert(strstr(text, "\033[35mFIN,ACK seq=1 ack=1"));
	ck_assert(strstr(text, "\033[33m┃ held"));
	ck_assert(strstr(text, "\033[31mRST seq=2"));
	ck_assert(strstr(text, "\033[31m╳ dropped"));
	paper_close(&paper);
}
END_TEST

/* Any list on any screen: each line fits, each packet is there once, with its label. */
static struct shown_packet any_segment(const char *const *names, int hosts, unsigned *seed)
{
	static const unsigned flags[] = {PACKET_SYN, PACKET_SYN | PACKET_ACK,
					 PACKET_ACK, PACKET_FIN | PACKET_ACK,
					 PACKET_RST, PACKET_PSH | PACKET_ACK | PACKET_URG};
	static const char *const fates[] = {"held", "delivered", "dropped", "duplicated", "lost"};
	int from = (int)(rand_r(seed) % (unsigned)hosts) + 1;
	int to = (int)(rand_r(seed) % (unsigned)(hosts + 1));
	struct shown_packet packet =
		segment(names, from, to, flags[(unsigned)rand_r(seed) % COUNT_OF(flags)],
			(uint32_t)rand_r(seed), (uint32_t)rand_r(seed));

	packet.to_all = !to && rand_r(seed) % 2;
	packet.reached =
		packet.to_all ? (unsigned)rand_r(seed) & ((1U << hosts) - 1) & ~(1U << (from - 1))
			      : 0;
	for (int i = 0; packet.to_all && i < hosts; i++)
		if (packet.reached & 1U << i && rand_r(seed) % 2)
			packet.found[i] = (unsigned char)(1 + rand_r(seed) % STATE_CLOSING);
	packet.fate = fates[(unsigned)rand_r(seed) % COUNT_OF(fates)];
	packet.waited = rand_r(seed) % 2;
	packet.retransmits = rand_r(seed) % 4 ? 0 : (unsigned)rand_r(seed);
	packet.head.length = rand_r(seed) % 2 ? 65535 : 0;
	return states(packet, (unsigned)rand_r(seed) % (STATE_CLOSING + 1),
		      (unsigned)rand_r(seed) % (STATE_CLOSING + 1),
		      (unsigned)rand_r(seed) % (STATE_CLOSING + 1),
		      (unsigned)rand_r(seed) % (STATE_CLOSING + 1));
}

static size_t columns(const char *line, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += ((unsigned char)line[i] & 0xc0) != 0x80;
	return count;
}

static void check_fits(const char *text, size_t width)
{
	for (size_t len; *text; text += len + 1) {
		len = strcspn(text, "\n");
		ck_assert_msg(columns(text, len) <= width, "wider than %zu: %.*s", width, (int)len,
			      text);
	}
}

START_TEST(any_list_fits_any_screen)
{
	struct shown_packet list[12];
	struct paper paper;
	unsigned seed = 1;

	for (int run = 0; run < 4000; run++) {
		int width = 60 + (int)((unsigned)rand_r(&seed) % 160);
		const char *const *names = run % 3 ? short_names : long_names;
		int hosts = (int)((unsigned)rand_r(&seed) % 16) + 1;
		size_t count = (unsigned)rand_r(&seed) % COUNT_OF(list) + 1;

		for (size_t i = 0; i < count; i++) {
			list[i] = any_segment(names, hosts, &seed);
			list[i].number = i * 1000 + 1;
		}
		paper_open(&paper, width, run % 2, false);
		paper.out.folds = true;
		ladder_put(&paper.out, list, count, 0);
		out_flush(&paper.out);
		check_fits(buf_text(&paper.text), (size_t)width);
		for (size_t i = 0; i < count; i++) {
			char number[24];

			snprintf(number, sizeof(number), "#%lu ", list[i].number);
			ck_assert_msg(strstr(buf_text(&paper.text), number), "no %s in:\n%s",
				      number, buf_text(&paper.text));
			packet_flags(&paper.errors, list[i].head.tcp.flags);
			ck_assert_msg(strstr(buf_text(&paper.text), buf_text(&paper.errors)),
				      "no %s in:\n%s", buf_text(&paper.errors),
				      buf_text(&paper.text));
			buf_reset(&paper.errors);
		}
		paper_close(&paper);
	}
}
END_TEST

START_TEST(a_thousand_packets_are_told)
{
	struct shown_packet *list = calloc(1000, sizeof(*list));
	struct paper paper;
	size_t lines = 0;

	ck_assert_ptr_nonnull(list);
	for (int i = 0; i < 1000; i++) {
		list[i] = segment(short_names, 1, 2, PACKET_ACK, 1, 1);
		list[i].number = (unsigned long)i + 1;
	}
	paper_open(&paper, 80, true, false);
	ladder_put(&paper.out, list, 1000, 7);
	out_flush(&paper.out);
	for (const char *at = buf_text(&paper.text); (at = strchr(at, '\n')); at++)
		lines++;
	ck_assert_uint_eq(lines, 1002);
	ck_assert(strstr(buf_text(&paper.text), "  and 7 packets more\n"));
	paper_close(&paper);
	free(list);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ladder");
	TCase *tcase = tcase_create("drawing");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, two_ends_have_a_column_at_either_side);
	tcase_add_test(tcase, ascii_has_the_same_picture);
	tcase_add_test(tcase, a_label_that_has_no_room_stands_above);
	tcase_add_test(tcase, moments_of_a_packet_are_put_together);
	tcase_add_test(tcase, more_hosts_have_a_column_each);
	tcase_add_test(tcase, on_a_narrow_screen_the_words_stand_behind);
	tcase_add_test(tcase, what_is_for_all_reaches_all);
	tcase_add_test(tcase, to_all_with_the_sockets_that_it_finds);
	tcase_add_test(tcase, names_that_have_no_room_are_numbers);
	tcase_add_test(tcase, below_sixty_columns_it_is_a_list);
	tcase_add_test(tcase, loopback_is_between_processes);
	tcase_add_test(tcase, an_error_goes_with_its_connection);
	tcase_add_test(tcase, a_whole_connection_names_its_causes);
	tcase_add_test(tcase, json_has_the_moments_and_their_steps);
	tcase_add_test(tcase, colours_tell_what_the_words_tell);
	tcase_add_test(tcase, any_list_fits_any_screen);
	tcase_add_test(tcase, a_thousand_packets_are_told);
	suite_add_tcase(suite, tcase);
	return unit_main(suite);
}
