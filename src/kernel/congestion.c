/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/congestion.h"

#include <linux/inet_diag.h>
#include <string.h>

#include "base/grow.h"

/* clang-format off */
const struct congestion_field congestion_fields[] = {
	{INET_DIAG_BBRINFO, "bbr_bw", 0, 8, UNIT_RATE, "how fast bbr believes that the path is"},
	{INET_DIAG_BBRINFO, "bbr_min_rtt", 8, 4, UNIT_US, "smallest round-trip time of late"},
	{INET_DIAG_BBRINFO, "bbr_pacing_gain", 12, 4, UNIT_NONE, "how much faster it sends; 256: once"},
	{INET_DIAG_BBRINFO, "bbr_cwnd_gain", 16, 4, UNIT_NONE, "how much more is in flight; 256: once"},
	{INET_DIAG_DCTCPINFO, "dctcp_enabled", 0, 2, UNIT_NONE, "1: at work; 0: without ECN it is reno"},
	{INET_DIAG_DCTCPINFO, "dctcp_ce_state", 2, 2, UNIT_NONE, "1: the last packet was marked"},
	{INET_DIAG_DCTCPINFO, "dctcp_alpha", 4, 4, UNIT_NONE, "part of the data that is marked; 1024: all"},
	{INET_DIAG_DCTCPINFO, "dctcp_ab_ecn", 8, 4, UNIT_BYTES, "acknowledged with a mark"},
	{INET_DIAG_DCTCPINFO, "dctcp_ab_tot", 12, 4, UNIT_BYTES, "acknowledged"},
	{INET_DIAG_VEGASINFO, "tcpv_enabled", 0, 4, UNIT_NONE, "1: at work"},
	{INET_DIAG_VEGASINFO, "tcpv_rttcnt", 4, 4, UNIT_COUNT, "round trips that were measured"},
	{INET_DIAG_VEGASINFO, "tcpv_rtt", 8, 4, UNIT_US, "round-trip time that it goes by"},
	{INET_DIAG_VEGASINFO, "tcpv_minrtt", 12, 4, UNIT_US, "smallest round-trip time"},
};
/* clang-format on */

const size_t congestion_count = COUNT_OF(congestion_fields);

bool congestion_known(int attribute)
{
	for (size_t i = 0; i < congestion_count; i++)
		if (congestion_fields[i].attribute == attribute)
			return true;
	return false;
}

bool congestion_value(const struct congestion_field *field, int attribute, const void *info,
		      size_t len, uint64_t *value)
{
	const unsigned char *at = (const unsigned char *)info + field->offset;
	uint32_t low, high;
	uint16_t half;

	if (field->attribute != attribute || len < (size_t)field->offset + field->size)
		return false;
	if (field->size == sizeof(half)) {
		memcpy(&half, at, sizeof(half));
		*value = half;
		return true;
	}
	memcpy(&low, at, sizeof(low));
	*value = low;
	if (field->size == 2 * sizeof(low)) {
		memcpy(&high, at + sizeof(low), sizeof(high));
		*value |= (uint64_t)high << 32;
	}
	return true;
}
