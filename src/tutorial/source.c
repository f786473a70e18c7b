/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutorial/source.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tutorial/page_parts.h"

void source_free(struct source *source)
{
	page_free(&source->page);
	free(source->text);
	free(source->path);
	*source = (struct source){0};
}

/* Returns how many bytes there are, or -1 with ERR set. */
static ssize_t read_text(struct source *source, const char *path, struct page_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat status;
	ssize_t len = -1;

	if (fd < 0)
		return page_fail(err, 0, "cannot be opened: %s", strerror(errno));
	if (fstat(fd, &status) < 0)
		page_fail(err, 0, "cannot be read: fstat: %s", strerror(errno));
	else if (!S_ISREG(status.st_mode))
		page_fail(err, 0, "is no regular file");
	else if (status.st_size > PAGE_BYTES)
		page_fail(err, 0, "has %lld bytes: a page has %ld at most",
			  (long long)status.st_size, PAGE_BYTES);
	else if (!(source->text = malloc((size_t)status.st_size + 2)))
		page_no_memory(err);
	else if ((len = file_read(fd, source->text, (size_t)status.st_size)) < 0)
		page_fail(err, 0, "cannot be read: %s", strerror(errno));
	close(fd);
	return len;
}

static bool is_local(const char *href)
{
	return *href && *href != '#' && !strchr(href, ':') && *href != '/';
}

static int check_link(const struct source *source, const struct part *part, const char *href,
		      struct page_error *err)
{
	char *copy = strdup(source->path);
	int result = 0, len = (int)strcspn(href, "#");
	char path[PATH_MAX];
	bool missing;

	if (!copy)
		return page_no_memory(err);
	snprintf(path, sizeof(path), "%s/%.*s", dirname(copy), len, href);
	missing = access(path, F_OK) < 0;
	if (missing && errno != ENOENT && errno != ENOTDIR)
		result = page_fail(err, part->line, "access to %.*s: %s", len, href,
				   strerror(errno));
	else if (missing)
		result = page_fail(err, part->line, "this links to %.*s, which is not there", len,
				   href);
	free(copy);
	return result;
}

static int check_links(const struct source *source, struct page_error *err)
{
	size_t i, k;

	for (i = 0; i < source->page.part_count; i++) {
		const struct part *part = &source->page.parts[i];

		for (k = 0; k < part->span_count; k++)
			if (part->spans[k].href && is_local(part->spans[k].href) &&
			    check_link(source, part, part->spans[k].href, err) < 0)
				return -1;
	}
	return 0;
}

int source_load(struct source *source, const char *path, struct page_error *err)
{
	ssize_t len;

	*source = (struct source){0};
	len = read_text(source, path, err);
	if (len < 0)
		return -1;
	source->path = realpath(path, NULL);
	if (!source->path)
		return page_fail(err, 0, "realpath: %s", strerror(errno));
	if (len == 0 || source->text[len - 1] != '\n')
		source->text[len++] = '\n';
	source->text[len] = '\0';
	source->len = (size_t)len;
	return 0;
}

int source_read(struct source *source, const char *path, struct page_error *err)
{
	if (source_load(source, path, err) < 0 ||
	    page_parse(&source->page, source->text, source->len, err) < 0)
		return -1;
	return check_links(source, err);
}

static int replace(const char *path, const struct buf *text, struct error *err)
{
	struct buf temporary = {0};
	struct stat status;
	int fd = -1, result = -1;

	buf_printf(&temporary, "%s.XXXXXX", path);
	if (temporary.failed || stat(path, &status) < 0 ||
	    (fd = mkostemp(temporary.data, O_CLOEXEC)) < 0) {
		error_errno(err, path);
		goto out;
	}
	if (fchmod(fd, status.st_mode & 07777) < 0 ||
	    file_write(fd, buf_text(text), text->len) < 0 || fsync(fd) < 0 ||
	    rename(temporary.data, path) < 0) {
		error_errno(err, path);
		unlink(temporary.data);
		goto out;
	}
	result = 0;
out:
	if (fd >= 0)
		close(fd);
	buf_free(&temporary);
	return result;
}

int source_write(const struct source *source, const struct edits *edits, struct error *err)
{
	struct buf text = {0};
	int result;

	update_apply(edits, &source->page, &text);
	result = text.failed ? error_set(err, "out of memory") : replace(source->path, &text, err);
	buf_free(&text);
	return result;
}
