/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_FIELDS_H
#define SOCKSTEP_REPORT_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "kernel/tcp_info.h"
#include "session/step.h"

/* How JSON writes a field whose text print() adds. */
enum field_form {
	FORM_STRING,
	FORM_NUMBER,
	FORM_YES,     /* "yes" and "no": a boolean */
	FORM_QUEUE,   /* "1/2": an object of length and backlog */
	FORM_TIMER,   /* its kind: an object with expiry and retransmits */
	FORM_LIST,    /* numbers with commas: an array */
	FORM_SHARED,  /* "child:5": an array of objects */
	FORM_WATCHES, /* numbers with commas: an array of objects */
};

/* What of JSON has a field. */
enum field_in {
	IN_ALL,
	IN_DETAIL, /* only where everything is shown */
	IN_OTHER,  /* only what is no socket */
};

struct field {
	const char *name;
	const char *key; /* for emit_ready_key() */
	size_t key_len;
	uint32_t changes; /* the bit of endpoint_diff() that tells that it changed; 0: none does */
	enum field_form form;
	enum field_in in;
	/*
	 * Adds the value that ENDPOINT (now or was of SHOWN) has; false, with nothing added,
	 * where it has none or the kernel did not tell.
	 */
	bool (*print)(struct buf *out, const struct shown *shown, const struct endpoint *endpoint);
};

/* In the order of JSON; those that not all have last. */
extern const struct field report_fields[];
extern const size_t report_field_count;

const struct field *field_find(const char *name, size_t len);

/* A value of struct tcp_info as JSON and expect have it: a number, or the name of a state. */
void field_print_tcp(struct buf *out, const struct tcp_info_field *field, uint64_t value);

/* What /proc and ss call the i-th number of SK_MEMINFO, and what it tells; NULL past the last. */
const char *field_skmem_name(size_t i);
const char *field_skmem_text(size_t i);

#endif
