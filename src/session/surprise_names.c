/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "calls/answers.h"
#include "calls/byte_order.h"
#include "calls/kinds.h"
#include "names/words.h"
#include "net/refused.h"
#include "session/evidence.h"
#include "session/surprise_parts.h"

#define PART_SHOWN 40 /* bytes of a text that somebody has typed */

static bool is_palindrome(const unsigned char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len / 2; i++)
		if (bytes[i] != bytes[len - 1 - i])
			return false;
	return true;
}

/* "8080", or "2130706433 (127.0.0.1)": the address that it would be, sent as it should be. */
static void say_number(struct buf *out, const unsigned char *bytes, size_t len)
{
	unsigned long number = byte_order_number(bytes, len);

	buf_printf(out, "%lu", number);
	if (len == sizeof(uint32_t))
		buf_printf(out, " (%lu.%lu.%lu.%lu)", number >> 24 & 255, number >> 16 & 255,
			   number >> 8 & 255, number & 255);
}

static void say_swapped(struct cause *cause, const struct byte_order *order)
{
	bool to_network = byte_order_is_to_network(cause->job->call);
	bool port = order->len == sizeof(uint16_t);
	const char *sent = port ? "order.sent-port" : "order.sent-address";
	const char *came = port ? "order.came-port" : "order.came-address";
	struct buf host = {0}, network = {0};

	say_number(&host, order->host, order->len);
	say_number(&network, order->network, order->len);
	words_fill(surprise_next(cause), to_network ? sent : came, "host", buf_text(&host),
		   "network", buf_text(&network), NULL);
	cause->out->failed |= host.failed | network.failed;
	buf_free(&host);
	buf_free(&network);
}

void surprise_order(struct cause *cause)
{
	struct byte_order order;

	if (!byte_order_of(cause->job->call, cause->job->values, cause->job->frame->result, &order))
		return;
	if (is_palindrome(order.host, order.len))
		surprise_say(cause, "order.same");
	else if (memcmp(order.host, order.network, order.len) == 0)
		surprise_say(cause, "order.big");
	else
		say_swapped(cause, &order);
}

struct summary {
	size_t answers, addresses; /* ADDRESSES: that differ from the one before */
	bool several_types;        /* one address has come more than once */
	struct address first;
};

static bool is_same(const struct address *a, const struct address *b)
{
	return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

static struct summary summary_of(const struct value *answers)
{
	struct summary sum = {0};
	struct address before = {0};
	struct answer answer;
	size_t at = 0;

	while (answers_next(answers, &at, &answer)) {
		if (!sum.answers++)
			sum.first = answer.address;
		if (is_same(&before, &answer.address))
			sum.several_types = true;
		else
			sum.addresses++;
		before = answer.address;
	}
	return sum;
}

/* 127.1 and the like, which inet_pton() refuses. */
static bool is_old_form(const char *node)
{
	struct in_addr address;

	return node && node[strspn(node, "0123456789abcdefABCDEFxX.")] == '\0' &&
	       inet_aton(node, &address) && inet_pton(AF_INET, node, &address) != 1;
}

static bool is_large_port(const char *service)
{
	return service && *service && service[strspn(service, "0123456789")] == '\0' &&
	       strtoul(service, NULL, 10) > UINT16_MAX;
}

void surprise_looked_up(struct cause *cause)
{
	const struct value *values = cause->job->values;
	const struct value *answers = answers_of(cause->job->call, values, 0);
	struct summary sum = summary_of(answers);
	char number[CAUSE_NUMBER];

	if (is_old_form(values[0].data)) {
		struct buf host = {0};

		address_print_host(&host, &sum.first);
		words_fill(surprise_next(cause), "lookup.old-form", "node", values[0].data, "host",
			   buf_text(&host), NULL);
		buf_free(&host);
	}
	if (is_large_port(values[1].data))
		words_fill(surprise_next(cause), "lookup.large-port", "service", values[1].data,
			   "n", cause_number(number, address_port(&sum.first)), NULL);
	/* Those for bind are not tried in turn. */
	if (sum.addresses > 1 && values[0].data)
		surprise_say(cause, "lookup.sorted");
	if (sum.several_types)
		surprise_say(cause, "lookup.types");
}

void surprise_lookup_waits(struct cause *cause)
{
	struct buf servers = {0};

	if (!cause->job->call->persists)
		return;
	if (cause->job->persisted)
		surprise_say(cause, "lookup.persists");
	else if (evidence_name_servers(&servers, &cause->session->failure))
		words_fill(surprise_next(cause), "lookup.asks", "servers", buf_text(&servers),
			   NULL);
	cause->out->failed |= servers.failed;
	buf_free(&servers);
}

void surprise_refused_text(struct cause *cause)
{
	const struct value *values = cause->job->values;
	int family = (int)values[0].number;
	struct refused refused;
	struct buf part = {0};
	char count[CAUSE_NUMBER];

	if (cause->job->frame->result != 0)
		return;
	refused = refused_text(family, values[1].data);
	if (refused.part)
		escape_string(&part, refused.part,
			      refused.part_len < PART_SHOWN ? refused.part_len : PART_SHOWN);
	words_fill(surprise_next(cause), refused.key, "part", buf_text(&part), "n",
		   cause_number(count, (long)refused.count), NULL);
	surprise_say(cause, family == AF_INET ? "pton.expects" : "pton.expects6");
	cause->out->failed |= part.failed;
	buf_free(&part);
}
