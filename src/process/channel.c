/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "process/channel.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* The large room begins with a page: only whole pages can be given back. */
#define PAGE           4096
#define SLOTS_SIZE     ((CHANNEL_SLOTS * sizeof(struct request) + PAGE - 1) / PAGE * PAGE)
#define CHANNEL_MEMORY (SLOTS_SIZE + CHANNEL_LARGE)

int channel_open(struct channel *channel)
{
	void *memory;
	int ends[2];

	*channel = (struct channel){.explorer = -1, .process = -1};
	/* Only pages that are touched cost memory; MAP_NORESERVE keeps the rest out of the books.
	 */
	memory = mmap(NULL, CHANNEL_MEMORY, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED)
		return -1;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
		int saved = errno;

		munmap(memory, CHANNEL_MEMORY);
		errno = saved;
		return -1;
	}
	channel->explorer = ends[0];
	channel->process = ends[1];
	channel->slots = memory;
	channel->large = (unsigned char *)memory + SLOTS_SIZE;
	return 0;
}

void channel_close(struct channel *channel)
{
	if (channel->explorer >= 0)
		close(channel->explorer);
	if (channel->process >= 0)
		close(channel->process);
	if (channel->slots)
		munmap(channel->slots, CHANNEL_MEMORY);
	*channel = (struct channel){.explorer = -1, .process = -1};
}
