/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every option that the kernel's headers name is in the table, and a value of it can be typed. */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"
#include "calls/confine.h"
#include "calls/kinds_option.h"
#include "names/options.h"
#include "names/options_numbers.h"
#include "net/interface.h"
#include "unit.h"

/* What may not be felt beyond a stranger's page: only where the network is everybody's. */
START_TEST(pages_reach_no_others)
{
	struct resolver page = {.confined = true, .shared = true};
	struct resolver private = {.confined = true}, person = {.shared = true};
	struct error err;
	unsigned count = 0;

	for (size_t i = 0; i < options_count; i++) {
		const struct option *option = &options[i];
		int result = confine_option(&page, option->level, option->value, &err);

		if (!(option->access & OPTION_SET))
			continue;
		ck_assert_msg((result < 0) == option->beyond, "%s", option->name);
		if (option->beyond)
			ck_assert_msg(strstr(err.text, option->name), "%s", err.text);
		count += option->beyond;
		ck_assert_int_eq(confine_option(&private, option->level, option->value, &err), 0);
		ck_assert_int_eq(confine_option(&person, option->level, option->value, &err), 0);
		ck_assert_int_eq(confine_option(NULL, option->level, option->value, &err), 0);
	}
	ck_assert_uint_ge(count, 12);
	ck_assert_int_lt(confine_option(&page, IPPROTO_TCP, TCP_REPAIR, &err), 0);
	ck_assert_int_lt(confine_option(&page, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &err), 0);
	ck_assert_int_eq(confine_option(&page, SOL_SOCKET, SO_REUSEADDR, &err), 0);
	ck_assert_int_eq(confine_option(&page, SOL_SOCKET, 4711, &err), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("options_names");
	TCase *table = tcase_create("table");

	tcase_add_test(table, pages_reach_no_others);
	suite_add_tcase(suite, table);
	return unit_main(suite);
}
