/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel/groups.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "2	wire0     :     2      V3", and below it its groups, as the bytes stand in memory:
 * "				EF010203     1 0:00000000		0". */
bool group_in_line4(const char *line, int ifindex, int *current, const struct in_addr *group)
{
	if (!isspace((unsigned char)*line)) {
		*current = (int)strtol(line, NULL, 10);
		return false;
	}
	return *current == ifindex && strtoul(line, NULL, 16) == group->s_addr;
}

/* "2    wire0           ff020000000000000000000000000001     1 0000000C 0" */
bool group_in_line6(const char *line, int ifindex, const struct in6_addr *group)
{
	char text[2 * sizeof(group->s6_addr) + 1], found[sizeof(text)];
	char *behind;
	size_t i;

	if (strtol(line, &behind, 10) != ifindex || sscanf(behind, "%*s %32s", found) != 1)
		return false;
	for (i = 0; i < sizeof(group->s6_addr); i++)
		snprintf(text + 2 * i, 3, "%02x", group->s6_addr[i]);
	return strcmp(text, found) == 0;
}

bool group_is_joined(pid_t pid, int ifindex, const struct address *group, struct failure *failure)
{
	bool v6 = group->any.sa_family == AF_INET6, joined = false;
	char path[64], line[256];
	int current = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/net/%s", (int)pid, v6 ? "igmp6" : "igmp");
	file = fopen(path, "re");
	if (!file) {
		failure_note_unless_answer(failure, "fopen in /proc");
		return false;
	}
	while (!joined && fgets(line, sizeof(line), file))
		joined = v6 ? group_in_line6(line, ifindex, &group->in6.sin6_addr)
			    : group_in_line4(line, ifindex, &current, &group->in.sin_addr);
	if (!joined && ferror(file))
		failure_note_unless_answer(failure, "fgets in /proc");
	fclose(file);
	return joined;
}
