/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the victim alone: with this macro the headers call other functions than those wrapped. */
#undef _FORTIFY_SOURCE
