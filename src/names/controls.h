/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NAMES_CONTROLS_H
#define SOCKSTEP_NAMES_CONTROLS_H

#include "names/options.h"

/*
 * The control messages of sendmsg() and recvmsg(): one entry for each kind. What one carries is
 * described as the value of a socket option is, so that it is read and printed in the same way:
 * `value` has its name, cmsg_level, cmsg_type and layout; its access says whether it is received
 * (OPTION_GET), sent (OPTION_SET), or both.
 */
struct control {
	const char *word; /* how it is typed: rights=4,5; NULL: it is never sent */
	struct option value;
};

extern const struct control controls[];
extern const size_t controls_count;

/* NULL: none is known. */
const struct control *controls_entry(int level, int type);

/* By its word, or by its name ("SCM_RIGHTS", "RIGHTS"). NULL: none. */
const struct control *controls_find(const char *word, size_t len);

/* Whether it carries descriptors, which are new ones in who receives it. */
bool controls_has_descriptors(const struct control *control);

#endif
