/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/groups.h"

#include <linux/icmpv6.h>
#include <linux/igmp.h>
#include <string.h>

/* Bytes of a query of the first versions, and of what precedes the records of a report. */
#define IGMP_PLAIN   8
#define MLD_PLAIN    24
#define RECORDS_HEAD 8

static unsigned number_at(const unsigned char *at)
{
	return (unsigned)(at[0] << 8 | at[1]);
}

/* A message about one group, of SIZE bytes; without it where it is 0, that is of all. */
static void read_one(struct packet_groups *out, const unsigned char *group, size_t size)
{
	static const unsigned char none[16];

	if (memcmp(group, none, size) == 0)
		return;
	out->count = 1;
	out->listed = 1;
	memcpy(out->list[0].group, group, size);
}

static void read_records(struct packet_groups *out, const unsigned char *at, size_t len,
			 size_t size)
{
	const unsigned char *end = at + len;

	out->kind = GROUPS_RECORDS;
	out->count = (uint16_t)number_at(at + 6);
	at += RECORDS_HEAD;
	while (out->listed < PACKET_GROUPS && out->listed < out->count &&
	       (size_t)(end - at) >= 4 + size) {
		struct packet_group *group = &out->list[out->listed++];
		size_t whole;

		group->type = at[0];
		group->sources = (uint16_t)number_at(at + 2);
		memcpy(group->group, at + 4, size);
		whole = 4 + size + group->sources * size + (size_t)at[1] * 4;
		if (group->sources && (size_t)(end - at) >= 4 + 2 * size)
			memcpy(group->source, at + 4 + size, size);
		if ((size_t)(end - at) < whole)
			return;
		at += whole;
	}
}

void groups_read_igmp(struct packet_groups *out, const unsigned char *at, size_t len)
{
	if (len < IGMP_PLAIN)
		return;
	switch (at[0]) {
	case IGMP_HOST_MEMBERSHIP_QUERY:
		out->kind = GROUPS_QUERY;
		/* RFC 3376, section 7.1. */
		out->version = len > IGMP_PLAIN ? 3 : at[1] ? 2 : 1;
		break;
	case IGMP_HOST_MEMBERSHIP_REPORT:
	case IGMPV2_HOST_MEMBERSHIP_REPORT:
		out->kind = GROUPS_REPORT;
		out->version = at[0] == IGMP_HOST_MEMBERSHIP_REPORT ? 1 : 2;
		break;
	case IGMP_HOST_LEAVE_MESSAGE:
		out->kind = GROUPS_LEAVE;
		out->version = 2;
		break;
	case IGMPV3_HOST_MEMBERSHIP_REPORT:
		out->version = 3;
		read_records(out, at, len, 4);
		return;
	default:
		return;
	}
	read_one(out, at + 4, 4);
}

bool groups_is_mld(unsigned type)
{
	return type == ICMPV6_MGM_QUERY || type == ICMPV6_MGM_REPORT ||
	       type == ICMPV6_MGM_REDUCTION || type == ICMPV6_MLD2_REPORT;
}

void groups_read_mld(struct packet_groups *out, const unsigned char *at, size_t len)
{
	if (len >= RECORDS_HEAD && at[0] == ICMPV6_MLD2_REPORT) {
		out->version = 2;
		read_records(out, at, len, 16);
		return;
	}
	if (len < MLD_PLAIN || !groups_is_mld(at[0]))
		return;
	out->kind = at[0] == ICMPV6_MGM_QUERY    ? GROUPS_QUERY
		    : at[0] == ICMPV6_MGM_REPORT ? GROUPS_REPORT
						 : GROUPS_LEAVE;
	/* RFC 3810, section 8.1. */
	out->version = at[0] == ICMPV6_MGM_QUERY && len > MLD_PLAIN ? 2 : 1;
	read_one(out, at + 8, 16);
}
