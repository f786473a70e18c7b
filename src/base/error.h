/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_ERROR_H
#define SOCKSTEP_BASE_ERROR_H

/*
 * What went wrong, in one line for the person at the prompt, and where in the line that they
 * typed. The text may hold bytes that came from outside; whoever prints it escapes it.
 */
struct error {
	char text[512];
	int column; /* first byte of the place, from 1; 0: no place */
	int length; /* bytes of the place */
};

/* Sets the text and clears the place. Returns -1, so that a caller can return it. */
int error_set(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same with a place. */
int error_at(struct error *err, int column, int length, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* "WHAT: text of errno"; keeps errno. Returns -1. */
int error_errno(struct error *err, const char *what);

#endif
