/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/stage.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/grow.h"
#include "names/words.h"
#include "tutorial/keys.h"
#include "tutorial/lines.h"

#define ROWS 24 /* of a terminal that does not say */

#define TYPE_MS       30
#define TYPE_MS_TOTAL 1000
#define QUICK_US      1000000L

static int set_raw(struct stage *stage)
{
	struct termios raw;

	if (!stage->keys || stage->raw)
		return 0;
	if (tcgetattr(STDIN_FILENO, &stage->before) < 0) {
		failure_note(&stage->failure, "tcgetattr");
		return -1;
	}
	raw = stage->before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	while (tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) < 0)
		if (errno != EINTR) {
			failure_note(&stage->failure, "tcsetattr");
			return -1;
		}
	stage->raw = true;
	return 0;
}

static void set_cooked(struct stage *stage)
{
	if (!stage->raw)
		return;
	while (tcsetattr(STDIN_FILENO, TCSADRAIN, &stage->before) < 0)
		if (errno != EINTR) {
			failure_note(&stage->failure, "tcsetattr");
			break;
		}
	stage->raw = false;
}

int stage_open(struct stage *stage, struct out *out, int signal_fd, struct error *err)
{
	*stage = (struct stage){.out = out, .signal_fd = signal_fd};
	stage->keys = isatty(STDIN_FILENO) && out->folds;
	return set_raw(stage) < 0 ? error_errno(err, stage->failure.call) : 0;
}

void stage_close(struct stage *stage, struct failure *failure)
{
	size_t i, k;

	set_cooked(stage);
	*failure = stage->failure;
	if (stage->out)
		stage->out->copy = NULL;
	for (i = 0; i < stage->count; i++) {
		for (k = 0; k < stage->screens[i].count; k++) {
			buf_free(&stage->screens[i].items[k]->bytes);
			free(stage->screens[i].items[k]);
		}
		free(stage->screens[i].items);
	}
	free(stage->screens);
	*stage = (struct stage){0};
}

void stage_lend(struct stage *stage)
{
	out_flush(stage->out);
	stage->out->copy = NULL;
	set_cooked(stage);
}

int stage_take_back(struct stage *stage)
{
	return set_raw(stage);
}

static struct stage_screen *current(const struct stage *stage)
{
	return stage->count ? &stage->screens[stage->count - 1] : NULL;
}

void stage_screen(struct stage *stage)
{
	out_flush(stage->out);
	stage->out->copy = NULL;
	stage->read = 0;
	if (grow(&stage->screens, &stage->cap, stage->count, sizeof(*stage->screens)) < 0) {
		stage->out->buf.failed = true;
		return;
	}
	stage->screens[stage->count++] = (struct stage_screen){0};
	out_clear(stage->out);
	out_flush(stage->out);
}

/* Returns it, or NULL where there is no screen, or no memory. */
static struct stage_item *add_item(struct stage *stage, long part)
{
	struct stage_screen *screen = current(stage);
	struct stage_item *item = screen ? calloc(1, sizeof(*item)) : NULL;

	out_flush(stage->out);
	stage->out->copy = NULL;
	if (!item ||
	    grow(&screen->items, &screen->cap, screen->count, sizeof(*screen->items)) < 0) {
		free(item);
		stage->out->buf.failed = true;
		return NULL;
	}
	item->part = part;
	screen->items[screen->count++] = item;
	stage->out->copy = &item->bytes;
	return item;
}

void stage_item(struct stage *stage, long part)
{
	add_item(stage, part);
}

static size_t written(const struct stage_screen *screen)
{
	size_t i, bytes = 0;

	for (i = 0; screen && i < screen->count; i++)
		bytes += screen->items[i]->bytes.len;
	return bytes;
}

size_t stage_used(const struct stage *stage)
{
	const struct stage_screen *screen = current(stage);
	size_t i, rows = 0;

	out_flush(stage->out);
	for (i = 0; screen && i < screen->count; i++)
		rows += lines_ended(&screen->items[i]->bytes);
	return rows;
}

size_t stage_rows(const struct stage *stage)
{
	struct winsize size = {0};

	if (!stage->out->folds || ioctl(stage->out->fd, TIOCGWINSZ, &size) < 0 || !size.ws_row)
		return ROWS;
	return size.ws_row;
}

static void put_item(struct stage *stage, struct stage_item *item)
{
	if (item->part < 0 || !stage->draw) {
		stage->out->copy = NULL;
		out_again(stage->out, &item->bytes);
	} else {
		buf_reset(&item->bytes);
		stage->out->copy = &item->bytes;
		stage->draw(stage->data, (size_t)item->part);
	}
	out_flush(stage->out);
}

static void put_screen(struct stage *stage, const struct stage_screen *screen)
{
	size_t i;

	out_flush(stage->out);
	stage->out->copy = NULL;
	out_clear(stage->out);
	for (i = 0; i < screen->count; i++)
		put_item(stage, screen->items[i]);
}

void stage_redraw(struct stage *stage)
{
	struct stage_screen *screen = current(stage);

	out_resize(stage->out);
	if (!screen || !screen->count)
		return;
	put_screen(stage, screen);
	stage->out->copy = &screen->items[screen->count - 1]->bytes;
}

bool stage_hurried(const struct stage *stage)
{
	struct pollfd list[] = {{.fd = stage->keys ? STDIN_FILENO : -1, .events = POLLIN},
				{.fd = stage->signal_fd, .events = POLLIN}};

	return stage->ahead_count || poll(list, COUNT_OF(list), 0) > 0;
}

/* Returns whether there is no hurry. */
static bool rest(struct stage *stage, int ms)
{
	struct pollfd list[] = {{.fd = STDIN_FILENO, .events = POLLIN},
				{.fd = stage->signal_fd, .events = POLLIN}};

	if (poll(list, COUNT_OF(list), ms) <= 0)
		return true;
	if (list[0].revents)
		keys_hurry(stage);
	return false;
}

void stage_type(struct stage *stage, const char *text, size_t len)
{
	int ms = len * TYPE_MS > TYPE_MS_TOTAL ? TYPE_MS_TOTAL / (int)len : TYPE_MS;
	/* Who is shown the next thing at once is not kept by this, either. */
	bool quick = stage->automatic && stage->pause_us && stage->pause_us < QUICK_US;
	bool slow = stage->keys && ms && !quick && !stage_hurried(stage);
	size_t at = 0;

	out_style(stage->out, OUT_HEAD);
	while (at < len) {
		uint32_t code;
		int size = escape_decode((const unsigned char *)text + at, len - at, &code);

		size = size ? size : 1;
		/* What is repeated may stand on several lines, as at the prompt. */
		if (text[at] == '\n') {
			out_newline(stage->out);
			out_text(stage->out, "... ");
			out_style(stage->out, OUT_HEAD);
		} else {
			out_bytes(stage->out, text + at, (size_t)size);
		}
		at += (size_t)size;
		if (slow) {
			out_flush(stage->out);
			slow = rest(stage, ms);
		}
	}
	out_style(stage->out, OUT_PLAIN);
	out_flush(stage->out);
}

/* What came by itself stands before what was written last, which it must not tear. */
static void insert_late(struct stage *stage, struct buf *late)
{
	struct stage_screen *screen = current(stage);
	struct stage_item *item, *last;

	if (!late->len || !screen || !screen->count)
		return;
	last = screen->items[screen->count - 1];
	item = add_item(stage, -1);
	if (!item)
		return;
	item->bytes = *late;
	*late = (struct buf){0};
	screen->items[screen->count - 1] = last;
	screen->items[screen->count - 2] = item;
	stage->late = true;
	stage_redraw(stage);
}

static void dispatch(struct stage *stage, struct session *session)
{
	struct out *out = stage->out;
	struct buf late = {0}, *copy = out->copy;

	if (!session)
		return;
	out_flush(out);
	out->copy = &late;
	out->write = out_nowhere;
	session_dispatch(session);
	out_flush(out);
	out->write = NULL;
	out->copy = copy;
	insert_late(stage, &late);
	buf_free(&late);
}

/* Returns whether there is room for it. */
static bool show_hint(struct stage *stage, const char *hint)
{
	struct out *out = stage->out;
	struct buf *copy = out->copy;
	bool fits = out->column + strlen(hint) + (out->column ? 3 : 0) < (size_t)out->width;

	out_flush(out);
	out->copy = NULL;
	if (fits) {
		out_style(out, OUT_DIM);
		out_printf(out, "%s%s", out->column ? "   " : "", hint);
		out_style(out, OUT_PLAIN);
	}
	out_flush(out);
	out->copy = copy;
	return fits;
}

/* The row of the hint, as it was without. */
static void hide_hint(struct stage *stage, size_t column)
{
	struct out *out = stage->out;
	struct stage_screen *screen = current(stage);
	const struct buf *bytes = out->copy;
	const char *last;
	struct buf row = {0};

	if (!bytes || !screen || (!out->moves && column))
		return;
	last = memrchr(buf_text(bytes), '\n', bytes->len);
	last = last ? last + 1 : buf_text(bytes);
	buf_add(&row, last, bytes->len - (size_t)(last - buf_text(bytes)));
	out_flush(out);
	out->copy = NULL;
	out_erase(out);
	if (out->moves)
		out_again(out, &row);
	else
		out_newline(out);
	out_flush(out);
	out->copy = (struct buf *)bytes;
	buf_free(&row);
}

static bool is_resized(const struct stage *stage)
{
	struct winsize size = {0};

	return ioctl(stage->out->fd, TIOCGWINSZ, &size) == 0 && size.ws_col &&
	       size.ws_col != stage->out->width;
}

enum stage_key stage_wait(struct stage *stage, struct session *session, const char *hint)
{
	size_t all, column;
	enum stage_key key;
	long until;
	bool shown;

	out_flush(stage->out);
	all = written(current(stage));
	until = keys_deadline(stage, all - (stage->read < all ? stage->read : 0));
	stage->read = all;
	if (stage->out->failed)
		return KEY_INTERRUPT;
	if (!stage->keys)
		return KEY_NEXT;
	/* The signal may have come while a command ran, which took it. */
	if (is_resized(stage))
		stage_redraw(stage);
	do {
		column = stage->out->column;
		shown = show_hint(stage, hint);
		key = keys_wait(stage, session, until);
		if (shown)
			hide_hint(stage, column);
		if (key == KEY_REDRAW)
			stage_redraw(stage);
		else if (key == KEY_HAPPENED)
			dispatch(stage, session);
	} while (key == KEY_REDRAW || key == KEY_HAPPENED);
	return key;
}

static void put_place(struct stage *stage, size_t at)
{
	struct buf text = {0};
	char here[24], all[24];

	snprintf(here, sizeof(here), "%zu", at + 1);
	snprintf(all, sizeof(all), "%zu", stage->count);
	words_fill(&text, "play.screen", "at", here, "n", all, NULL);
	out_text(stage->out, buf_text(&text));
	buf_free(&text);
}

enum stage_key stage_browse(struct stage *stage)
{
	size_t at = stage->count - 1;
	enum stage_key key = KEY_BACK;

	while (key == KEY_BACK || at + 1 < stage->count) {
		if (key == KEY_BACK && at > 0)
			at--;
		else if (key == KEY_NEXT)
			at++;
		else if (key == KEY_LEAVE || key == KEY_INTERRUPT)
			break;
		if (at + 1 >= stage->count)
			break;
		put_screen(stage, &stage->screens[at]);
		stage->out->copy = NULL;
		out_newline(stage->out);
		out_style(stage->out, OUT_DIM);
		put_place(stage, at);
		out_style(stage->out, OUT_PLAIN);
		out_flush(stage->out);
		do
			key = keys_wait(stage, NULL, 0);
		while (key == KEY_HAPPENED);
	}
	stage_redraw(stage);
	return key == KEY_LEAVE || key == KEY_INTERRUPT ? key : KEY_OTHER;
}
