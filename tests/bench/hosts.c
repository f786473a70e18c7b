/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes N hosts and ends: "hosts N". A host is a network with a TUN device; all are in one user
 * namespace.
 */
#include <err.h>
#include <stdlib.h>

#include "nets.h"

int main(int argc, char **argv)
{
	long count = argc == 2 ? strtol(argv[1], NULL, 10) : 0, i;

	if (count <= 0 || count > 250)
		errx(2, "usage: hosts N");
	nets_user();
	for (i = 1; i <= count; i++) {
		if (i > 1)
			nets_next();
		nets_tun((int)i);
	}
	return 0;
}
