/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_FAILURE_H
#define SOCKSTEP_BASE_FAILURE_H

/*
 * A call of sockstep's own that failed, so that something is not known that could have been: the
 * first of them is kept until it is told. All zero is none.
 */
struct failure {
	const char *call; /* static, so that it means the same in each process; NULL: none */
	int error;
};

/* Both take errno as it is, and keep it. FAILURE may be NULL: nobody wants to know. */
void failure_note(struct failure *failure, const char *call);

/*
 * The same, unless errno is an answer to what was asked: there is no such thing, its kind knows
 * nothing of that, it is not for this user.
 */
void failure_note_unless_answer(struct failure *failure, const char *call);

#endif
