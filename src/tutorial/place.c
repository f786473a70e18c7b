/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/place.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

int place_make(char *path, size_t size)
{
	const char *parent = getenv("TMPDIR");

	snprintf(path, size, "%s/sockstep-page.XXXXXX", parent && *parent ? parent : "/tmp");
	return mkdtemp(path) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *ftw)
{
	(void)status;
	(void)kind;
	(void)ftw;
	remove(path);
	return 0;
}

void place_remove(const char *path)
{
	nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
