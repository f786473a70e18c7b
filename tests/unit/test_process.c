/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "process_driver.h"

START_TEST(first_socket_is_3)
{
	struct frame frame = {.call = OWN_SOCKET, .result_is_fd = true};

	ck_assert_str_eq(process_name(process), "main");
	ck_assert_int_gt(process_pid(process), 0);
	ck_assert(process_alive(process));
	ck_assert_int_eq(make(&frame), 3);
	ck_assert_int_eq(frame.reads, 1);
	ck_assert_int_eq(frame.told[0].fd, 3);
	ck_assert(frame.told[0].socket);
	ck_assert_int_eq(frame.told[0].endpoint.state, STATE_CLOSED);
	ck_assert_int_eq(own(OWN_SOCKET, 0), 4);
}
END_TEST

START_TEST(in_bytes)
{
	unsigned char bytes[] = {1, 2, 3};
	struct frame frame = {.call = OWN_ADD,
			      .arg[0] = {.way = FRAME_IN, .data = bytes, .size = 3}};

	ck_assert_int_eq(make(&frame), 6);
	ck_assert_ptr_null(frame.arg[0].data);
}
END_TEST

START_TEST(out_bytes)
{
	struct frame frame = {.call = OWN_FILL,
			      .arg[0] = {.way = FRAME_OUT, .number = 7, .size = 100}};
	int i;

	ck_assert_int_eq(make(&frame), 1);
	ck_assert_int_eq(frame.arg[0].size, 100);
	for (i = 0; i < 100; i++)
		ck_assert_int_eq(((char *)frame.arg[0].data)[i], 7);
	process_frame_free(&frame);
	ck_assert_ptr_null(frame.arg[0].data);
}
END_TEST

START_TEST(out_without_room_is_null)
{
	struct frame frame = {.call = OWN_FILL, .arg[0] = {.way = FRAME_OUT}};

	ck_assert_int_eq(make(&frame), 0);
	ck_assert_ptr_null(frame.arg[0].data);
}
END_TEST

START_TEST(both_ways)
{
	char bytes[] = "HAL";
	struct frame frame = {.call = OWN_CHANGE,
			      .arg[0] = {.way = FRAME_BOTH, .data = bytes, .size = 3}};

	ck_assert_int_eq(make(&frame), 0);
	ck_assert_mem_eq(frame.arg[0].data, "IBM", 3);
	ck_assert_str_eq(bytes, "HAL");
	process_frame_free(&frame);
}
END_TEST

START_TEST(errno_is_kept)
{
	struct frame frame = {.call = OWN_FAIL, .arg[0].number = EXDEV};

	ck_assert_int_eq(make(&frame), -1);
	ck_assert_int_eq(frame.error, EXDEV);
	ck_assert_int_eq(own(OWN_NULL, 0), 1);
}
END_TEST

/* Shared pages of this program, in KiB. */
static long shared_kib(void)
{
	char line[256];
	long value = -1;
	FILE *file = fopen("/proc/self/status", "r");

	ck_assert_ptr_nonnull(file);
	while (fgets(line, sizeof(line), file))
		if (sscanf(line, "RssShmem: %ld", &value) == 1)
			break;
	fclose(file);
	return value;
}

START_TEST(large_bytes_are_given_back)
{
	unsigned char *bytes = malloc(LARGE);
	long before = shared_kib();
	int i;

	ck_assert_ptr_nonnull(bytes);
	memset(bytes, 1, LARGE);
	/* More than the whole large room, if none of it came back. */
	for (i = 0; i < (int)(CHANNEL_LARGE / LARGE) + 2; i++) {
		struct frame in = {.call = OWN_ADD,
				   .arg[0] = {.way = FRAME_IN, .data = bytes, .size = LARGE}};
		struct frame out = {.call = OWN_FILL,
				    .arg[0] = {.way = FRAME_OUT, .number = 1, .size = LARGE}};

		ck_assert_int_eq(make(&in), LARGE);
		ck_assert_int_eq(make(&out), 1);
		ck_assert_mem_eq(out.arg[0].data, bytes, LARGE);
		process_frame_free(&out);
	}
	free(bytes);
	ck_assert_int_lt(shared_kib() - before, 1024);
}
END_TEST

START_TEST(more_bytes_than_fit)
{
	struct frame frame = {.call = OWN_FILL,
			      .arg[0] = {.way = FRAME_OUT, .size = CHANNEL_LARGE + 1}};
	struct error err = {0};
	int i;

	/* A refused call must not keep its slot. */
	for (i = 0; i < CHANNEL_SLOTS + 1; i++) {
		ck_assert_uint_eq(process_call(process, &frame, &err), 0);
		ck_assert_ptr_nonnull(strstr(err.text, "bytes"));
	}
	ck_assert_int_eq(own(OWN_SOCKET, 0), 3);
}
END_TEST

START_TEST(blocked_calls_block_nobody)
{
	long fd = own(OWN_LISTEN, 0);
	uint32_t ids[10];
	int i;

	for (i = 0; i < 10; i++)
		ids[i] = block(fd);
	for (i = 0; i < 10; i++)
		wait_asleep(ids[i]);
	ck_assert_int_eq(own(OWN_NULL, fd), 0);
	/* An accept that waits has its descriptor already: 3 is the listener, 4 to 13 are theirs.
	 */
	ck_assert_int_eq(own(OWN_SOCKET, 0), 14);
	interrupt_all(ids, 10);
	for (i = 0; i < 10; i++)
		ck_assert_int_eq(process_phase(process, ids[i]), PHASE_GONE);
}
END_TEST

START_TEST(phases)
{
	struct frame frame;
	uint32_t id = block(own(OWN_LISTEN, 0));

	wait_asleep(id);
	ck_assert_int_eq(process_phase(process, id), PHASE_ASLEEP);
	ck_assert_int_eq(process_phase(process, id + 1), PHASE_GONE);
	ck_assert_int_eq(process_answer(process, &id, &frame, 0), PROCESS_NOTHING);
	ck_assert_int_eq(process_answer(process, &id, &frame, 20000), PROCESS_NOTHING);
	interrupt_all(&id, 1);
	ck_assert_int_eq(process_phase(process, id), PHASE_GONE);
}
END_TEST

START_TEST(an_interrupt_hits_its_call_alone)
{
	long fd = own(OWN_LISTEN, 0);
	uint32_t first = block(fd), second = block(fd);
	struct frame frame;

	wait_asleep(first);
	wait_asleep(second);
	interrupt_all(&second, 1);
	ck_assert_int_eq(process_phase(process, first), PHASE_ASLEEP);
	ck_assert_int_eq(process_answer(process, &second, &frame, 0), PROCESS_NOTHING);
	/* Nobody's: let pass. */
	process_interrupt(process, second);
	ck_assert_int_eq(own(OWN_NULL, 0), 1);
}
END_TEST

START_TEST(an_answer_wakes_poll)
{
	struct pollfd poller = {.fd = process_poll_fd(process), .events = POLLIN};
	struct frame frame = {.call = OWN_SOCKET};
	uint32_t id;

	ck_assert_int_eq(poll(&poller, 1, 0), 0);
	id = send_call(&frame);
	/* One that has come while the call was sent wakes nobody: it is asked for before. */
	if (!process_has_answer(process))
		ck_assert_int_eq(poll(&poller, 1, PATIENCE_US / 1000), 1);
	ck_assert(process_has_answer(process));
	ck_assert_uint_eq(answer(&frame), id);
	ck_assert(!process_has_answer(process));
	ck_assert_int_eq(process_answer(process, &id, &frame, 0), PROCESS_NOTHING);
	ck_assert_int_eq(poll(&poller, 1, 0), 0);
}
END_TEST

START_TEST(read_and_list)
{
	struct descriptor told[3];
	int fds[8], asked[] = {0, 3, 77};

	ck_assert_int_eq(own(OWN_SOCKET, 0), 3);
	ck_assert_int_eq(process_list(process, 0, fds, 8), 4);
	ck_assert_int_eq(fds[0], 0);
	ck_assert_int_eq(fds[3], 3);
	ck_assert_int_eq(process_list(process, 0, fds, 2), 4);
	ck_assert_int_eq(process_read(process, asked, 3, told), 0);
	ck_assert(told[0].open && !told[0].socket);
	ck_assert_str_eq(told[0].what, "character device");
	ck_assert(told[1].open && told[1].socket);
	ck_assert_int_eq(told[1].endpoint.protocol, IPPROTO_TCP);
	ck_assert(!told[2].open);
}
END_TEST

START_TEST(one_option)
{
	int value = 0;

	ck_assert_int_eq(own(OWN_SOCKET, 0), 3);
	ck_assert(process_option(process, 3, SOL_SOCKET, SO_TYPE, &value));
	ck_assert_int_eq(value, SOCK_STREAM);
	ck_assert(!process_option(process, 3, SOL_SOCKET, 9999, &value));
	ck_assert(!process_option(process, 77, SOL_SOCKET, SO_TYPE, &value));
}
END_TEST

START_TEST(standard_descriptors_are_null)
{
	int fd;

	for (fd = 0; fd < 3; fd++)
		ck_assert_int_eq(own(OWN_NULL, fd), 1);
}
END_TEST

START_TEST(too_many_to_read)
{
	struct descriptor *told = calloc(FRAME_READS + 1, sizeof(*told));
	int fds[FRAME_READS + 1] = {0};
	int i;

	for (i = 0; i < CHANNEL_SLOTS + 1; i++)
		ck_assert_int_eq(process_read(process, fds, FRAME_READS + 1, told), -1);
	ck_assert_int_eq(process_read(process, fds, 1, told), 0);
	free(told);
}
END_TEST

/* Answers that come while a read is awaited are kept. */
START_TEST(answers_are_kept_in_order)
{
	struct frame frame = {.call = OWN_SOCKET};
	struct descriptor told;
	uint32_t ids[3];
	int i, fd = 0, left = 3;

	for (i = 0; i < 3; i++)
		ids[i] = send_call(&frame);
	ck_assert_int_eq(process_read(process, &fd, 1, &told), 0);
	while (left--) {
		uint32_t id = answer(&frame);

		ck_assert(id == ids[0] || id == ids[1] || id == ids[2]);
	}
	ck_assert_int_eq(own(OWN_SOCKET, 0), 6);
}
END_TEST
/* The most that may wait; the kernel is still asked about descriptors then. */
START_TEST(too_many_calls)
{
	static uint32_t ids[CHANNEL_CALLS + 1];
	long fd = own(OWN_LISTEN, 0);
	struct frame frame = {.call = OWN_ACCEPT, .may_wait = true, .arg[0].number = fd};
	struct descriptor told;
	struct error err = {0};
	int i, three = 3, count = 0;

	while (count <= CHANNEL_CALLS && (ids[count] = process_call(process, &frame, &err)))
		count++;
	ck_assert_int_eq(count, CHANNEL_CALLS);
	ck_assert_ptr_nonnull(strstr(err.text, "1024 calls wait"));
	for (i = 0; i < count; i++)
		wait_asleep(ids[i]);
	ck_assert_int_eq(process_read(process, &three, 1, &told), 0);
	ck_assert(told.socket);
	interrupt_all(ids, count);
	ck_assert_int_eq(own(OWN_SOCKET, 0), 4);
}
END_TEST

static Suite *process_suite(void)
{
	Suite *suite = suite_create("process");
	TCase *tests;

	tests = tcase_create("calls");
	tcase_add_checked_fixture(tests, start, end);
	tcase_set_timeout(tests, 40);
	tcase_add_test(tests, first_socket_is_3);
	tcase_add_test(tests, in_bytes);
	tcase_add_test(tests, out_bytes);
	tcase_add_test(tests, out_without_room_is_null);
	tcase_add_test(tests, both_ways);
	tcase_add_test(tests, errno_is_kept);
	tcase_add_test(tests, large_bytes_are_given_back);
	tcase_add_test(tests, more_bytes_than_fit);
	tcase_add_test(tests, blocked_calls_block_nobody);
	tcase_add_test(tests, phases);
	tcase_add_test(tests, an_interrupt_hits_its_call_alone);
	tcase_add_test(tests, an_answer_wakes_poll);
	tcase_add_test(tests, read_and_list);
	tcase_add_test(tests, one_option);
	tcase_add_test(tests, standard_descriptors_are_null);
	tcase_add_test(tests, too_many_to_read);
	tcase_add_test(tests, answers_are_kept_in_order);
	tcase_add_test(tests, too_many_calls);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return unit_main(process_suite());
}
