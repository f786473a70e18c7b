/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_NOW_H
#define SOCKSTEP_BASE_NOW_H

/* The one clock that deadlines are taken from: CLOCK_MONOTONIC, in microseconds. It cannot fail. */
long now_us(void);

#endif
