/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "repl/finder.h"

/* A directory with more is not listed to its end. */
#define ENTRIES_MOST 2000

/* One that would have to be quoted is not offered. */
static bool is_plain(const char *name)
{
	return !strpbrk(name, " \"'\\(){}[],;|&#*");
}

static int is_offered(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
	       is_plain(entry->d_name);
}

static void offer_entry(struct finder *finder, const struct buf *dir, const char *name)
{
	bool hidden = name[0] == '.' && finder->part.len == dir->len;
	struct buf path = {0};
	struct stat st;

	if (hidden)
		return;
	buf_printf(&path, "%s%s", buf_text(dir), name);
	if (stat(buf_text(&path), &st) == 0)
		finder->open = S_ISDIR(st.st_mode);
	else
		failure_note_unless_answer(&finder->out->failure, "stat");
	if (finder->open)
		buf_char(&path, '/');
	finder_offer(finder, buf_text(&path), NULL);
	finder->open = false;
	buf_free(&path);
}

void finder_offer_files(struct finder *finder)
{
	const char *slash = memrchr(finder->part.text, '/', finder->part.len);
	struct dirent **list;
	struct buf dir = {0};
	int i, count;

	if (slash)
		buf_add(&dir, finder->part.text, (size_t)(slash - finder->part.text) + 1);
	count = scandir(dir.len ? buf_text(&dir) : ".", &list, is_offered, alphasort);
	if (count < 0)
		failure_note_unless_answer(&finder->out->failure, "scandir");
	for (i = 0; i < count; i++) {
		if (i < ENTRIES_MOST)
			offer_entry(finder, &dir, list[i]->d_name);
		free(list[i]);
	}
	if (count >= 0)
		free(list);
	buf_free(&dir);
}
