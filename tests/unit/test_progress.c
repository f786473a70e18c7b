/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tutorial/progress.h"
#include "unit.h"

static char dir[] = "/tmp/sockstep-progress.XXXXXX";
static char file[200];

static void set_up(void)
{
	strcpy(dir, "/tmp/sockstep-progress.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	setenv("XDG_STATE_HOME", dir, 1);
	snprintf(file, sizeof(file), "%s/sockstep/progress", dir);
}

static void tear_down(void)
{
	char parent[200];

	snprintf(parent, sizeof(parent), "%s/sockstep", dir);
	unlink(file);
	rmdir(parent);
	rmdir(dir);
}

static void write_file(const char *text)
{
	struct progress progress;
	struct error err;
	int fd;

	/* Makes the directory. */
	progress_read(&progress);
	ck_assert_int_eq(progress_note(&progress, PROGRESS_PLAYED, 0, "x", &err), 0);
	progress_free(&progress);
	fd = open(file, O_WRONLY | O_TRUNC);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(file_write(fd, text, strlen(text)), 0);
	close(fd);
}

START_TEST(progress_is_kept)
{
	struct progress progress;
	struct error err;
	struct stat st;

	progress_read(&progress);
	ck_assert(!progress_has(&progress, PROGRESS_PLAYED, "01-a.md"));
	ck_assert_int_eq(progress_note(&progress, PROGRESS_PLAYED, 0, "01-a.md", &err), 0);
	ck_assert_int_eq(progress_note(&progress, PROGRESS_GOAL, 1, "01-a.md", &err), 0);
	ck_assert_int_eq(progress_note(&progress, PROGRESS_GOAL, 1, "01-a.md", &err), 0);
	ck_assert_int_eq(progress_note(&progress, PROGRESS_GOAL, 3, "01-a.md", &err), 0);
	ck_assert_int_eq(progress_note(&progress, PROGRESS_SECTION, 4, "/a b/c.md", &err), 0);
	ck_assert(progress_has(&progress, PROGRESS_PLAYED, "01-a.md"));
	progress_free(&progress);
	ck_assert_int_eq(stat(file, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0600);

	progress_read(&progress);
	ck_assert_str_eq(buf_text(&progress.text), "played 0 01-a.md\ngoal 1 01-a.md\n"
						   "goal 3 01-a.md\nsection 4 /a b/c.md\n");
	ck_assert(progress_has(&progress, PROGRESS_PLAYED, "01-a.md"));
	ck_assert(!progress_has(&progress, PROGRESS_PRACTISED, "01-a.md"));
	ck_assert_int_eq(progress_goals(&progress, "01-a.md", 3), 2);
	ck_assert_int_eq(progress_goals(&progress, "01-a.md", 2), 1);
	ck_assert_int_eq(progress_section(&progress, "/a b/c.md"), 4);
	ck_assert_int_eq(progress_section(&progress, "c.md"), 0);
	progress_free(&progress);
}
END_TEST

START_TEST(the_last_section_counts)
{
	struct progress progress;
	struct error err;

	progress_read(&progress);
	progress_note(&progress, PROGRESS_SECTION, 4, "a", &err);
	progress_note(&progress, PROGRESS_SECTION, 2, "a", &err);
	progress_note(&progress, PROGRESS_SECTION, 4, "a", &err);
	progress_free(&progress);
	progress_read(&progress);
	ck_assert_int_eq(progress_section(&progress, "a"), 4);
	progress_note(&progress, PROGRESS_SECTION, 0, "a", &err);
	ck_assert_int_eq(progress_section(&progress, "a"), 0);
	progress_free(&progress);
}
END_TEST

START_TEST(what_is_no_progress_is_passed_over)
{
	struct progress progress;

	write_file("\nplayed\nplayed 0\nplayed 0 a\nflown 0 b\ngoal 99999999999999 a\n"
		   "goal -1 a\ngoal 2 a\n\033[31m\xff\nplayed 0 c");
	progress_read(&progress);
	ck_assert(progress_has(&progress, PROGRESS_PLAYED, "a"));
	ck_assert(!progress_has(&progress, PROGRESS_PLAYED, ""));
	ck_assert(!progress_has(&progress, PROGRESS_PLAYED, "c"));
	ck_assert_int_eq(progress_goals(&progress, "a", 1000), 1);
	progress_free(&progress);
}
END_TEST

START_TEST(what_cannot_be_kept_is_told)
{
	struct progress progress;
	struct error err;

	setenv("XDG_STATE_HOME", "/dev/null", 1);
	progress_read(&progress);
	ck_assert_int_eq(progress_note(&progress, PROGRESS_PLAYED, 0, "a", &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "your progress cannot be kept in /dev/null"));
	/* It is known all the same, as long as this lasts. */
	ck_assert(progress_has(&progress, PROGRESS_PLAYED, "a"));
	ck_assert_int_eq(progress_note(&progress, PROGRESS_PLAYED, 0, "a\nb", &err), 0);
	ck_assert(!progress_has(&progress, PROGRESS_PLAYED, "a\nb"));
	progress_free(&progress);
	setenv("XDG_STATE_HOME", dir, 1);
}
END_TEST

static Suite *suite(void)
{
	Suite *s = suite_create("progress");
	TCase *tc = tcase_create("progress");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, progress_is_kept);
	tcase_add_test(tc, the_last_section_counts);
	tcase_add_test(tc, what_is_no_progress_is_passed_over);
	tcase_add_test(tc, what_cannot_be_kept_is_told);
	suite_add_tcase(s, tc);
	return s;
}

int main(void)
{
	return unit_main(suite());
}
