/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/now.h"

#include <time.h>

long now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}
