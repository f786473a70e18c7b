/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <string.h>

#include "calls/kinds.h"
#include "calls/kinds_message.h"
#include "names/controls.h"
#include "net/address.h"

void message_print_buffers(struct buf *out, const struct message *message, long got)
{
	size_t at = 0, filled = got < 0 ? 0 : (size_t)got;
	uint32_t i;

	if (filled > message->here)
		filled = message->here;
	buf_char(out, '[');
	for (i = 0; i < message->head->buffers; i++) {
		size_t len = message->lens[i];
		size_t here = at + len <= filled ? len : at < filled ? filled - at : 0;

		buf_str(out, i ? ", {iov_base=" : "{iov_base=");
		if (got < 0)
			buf_str(out, "buf");
		else
			bytes_print(out, (const char *)message->bytes + at, here);
		buf_printf(out, ", iov_len=%zu}", len);
		at += len;
	}
	buf_char(out, ']');
}

struct address message_address(const struct message *message, int network)
{
	const struct message_head *head = message->head;
	struct address address = {.network = network};

	address.len = head->name_len < head->name_room ? head->name_len : head->name_room;
	memcpy(address.bytes, message->name, address.len);
	return address;
}

void message_print_control(struct buf *out, int network, const struct cmsghdr *head,
			   const void *data, size_t len)
{
	const struct control *control = controls_entry(head->cmsg_level, head->cmsg_type);

	option_print(out, network, control ? &control->value : NULL, data, len);
}

void message_print_type(struct buf *out, const struct cmsghdr *head)
{
	const struct control *control = controls_entry(head->cmsg_level, head->cmsg_type);

	if (control)
		buf_str(out, control->value.name);
	else
		buf_printf(out, "%d", head->cmsg_type);
}

static void print_controls(struct buf *out, const struct message *message, int network)
{
	const char *between = "";
	const unsigned char *data;
	struct cmsghdr head;
	size_t at = 0, len;

	buf_char(out, '[');
	while (message_control(message, &at, &head, &data, &len)) {
		buf_printf(out, "%s{cmsg_len=%zu, cmsg_level=", between, (size_t)head.cmsg_len);
		names_print(out, &names_level, head.cmsg_level);
		buf_str(out, ", cmsg_type=");
		message_print_type(out, &head);
		if (len) {
			buf_str(out, ", cmsg_data=");
			message_print_control(out, network, &head, data, len);
		}
		buf_char(out, '}');
		between = ", ";
	}
	buf_char(out, ']');
}

/* Of what the kernel fills in, GOT -1 shows the room alone. */
static void print_name(struct buf *out, const struct message *message, int network, long got)
{
	const struct message_head *head = message->head;
	struct address address = message_address(message, network);

	if (!head->name_room)
		buf_str(out, "msg_name=NULL, ");
	else if (got < 0)
		buf_str(out, "msg_name=addr, ");
	else if (head->name_len) {
		buf_str(out, "msg_name=");
		address_print_c(out, &address);
		buf_str(out, ", ");
	}
	buf_printf(out, "msg_namelen=%u", head->name_len);
}

void message_print_header(struct buf *out, const struct message *message, int network, long got)
{
	const struct message_head *head = message->head;

	buf_char(out, '{');
	print_name(out, message, network, got);
	buf_str(out, ", msg_iov=");
	message_print_buffers(out, message, got);
	buf_printf(out, ", msg_iovlen=%u, ", head->buffers);
	if (!head->control_room)
		buf_str(out, "msg_control=NULL, ");
	else if (got < 0)
		buf_str(out, "msg_control=control, ");
	else if (head->control_len) {
		buf_str(out, "msg_control=");
		print_controls(out, message, network);
		buf_str(out, ", ");
	}
	buf_printf(out, "msg_controllen=%u, msg_flags=", head->control_len);
	names_print(out, &names_msg, head->flags);
	buf_char(out, '}');
}
