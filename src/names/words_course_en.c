/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/grow.h"
#include "names/words_table.h"

/* What is said where a tutorial is played or practised. */
/* clang-format off */
const struct words_entry words_course_en[] = {
	{"course.demos", "Demos: `tutorial half-close` plays one."},
	{"course.pages", "The course: `tutorial 1` plays a page, `tutorial 1 --practice` has you type."},
	{"course.played", "played"},
	{"course.practised", "practised"},
	{"course.section", "left in section {n}"},
	{"course.tasks", "{n} of {of} tasks done"},
	{"play.answer", "Which one? 1 to {n}, or Enter to be told"},
	{"play.end", "This is the end of the page."},
	{"play.first-hint", "{hint}, ? tells of other keys"},
	{"play.goal", "! to try it, Enter to see a way"},
	{"play.key-!", "a prompt of your own, in the same session; Ctrl-D comes back"},
	{"play.key-Enter", "goes on: runs the command that is typed, shows what follows"},
	{"play.key-b", "back to what was shown before"},
	{"play.key-q", "leaves; so does Ctrl-C"},
	{"play.key-r", "this section once more, with new sockets"},
	{"play.next", "This is the end of the page. Next: tutorial {n}."},
	{"play.none", "The kernel says yes to none of these."},
	{"play.on", "Enter goes on"},
	{"play.other", "(The page shows something else here. With r this section begins anew.)"},
	{"play.prompt", "Your own prompt, in the same session: Ctrl-D goes back."},
	{"play.reached", "The goal is reached: the kernel says so."},
	{"play.right", "Right. The kernel says {choice}."},
	{"play.run", "Enter runs it"},
	{"play.screen", "Screen {at} of {n}: Enter goes forward, b back."},
	{"play.told", "The kernel says {choice}: answer {n}."},
	{"play.unfilled", "{line} cannot be run: {error}"},
	{"play.wrong", "No. The kernel says {choice}: that was answer {n}."},
	{"practice.goal", "Do it in your own way (or hint, solution, reset; quit leaves)."},
	{"practice.hint", "type: {line}"},
	{"practice.no-hint", "There are no more hints: `solution` shows a way."},
	{"practice.not-reached", "The goal is not reached yet: go on, or `hint`, `solution`, `reset`."},
	{"practice.other", "Something else happened than on the page: go on as you like, or `hint`, `solution`, `reset`."},
	{"practice.same", "That is the page's command, but it did something else than on the page: what you did before is still there. `reset` begins the section anew; `solution` goes on."},
	{"practice.type", "Type: {line}"},
	{"practice.type-first", "Type: {line}   (or hint, solution, reset; quit leaves)"},
};
/* clang-format on */

const size_t words_course_en_count = COUNT_OF(words_course_en);
