/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/grow.h"
#include "lab/due.h"
#include "lab/flows.h"
#include "lab/rules.h"
#include "lab/wire.h"
#include "unit.h"

/* Two hosts whose links are sockets, which hand over a packet at a time as a TUN device does. */
static struct host a = {.name = "a", .number = 1, .prefix4 = 24, .up = true};
static struct host b = {.name = "b", .number = 2, .prefix4 = 24, .up = true};
static struct lab lab;
static struct wire wire;
static int kernel_a, kernel_b;

static void link_up(struct host *host, int *kernel)
{
	unsigned char v4[4] = {10, 0, 0, (unsigned char)host->number};
	unsigned char v6[16] = {0xfd, [15] = (unsigned char)host->number};
	int pair[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, pair), 0);
	host->wire = pair[0];
	*kernel = pair[1];
	host->v4 = address_make(AF_INET, v4, 0, 0);
	host->v6 = address_make(AF_INET6, v6, 0, 0);
	lab.hosts[lab.count++] = host;
}

static void start(void)
{
	lab_init(&lab, LAB_ANY);
	link_up(&a, &kernel_a);
	link_up(&b, &kernel_b);
	ck_assert_int_eq(wire_init(&wire, &lab), 0);
}

static void stop(void)
{
	wire_free(&wire);
	close(a.wire);
	close(b.wire);
	close(kernel_a);
	close(kernel_b);
}

static void put16(unsigned char *at, unsigned value)
{
	at[0] = (unsigned char)(value >> 8);
	at[1] = (unsigned char)value;
}

static void put32(unsigned char *at, uint32_t value)
{
	put16(at, value >> 16);
	put16(at + 2, value & 0xffff);
}

struct made {
	unsigned char bytes[128];
	size_t len;
};

/* An IPv4 packet FROM one host to the other; the transport's checksum stands at CHECKSUM in it. */
static struct made make_ip(const struct host *from, int protocol, const unsigned char *transport,
			   size_t len, size_t checksum)
{
	struct made made = {.len = 20 + len};
	unsigned char *at = made.bytes;
	const struct host *to = from == &a ? &b : &a;
	uint32_t sum = packet_pseudo_sum(&from->v4, &to->v4, protocol, len);

	at[0] = 0x45;
	put16(at + 2, (unsigned)made.len);
	at[8] = 64;
	at[9] = (unsigned char)protocol;
	memcpy(at + 12, &from->v4.in.sin_addr, 4);
	memcpy(at + 16, &to->v4.in.sin_addr, 4);
	put16(at + 10, packet_fold(packet_sum(0, at, 20)));
	memcpy(at + 20, transport, len);
	if (protocol == IPPROTO_ICMP)
		sum = 0;
	put16(at + 20 + checksum, packet_fold(packet_sum(sum, at + 20, len)));
	return made;
}

static struct made make_udp(const struct host *from, int port, size_t len)
{
	unsigned char udp[64] = {0};

	put16(udp, 1000);
	put16(udp + 2, (unsigned)port);
	put16(udp + 4, (unsigned)(8 + len));
	memset(udp + 8, 'x', len);
	return make_ip(from, IPPROTO_UDP, udp, 8 + len, 6);
}

static struct made make_tcp(const struct host *from, unsigned flags, uint32_t seq, size_t len)
{
	unsigned char tcp[64] = {0};

	put16(tcp, from == &a ? 40000 : 80);
	put16(tcp + 2, from == &a ? 80 : 40000);
	put32(tcp + 4, seq);
	put16(tcp + 12, 5 << 12 | flags);
	put16(tcp + 14, 1000);
	memset(tcp + 20, 'x', len);
	return make_ip(from, IPPROTO_TCP, tcp, 20 + len, 16);
}

static struct made make_echo(const struct host *from)
{
	unsigned char icmp[8] = {8};

	return make_ip(from, IPPROTO_ICMP, icmp, sizeof(icmp), 2);
}

static struct packet parsed(const struct made *made)
{
	struct packet packet;

	ck_assert_int_eq(packet_parse(&packet, made->bytes, made->len), 0);
	ck_assert(!packet.bad_checksum);
	return packet;
}

static struct rule read_rule(enum rule_deed deed, const char *text)
{
	struct rule rule;
	struct error err;

	ck_assert_msg(rules_read(&rule, deed, text, strlen(text), 1, &lab, &err) == 0, "%s",
		      err.text);
	return rule;
}

static void add(enum rule_deed deed, const char *text)
{
	struct rule rule = read_rule(deed, text);
	struct error err;

	ck_assert_ptr_nonnull(rules_add(&wire.rules, &rule, &err));
}

static const struct {
	enum rule_deed deed;
	const char *typed, *printed;
} spellings[] = {
	{RULE_DROP, "", "drop"},
	{RULE_DROP, "tcp syn from a count 2", "drop tcp syn from a count 2"},
	{RULE_DROP, "SYN, ACK", "drop syn ack"},
	{RULE_DROP, "not data ack", "drop ack not data"},
	{RULE_DROP, "syn not ack port 80 to b", "drop syn not ack to b port 80"},
	{RULE_LOSS, "10%", "loss 10% seed 1"},
	{RULE_LOSS, "seed 7 0.5% udp", "loss 0.5% seed 7 udp"},
	{RULE_LOSS, "0.0001%", "loss 0.0001% seed 1"},
	{RULE_LOSS, "100%", "loss"},
	{RULE_DELAY, "50", "delay 50ms"},
	{RULE_DELAY, "icmp6 1.5s", "delay 1500ms icmp6"},
	{RULE_DELAY, "500us 20%", "delay 500us 20% seed 1"},
	{RULE_DELAY, "2s", "delay 2s"},
	{RULE_DUPLICATE, "udp data", "duplicate udp data"},
	{RULE_CORRUPT, "fin", "corrupt fin"},
	{RULE_HOLD, "rst", "hold rst"},
	{RULE_REORDER, "psh from b to a", "reorder psh from b to a"},
};

START_TEST(a_rule_is_printed_as_it_can_be_typed)
{
	struct rule rule = read_rule(spellings[_i].deed, spellings[_i].typed);
	struct buf text = {0};

	rules_print(&text, &rule);
	ck_assert_str_eq(buf_text(&text), spellings[_i].printed);
	buf_free(&text);
}
END_TEST

static const struct {
	enum rule_deed deed;
	const char *typed, *says;
	int column, length;
} senseless[] = {
	{RULE_DROP, "zzzzzzz", "no word of a rule: expected tcp", 1, 7},
	{RULE_DROP, "tcp sin", "did you mean syn?", 5, 3},
	{RULE_DROP, "tcp udp", "one protocol", 5, 3},
	{RULE_DROP, "tcp from", "a host comes behind it", 9, 1},
	{RULE_DROP, "from c", "there is no host c", 6, 1},
	{RULE_DROP, "from a to a", "never comes to the wire", 11, 1},
	{RULE_DROP, "from a from b", "said already", 8, 4},
	{RULE_DROP, "syn not syn", "set and clear", 9, 3},
	{RULE_DROP, "not", "not what?", 1, 3},
	{RULE_DROP, "not tcp", "not what?", 5, 3},
	{RULE_DROP, "data not data", "have none", 10, 4},
	{RULE_DROP, "udp syn", "only segments of TCP", 5, 3},
	{RULE_DROP, "not ack udp", "only segments of TCP", 5, 3},
	{RULE_DROP, "icmp port 80", "only TCP and UDP", 6, 4},
	{RULE_DROP, "port 0", "", 6, 1},
	{RULE_DROP, "port 65536", "", 6, 5},
	{RULE_DROP, "port", "a number comes behind it", 5, 1},
	{RULE_DROP, "count 0", "", 7, 1},
	{RULE_DROP, "count x", "", 7, 1},
	{RULE_DROP, "50ms", "no word of a rule", 1, 4},
	{RULE_DROP, "seed 1", "for a chance", 1, 4},
	{RULE_LOSS, "", "how likely", 1, 1},
	{RULE_LOSS, "udp", "how likely", 4, 1},
	{RULE_LOSS, "0%", "above 0%", 1, 2},
	{RULE_LOSS, "101%", "at most 100%", 1, 4},
	{RULE_LOSS, "100.0001%", "at most 100%", 1, 9},
	{RULE_LOSS, "1.2.3%", "such as", 1, 6},
	{RULE_LOSS, "-1%", "such as", 1, 3},
	{RULE_LOSS, "%", "such as", 1, 1},
	{RULE_LOSS, "99999999999999999999999%", "such as", 1, 24},
	{RULE_LOSS, "10% 20%", "said already", 5, 3},
	{RULE_DELAY, "udp", "for how long", 4, 1},
	{RULE_DELAY, "0ms", "longer than that", 1, 3},
	{RULE_DELAY, "5parsecs", "not a time", 1, 8},
	{RULE_DELAY, "2000000s", "longer than a day", 1, 8},
};

START_TEST(a_rule_that_makes_no_sense)
{
	const char *typed = senseless[_i].typed;
	struct rule rule;
	struct error err = {0};

	ck_assert_int_eq(rules_read(&rule, senseless[_i].deed, typed, strlen(typed), 1, &lab, &err),
			 -1);
	ck_assert_msg(strstr(err.text, senseless[_i].says), "%s: %s", typed, err.text);
	ck_assert_msg(*err.text, "%s", typed);
	ck_assert_msg(err.column == senseless[_i].column && err.length == senseless[_i].length,
		      "%s: %d, %d", typed, err.column, err.length);
}
END_TEST

/* Any bytes: a message or a rule, and nothing beyond them is read. */
START_TEST(words_of_anything)
{
	static const char *const pieces[] = {"tcp", "not", "from", "a",  "%", "1%",     "count",
					     "9",   ",",   "\n",   "\1", "",  "\377\0", "50ms"};
	uint64_t state = (uint64_t)_i + 1;
	struct buf text = {0};
	struct error err;
	struct rule rule;
	int i;

	for (i = 0; i < 6; i++) {
		state = state * 6364136223846793005u + 1442695040888963407u;
		buf_str(&text, pieces[(state >> 33) % COUNT_OF(pieces)]);
		buf_char(&text, ' ');
	}
	if (rules_read(&rule, RULE_DELAY, buf_text(&text), text.len, 5, &lab, &err) < 0) {
		ck_assert_int_ne(*err.text, 0);
		ck_assert_int_ge(err.column, 5);
		ck_assert_int_le(err.column, 5 + (int)text.len);
		ck_assert_int_gt(err.length, 0);
	}
	buf_free(&text);
}
END_TEST

static bool hits(const char *rule, const struct made *made, const struct host *from)
{
	struct packet packet = parsed(made);
	struct rules rules = {.count = 1, .list = {read_rule(RULE_DROP, rule)}};

	rules.list[0].number = 1;
	return rules_judge(&rules, &packet, from, from == &a ? &b : &a).by[RULE_DROP];
}

START_TEST(what_a_rule_matches)
{
	struct made syn = make_tcp(&a, PACKET_SYN, 1, 0);
	struct made syn_ack = make_tcp(&b, PACKET_SYN | PACKET_ACK, 1, 0);
	struct made data = make_tcp(&a, PACKET_ACK | PACKET_PSH, 2, 5);
	struct made udp = make_udp(&a, 5, 3), empty = make_udp(&a, 5, 0), echo = make_echo(&a);

	ck_assert(hits("", &syn, &a) && hits("", &udp, &a) && hits("", &echo, &a));
	ck_assert(hits("tcp", &syn, &a) && !hits("tcp", &udp, &a) && !hits("udp", &syn, &a));
	ck_assert(hits("icmp", &echo, &a) && !hits("icmp6", &echo, &a));
	ck_assert(hits("syn", &syn, &a) && hits("syn", &syn_ack, &b) && !hits("syn", &data, &a));
	ck_assert(hits("syn,ack", &syn_ack, &b) && !hits("syn ack", &syn, &a));
	ck_assert(hits("syn not ack", &syn, &a) && !hits("syn not ack", &syn_ack, &b));
	ck_assert(!hits("not ack", &udp, &a));
	ck_assert(hits("data", &data, &a) && !hits("data", &syn, &a));
	ck_assert(hits("data", &udp, &a) && !hits("data", &empty, &a));
	ck_assert(hits("not data", &empty, &a) && !hits("not data", &udp, &a));
	ck_assert(hits("from a", &syn, &a) && !hits("from a", &syn_ack, &b));
	ck_assert(hits("to b", &syn, &a) && !hits("to b", &syn_ack, &b));
	ck_assert(hits("port 80", &syn, &a) && hits("port 80", &syn_ack, &b));
	ck_assert(hits("port 40000", &syn, &a) && !hits("port 81", &syn, &a));
	ck_assert(!hits("port 5", &echo, &a) && hits("port 5", &udp, &a));
}
END_TEST

START_TEST(a_count_is_used_up)
{
	struct made made = make_udp(&a, 5, 1);
	struct packet packet = parsed(&made);
	int i, hit = 0;

	add(RULE_DROP, "udp count 3");
	for (i = 0; i < 10; i++)
		hit += rules_judge(&wire.rules, &packet, &a, &b).by[RULE_DROP] == 1;
	ck_assert_int_eq(hit, 3);
	ck_assert_uint_eq(wire.rules.list[0].matched, 3);
}
END_TEST

static void draw(const char *text, char *fates, size_t count)
{
	struct made made = make_udp(&a, 5, 1);
	struct packet packet = parsed(&made);
	struct rules rules = {.count = 1, .list = {read_rule(RULE_LOSS, text)}};
	size_t i;

	rules.list[0].number = 1;
	for (i = 0; i < count; i++)
		fates[i] = rules_judge(&rules, &packet, &a, &b).by[RULE_LOSS] ? 'x' : '.';
	fates[count] = 0;
}

START_TEST(the_same_seed_loses_the_same)
{
	static char one[100001], two[100001];
	size_t i, lost = 0;

	draw("10% seed 7", one, 100000);
	draw("10% seed 7", two, 100000);
	ck_assert_str_eq(one, two);
	draw("10% seed 8", two, 100000);
	ck_assert_str_ne(one, two);
	for (i = 0; i < 100000; i++)
		lost += one[i] == 'x';
	/* Three in ten thousand is ten standard deviations. */
	ck_assert_uint_ge(lost, 9000);
	ck_assert_uint_le(lost, 11000);
	draw("100%", one, 100);
	ck_assert_ptr_null(strchr(one, '.'));
}
END_TEST

START_TEST(all_rules_act_until_one_drops)
{
	struct made made = make_udp(&a, 5, 1);
	struct packet packet = parsed(&made);
	struct verdict verdict;

	add(RULE_DELAY, "20ms");
	add(RULE_DELAY, "30ms");
	add(RULE_CORRUPT, "");
	add(RULE_DUPLICATE, "tcp");
	verdict = rules_judge(&wire.rules, &packet, &a, &b);
	ck_assert_int_eq(verdict.delay_us, 50000);
	ck_assert_uint_eq(verdict.by[RULE_DELAY], 2);
	ck_assert_uint_eq(verdict.by[RULE_CORRUPT], 3);
	ck_assert_uint_eq(verdict.by[RULE_DUPLICATE], 0);
	add(RULE_DROP, "");
	add(RULE_HOLD, "");
	verdict = rules_judge(&wire.rules, &packet, &a, &b);
	ck_assert_uint_eq(verdict.by[RULE_DROP], 5);
	ck_assert_uint_eq(verdict.by[RULE_HOLD], 0);
}
END_TEST

START_TEST(rules_come_and_go)
{
	struct error err;
	struct rule rule = read_rule(RULE_DROP, "tcp");
	int i;

	for (i = 1; i <= RULES_MOST; i++)
		ck_assert_uint_eq(rules_add(&wire.rules, &rule, &err)->number, i);
	ck_assert_ptr_null(rules_add(&wire.rules, &rule, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "64"));
	ck_assert_int_eq(rules_remove(&wire.rules, 3, &err), 0);
	ck_assert_int_eq(rules_remove(&wire.rules, 3, &err), -1);
	ck_assert_int_eq(rules_remove(&wire.rules, 0, &err), -1);
	ck_assert_uint_eq(wire.rules.list[2].number, 4);
	/* Its number is not given again. */
	ck_assert_uint_eq(rules_add(&wire.rules, &rule, &err)->number, RULES_MOST + 1);
	rules_clear(&wire.rules);
	ck_assert_ptr_null(rules_find(&wire.rules, 1));
	ck_assert_uint_eq(rules_add(&wire.rules, &rule, &err)->number, RULES_MOST + 2);
}
END_TEST

#define NODES 2000

START_TEST(the_earliest_is_due_first)
{
	static struct due_node nodes[NODES];
	struct due due = {0};
	struct due_node *first;
	uint64_t state = 1, order = 0;
	long last = -1;
	size_t i, left = NODES;

	for (i = 0; i < NODES; i++) {
		state = state * 6364136223846793005u + 1442695040888963407u;
		ck_assert_int_eq(due_add(&due, &nodes[i], (long)(state >> 33) % 100), 0);
	}
	for (i = 0; i < NODES; i += 3, left--)
		due_remove(&due, &nodes[i]);
	for (; (first = due_first(&due)); left--) {
		ck_assert_int_ge(first->at_us, last);
		/* Of several at once, the one that was added first. */
		if (first->at_us == last)
			ck_assert_uint_gt(first->order, order);
		last = first->at_us;
		order = first->order;
		due_remove(&due, first);
	}
	ck_assert_uint_eq(left, 0);
	due_free(&due);
}
END_TEST

START_TEST(a_connection_among_many)
{
	struct flows flows;
	struct flow_base base;
	struct packet packet = {.family = AF_INET, .protocol = IPPROTO_TCP, .transport = 20};
	unsigned i;

	ck_assert_int_eq(flows_init(&flows), 0);
	packet.dst = address_make(AF_INET, "\12\0\0\2", 80, 0);
	for (i = 0; i < FLOWS_MOST + 10; i++) {
		packet.src = address_make(AF_INET, "\12\0\0\1", (int)(1000 + i), 0);
		packet.tcp.flags = PACKET_SYN;
		packet.tcp.seq = i * 1000;
		flows_learn(&flows, &packet);
	}
	packet.tcp.flags = PACKET_ACK;
	packet.tcp.seq = i * 1000 - 990;
	base = flows_learn(&flows, &packet);
	ck_assert_uint_eq(packet.tcp.seq - base.seq, 10);
	ck_assert(!base.first_seen);
	/* The oldest was forgotten: it counts from the first that is seen again. */
	packet.src = address_make(AF_INET, "\12\0\0\1", 1000, 0);
	base = flows_learn(&flows, &packet);
	ck_assert_uint_eq(base.seq, packet.tcp.seq);
	ck_assert(base.first_seen);
	flows_free(&flows);
}
END_TEST

static void check_corrupt(struct made made)
{
	struct made before = made;
	struct packet packet = parsed(&made);
	size_t i, bits = 0;

	ck_assert_int_eq(packet_corrupt(made.bytes, made.len), 0);
	for (i = 0; i < made.len; i++)
		bits += (size_t)__builtin_popcount(made.bytes[i] ^ before.bytes[i]);
	ck_assert_uint_eq(bits, 1);
	ck_assert_int_eq(packet_parse(&packet, made.bytes, made.len), 0);
	ck_assert(packet.bad_checksum);
	/* Where it came from and where it goes are what they were. */
	ck_assert_int_eq(memcmp(made.bytes + 12, before.bytes + 12, 8), 0);
	before = made;
	ck_assert_int_eq(packet_corrupt(made.bytes, made.len), 0);
	ck_assert_int_eq(memcmp(made.bytes, before.bytes, made.len), 0);
}

START_TEST(one_bit_is_flipped)
{
	struct made udp = make_udp(&a, 5, 3), other = {{0}, 0};

	check_corrupt(make_tcp(&a, PACKET_SYN, 1, 0));
	check_corrupt(make_tcp(&a, PACKET_ACK, 1, 7));
	check_corrupt(udp);
	check_corrupt(make_udp(&a, 5, 0));
	check_corrupt(make_echo(&a));
	/* A datagram without a checksum: that of IPv4 stands in. */
	put16(udp.bytes + 26, 0);
	check_corrupt(udp);
	ck_assert_int_eq(packet_corrupt(other.bytes, 0), -1);
}
END_TEST

static struct wire_packet *take(const struct made *made, const struct host *from,
				enum wire_event wanted)
{
	struct wire_packet *packet = NULL;

	ck_assert_int_eq(write(from == &a ? kernel_a : kernel_b, made->bytes, made->len),
			 (int)made->len);
	ck_assert_int_eq(wire_take(&wire, &packet), wanted);
	return packet;
}

/* The port that the next packet for b has; 0: none has arrived. */
static int arrived(void)
{
	unsigned char bytes[128];
	struct packet packet;
	ssize_t got = read(kernel_b, bytes, sizeof(bytes));

	if (got <= 0)
		return 0;
	packet_parse(&packet, bytes, (size_t)got);
	return address_port(&packet.dst);
}

START_TEST(a_rule_decides)
{
	struct made made = make_udp(&a, 5, 1);
	struct wire_packet *packet;

	add(RULE_DROP, "count 1");
	add(RULE_HOLD, "count 1");
	add(RULE_DUPLICATE, "count 1");
	packet = take(&made, &a, WIRE_KEPT);
	ck_assert_int_eq(packet->fate, WIRE_DROPPED);
	ck_assert_uint_eq(wire_rule(packet), 1);
	packet = take(&made, &a, WIRE_KEPT);
	ck_assert_int_eq(packet->fate, WIRE_HELD);
	ck_assert_uint_eq(wire_rule(packet), 2);
	/* The rule for copies acted on what another holds. */
	wire_deliver(&wire, packet);
	ck_assert_uint_eq(wire_rule(packet), 3);
	ck_assert_int_eq(arrived(), 5);
	ck_assert_int_eq(arrived(), 5);
	ck_assert_int_eq(arrived(), 0);
	packet = take(&made, &a, WIRE_PACKET);
	wire_deliver(&wire, packet);
	ck_assert_uint_eq(wire_rule(packet), 0);
	ck_assert_int_eq(packet->fate, WIRE_DELIVERED);
}
END_TEST

START_TEST(places_change)
{
	struct wire_packet *list[4];
	struct made made;
	int i;

	wire.hold = true;
	for (i = 0; i < 4; i++) {
		made = make_udp(&a, i + 1, 1);
		list[i] = take(&made, &a, WIRE_KEPT);
	}
	wire_swap(&wire, list[0], list[1]);
	wire_swap(&wire, list[3], list[2]);
	wire_swap(&wire, list[1], list[2]);
	/* 2 1 4 3, and then 2 and 3 of them: 3 1 4 2. */
	ck_assert_ptr_eq(wire_oldest(&wire), list[2]);
	while (wire_oldest(&wire))
		wire_deliver(&wire, wire_oldest(&wire));
	ck_assert_ptr_null(wire.held_last);
	ck_assert_int_eq(arrived(), 3);
	ck_assert_int_eq(arrived(), 1);
	ck_assert_int_eq(arrived(), 4);
	ck_assert_int_eq(arrived(), 2);
}
END_TEST

static void deliver_due(void)
{
	struct wire_packet *packet;

	while ((packet = wire_due(&wire)))
		wire_deliver(&wire, packet);
}

static void let_pass(const struct made *made)
{
	wire_deliver(&wire, take(made, &a, WIRE_PACKET));
	deliver_due();
}

START_TEST(one_goes_behind_the_next)
{
	struct made one = make_udp(&a, 1, 1), two = make_udp(&a, 2, 1), three = make_udp(&b, 3, 1);
	struct wire_packet *packet;

	add(RULE_REORDER, "count 1");
	packet = take(&one, &a, WIRE_KEPT);
	ck_assert_int_eq(packet->fate, WIRE_HELD);
	ck_assert_uint_eq(wire_rule(packet), 1);
	/* What another host sends does not overtake it. */
	wire_deliver(&wire, take(&three, &b, WIRE_PACKET));
	deliver_due();
	ck_assert_int_eq(arrived(), 0);
	let_pass(&two);
	ck_assert_int_eq(arrived(), 2);
	ck_assert_int_eq(arrived(), 1);
	ck_assert_uint_eq(wire.held_count + wire.delayed.count, 0);
	ck_assert_uint_eq(wire.bytes, 0);
	ck_assert_uint_eq(wire_rule(packet), 1);
}
END_TEST

START_TEST(one_goes_behind_the_next_in_a_hold)
{
	struct made one = make_udp(&a, 1, 1), two = make_udp(&a, 2, 1), three = make_udp(&a, 3, 1);

	wire.hold = true;
	add(RULE_REORDER, "");
	take(&one, &a, WIRE_KEPT);
	take(&two, &a, WIRE_KEPT);
	take(&three, &a, WIRE_KEPT);
	while (wire_oldest(&wire))
		wire_deliver(&wire, wire_oldest(&wire));
	ck_assert_int_eq(arrived(), 2);
	ck_assert_int_eq(arrived(), 1);
	ck_assert_int_eq(arrived(), 3);
	ck_assert_ptr_null(wire.reordered[0]);
}
END_TEST

/* A retransmission goes before what waits to be overtaken, and is not folded into it. */
START_TEST(a_retransmission_overtakes)
{
	struct made data = make_tcp(&a, PACKET_ACK, 1, 5);

	add(RULE_REORDER, "count 1");
	take(&data, &a, WIRE_KEPT);
	let_pass(&data);
	ck_assert_int_eq(arrived(), 80);
	ck_assert_int_eq(arrived(), 80);
	ck_assert_int_eq(arrived(), 0);
}
END_TEST

START_TEST(what_is_delayed_goes_in_time)
{
	struct made one = make_udp(&a, 1, 1), two = make_udp(&a, 2, 1);
	struct wire_packet *packet, *other;

	ck_assert_int_eq(wire_next_us(&wire), -1);
	add(RULE_DELAY, "1h from a");
	packet = take(&one, &a, WIRE_KEPT);
	other = take(&two, &a, WIRE_KEPT);
	ck_assert_int_eq(packet->fate, WIRE_DELAYED);
	ck_assert_ptr_null(wire_oldest(&wire));
	ck_assert_ptr_null(wire_due(&wire));
	ck_assert_int_gt(wire_next_us(&wire), 3500000000L);
	ck_assert_int_le(wire_left_us(other), 3600000000L);
	/* Another time, as many as one likes. */
	ck_assert_int_eq(wire_delay(&wire, other, 0), 0);
	ck_assert_int_eq(wire_next_us(&wire), 0);
	ck_assert_ptr_eq(wire_due(&wire), other);
	wire_duplicate(&wire, packet);
	ck_assert_int_eq(packet->fate, WIRE_DELAYED);
	wire_deliver(&wire, other);
	wire_drop(&wire, packet);
	ck_assert_int_eq(arrived(), 1);
	ck_assert_int_eq(arrived(), 2);
	ck_assert_int_eq(arrived(), 0);
	ck_assert_int_eq(wire_next_us(&wire), -1);
	ck_assert_uint_eq(wire.bytes, 0);
}
END_TEST

START_TEST(what_is_damaged_is_not_the_same)
{
	struct made syn = make_tcp(&a, PACKET_SYN, 1, 0);
	struct wire_packet *packet;

	wire.hold = true;
	add(RULE_CORRUPT, "count 1");
	packet = take(&syn, &a, WIRE_KEPT);
	ck_assert(packet->corrupted && packet->head.bad_checksum);
	packet = take(&syn, &a, WIRE_KEPT);
	ck_assert(!packet->corrupted);
	ck_assert_ptr_eq(take(&syn, &a, WIRE_AGAIN), packet);
}
END_TEST

/* As many as may be: what comes then is dropped, and said to be. */
START_TEST(no_more_than_may_be)
{
	struct made made = make_udp(&a, 5, 1), syn = make_tcp(&a, PACKET_SYN, 1, 0);
	struct wire_packet *packet;
	int i;

	wire.hold = true;
	add(RULE_DELAY, "1h from b");
	for (i = 0; i < WIRE_HELD_MOST - 1; i++)
		ck_assert_int_eq(take(&made, &a, WIRE_KEPT)->fate, WIRE_HELD);
	ck_assert_int_eq(take(&syn, &a, WIRE_KEPT)->fate, WIRE_HELD);
	ck_assert_uint_eq(wire.held_count, WIRE_HELD_MOST);
	ck_assert_uint_le(wire.bytes, WIRE_BYTES_MOST);
	packet = take(&made, &a, WIRE_KEPT);
	ck_assert_int_eq(packet->fate, WIRE_FULL);
	ck_assert_uint_eq(packet->number, WIRE_HELD_MOST + 1);
	/* What is held already is found as ever. */
	take(&syn, &a, WIRE_AGAIN);
	ck_assert_uint_eq(wire_oldest(&wire)->number, 1);
	ck_assert_ptr_nonnull(wire_find(&wire, WIRE_HELD_MOST / 2));
	wire.hold = false;
	made = make_udp(&b, 5, 1);
	ck_assert_int_eq(take(&made, &b, WIRE_KEPT)->fate, WIRE_FULL);
	/* What does not stay needs no room. */
	rules_clear(&wire.rules);
	wire_deliver(&wire, take(&made, &b, WIRE_PACKET));
	while (wire_oldest(&wire))
		wire_drop(&wire, wire_oldest(&wire));
	ck_assert_uint_eq(wire.held_count, 0);
	ck_assert_uint_eq(wire.bytes, 0);
	wire.hold = true;
	ck_assert_int_eq(take(&made, &b, WIRE_KEPT)->fate, WIRE_HELD);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("wire");
	TCase *tc = tcase_create("wire");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, start, stop);
	tcase_add_loop_test(tc, a_rule_is_printed_as_it_can_be_typed, 0, COUNT_OF(spellings));
	tcase_add_loop_test(tc, a_rule_that_makes_no_sense, 0, COUNT_OF(senseless));
	tcase_add_loop_test(tc, words_of_anything, 0, 50);
	tcase_add_test(tc, what_a_rule_matches);
	tcase_add_test(tc, a_count_is_used_up);
	tcase_add_test(tc, the_same_seed_loses_the_same);
	tcase_add_test(tc, all_rules_act_until_one_drops);
	tcase_add_test(tc, rules_come_and_go);
	tcase_add_test(tc, the_earliest_is_due_first);
	tcase_add_test(tc, a_connection_among_many);
	tcase_add_test(tc, one_bit_is_flipped);
	tcase_add_test(tc, a_rule_decides);
	tcase_add_test(tc, places_change);
	tcase_add_test(tc, one_goes_behind_the_next);
	tcase_add_test(tc, one_goes_behind_the_next_in_a_hold);
	tcase_add_test(tc, a_retransmission_overtakes);
	tcase_add_test(tc, what_is_delayed_goes_in_time);
	tcase_add_test(tc, what_is_damaged_is_not_the_same);
	tcase_add_test(tc, no_more_than_may_be);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
