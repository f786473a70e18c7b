/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/words_table.h"

/* An entry a line, so that translations can be laid beside it. */
/* clang-format off */
const struct words_entry words_en[] = {
	{"waits.accept", "a connection on fd {fd}"},
	{"waits.close", "unsent data of fd {fd} to be sent (SO_LINGER)"},
	{"waits.connect", "an answer to the SYN of fd {fd}"},
	{"waits.poll", "one of its descriptors to become ready"},
	{"waits.recv", "data on fd {fd}"},
	{"waits.send", "room in the send buffer of fd {fd}"},
};
/* clang-format on */

const size_t words_en_count = COUNT_OF(words_en);
