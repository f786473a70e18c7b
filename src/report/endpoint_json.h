/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_ENDPOINT_JSON_H
#define SOCKSTEP_REPORT_ENDPOINT_JSON_H

#include "report/emit.h"
#include "session/step.h"

/* Endpoints as members of an object of JSON, driven by the table of fields. */

/* "endpoints": those of a step, each with what it was. */
void endpoints_json(struct emit *emit, const struct shown *list, size_t count);

enum endpoint_detail {
	ENDPOINT_USUAL,  /* the fields of a step */
	ENDPOINT_FIELDS, /* all fields */
	ENDPOINT_ALL,    /* and skmem, tcp_info, algorithm */
};

/* "endpoint": one. */
void endpoint_json(struct emit *emit, const struct shown *shown, enum endpoint_detail detail);

#endif
