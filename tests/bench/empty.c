/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it costs to start and end a program that loads the libraries of sockstep. */

int main(void)
{
	return 0;
}
