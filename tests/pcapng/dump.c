/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "parse.h"

/* dump FILE: its blocks, a line each. Exits with 1 where it breaks a rule. */
int main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "re") : NULL;
	unsigned char *bytes = NULL;
	size_t len = 0, got;

	if (!file)
		return 2;
	do {
		bytes = realloc(bytes, len + 65536);
		if (!bytes)
			return 2;
		got = fread(bytes + len, 1, 65536, file);
		len += got;
	} while (got);
	fclose(file);
	got = parse_pcapng(bytes, len, stdout) ? EXIT_SUCCESS : EXIT_FAILURE;
	free(bytes);
	return (int)got;
}
