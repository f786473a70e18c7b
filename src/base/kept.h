/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_KEPT_H
#define SOCKSTEP_BASE_KEPT_H

#include "base/buf.h"
#include "base/failure.h"

/*
 * What is kept from one run to the next: files in $XDG_STATE_HOME/sockstep that nobody else can
 * read. Where a call fails, FAILURE says which one.
 */

/*
 * The directory, which is made with its parents as the base directory specification says. *DIR is
 * its path, to be freed, or NULL where that is not even known. Returns 0, or -1.
 */
int kept_dir(char **dir, struct failure *failure);

/*
 * Opens, and makes, a regular file of it; FLAGS as of open(2). Returns the descriptor, or -1.
 */
int kept_open(const char *dir, const char *name, int flags, struct failure *failure);

/* Both return 0, or -1. Appending opens the file anew: another sockstep may have replaced it. */
int kept_write(int fd, const struct buf *text, struct failure *failure);
int kept_append(const char *dir, const char *name, const struct buf *text, struct failure *failure);

#endif
