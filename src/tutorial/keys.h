/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TUTORIAL_KEYS_H
#define SOCKSTEP_TUTORIAL_KEYS_H

#include "tutorial/stage.h"

/* Keys of a stage, which has a terminal; nobody but the stage uses it. */

/* When a stage goes on by itself that shows so many bytes that are new; 0: never. */
long keys_deadline(const struct stage *stage, size_t bytes);

/* The next key, KEY_REDRAW or KEY_HAPPENED; KEY_NEXT at UNTIL. SESSION (NULL: none) is watched. */
enum stage_key keys_wait(struct stage *stage, struct session *session, long until);

/* Something was pressed while a command is typed: Enter has done its work then. */
void keys_hurry(struct stage *stage);

#endif
