/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_WHY_PARTS_H
#define SOCKSTEP_SESSION_WHY_PARTS_H

#include "session/cause.h"

/*
 * Explanations by errno, for the table in why.c. Each returns false where it has said nothing: then
 * the general words of the errno stand.
 */

/* why_address.c */
bool why_in_use(struct cause *cause);
bool why_access(struct cause *cause);

/* why_connection.c */
bool why_refused(struct cause *cause);
bool why_reset(struct cause *cause);
bool why_pipe(struct cause *cause);
bool why_not_connected(struct cause *cause);
bool why_connected(struct cause *cause);
bool why_again(struct cause *cause);

/* why_descriptor.c */
bool why_invalid(struct cause *cause);
bool why_bad_fd(struct cause *cause);

#endif
