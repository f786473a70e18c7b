/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int error_set(struct error *err, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(err->text, sizeof(err->text), format, ap);
	va_end(ap);
	err->column = 0;
	err->length = 0;
	return -1;
}

int error_at(struct error *err, int column, int length, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(err->text, sizeof(err->text), format, ap);
	va_end(ap);
	err->column = column;
	err->length = length;
	return -1;
}

int error_errno(struct error *err, const char *what)
{
	int saved = errno;

	error_set(err, "%s: %s", what, strerror(saved));
	errno = saved;
	return -1;
}
