/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/other.h"

#include "names/names.h"
#include "report/labels.h"
#include "report/parts.h"

#define NOTED        8 /* descriptors of a set, beside its own */
#define LABEL_COLUMN 2
#define GAP          2

static void note_watches(struct buf *out, const struct fdinfo *info)
{
	size_t i;

	buf_str(out, label(LABEL_WATCHES));
	if (!info->watch_count)
		buf_str(out, " nothing");
	for (i = 0; i < info->watch_count && i < NOTED; i++) {
		buf_printf(out, "%s %d: ", i ? "," : "", info->watches[i].fd);
		names_print(out, &names_epoll, (long)fdinfo_asked(&info->watches[i]));
	}
	if (i < info->watch_count)
		buf_printf(out, ", and %zu more", info->watch_count - i);
}

static void note_time(struct buf *out, const struct fdinfo *info)
{
	buf_str(out, label(LABEL_TIMER));
	if (info->left_us) {
		parts_seconds(out, (uint32_t)(info->left_us / 1000));
	} else {
		buf_char(out, ' ');
		buf_str(out, label(LABEL_OFF));
	}
	if (info->every_us % 1000000)
		buf_printf(out, ", then every %llu ms", (unsigned long long)info->every_us / 1000);
	else if (info->every_us)
		buf_printf(out, ", then every %llu s",
			   (unsigned long long)info->every_us / 1000000);
	if (info->ticks)
		buf_printf(out, ", %s %llu", label(LABEL_TICKS), (unsigned long long)info->ticks);
}

void other_signals(struct buf *out, uint64_t signals, const char *between)
{
	const char *before = "";
	int number;

	for (number = 1; number <= 64; number++) {
		if (!(signals >> (number - 1) & 1))
			continue;
		buf_str(out, before);
		names_print(out, &names_signal, number);
		before = between;
	}
}

void other_note(struct buf *out, const struct shown *shown)
{
	const struct fdinfo *info = shown->info;

	if (!info && shown->now.has & FIELD_RECV_QUEUE && shown->now.recv_queue)
		buf_printf(out, "%s %u", label(LABEL_RECV_QUEUE), shown->now.recv_queue);
	if (!info)
		return;
	switch (info->kind) {
	case FDINFO_EPOLL:
		note_watches(out, info);
		break;
	case FDINFO_EVENTFD:
		buf_printf(out, "%s %llu%s", label(LABEL_COUNTER), (unsigned long long)info->count,
			   info->semaphore ? ", EFD_SEMAPHORE" : "");
		break;
	case FDINFO_TIMERFD:
		note_time(out, info);
		break;
	case FDINFO_SIGNALFD:
		buf_str(out, label(LABEL_SIGNALS));
		buf_char(out, ' ');
		other_signals(out, info->signals, ", ");
		break;
	case FDINFO_FILE:
		buf_printf(out, "%s %llu, %s %llu", label(LABEL_SIZE),
			   (unsigned long long)info->size, label(LABEL_POSITION),
			   (unsigned long long)info->position);
		break;
	default:
		break;
	}
}

static void elsewhere(struct buf *out, const struct fdinfo_watch *watch)
{
	buf_str(out, watch->state == WATCH_CLOSED ? label(LABEL_CLOSED)
						  : "another file has this number now");
	if (watch->also_fd >= 0)
		buf_printf(out, "; the set has the open file of fd %d", watch->also_fd);
	else
		buf_str(out, "; the open file lives on");
}

static void state_of(struct buf *out, const struct fdinfo_watch *watch)
{
	if (watch->state == WATCH_CLOSED || watch->state == WATCH_OTHER) {
		elsewhere(out, watch);
	} else if (fdinfo_is_disarmed(watch)) {
		buf_str(out, label(LABEL_DISARMED));
	} else if (watch->state == WATCH_OPEN) {
		if (!fdinfo_ready(watch)) {
			buf_str(out, "not ready");
			return;
		}
		buf_printf(out, "%s: ", label(LABEL_READY));
		names_print(out, &names_epoll, (long)fdinfo_ready(watch));
	}
}

static size_t events_width(const struct out *out, const struct fdinfo *info)
{
	struct buf events = {0};
	size_t i, width, widest = 0;

	for (i = 0; i < info->watch_count; i++) {
		buf_reset(&events);
		names_print(&events, &names_epoll, (long)fdinfo_asked(&info->watches[i]));
		width = parts_width(out, buf_text(&events), events.len);
		widest = width > widest ? width : widest;
	}
	buf_free(&events);
	return widest;
}

static void put_watch(struct out *out, const struct fdinfo_watch *watch, size_t at, size_t then)
{
	struct buf text = {0};

	out_pad(out, LABEL_COLUMN);
	parts_number(out, watch->fd);
	out_pad(out, at);
	names_print(&text, &names_epoll, (long)fdinfo_asked(watch));
	out_text(out, buf_text(&text));
	buf_reset(&text);
	state_of(&text, watch);
	if (text.len && then + text.len > (size_t)out->width) {
		out_newline(out);
		then = at;
	}
	if (text.len) {
		out_pad(out, then);
		out_wrap(out, then, buf_text(&text));
	} else {
		out_newline(out);
	}
	out->buf.failed |= text.failed;
	buf_free(&text);
}

void other_watches(struct out *out, const struct shown *shown)
{
	const struct fdinfo *info = shown->info;
	size_t i, at, then;
	struct buf last = {0};

	if (!info || !info->watch_count)
		return;
	out_style(out, OUT_HEAD);
	out_text(out, label(LABEL_WATCHED));
	out_newline(out);
	emit_digits(&last, (uint64_t)info->watches[info->watch_count - 1].fd);
	at = LABEL_COLUMN + last.len + GAP;
	then = at + events_width(out, info) + GAP;
	for (i = 0; i < info->watch_count; i++)
		put_watch(out, &info->watches[i], at, then);
	if (info->cut) {
		out_text(out, "  ");
		out_wrap(out, LABEL_COLUMN, "and more: not all of them were read");
	}
	buf_free(&last);
}

static void watch_json(struct emit *emit, const struct fdinfo_watch *watch)
{
	static const char *const states[] = {
		[WATCH_OPEN] = "open", [WATCH_CLOSED] = "closed", [WATCH_OTHER] = "other"};
	char data[EMIT_DIGITS + 1];

	emit_open(emit, '{');
	emit_add_natural(emit, "fd", watch->fd);
	emit_add_names(emit, "events", &names_epoll, (long)watch->events);
	data[emit_format(data, (int64_t)watch->data, true)] = '\0';
	emit_add_text(emit, "data", data);
	emit_add_text(emit, "state", states[watch->state]);
	if (watch->state == WATCH_OPEN)
		emit_add_names(emit, "ready", &names_epoll, (long)fdinfo_ready(watch));
	else
		emit_add_text(emit, "ready", NULL);
	emit_add_natural(emit, "also_fd", watch->also_fd);
	emit_close(emit, '}');
}

void other_watches_json(struct emit *emit, const struct shown *shown)
{
	const struct fdinfo *info = shown->info;
	size_t i;

	if (!info || info->kind != FDINFO_EPOLL) {
		emit_null(emit);
		return;
	}
	emit_open(emit, '[');
	for (i = 0; i < info->watch_count; i++)
		watch_json(emit, &info->watches[i]);
	emit_close(emit, ']');
}
