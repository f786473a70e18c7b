/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_TESTS_BENCH_NETS_H
#define SOCKSTEP_TESTS_BENCH_NETS_H

/*
 * What a lab is made of, made in the shortest way. Each exits with a message where it fails.
 */

/* Moves the caller into a user namespace of its own, in which the ids stay, and a new network. */
void nets_user(void);

/* Moves the caller into another new network. */
void nets_next(void);

/*
 * Takes loopback up in the caller's network, and a TUN device with the address 10.0.0.NUMBER/24.
 * Returns its descriptor. It is persistent: closing another one takes tens of milliseconds.
 */
int nets_tun(int number);

#endif
