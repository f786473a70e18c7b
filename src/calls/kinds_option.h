/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_KINDS_OPTION_H
#define SOCKSTEP_CALLS_KINDS_OPTION_H

#include "calls/call.h"
#include "names/options.h"

/* Values of socket options, from what is typed to bytes and back. */

/* Bytes that a value may have. */
#define OPTION_BYTES_MOST (1 << 16)

/*
 * Reads what stands for an option's value (OPTION NULL: one of no known type) and adds its bytes
 * to OUT: one value, or fields such as `on=1 seconds=0`, in braces or without, by name or in
 * order; what is not given is 0. hex:… are bytes for any option. Returns 0, or -1 with the place
 * in ERR, from 1 within TEXT.
 */
int option_read(const struct option *option, const struct resolver *resolver, const char *text,
		size_t len, struct buf *out, struct error *err);

/* Elements of a layout, one a line of a file; adds them to OUT. ERR names file and line. */
int option_read_file(const char *path, const struct option_layout *element, struct buf *out,
		     struct error *err);

/* The fields of LAYOUT, all of which must be there with EVERY. For option_read_file(). */
int option_read_line(const struct option_layout *layout, const char *text, size_t len, bool every,
		     struct buf *out, struct error *err);

/* The room that the kernel is given for a value, in bytes. */
size_t option_room(const struct option *option);

/* option_print() without the brackets of a value without parts. */
void option_print_plain(struct buf *out, int network, const struct option *option, const void *data,
			size_t len);

/* Nothing but its bytes: as a string where it is one. */
void option_print_bytes(struct buf *out, const struct option *option, const void *data, size_t len);

/* One field of a value that has no list: as it stands behind its name. */
void option_print_field(struct buf *out, int network, const struct option_field *field,
			const void *data, size_t len);

#endif
