/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_LAB_NAMESPACE_H
#define SOCKSTEP_LAB_NAMESPACE_H

#include "base/error.h"

/*
 * Moves the calling process into a user namespace of its own, and into others by FLAGS
 * (CLONE_NEWNET …) that this one then rules. The user and the group stay what they were. The
 * process must have one thread. Returns 0; -1 with ERR set, which names the cause and, where known,
 * the remedy.
 */
int namespace_user(int flags, struct error *err);

/*
 * Why CALL, which makes a namespace or fills it in, failed with this errno: sets ERR to the cause,
 * and the remedy where one is known. Returns -1.
 */
int namespace_refused(const char *call, int error, struct error *err);

/* Writes TEXT to a file of /proc in one go. Returns 0, or -1 with errno set. */
int namespace_write(const char *path, const char *text);

#endif
