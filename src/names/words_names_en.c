/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/words_table.h"

/* Of the functions that turn names, text and bytes into one another. */
/* clang-format off */
const struct words_entry words_names_en[] = {
	{"order.big", "this machine has the network's order of bytes, so nothing changes here. Most machines have the other one: a program that leaves the function out works here, and not there."},
	{"order.came-address", "left as it came, {host} would be taken for {network}: the network sends the highest byte first, and this machine has the lowest one first."},
	{"order.came-port", "left as it came, port {host} would be taken for {network}: the network sends the highest byte first, and this machine has the lowest one first."},
	{"order.same", "these bytes read the same in both directions, so the order makes no difference: a mistake with htons or htonl does not show here."},
	{"order.sent-address", "left as it is, {host} would be sent as {network}: the network takes the first byte in memory for the highest, and this machine has the lowest one there."},
	{"order.sent-port", "a port of {host} left as it is would be sent as {network}: the network takes the first byte in memory for the highest, and this machine has the lowest one there."},
	{"pton.blank", "a blank is no part of an address."},
	{"pton.brackets", "the brackets belong to an address with a port, such as [::1]:80; they are no part of the address."},
	{"pton.digits", "{part} is too long: a group is 16 bits, four hex digits at most."},
	{"pton.empty", "the text is empty."},
	{"pton.end", "it begins or ends with a single colon."},
	{"pton.expects", "Expected: four decimal numbers from 0 to 255 with dots between, such as 127.0.0.1."},
	{"pton.expects6", "Expected: eight groups of up to four hex digits with colons between, where one row of zeros may be written ::, such as 2001:db8::1; the last two groups may be an IPv4 address."},
	{"pton.few", "it has too few parts: {n}, not four. The old inet_aton fills up what is missing, so that 127.1 means 127.0.0.1; inet_pton does not."},
	{"pton.few6", "it has too few groups: {n}, not eight, and no :: in place of the others."},
	{"pton.full", "it has {n} groups and ::, which stands for one more at least; that is more than eight."},
	{"pton.gap", "a number is missing before, between or behind the dots."},
	{"pton.hex", "a number is written in hex (0x). The old inet_aton takes that; inet_pton does not."},
	{"pton.is4", "this is how an IPv4 address is written: its family is AF_INET. Mapped into IPv6 it is ::ffff:{part}."},
	{"pton.is6", "this is how an IPv6 address is written: its family is AF_INET6."},
	{"pton.large", "{part} is more than 255, and each number is one byte."},
	{"pton.many", "it has too many parts: {n}, not four."},
	{"pton.many6", "it has too many groups: {n}, not eight."},
	{"pton.name", "there are letters in it, as in a name: names are looked up by getaddrinfo."},
	{"pton.port", "the port, {part}, is no part of the address: it goes to a field of its own, sin_port, through htons."},
	{"pton.prefix", "{part} is the length of a prefix, and no part of an address."},
	{"pton.scope", "{part} is a scope, which names an interface; it is no part of the 16 bytes, and goes to a field of its own, sin6_scope_id. getaddrinfo takes both at once."},
	{"pton.strange", "{part} has no place in an address."},
	{"pton.tail", "{part} is not an IPv4 address at its end."},
	{"pton.twice", "it has more than one ::, so nobody could tell how many zeros each stands for."},
	{"pton.zeros", "{part} has a leading zero. The old inet_aton takes such a number for octal; inet_pton takes it for a mistake."},
};
/* clang-format on */

const size_t words_names_en_count = COUNT_OF(words_names_en);
