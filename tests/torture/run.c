/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

/* Far beyond what a run takes; an orphan looks every five seconds whether it is one. */
#define DEADLINE_MS 10000
#define ORPHANS_MS  8000

/* Keys are sent when the prompt is there, or when nothing more comes: all of it is asleep. */
#define QUIET_MS 60
#define AWAKE_MS 3000

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static char *read_file(const char *path)
{
	struct buf text = {0};
	char bytes[4096];
	ssize_t got;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return NULL;
	while ((got = read(fd, bytes, sizeof(bytes))) > 0)
		buf_add(&text, bytes, (size_t)got);
	close(fd);
	return buf_take(&text);
}

/* What the file says of NAME in its head; NULL: nothing. */
static char *directive(const struct workload *workload, const char *name)
{
	char key[32];
	const char *at;

	snprintf(key, sizeof(key), "# %s: ", name);
	at = strstr(workload->text, key);
	if (!at)
		return NULL;
	at += strlen(key);
	return strndup(at, strcspn(at, "\n"));
}

/* The next line of keys with its escapes resolved; NULL at the end. */
static char *next_keys(const char **at, size_t *len)
{
	const char *line;
	char *keys;
	size_t i, size;

	do {
		line = *at;
		size = strcspn(line, "\n");
		if (!*line)
			return NULL;
		*at = line + size + (line[size] == '\n');
	} while (line[0] == '#');
	keys = malloc(size + 1);
	for (i = 0, *len = 0; i < size; (*len)++) {
		char hex[3] = {0};

		if (line[i] == '\\' && line[i + 1] == 'x') {
			memcpy(hex, line + i + 2, 2);
			keys[*len] = (char)strtol(hex, NULL, 16);
			i += 4;
		} else {
			keys[*len] = line[i++];
		}
	}
	return keys;
}

/* What the terminal shows of keys that are typed before the prompt is there. */
static char *typed(const struct workload *workload)
{
	const char *at = workload->text;
	struct buf text = {0};
	size_t len, i;
	char *keys;

	while ((keys = next_keys(&at, &len))) {
		for (i = 0; i < len; i++)
			buf_char(&text, (char)(keys[i] == '\r' ? '\n' : keys[i]));
		free(keys);
	}
	return buf_take(&text);
}

void workload_open(struct workload *workload, const char *path)
{
	char *args, *word, *save = NULL, *number;
	size_t count = 0, len = strlen(path);

	*workload = (struct workload){.path = path, .text = read_file(path)};
	if (!workload->text)
		die(path);
	workload->keys = len > 5 && strcmp(path + len - 5, ".keys") == 0;
	workload->typed = workload->keys ? typed(workload) : NULL;
	workload->columns = directive(workload, "columns");
	workload->locale = directive(workload, "locale");
	workload->alone = strstr(workload->text, "# alone: ") != NULL;
	workload->config = directive(workload, "config");
	workload->slow = strstr(workload->text, "# slow: ") != NULL;
	number = directive(workload, "history");
	workload->history = number ? strtol(number, NULL, 10) : 0;
	free(number);
	args = directive(workload, "args");
	if (!args)
		args = strdup("@");
	for (word = strtok_r(args, " ", &save); word && count < WORDS - 1;
	     word = strtok_r(NULL, " ", &save))
		workload->words[count++] = strdup(word);
	free(args);
}

void workload_free(struct workload *workload)
{
	size_t i;

	for (i = 0; workload->words[i]; i++)
		free(workload->words[i]);
	free(workload->text);
	free(workload->typed);
	free(workload->columns);
	free(workload->locale);
	free(workload->config);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	return at->level ? remove(path) : 0;
}

void bench_open(struct bench *bench, const char *dir)
{
	char path[4096];
	int fd;

	bench->dir = strdup(dir);
	snprintf(path, sizeof(path), "%s.state", dir);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (mkdir(dir, 0700) < 0 || fd < 0 || ftruncate(fd, sizeof(*bench->state)) < 0)
		die(dir);
	bench->state = mmap(NULL, sizeof(*bench->state), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (bench->state == MAP_FAILED)
		die("mmap");
	close(fd);
}

void bench_close(struct bench *bench)
{
	munmap(bench->state, sizeof(*bench->state));
	free(bench->dir);
}

static void set_environment(const struct bench *bench, const struct workload *workload)
{
	char text[4096];

	snprintf(text, sizeof(text), "%s.state", bench->dir);
	setenv("TORTURE_STATE", text, 1);
	setenv("HOME", bench->dir, 1);
	setenv("XDG_STATE_HOME", bench->dir, 1);
	setenv("XDG_CONFIG_HOME", bench->dir, 1);
	setenv("XDG_DATA_HOME", bench->dir, 1);
	setenv("TMPDIR", bench->dir, 1);
	setenv("INPUTRC", "/dev/null", 1);
	setenv("LC_ALL", workload->locale ? workload->locale : "C.UTF-8", 1);
	setenv("TERM", "xterm", 1);
	/* A line is a line: nothing that is looked for is broken in two. */
	setenv("COLUMNS", workload->columns ? workload->columns : "9999", 1);
	snprintf(text, sizeof(text),
		 "log_path=%s.report:exitcode=99:detect_leaks=1:allocator_may_return_null=1",
		 bench->dir);
	setenv("ASAN_OPTIONS", text, 1);
	snprintf(text, sizeof(text), "log_path=%s.report:exitcode=99:print_stacktrace=1",
		 bench->dir);
	setenv("UBSAN_OPTIONS", text, 1);
}

/* "@" is the workload itself, "@NAME" a file beside it. */
static char *file_word(const struct workload *workload, char *word)
{
	char *path = word;

	if (word[0] == '@' && !word[1])
		return (char *)workload->path;
	if (word[0] == '@' &&
	    asprintf(&path, "%.*s/%s", (int)(strrchr(workload->path, '/') - workload->path),
		     workload->path, word + 1) < 0)
		_exit(126);
	return path;
}

static _Noreturn void become_victim(const struct bench *bench, const char *victim,
				    const struct workload *workload, int in, int out)
{
	char *argv[WORDS + 2] = {(char *)victim};
	size_t i;

	for (i = 0; workload->words[i]; i++)
		argv[i + 1] = file_word(workload, workload->words[i]);
	setsid();
	if (workload->keys)
		ioctl(in, TIOCSCTTY, 0);
	set_environment(bench, workload);
	if (chdir(bench->dir) < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
		_exit(126);
	closefrom(3);
	execv(victim, argv);
	_exit(126);
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

/* Reads what comes within the time. Returns 1, 0 when nothing came, -1 at the end. */
static int take(int fd, struct buf *text, int timeout_ms)
{
	struct pollfd poller = {.fd = fd, .events = POLLIN};
	char bytes[65536];
	ssize_t got;

	if (poll(&poller, 1, timeout_ms) <= 0)
		return 0;
	got = read(fd, bytes, sizeof(bytes));
	if (got <= 0)
		return -1;
	buf_add(text, bytes, (size_t)got);
	return 1;
}

static bool shows_prompt(const struct buf *text)
{
	return text->len >= 2 && memcmp(text->data + text->len - 2, "> ", 2) == 0;
}

/* The state of a thread, as /proc/PID/task/TID/stat has it; 0: it has gone. */
static char thread_state(const char *dir, const char *name)
{
	char path[4096], *stat, state = 0;
	const char *end;

	snprintf(path, sizeof(path), "%s/%s/stat", dir, name);
	stat = read_file(path);
	end = stat ? strrchr(stat, ')') : NULL;
	if (end && end[1] == ' ')
		state = end[2];
	free(stat);
	return state;
}

/* Whether no thread of the process, nor of its children, runs or waits for a processor. */
static bool is_asleep(pid_t pid)
{
	char path[64], *children, *word, *save = NULL;
	const struct dirent *entry;
	bool asleep = true;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	dir = opendir(path);
	while (dir && asleep && (entry = readdir(dir)))
		asleep = entry->d_name[0] == '.' || thread_state(path, entry->d_name) != 'R';
	if (dir)
		closedir(dir);
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)pid, (int)pid);
	children = read_file(path);
	for (word = children ? strtok_r(children, " ", &save) : NULL; word && asleep;
	     word = strtok_r(NULL, " ", &save))
		asleep = is_asleep((pid_t)strtol(word, NULL, 10));
	free(children);
	return asleep;
}

/* Until it can be typed to. Returns as take() does. */
static int await_quiet(int master, pid_t pid, struct buf *text)
{
	long end = now_ms() + AWAKE_MS;
	int got;

	do
		got = take(master, text, QUIET_MS);
	while ((got > 0 && !shows_prompt(text)) || (got == 0 && !is_asleep(pid) && now_ms() < end));
	return got;
}

/* Sends keys until none are left or the victim has gone. */
static void type_keys(int master, pid_t pid, const struct workload *workload, struct buf *text)
{
	const char *at = workload->text;
	size_t len;
	char *keys;

	while ((keys = next_keys(&at, &len))) {
		int got = await_quiet(master, pid, text);

		if (got >= 0 && write(master, keys, len) < 0)
			got = -1;
		free(keys);
		if (got < 0)
			return;
	}
}

/* All that it prints until its end, or the deadline; true: it was late. */
static bool listen_to(int fd, struct buf *text, long end)
{
	int got = 1;

	while (got >= 0 && now_ms() < end)
		got = take(fd, text, 100);
	return got >= 0;
}

/* What it leaves behind becomes ours (PR_SET_CHILD_SUBREAPER). */
static bool wait_for_orphans(void)
{
	long end = now_ms() + ORPHANS_MS;
	bool found = false;
	pid_t pid;

	while ((pid = waitpid(-1, NULL, WNOHANG)) >= 0) {
		struct timespec step = {.tv_nsec = 1000000};

		if (pid > 0)
			continue;
		found = now_ms() > end;
		if (found)
			break;
		nanosleep(&step, NULL);
	}
	return found;
}

/* Its end, waited for up to the deadline. */
static void reap(pid_t pid, long end, struct outcome *outcome)
{
	pid_t got;

	while ((got = waitpid(pid, &outcome->status, WNOHANG)) == 0 && now_ms() < end) {
		struct timespec step = {.tv_nsec = 500000};

		nanosleep(&step, NULL);
	}
	if (got == pid)
		return;
	outcome->late = true;
	kill(pid, SIGKILL);
	waitpid(pid, &outcome->status, 0);
}

static FILE *create(const struct bench *bench, const char *name)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/sockstep", bench->dir);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/sockstep/%s", bench->dir, name);
	file = fopen(path, "we");
	if (!file)
		die(path);
	return file;
}

/* The files that it finds. */
static void write_files(const struct bench *bench, const struct workload *workload)
{
	long lines = workload->history;
	FILE *file;

	if (lines) {
		file = create(bench, "history");
		while (lines--)
			fprintf(file, "echo %ld\n", lines);
		fclose(file);
	}
	if (workload->config) {
		file = create(bench, "config");
		fprintf(file, "%s\n", workload->config);
		fclose(file);
	}
}

static int open_terminal(int *slave)
{
	struct winsize size = {.ws_row = 50, .ws_col = 500};
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0)
		die("posix_openpt");
	*slave = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*slave < 0)
		die("pts");
	ioctl(*slave, TIOCSWINSZ, &size);
	return master;
}

static void run_prompt(const struct bench *bench, const char *victim,
		       const struct workload *workload, struct buf *text, struct outcome *outcome)
{
	struct termios before = {0}, after = {0};
	int slave, master = open_terminal(&slave);
	long end = now_ms() + DEADLINE_MS;
	bool gone = false;
	pid_t pid;

	tcgetattr(slave, &before);
	pid = fork();
	if (pid == 0)
		become_victim(bench, victim, workload, slave, slave);
	type_keys(master, pid, workload, text);
	while (!gone && now_ms() < end) {
		siginfo_t info = {0};

		take(master, text, 5);
		gone = waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
		       info.si_pid;
	}
	while (take(master, text, 0) > 0)
		;
	if (tcgetattr(slave, &after) == 0)
		outcome->terminal_changed = memcmp(&before, &after, sizeof(before)) != 0;
	close(master);
	reap(pid, now_ms(), outcome);
	close(slave);
}

static void run_script(const struct bench *bench, const char *victim,
		       const struct workload *workload, struct buf *text, struct outcome *outcome)
{
	long end = now_ms() + DEADLINE_MS;
	int in = open(workload->path, O_RDONLY | O_CLOEXEC);
	int ends[2];
	pid_t pid;

	if (in < 0 || pipe2(ends, O_CLOEXEC) < 0)
		die("pipe");
	if (workload->slow) {
		fcntl(ends[1], F_SETPIPE_SZ, 4096);
		fcntl(ends[1], F_SETFL, O_NONBLOCK);
	}
	pid = fork();
	if (pid == 0)
		become_victim(bench, victim, workload, in, ends[1]);
	close(ends[1]);
	close(in);
	if (workload->slow)
		usleep(50000);
	listen_to(ends[0], text, end);
	reap(pid, end, outcome);
	close(ends[0]);
}

/* What a sanitizer has written: DIR.report.PID. */
static char *take_report(const char *dir)
{
	char command[4096 + 128];
	struct buf text = {0};
	char bytes[512];
	FILE *pipe;

	snprintf(command, sizeof(command), "cat %s.report.* 2>/dev/null; rm -f %s.report.*", dir,
		 dir);
	pipe = popen(command, "r");
	while (pipe && fgets(bytes, sizeof(bytes), pipe))
		buf_str(&text, bytes);
	if (pipe)
		pclose(pipe);
	if (text.len)
		return buf_take(&text);
	buf_free(&text);
	return NULL;
}

void run(const struct bench *bench, const char *victim, const struct workload *workload,
	 const struct order *order, struct outcome *outcome)
{
	struct buf text = {0};

	memset(bench->state, 0, sizeof(*bench->state));
	bench->state->mode = order->mode;
	bench->state->key = order->key;
	bench->state->hit = order->hit;
	bench->state->also = order->also;
	*outcome = (struct outcome){0};
	nftw(bench->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	write_files(bench, workload);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	if (workload->keys)
		run_prompt(bench, victim, workload, &text, outcome);
	else
		run_script(bench, victim, workload, &text, outcome);
	outcome->orphans = wait_for_orphans();
	outcome->len = text.len;
	outcome->text = buf_take(&text);
#if defined(__SANITIZE_ADDRESS__)
	outcome->report = take_report(bench->dir);
#else
	(void)take_report;
#endif
}

void outcome_free(struct outcome *outcome)
{
	free(outcome->text);
	free(outcome->report);
}
