/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/errqueue.h>

#include "calls/carried.h"
#include "calls/kinds.h"
#include "names/words.h"
#include "session/surprise_parts.h"

/* An error of the queue, and who has reported it, which stands behind it. */
struct report {
	struct sock_extended_err error;
	struct address offender;
};

static bool is_report(const struct cmsghdr *head)
{
	return (head->cmsg_level == IPPROTO_IP && head->cmsg_type == IP_RECVERR) ||
	       (head->cmsg_level == IPPROTO_IPV6 && head->cmsg_type == IPV6_RECVERR);
}

static bool read_report(const unsigned char *data, size_t len, struct report *out)
{
	*out = (struct report){0};
	if (len < sizeof(out->error))
		return false;
	memcpy(&out->error, data, sizeof(out->error));
	len -= sizeof(out->error);
	if (len > sizeof(out->offender.bytes))
		len = sizeof(out->offender.bytes);
	memcpy(out->offender.bytes, data + sizeof(out->error), len);
	out->offender.len = (socklen_t)len;
	return true;
}

static void tell_report(struct cause *cause, const struct message *message,
			const struct report *report)
{
	bool icmp = report->error.ee_origin == SO_EE_ORIGIN_ICMP ||
		    report->error.ee_origin == SO_EE_ORIGIN_ICMP6;
	struct address to = message_address(message, 0);
	char type[CAUSE_NUMBER], code[CAUSE_NUMBER];
	struct buf address = {0}, offender = {0};

	if (!icmp && report->error.ee_origin != SO_EE_ORIGIN_LOCAL)
		return;
	address_print(&address, &to);
	if (icmp)
		address_print_host(&offender, &report->offender);
	words_fill(surprise_next(cause), icmp ? "surprise.error-icmp" : "surprise.error-local",
		   "fd", cause->fd, "address", buf_text(&address), "offender", buf_text(&offender),
		   "type", cause_number(type, report->error.ee_type), "code",
		   cause_number(code, report->error.ee_code), "error",
		   names_errno_name((int)report->error.ee_errno), NULL);
	buf_free(&address);
	buf_free(&offender);
}

static bool is_rights(const struct cmsghdr *head)
{
	return head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS;
}

static int list_rights(const unsigned char *data, size_t len, struct buf *out)
{
	int fd, count = 0;
	size_t at;

	for (at = 0; at + sizeof(fd) <= len; at += sizeof(fd), count++) {
		memcpy(&fd, data + at, sizeof(fd));
		buf_printf(out, "%s%d", out->len ? ", " : "", fd);
	}
	return count;
}

void surprise_message_received(struct cause *cause)
{
	struct message message;
	struct buf fds = {0};
	const unsigned char *data;
	struct report report;
	struct cmsghdr head;
	size_t at = 0, len;
	int count = 0;

	if (!carried_message(cause->job->call, cause->job->values, &message))
		return;
	while (message_control(&message, &at, &head, &data, &len)) {
		if (is_rights(&head))
			count += list_rights(data, len, &fds);
		else if (is_report(&head) && read_report(data, len, &report))
			tell_report(cause, &message, &report);
	}
	if (count)
		words_fill(surprise_next(cause),
			   count == 1 ? "surprise.passed-one" : "surprise.passed-many", "fds",
			   buf_text(&fds), NULL);
	if (message.head->flags & MSG_CTRUNC)
		surprise_say(cause, "surprise.control-cut");
	buf_free(&fds);
}

void surprise_messages_sent(struct cause *cause)
{
	long asked = cause_value(cause, &kind_mmsghdr_len, 0), sent = cause->job->frame->result;
	char number[CAUSE_NUMBER], all[CAUSE_NUMBER];

	if (sent < asked)
		words_fill(surprise_next(cause), "surprise.messages-short", "n",
			   cause_number(number, sent), "all", cause_number(all, asked), NULL);
}

void surprise_message_sent(struct cause *cause)
{
	struct buf kind = {0};
	int fd;

	if (!carried_descriptors(cause->job->call, cause->job->values, &fd, 1))
		return;
	if (!cause_is_unix(cause)) {
		cause_kind(cause, &kind);
		words_fill(surprise_next(cause), "surprise.rights-ignored", "fd", cause->fd, "kind",
			   buf_text(&kind), NULL);
	} else if (cause_is_stream(cause) && cause->job->frame->result == 0) {
		surprise_say(cause, "surprise.rights-alone");
	}
	buf_free(&kind);
}
