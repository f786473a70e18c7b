/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/why.h"
void why(struct session *session, const struct job *job, struct buf *out)
{
	(void)session;
	(void)job;
	(void)out;
}
