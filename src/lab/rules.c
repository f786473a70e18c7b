/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/rules.h"

#include <string.h>

static bool has_header(const struct packet *packet)
{
	return packet->transport && !packet->fragment.offset;
}

static bool has_flags(const struct rule *rule, const struct packet *packet)
{
	if (!rule->flags && !rule->no_flags)
		return true;
	return packet->protocol == IPPROTO_TCP && has_header(packet) &&
	       (packet->tcp.flags & rule->flags) == rule->flags &&
	       !(packet->tcp.flags & rule->no_flags);
}

static bool has_port(const struct rule *rule, const struct packet *packet)
{
	return !rule->port || address_port(&packet->src) == rule->port ||
	       address_port(&packet->dst) == rule->port;
}

static bool matches(const struct rule *rule, const struct packet *packet, const struct host *from,
		    const struct host *to)
{
	if ((rule->from && rule->from != from) || (rule->to && rule->to != to))
		return false;
	if (rule->protocol && (!packet->family || rule->protocol != packet->protocol))
		return false;
	if ((rule->data && !packet->length) || (rule->no_data && packet->length))
		return false;
	return has_flags(rule, packet) && has_port(rule, packet);
}

/* splitmix64: the same numbers everywhere for the same seed. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t mixed = *state += 0x9e3779b97f4a7c15;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
	return mixed ^ mixed >> 31;
}

/* Whether it acts on a packet that it matches. */
static bool acts(struct rule *rule)
{
	rule->matched++;
	if (rule->chance < RULE_ALWAYS && next_random(&rule->state) % RULE_ALWAYS >= rule->chance)
		return false;
	rule->acted++;
	return true;
}

struct verdict rules_judge(struct rules *rules, const struct packet *packet,
			   const struct host *from, const struct host *to)
{
	struct verdict verdict = {0};
	int i;

	for (i = 0; i < rules->count; i++) {
		struct rule *rule = &rules->list[i];

		if ((rule->most && rule->acted == rule->most) || !matches(rule, packet, from, to) ||
		    !acts(rule))
			continue;
		verdict.by[rule->deed] = rule->number;
		verdict.delay_us += rule->delay_us;
		if (rule->deed == RULE_DROP || rule->deed == RULE_LOSS)
			break;
	}
	return verdict;
}

const struct rule *rules_add(struct rules *rules, const struct rule *rule, struct error *err)
{
	struct rule *place = &rules->list[rules->count];

	if (rules->count == RULES_MOST) {
		error_set(err, "there are %d rules already, and no more can be", RULES_MOST);
		return NULL;
	}
	rules->count++;
	*place = *rule;
	place->number = ++rules->last_number;
	return place;
}

const struct rule *rules_find(const struct rules *rules, long number)
{
	int i;

	for (i = 0; i < rules->count; i++)
		if (rules->list[i].number == number)
			return &rules->list[i];
	return NULL;
}

int rules_remove(struct rules *rules, long number, struct error *err)
{
	const struct rule *rule = rules_find(rules, number);
	size_t behind;

	if (!rule)
		return error_set(err, "there is no rule %ld", number);
	behind = (size_t)(rules->list + rules->count - rule - 1);
	memmove(&rules->list[rule - rules->list], rule + 1, behind * sizeof(*rule));
	rules->count--;
	return 0;
}

void rules_clear(struct rules *rules)
{
	rules->count = 0;
}
