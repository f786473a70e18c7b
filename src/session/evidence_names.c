/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "session/evidence.h"

#define RESOLV_CONF "/etc/resolv.conf"

bool evidence_name_servers(struct buf *out, struct failure *failure)
{
	FILE *file = fopen(RESOLV_CONF, "re");
	char line[256], name[64];
	bool any = false;

	if (!file) {
		failure_note_unless_answer(failure, "fopen of " RESOLV_CONF);
		return false;
	}
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "nameserver %63s", name) != 1)
			continue;
		buf_str(out, any ? ", " : "");
		buf_str(out, name);
		any = true;
	}
	if (!feof(file))
		failure_note(failure, "fgets from " RESOLV_CONF);
	fclose(file);
	return any;
}
