/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPL_INPUT_H
#define SOCKSTEP_REPL_INPUT_H

#include <stdio.h>

/*
 * Bytes on their way from the terminal to readline, which writes a character that was pasted as it
 * is: C1, which would drive the terminal, becomes U+FFFD. Control characters of ASCII pass, since
 * they are keys; readline shows them as ^X. All zero at the beginning.
 */
struct input {
	unsigned char ahead[3]; /* to be given before the stream's next byte */
	int count;
};

/* As rl_getc(): a byte, or EOF. */
int input_getc(struct input *input, FILE *stream);

#endif
