/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls/message.h"

#include <stdlib.h>
#include <string.h>

#include "names/controls.h"

/* Control messages are aligned as a size_t is (cmsg(3)), and so is every part. */
static size_t aligned(size_t size)
{
	return (size + 15) & ~(size_t)15;
}

static size_t lens_at(void)
{
	return aligned(sizeof(struct message_head));
}

static size_t name_at(const struct message_head *head)
{
	return lens_at() + aligned(head->buffers * sizeof(uint64_t));
}

static size_t control_at(const struct message_head *head)
{
	return name_at(head) + aligned(head->name_room);
}

static size_t bytes_at(const struct message_head *head)
{
	return control_at(head) + aligned(head->control_room);
}

void message_plan_free(struct message_plan *plan)
{
	free(plan->control);
	free(plan->bytes);
	plan->control = plan->bytes = NULL;
}

int message_make(const struct message_plan *plan, void **data, size_t *size, struct error *err)
{
	struct message_head head = plan->head;
	unsigned char *piece;

	head.buffers = plan->buffers;
	head.size = aligned(bytes_at(&head) + plan->total);
	piece = calloc(1, head.size);
	if (!piece)
		return error_set(err, "out of memory");
	memcpy(piece, &head, sizeof(head));
	memcpy(piece + lens_at(), plan->lens, plan->buffers * sizeof(plan->lens[0]));
	memcpy(piece + name_at(&head), plan->name, head.name_room);
	if (plan->control)
		memcpy(piece + control_at(&head), plan->control, head.control_room);
	if (plan->bytes)
		memcpy(piece + bytes_at(&head), plan->bytes, plan->total);
	*data = piece;
	*size = head.size;
	return 0;
}

bool message_open(void *data, size_t size, size_t *at, struct message *out)
{
	size_t from = at ? *at : 0, have;
	unsigned char *piece = data;

	if (!data || from >= size || size - from < sizeof(struct message_head))
		return false;
	piece += from;
	out->head = (struct message_head *)piece;
	have = size - from < out->head->size ? size - from : out->head->size;
	if (have < bytes_at(out->head))
		return false;
	out->lens = (uint64_t *)(piece + lens_at());
	out->name = piece + name_at(out->head);
	out->control = piece + control_at(out->head);
	out->bytes = piece + bytes_at(out->head);
	out->here = have - bytes_at(out->head);
	if (at)
		*at = from + out->head->size;
	return true;
}

size_t message_room(const struct message *message, long count)
{
	size_t room = 0;
	uint32_t i;

	for (i = 0; i < message->head->buffers && i < count; i++)
		room += message->lens[i];
	return room;
}

size_t message_filled(const struct message *message, long got)
{
	size_t filled = got > 0 ? (size_t)got : 0;

	return (size_t)(message->bytes - (unsigned char *)message->head) +
	       (filled < message->here ? filled : message->here);
}

void message_iovec(const struct message *message, struct iovec *iov)
{
	unsigned char *bytes = message->bytes;
	uint32_t i;

	for (i = 0; i < message->head->buffers; i++) {
		iov[i] = (struct iovec){.iov_base = bytes, .iov_len = message->lens[i]};
		bytes += message->lens[i];
	}
}

void message_to_header(const struct message *message, struct iovec *iov, struct msghdr *header)
{
	const struct message_head *head = message->head;

	message_iovec(message, iov);
	*header = (struct msghdr){
		.msg_name = head->name_room ? message->name : NULL,
		.msg_namelen = head->name_len,
		.msg_iov = iov,
		.msg_iovlen = head->buffers,
		.msg_control = head->control_room ? message->control : NULL,
		.msg_controllen = head->control_len,
		.msg_flags = head->flags,
	};
}

void message_from_header(struct message *message, const struct msghdr *header)
{
	message->head->name_len = header->msg_namelen;
	message->head->control_len = (uint32_t)header->msg_controllen;
	message->head->flags = header->msg_flags;
}

bool message_control(const struct message *message, size_t *at, struct cmsghdr *head,
		     const unsigned char **data, size_t *len)
{
	size_t end = message->head->control_len, whole;

	if (end > message->head->control_room)
		end = message->head->control_room;
	if (*at > end || end - *at < sizeof(*head))
		return false;
	memcpy(head, message->control + *at, sizeof(*head));
	whole = head->cmsg_len;
	/* Nobody goes on behind such a length: the kernel says EINVAL. */
	if (whole < sizeof(*head)) {
		*data = message->control + *at;
		*len = 0;
		*at = end;
		return true;
	}
	if (whole > end - *at)
		whole = end - *at;
	*data = message->control + *at + CMSG_LEN(0);
	*len = whole > CMSG_LEN(0) ? whole - CMSG_LEN(0) : 0;
	*at += CMSG_ALIGN(whole);
	return true;
}

size_t message_descriptors(const struct message *message, int *fds, size_t room)
{
	const unsigned char *data;
	size_t at = 0, len, i, count = 0;
	struct cmsghdr head;

	while (message_control(message, &at, &head, &data, &len)) {
		if (!controls_has_descriptors(controls_entry(head.cmsg_level, head.cmsg_type)))
			continue;
		for (i = 0; i + sizeof(int) <= len; i += sizeof(int), count++)
			if (count < room)
				memcpy(&fds[count], data + i, sizeof(int));
	}
	return count;
}
