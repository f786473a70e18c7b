/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_COURSE_H
#define SOCKSTEP_TUTORIAL_COURSE_H

#include "base/buf.h"
#include "base/error.h"

/*
 * Where the tutorials are: beside a sockstep that was built and not installed, in `course` (a link
 * to tutorials/); else where they were installed. A page's name is NN-NAME.md, a demo's NAME.sock.
 */

/*
 * Finds a tutorial by its number, its name or a part of it that no other has, or a file by its
 * path. Returns its path, owned, or NULL with ERR set.
 */
char *course_find(const char *which, struct error *err);

/* Whether a path is one of the course's, so that progress knows it by its name alone. */
bool course_has(const char *path);

/* The number of a tutorial by its path; 0: it is none of the course. */
int course_number(const char *path);

/* The pages and demos, with what is done. Returns 0, or -1 with ERR set. */
int course_list(struct buf *out, struct error *err);

#endif
