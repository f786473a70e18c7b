/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/input.h"

#include <poll.h>
#include <stdbool.h>
#include <string.h>

#include <readline/readline.h>

#define C1_LEAD 0xc2 /* of U+0080 to U+00BF in UTF-8; the first 32 of them are C1 */

/* What is pasted comes in one piece; a lone byte is not waited for. */
static bool is_more(FILE *stream)
{
	struct pollfd fd = {.fd = fileno(stream), .events = POLLIN};

	return poll(&fd, 1, 0) > 0;
}

static int give(struct input *input)
{
	int byte = input->ahead[0];

	input->count--;
	memmove(input->ahead, input->ahead + 1, (size_t)input->count);
	return byte;
}

int input_getc(struct input *input, FILE *stream)
{
	int byte = input->count ? give(input) : rl_getc(stream), next;

	if (byte != C1_LEAD || input->count || !is_more(stream))
		return byte;
	next = rl_getc(stream);
	if (next == EOF)
		return byte;
	if (next >= 0x80 && next < 0xa0) {
		memcpy(input->ahead, "\357\277\275", 3);
		input->count = 3;
		return give(input);
	}
	input->ahead[input->count++] = (unsigned char)next;
	return byte;
}
