/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "process/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "process/signals.h"

/* The large room begins with a page: only whole pages can be given back. */
#define PAGE           4096
#define SLOTS_SIZE     ((CHANNEL_SLOTS * sizeof(struct request) + PAGE - 1) / PAGE * PAGE)
#define QUEUES_SIZE    ((size_t)4 * PAGE)
#define CHANNEL_SIZE   (SLOTS_SIZE + QUEUES_SIZE)
#define CHANNEL_MEMORY (CHANNEL_LARGE + CHANNELS_MOST * CHANNEL_SIZE)

/* How often a process that has nothing to do looks whether the explorer still lives. */
#define LOOK_EVERY_US 5000000

/* How often the other processes of this processor are let run before a timer is set. */
#define GIVE_WAY 4

/* More places than slots: a number is in a queue once, so none is ever full. */
#define QUEUE 2048

struct channel_queues {
	_Atomic uint32_t posted; /* futex: requests that nobody has taken */
	_Atomic uint32_t taken;  /* so far: the place of the next one */
	_Atomic uint32_t posts;
	uint16_t post[QUEUE];

	_Atomic uint32_t answered; /* futex: changes with each answer */
	_Atomic bool awaited;      /* the explorer sleeps on it, or is about to */
	_Atomic uint32_t answers;
	uint32_t seen;
	_Atomic uint16_t answer[QUEUE]; /* the slot's number and 1; 0: not written yet */

	struct failure last_words;
	_Atomic pid_t born;
	_Atomic bool expects_signals;
	_Atomic uint32_t noted;      /* signals so far */
	_Atomic uint32_t notes_seen; /* of them, by the explorer */
	struct {
		_Atomic uint32_t ready; /* its number from 1, once it is written */
		struct signal_note note;
	} notes[CHANNEL_NOTES];
};
_Static_assert(sizeof(struct channel_queues) <= QUEUES_SIZE, "the queues have pages of their own");
_Static_assert(QUEUE >= CHANNEL_SLOTS, "a queue has room for every request");

/* Shared between processes, so without FUTEX_PRIVATE_FLAG. */
static void futex_wait(_Atomic uint32_t *word, uint32_t value, long timeout_us)
{
	struct timespec wait = {.tv_sec = timeout_us / 1000000,
				.tv_nsec = timeout_us % 1000000 * 1000};

	syscall(SYS_futex, word, FUTEX_WAIT, value, &wait, NULL, 0);
}

static void futex_wake(_Atomic uint32_t *word, int count)
{
	syscall(SYS_futex, word, FUTEX_WAKE, count, NULL, NULL, 0);
}

static int open_ends(struct channels *channels, struct error *err)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return error_errno(err, "no channel to a new process: socketpair");
	channels->explorer = ends[0];
	channels->process = ends[1];
	if (pipe2(ends, O_CLOEXEC) < 0)
		return error_errno(err, "no channel to a new process: pipe2");
	channels->lifeline_there = ends[0];
	channels->lifeline = ends[1];
	return 0;
}

int channels_open(struct channels *channels, struct error *err)
{
	void *memory;

	*channels = (struct channels){
		.explorer = -1, .process = -1, .lifeline = -1, .lifeline_there = -1};
	/* Only pages that are touched cost memory; MAP_NORESERVE keeps the rest out of the books.
	 */
	memory = mmap(NULL, CHANNEL_MEMORY, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED)
		return error_errno(err, "no channel to a new process: mmap");
	channels->memory = memory;
	channels->large = channels->memory + CHANNELS_MOST * CHANNEL_SIZE;
	if (open_ends(channels, err) == 0)
		return 0;
	channels_close(channels);
	return -1;
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void channels_close_there(struct channels *channels)
{
	close_end(&channels->process);
	close_end(&channels->lifeline_there);
}

void channels_close(struct channels *channels)
{
	channels_close_there(channels);
	close_end(&channels->explorer);
	close_end(&channels->lifeline);
	if (channels->memory)
		munmap(channels->memory, CHANNEL_MEMORY);
	channels->memory = NULL;
}

struct channel channel_of(const struct channels *channels, int index)
{
	unsigned char *at = channels->memory + (size_t)index * CHANNEL_SIZE;

	return (struct channel){.slots = (struct request *)at,
				.queues = (struct channel_queues *)(at + SLOTS_SIZE)};
}

int channel_clear(const struct channels *channels, int index)
{
	return madvise(channels->memory + (size_t)index * CHANNEL_SIZE, CHANNEL_SIZE, MADV_REMOVE);
}

void channels_hang_up(struct channels *channels)
{
	close_end(&channels->explorer);
	close_end(&channels->lifeline);
}

void channel_wake(struct channel *channel)
{
	futex_wake(&channel->queues->posted, INT_MAX);
}

struct failure channel_last_words(const struct channel *channel)
{
	return channel->queues->last_words;
}

void channel_post(struct channel *channel, int slot)
{
	struct channel_queues *queues = channel->queues;

	queues->post[atomic_fetch_add(&queues->posts, 1) % QUEUE] = (uint16_t)slot;
	/* Who is woken may run at once, and answer: the socket need not tell of that. */
	atomic_store(&queues->awaited, true);
	atomic_fetch_add(&queues->posted, 1);
	futex_wake(&queues->posted, 1);
	atomic_store(&queues->awaited, false);
}

/* Whether the other end of the sockets is closed. */
static bool is_alone(int fd)
{
	char byte;

	return recv(fd, &byte, sizeof(byte), MSG_PEEK | MSG_DONTWAIT) == 0;
}

void channel_rouse(struct channel *channel)
{
	futex_wake(&channel->queues->posted, INT_MAX);
}

int channel_take(struct channel *channel, int fd)
{
	struct channel_queues *queues = channel->queues;
	uint32_t count;

	for (;;) {
		count = atomic_load(&queues->posted);
		if (count && atomic_compare_exchange_weak(&queues->posted, &count, count - 1))
			break;
		if (count)
			continue;
		futex_wait(&queues->posted, 0, LOOK_EVERY_US);
		signals_block_kept();
		if (atomic_load(&queues->posted) == 0 && is_alone(fd))
			return -1;
	}
	/*
	 * A slot that another thread has answered comes back through the explorer, in whose memory
	 * no thread sanitizer looks: this is the same order of events within the process.
	 */
	(void)atomic_load(&queues->answers);
	return queues->post[atomic_fetch_add(&queues->taken, 1) % QUEUE];
}

void channel_answer(struct channel *channel, int fd, int slot)
{
	struct channel_queues *queues = channel->queues;
	uint32_t place = atomic_fetch_add(&queues->answers, 1) % QUEUE;
	char byte = 0;

	atomic_store(&queues->answer[place], (uint16_t)(slot + 1));
	atomic_fetch_add(&queues->answered, 1);
	if (atomic_load(&queues->awaited)) {
		futex_wake(&queues->answered, 1);
		return;
	}
	/* Should the socket be full, it is readable anyway. */
	while (send(fd, &byte, sizeof(byte), MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno != EAGAIN)
		if (errno != EINTR)
			channel_give_up(channel, "send");
}

void channel_give_up(struct channel *channel, const char *call)
{
	failure_note(&channel->queues->last_words, call);
	_exit(1);
}

void channel_note(struct channel *channel, int fd, const struct signal_note *note)
{
	struct channel_queues *queues = channel->queues;
	uint32_t number = atomic_load(&queues->noted);
	char byte = 0;

	do {
		if (number - atomic_load(&queues->notes_seen) >= CHANNEL_NOTES)
			return;
	} while (!atomic_compare_exchange_weak(&queues->noted, &number, number + 1));
	queues->notes[number % CHANNEL_NOTES].note = *note;
	atomic_store(&queues->notes[number % CHANNEL_NOTES].ready, number + 1);
	atomic_fetch_add(&queues->answered, 1);
	futex_wake(&queues->answered, 1);
	send(fd, &byte, sizeof(byte), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void channel_expect_signals(struct channel *channel)
{
	atomic_store(&channel->queues->expects_signals, true);
}

bool channel_expects_signals(const struct channel *channel)
{
	return atomic_load(&channel->queues->expects_signals);
}

pid_t channel_born(const struct channel *channel)
{
	return atomic_load(&channel->queues->born);
}

void channel_be_born(struct channel *channel, pid_t pid)
{
	atomic_store(&channel->queues->born, pid);
}

bool channel_has_note(const struct channel *channel)
{
	const struct channel_queues *queues = channel->queues;
	uint32_t seen;

	if (!queues)
		return false;
	seen = atomic_load(&queues->notes_seen);
	return atomic_load(&queues->notes[seen % CHANNEL_NOTES].ready) == seen + 1;
}

bool channel_noted(struct channel *channel, struct signal_note *out)
{
	struct channel_queues *queues = channel->queues;
	uint32_t seen;

	if (!channel_has_note(channel))
		return false;
	seen = atomic_load(&queues->notes_seen);
	*out = queues->notes[seen % CHANNEL_NOTES].note;
	atomic_store(&queues->notes_seen, seen + 1);
	return true;
}

int channel_answered(struct channel *channel)
{
	struct channel_queues *queues = channel->queues;
	int slot = queues ? atomic_exchange(&queues->answer[queues->seen % QUEUE], 0) : 0;

	if (!slot)
		return -1;
	queues->seen++;
	return slot - 1;
}

bool channel_has_answer(const struct channel *channel)
{
	const struct channel_queues *queues = channel->queues;

	return queues && atomic_load(&queues->answer[queues->seen % QUEUE]) != 0;
}

void channel_give_way(struct channel *channel)
{
	int i;

	atomic_store(&channel->queues->awaited, true);
	for (i = 0; i < GIVE_WAY && !channel_has_answer(channel); i++)
		sched_yield();
	atomic_store(&channel->queues->awaited, false);
}

void channel_await(struct channel *channel, long timeout_us)
{
	struct channel_queues *queues = channel->queues;
	uint32_t before;

	atomic_store(&queues->awaited, true);
	before = atomic_load(&queues->answered);
	/* Whoever answers after this sees that it is awaited, or is seen here. */
	if (!channel_has_answer(channel))
		futex_wait(&queues->answered, before, timeout_us);
	atomic_store(&queues->awaited, false);
}
