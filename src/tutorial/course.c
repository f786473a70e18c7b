/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/course.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/failure.h"
#include "base/grow.h"
#include "names/words.h"
#include "tutorial/progress.h"
#include "tutorial/script.h"
#include "tutorial/source.h"

#define NAMES_MOST 500

struct names {
	char *list[NAMES_MOST];
	size_t count;
};

static int number_of(const char *name)
{
	return page_number(name, strlen(name));
}

static bool is_page(const char *name)
{
	return number_of(name) >= 0;
}

static bool is_demo(const char *name)
{
	size_t len = strlen(name);

	return len > 5 && strcmp(name + len - 5, ".sock") == 0;
}

static int is_ours(const struct dirent *entry)
{
	return is_page(entry->d_name) || is_demo(entry->d_name);
}

static void names_free(struct names *names)
{
	while (names->count)
		free(names->list[--names->count]);
}

static int names_read(const char *dir, struct names *out)
{
	struct dirent **entries;
	int i, count = scandir(dir, &entries, is_ours, alphasort);
	bool lost = false;

	*out = (struct names){0};
	if (count < 0)
		return -1;
	for (i = 0; i < count; i++) {
		char *copy = out->count < NAMES_MOST ? strdup(entries[i]->d_name) : NULL;

		if (copy)
			out->list[out->count++] = copy;
		else
			errno = ENOMEM;
		lost = lost || !copy;
		free(entries[i]);
	}
	free(entries);
	if (lost)
		names_free(out);
	return lost ? -1 : 0;
}

/* The directory of the course; FAILURE says why it may be another than it should. */
static void find_dir(char *dir, size_t size, struct failure *failure)
{
	ssize_t len = readlink("/proc/self/exe", dir, size - 8);
	char *slash;

	*failure = (struct failure){0};
	if (len < 0)
		failure_note(failure, "readlink");
	dir[len > 0 ? len : 0] = '\0';
	slash = strrchr(dir, '/');
	if (slash) {
		snprintf(slash + 1, size - (size_t)(slash + 1 - dir), "course");
		if (access(dir, R_OK | X_OK) == 0)
			return;
		if (errno != ENOENT)
			failure_note(failure, "access");
	}
	snprintf(dir, size, "%s", TUTORIALS_DIR);
}

/* Returns 0, or -1 with ERR set. */
static int read_course(char *dir, size_t size, struct names *names, struct error *err)
{
	struct failure failure;

	find_dir(dir, size, &failure);
	if (names_read(dir, names) == 0)
		return 0;
	failure_note(&failure, "scandir");
	return error_set(err, "the tutorials cannot be read in %s: %s: %s", dir, failure.call,
			 failure.error == ENOMEM ? "out of memory" : strerror(failure.error));
}

static bool matches(const char *name, const char *which)
{
	size_t number = strspn(which, "0123456789");

	if (number && number < 4 && !which[number])
		return number_of(name) == (int)strtol(which, NULL, 10);
	return strstr(name, which) != NULL;
}

/* Whether NAME is just that, but for its number and what it ends in. */
static bool is_exactly(const char *name, const char *which)
{
	const char *start = is_page(name) ? name + 3 : name;
	size_t len = strlen(which);

	return strcmp(name, which) == 0 || (strncmp(start, which, len) == 0 && start[len] == '.');
}

/* Returns the index, or -1 with ERR set. */
static int choose(const struct names *names, const char *which, struct error *err)
{
	int found = -1, count = 0;
	size_t i;

	for (i = 0; i < names->count; i++)
		if (is_exactly(names->list[i], which))
			return (int)i;
	for (i = 0; i < names->count; i++) {
		if (!matches(names->list[i], which))
			continue;
		found = (int)i;
		count++;
	}
	if (count == 1)
		return found;
	if (count > 1)
		return error_set(err,
				 "several tutorials have %s in their name: `tutorial` lists them",
				 which);
	return error_set(err, "there is no tutorial %s: `tutorial` lists them", which);
}

static char *join(const char *dir, const char *name)
{
	struct buf path = {0};

	buf_printf(&path, "%s/%s", dir, name);
	return buf_take(&path);
}

char *course_find(const char *which, struct error *err)
{
	struct names names;
	char dir[PATH_MAX];
	char *path = NULL;
	int at;

	if (!*which) {
		error_set(err, "which tutorial? `tutorial` lists them");
		return NULL;
	}
	if (strchr(which, '/') || access(which, F_OK) == 0) {
		path = strdup(which);
		if (!path)
			error_set(err, "out of memory");
		return path;
	}
	if (read_course(dir, sizeof(dir), &names, err) < 0)
		return NULL;
	at = choose(&names, which, err);
	if (at >= 0 && !(path = join(dir, names.list[at])))
		error_set(err, "out of memory");
	names_free(&names);
	return path;
}

bool course_has(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct failure failure;
	char dir[PATH_MAX];
	char *real;
	bool has;

	find_dir(dir, sizeof(dir), &failure);
	real = realpath(dir, NULL);
	has = real && slash && strlen(real) == (size_t)(slash - path) &&
	      memcmp(real, path, strlen(real)) == 0;
	free(real);
	return has;
}

int course_number(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	return is_page(name) ? number_of(name) : 0;
}

/* "1. First socket" is named without its number. */
static const char *without_number(const char *title)
{
	size_t digits = strspn(title, "0123456789");

	return digits && strncmp(title + digits, ". ", 2) == 0 ? title + digits + 2 : title;
}

static void add_done(struct buf *out, const char *key, int number, int of)
{
	char n[16], all[16];

	snprintf(n, sizeof(n), "%d", number);
	snprintf(all, sizeof(all), "%d", of);
	buf_str(out, out->len ? ", " : "");
	words_fill(out, key, "n", n, "of", all, NULL);
}

static void put_done(struct buf *out, const struct progress *progress, const char *name, int goals)
{
	int reached = progress_goals(progress, name, goals);
	int section = progress_section(progress, name);

	if (progress_has(progress, PROGRESS_PLAYED, name))
		add_done(out, "course.played", 0, 0);
	if (progress_has(progress, PROGRESS_PRACTISED, name))
		add_done(out, "course.practised", 0, 0);
	if (reached)
		add_done(out, "course.tasks", reached, goals);
	if (section)
		add_done(out, "course.section", section, 0);
}

static void put_page(struct buf *out, const struct progress *progress, const char *name,
		     const char *path)
{
	struct page_error wrong;
	struct source source;
	struct buf done = {0};
	const char *title;
	size_t width;

	if (source_read(&source, path, &wrong) < 0) {
		buf_printf(out, "%4d  %s: %s\n", number_of(name), name, wrong.error.text);
	} else {
		title = without_number(source.page.title);
		width = escape_width(title, strlen(title));
		put_done(&done, progress, name, page_goals(&source.page, source.page.part_count));
		buf_printf(out, "%4d  %s", number_of(name), title);
		if (done.len)
			buf_printf(out, "%*s%s", width < 32 ? (int)(32 - width) : 1, "",
				   buf_text(&done));
		buf_char(out, '\n');
	}
	buf_free(&done);
	source_free(&source);
}

static void put_demo(struct buf *out, const char *name, const char *path)
{
	struct source source;
	struct page_error wrong;

	buf_printf(out, "      %s", name);
	if (script_read(&source, path, &wrong) < 0)
		buf_printf(out, ": %s", wrong.error.text);
	else
		buf_printf(out, "%*s%.*s", strlen(name) < 24 ? (int)(24 - strlen(name)) : 1, "",
			   (int)strcspn(source.page.title, ":,."), source.page.title);
	buf_char(out, '\n');
	source_free(&source);
}

static void put_names(struct buf *out, const struct names *names, const char *dir, bool pages)
{
	struct progress progress = {0};
	size_t i;

	if (pages)
		progress_read(&progress);
	for (i = 0; i < names->count; i++) {
		char *path;

		if (is_page(names->list[i]) != pages)
			continue;
		path = join(dir, names->list[i]);
		out->failed |= !path;
		if (path && pages)
			put_page(out, &progress, names->list[i], path);
		else if (path)
			put_demo(out, names->list[i], path);
		free(path);
	}
	progress_free(&progress);
}

int course_list(struct buf *out, struct error *err)
{
	struct names names;
	char dir[PATH_MAX];

	if (read_course(dir, sizeof(dir), &names, err) < 0)
		return -1;
	buf_printf(out, "%s\n", words("course.pages"));
	put_names(out, &names, dir, true);
	buf_printf(out, "%s\n", words("course.demos"));
	put_names(out, &names, dir, false);
	names_free(&names);
	return out->failed ? error_set(err, "out of memory") : 0;
}
