/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

int grow(void *list, size_t *cap, size_t count, size_t size)
{
	size_t more = *cap ? *cap * 2 : 8;
	void *old, *data;

	if (count < *cap)
		return 0;
	memcpy(&old, list, sizeof(old));
	data = reallocarray(old, more, size);
	if (!data)
		return -1;
	memcpy(list, &data, sizeof(data));
	*cap = more;
	return 0;
}
