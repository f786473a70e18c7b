/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/failure.h"

#include <errno.h>
#include <stddef.h>

#include "base/grow.h"

void failure_note(struct failure *failure, const char *call)
{
	if (failure && !failure->call)
		*failure = (struct failure){call, errno};
}

void failure_note_unless_answer(struct failure *failure, const char *call)
{
	static const int answers[] = {EBADF,  ENOTSOCK, ENOPROTOOPT, EOPNOTSUPP, EINVAL, ENOTCONN,
				      ENOTTY, ENOENT,   ENOTDIR,     ESRCH,      EACCES, EPERM};
	size_t i;

	for (i = 0; i < COUNT_OF(answers); i++)
		if (errno == answers[i])
			return;
	failure_note(failure, call);
}
