/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <string.h>

#include "session/endpoints.h"
#include "session/known.h"
#include "session/stream.h"
#include "session/trace.h"
#include "unit.h"

/* What the session keeps of its endpoints, without a process, and without memory. */

#define PLENTY (-1)

/* So many allocations succeed from here on. Check allocates, too: it asserts with PLENTY. */
static int allocations = PLENTY;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static bool may_allocate(void)
{
	if (allocations > 0)
		allocations--;
	else if (!allocations)
		return false;
	return true;
}

void *__wrap_malloc(size_t size)
{
	return may_allocate() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
	return may_allocate() ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *old, size_t size)
{
	return may_allocate() ? __real_realloc(old, size) : NULL;
}

static struct session session;
static char name[] = "main";
static struct owner owner = {.name = name};

static void close_session(void)
{
	endpoints_free(&session);
	trace_free(&session);
}

static bool was_out_of_memory(void)
{
	bool was = session.out_of_memory;

	session.out_of_memory = false;
	return was;
}

static struct endpoint udp(uint32_t recv_queue)
{
	return (struct endpoint){.has = FIELD_STATE | FIELD_RECV_QUEUE,
				 .family = AF_INET,
				 .type = SOCK_DGRAM,
				 .protocol = IPPROTO_UDP,
				 .state = STATE_UNCONNECTED,
				 .recv_queue = recv_queue};
}

static struct endpoint tcp(enum endpoint_state state)
{
	struct endpoint endpoint = {.has = FIELD_STATE | FIELD_TCP_INFO,
				    .family = AF_INET,
				    .type = SOCK_STREAM,
				    .protocol = IPPROTO_TCP,
				    .state = state,
				    .tcp_info_len = ENDPOINT_TCP_INFO};

	memset(endpoint.tcp_info, (int)state, ENDPOINT_TCP_INFO);
	return endpoint;
}

/* It has a descriptor. */
static struct known *meet(uint64_t key)
{
	struct known *known = known_new(&session, &owner, key);

	ck_assert_ptr_nonnull(known);
	known->refs = 1;
	return known;
}

/* In the step that is being made. */
static void read_as(struct known *known, struct endpoint endpoint)
{
	struct endpoint *now = known_write(&session, known);

	known_concern(&session, known, SHOWN_TOUCHED);
	ck_assert_ptr_nonnull(now);
	endpoint_copy(now, &endpoint);
}

START_TEST(of_a_step)
{
	struct known *known;
	struct endpoint first = udp(1), second = udp(2);

	endpoints_begin(&session);
	known = meet(5);
	ck_assert(!known->shown && !known->now->has && !known->last->has);
	read_as(known, first);
	ck_assert_uint_eq(known->last->has, 0);
	ck_assert(endpoint_same(known->now, &first));
	endpoints_commit(&session);
	ck_assert(known->shown && !known->read);
	ck_assert_ptr_eq(known->now, known->last);
	ck_assert(endpoint_same(known->now, &first));
	/* Writing leaves what was shown alone, and begins with it. */
	endpoints_begin(&session);
	ck_assert(endpoint_same(known_write(&session, known), &first));
	ck_assert_ptr_eq(known_write(&session, known), known->now);
	read_as(known, second);
	ck_assert(endpoint_same(known->last, &first));
	ck_assert(endpoint_same(known->now, &second));
	endpoints_commit(&session);
	ck_assert(endpoint_same(known->last, &second));
	ck_assert(!known->read);
	/* A step that has nothing new to tell of it. */
	endpoints_begin(&session);
	known_concern(&session, known, SHOWN_PEER);
	endpoints_commit(&session);
	ck_assert(endpoint_same(known->now, &second));
	close_session();
}
END_TEST

/* As status does: it reads, and the next step still tells what has changed since the last one. */
START_TEST(read_and_not_shown)
{
	struct known *changed, *same;
	struct endpoint first = udp(1), second = udp(2);

	endpoints_begin(&session);
	changed = meet(5);
	same = meet(6);
	read_as(changed, first);
	read_as(same, first);
	endpoints_commit(&session);
	endpoints_begin(&session);
	read_as(changed, second);
	read_as(same, first);
	endpoints_begin(&session);
	ck_assert(endpoint_same(changed->now, &second));
	ck_assert(endpoint_same(changed->last, &first));
	ck_assert_ptr_null(same->read);
	ck_assert_ptr_eq(same->now, same->last);
	ck_assert(endpoint_same(same->now, &first));
	known_concern(&session, changed, SHOWN_TOUCHED);
	ck_assert_uint_eq(endpoint_diff(changed->last, changed->now), FIELD_RECV_QUEUE);
	endpoints_commit(&session);
	ck_assert(endpoint_same(changed->last, &second));
	ck_assert_ptr_null(changed->read);
	close_session();
}
END_TEST

START_TEST(sizes_that_change)
{
	static const enum endpoint_state states[] = {STATE_CLOSED, STATE_ESTABLISHED, STATE_CLOSED};
	struct known *known;
	size_t i;

	endpoints_begin(&session);
	known = meet(5);
	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		struct endpoint endpoint = tcp(states[i]);

		if (states[i] == STATE_CLOSED)
			endpoint.tcp_info_len = i;
		endpoints_begin(&session);
		read_as(known, endpoint);
		endpoints_commit(&session);
		ck_assert(endpoint_same(known->last, &endpoint));
		ck_assert_mem_eq(known->now->tcp_info, endpoint.tcp_info, endpoint.tcp_info_len);
	}
	ck_assert_int_eq(known->path->count, 3);
	close_session();
}
END_TEST

/* However many are read at once, no more room is kept than steps want; and a step takes it. */
START_TEST(rooms)
{
	struct known *known = NULL;
	struct endpoint *now;
	uint64_t key;

	endpoints_begin(&session);
	for (key = 1; key <= ROOMS * 3; key++) {
		known = meet(key);
		read_as(known, udp((uint32_t)key));
	}
	ck_assert_uint_eq(session.room_count, 0);
	endpoints_commit(&session);
	ck_assert_uint_eq(session.room_count, ROOMS);
	endpoints_begin(&session);
	known_concern(&session, known, SHOWN_TOUCHED);
	allocations = 0;
	now = known_write(&session, known);
	allocations = PLENTY;
	ck_assert_ptr_nonnull(now);
	ck_assert_uint_eq(session.room_count, ROOMS - 1);
	now->recv_queue++;
	allocations = 0;
	endpoints_commit(&session);
	allocations = PLENTY;
	ck_assert_uint_eq(session.room_count, ROOMS);
	ck_assert(!was_out_of_memory());
	/* What is read and gone gives it back, too. */
	endpoints_begin(&session);
	read_as(known, udp(1));
	known_forget(&session, known);
	session.concerned_count = 0;
	ck_assert_uint_eq(session.room_count, ROOMS);
	close_session();
}
END_TEST

START_TEST(nothing_new_without_memory)
{
	struct known *known = NULL;
	int enough;

	for (enough = 0; !known; enough++) {
		ck_assert_int_lt(enough, 10);
		allocations = enough;
		known = known_new(&session, &owner, 5);
		allocations = PLENTY;
		ck_assert(was_out_of_memory() == !known);
		ck_assert_ptr_eq(map_get(&session.by_key, 5), known);
		ck_assert_ptr_eq(session.all, known);
	}
	ck_assert_int_gt(enough, 3);
	known->refs = 1;
	close_session();
}
END_TEST

START_TEST(nothing_written_without_memory)
{
	struct endpoint endpoint = udp(1), *now;
	struct known *known;

	endpoints_begin(&session);
	known = meet(5);
	read_as(known, endpoint);
	endpoints_commit(&session);
	free(session.rooms[--session.room_count]);
	allocations = 0;
	now = known_write(&session, known);
	allocations = PLENTY;
	ck_assert_ptr_null(now);
	ck_assert(was_out_of_memory());
	ck_assert(endpoint_same(known->now, &endpoint));
	ck_assert_ptr_nonnull(known_write(&session, known));
	close_session();
}
END_TEST

/* What cannot be kept is still known, and shown as changed once more. */
START_TEST(nothing_kept_without_memory)
{
	struct endpoint closed = tcp(STATE_CLOSED), established = tcp(STATE_ESTABLISHED);
	struct known *known;

	closed.tcp_info_len = 0;
	endpoints_begin(&session);
	known = meet(5);
	read_as(known, established);
	allocations = 0;
	known_shown(&session, known);
	allocations = PLENTY;
	ck_assert(was_out_of_memory());
	ck_assert(!known->shown);
	ck_assert(endpoint_same(known->now, &established));
	endpoints_commit(&session);
	ck_assert(known->shown && !was_out_of_memory());
	endpoints_begin(&session);
	read_as(known, closed);
	allocations = 0;
	endpoints_commit(&session);
	allocations = PLENTY;
	ck_assert(was_out_of_memory());
	ck_assert(endpoint_same(known->last, &established));
	ck_assert(endpoint_same(known->now, &closed));
	endpoints_begin(&session);
	ck_assert(endpoint_same(known->now, &closed));
	known_concern(&session, known, SHOWN_TOUCHED);
	endpoints_commit(&session);
	ck_assert(endpoint_same(known->last, &closed));
	ck_assert_ptr_null(known->read);
	close_session();
}
END_TEST

START_TEST(no_path_without_memory)
{
	struct known *known, *twin;
	bool was[3];

	endpoints_begin(&session);
	known = meet(5);
	twin = meet(5 | KNOWN_TWIN);
	read_as(known, tcp(STATE_ESTABLISHED));
	allocations = 0;
	trace_child(&session, known);
	was[0] = was_out_of_memory();
	trace_step(&session, known);
	was[1] = was_out_of_memory();
	trace_twin(&session, known, twin);
	was[2] = was_out_of_memory();
	allocations = PLENTY;
	ck_assert(was[0] && was[1] && was[2]);
	ck_assert(!known->path && !twin->path);
	trace_step(&session, known);
	ck_assert_int_eq(known->path->count, 1);
	trace_twin(&session, known, twin);
	ck_assert(known->path->twin && !twin->path->twin);
	ck_assert_int_eq(twin->path->count, 1);
	close_session();
}
END_TEST

/* It is not known where the sends end until nothing is on its way. */
START_TEST(no_ends_without_memory)
{
	struct stream stream = {0};
	int result;

	allocations = 0;
	result = stream_sent(&stream, 3);
	allocations = PLENTY;
	ck_assert_int_eq(result, -1);
	ck_assert_int_eq(stream_sent(&stream, 4), 0);
	ck_assert_uint_eq(stream_taken(&stream, 3), 0);
	ck_assert_uint_eq(stream_taken(&stream, 4), 0);
	ck_assert_int_eq(stream_sent(&stream, 1), 0);
	ck_assert_int_eq(stream_sent(&stream, 2), 0);
	ck_assert_uint_eq(stream_taken(&stream, 3), 2);
	stream_free(&stream);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("known");
	TCase *steps = tcase_create("steps"), *memory = tcase_create("memory");

	tcase_add_test(steps, of_a_step);
	tcase_add_test(steps, read_and_not_shown);
	tcase_add_test(steps, sizes_that_change);
	tcase_add_test(steps, rooms);
	suite_add_tcase(suite, steps);
	tcase_add_test(memory, nothing_new_without_memory);
	tcase_add_test(memory, nothing_written_without_memory);
	tcase_add_test(memory, nothing_kept_without_memory);
	tcase_add_test(memory, no_path_without_memory);
	tcase_add_test(memory, no_ends_without_memory);
	suite_add_tcase(suite, memory);
	return unit_main(suite);
}
