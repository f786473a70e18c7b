/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_BASE_NOW_H
#define SOCKSTEP_BASE_NOW_H

/* The one clock that deadlines are taken from: CLOCK_MONOTONIC, in microseconds. It cannot fail. */
long now_us(void);

/* Sleeps so long, or until a signal comes. Where what is waited for has no descriptor to poll. */
void pause_us(long us);

#endif
