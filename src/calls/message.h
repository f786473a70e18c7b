/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_MESSAGE_H
#define SOCKSTEP_CALLS_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "base/buf.h"
#include "base/error.h"
#include "net/address.h"

/*
 * What a call takes that has several buffers: an array of struct iovec, or a struct msghdr with an
 * address, control messages and flags besides. In a value and in a frame it is one piece of memory
 * without pointers, which mean nothing in another process: a head, the lengths of the buffers, the
 * name, the control messages, and the bytes of all buffers without gaps. So what came is the first
 * bytes of them. Several messages are such pieces one behind the other.
 */
struct message_head {
	uint64_t size;         /* of the piece as it was made: the next one begins there */
	uint32_t buffers;      /* how many */
	uint32_t name_room;    /* bytes; 0: msg_name is NULL */
	uint32_t control_room; /* bytes; 0: msg_control is NULL */
	uint32_t name_len;     /* msg_namelen, as it was given, or as the kernel has set it */
	uint32_t control_len;  /* msg_controllen, likewise */
	int32_t flags;         /* msg_flags */
	uint32_t got;          /* of one of several: msg_len */
};

struct message {
	struct message_head *head;
	uint64_t *lens;
	unsigned char *name, *control, *bytes; /* bytes of all buffers */
	size_t here; /* of these, how many the memory has: what did not come is left away */
};

/* Linux takes 1024 buffers (IOV_MAX): a few more, so that its refusal can be seen. */
#define MESSAGE_BUFFERS 1100
#define MESSAGE_NAME    128 /* bytes for an address */
#define MESSAGES_MOST   64  /* of one call */
#define MESSAGE_CONTROL 65536
#define MESSAGE_BYTES   ((size_t)64 * 1024 * 1024)

/* A message as it is put together. All zero is an empty one; message_plan_free(). */
struct message_plan {
	uint64_t lens[MESSAGE_BUFFERS];
	uint32_t buffers;
	unsigned char name[MESSAGE_NAME];
	struct message_head head; /* all but size and buffers */
	void *control;            /* HEAD's control_room bytes; NULL: zeros. Owned */
	void *bytes;              /* of all buffers, TOTAL of them; NULL: zeros. Owned */
	size_t total;
};

void message_plan_free(struct message_plan *plan);

/* Makes the piece: *DATA, of *SIZE bytes, is the caller's. Returns 0, or -1 with ERR set. */
int message_make(const struct message_plan *plan, void **data, size_t *size, struct error *err);

/*
 * The message that begins AT this byte of DATA, and in *AT the next one (NULL: there is no next).
 * False: there is none.
 */
bool message_open(void *data, size_t size, size_t *at, struct message *out);

/* How many bytes its first COUNT buffers have, or have room for. */
size_t message_room(const struct message *message, long count);

/* Bytes of the piece where only GOT of those of its buffers are filled: the rest need not go back.
 */
size_t message_filled(const struct message *message, long got);

/* Where they lie in this process. IOV has as many places as the message has buffers. */
void message_iovec(const struct message *message, struct iovec *iov);

/*
 * As the kernel takes it, with IOV; and back what the kernel has set there. What is NULL in the
 * message is NULL in HEADER.
 */
void message_to_header(const struct message *message, struct iovec *iov, struct msghdr *header);
void message_from_header(struct message *message, const struct msghdr *header);

/*
 * The next control message, from *AT on, which is 0 at first; false past the last. DATA and *LEN:
 * what it carries. One whose cmsg_len is less than its head carries nothing, and is the last.
 */
bool message_control(const struct message *message, size_t *at, struct cmsghdr *head,
		     const unsigned char **data, size_t *len);

/* The descriptors in its control messages: at most ROOM; returns how many there are. */
size_t message_descriptors(const struct message *message, int *fds, size_t room);

/* SCM_RIGHTS, or a number; and what it carries: [4, 5]. */
void message_print_type(struct buf *out, const struct cmsghdr *head);
void message_print_control(struct buf *out, int network, const struct cmsghdr *head,
			   const void *data, size_t len);

/* msg_name; len 0: there is none. */
struct address message_address(const struct message *message, int network);

#endif
