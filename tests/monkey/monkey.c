/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "judge.h"
#include "lines.h"
#include "session/session.h"

/*
 * Feeds random lines to sockstep, and judges what comes back: see usage. It works in the current
 * directory, which fills with files and sockets.
 */
static const char usage[] =
	"Usage: monkey [--json] [--lines=N] [--seed=N] [--memory] [--print] PROGRAM\n"
	"  --memory   memory after N lines must be about as after N/5\n"
	"  --print    print the lines, and run nothing\n";

#define DESCRIPTORS 64          /* that sockstep and its processes may have */
#define SILENCE_MS  30000       /* as long as no line may take */
#define FILE_BYTES  (16L << 20) /* as large as no file may grow */
#define MOST_GROWTH 1.1
/* What a call that waits, or a process that was started anew, may hold. */
#define SLACK_KIB  2048
#define KEPT_LINES 40 /* shown when something went wrong */
/*
 * Echoed, with a number of its own, where everything that was fed has been run: in no help,
 * explanation, random line or history before.
 */
#define MARK "monkey-measures-"

struct sample {
	long kib;        /* resident, of the explorer and its processes */
	int descriptors; /* of the explorer */
};

struct monkey {
	struct lines lines;
	struct judge judge;
	unsigned long count, made;
	const char *program;
	bool memory;
	pid_t pid;
	int in, out, errors; /* sockstep's; -1: closed */
	struct buf feed;     /* made, but not fed */
	struct buf got, got_errors;
	struct buf kept[KEPT_LINES];
	bool awaits_mark, marked;
	int marks;
	struct sample samples[2];
	char trouble[600];
};

static void trouble(struct monkey *monkey, const char *what)
{
	if (!monkey->trouble[0])
		snprintf(monkey->trouble, sizeof(monkey->trouble), "%s", what);
}

static void write_files(struct monkey *monkey)
{
	struct buf name = {0}, content = {0};
	unsigned i;

	for (i = 0; lines_file(&monkey->lines, i, &name, &content); i++) {
		FILE *file = fopen(buf_text(&name), "w");

		if (file) {
			fwrite(buf_text(&content), 1, content.len, file);
			fclose(file);
		}
		buf_reset(&name);
		buf_reset(&content);
	}
	buf_free(&name);
	buf_free(&content);
}

static void limit(int what, rlim_t most)
{
	struct rlimit limits = {.rlim_cur = most, .rlim_max = most};

	setrlimit(what, &limits);
}

_Noreturn static void become_sockstep(const struct monkey *monkey, int in, int out, int errors)
{
	const char *args[] = {monkey->program,
			      "--private",
			      "--keep-going",
			      "--timeout=2ms",
			      "--color=never",
			      monkey->judge.json ? "--json" : NULL,
			      NULL};

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	limit(RLIMIT_NOFILE, DESCRIPTORS);
	limit(RLIMIT_FSIZE, FILE_BYTES);
	limit(RLIMIT_CORE, 0);
	if (dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(errors, 2) == 2)
		execv(monkey->program, (char **)args);
	_exit(127);
}

static bool start(struct monkey *monkey)
{
	int in[2], out[2], errors[2];

	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(errors, O_CLOEXEC) < 0)
		return false;
	monkey->pid = fork();
	if (monkey->pid == 0)
		become_sockstep(monkey, in[0], out[1], errors[1]);
	close(in[0]);
	close(out[1]);
	close(errors[1]);
	monkey->in = in[1];
	monkey->out = out[0];
	monkey->errors = errors[0];
	fcntl(monkey->in, F_SETFL, O_NONBLOCK);
	return monkey->pid > 0;
}

static long resident_kib(pid_t pid)
{
	char path[64], line[256];
	long kib = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "VmRSS: %ld", &kib) == 1)
			break;
	if (file)
		fclose(file);
	return kib;
}

static struct sample take_sample(pid_t pid)
{
	struct sample sample = {.kib = resident_kib(pid)};
	char path[64];
	FILE *file;
	DIR *dir;
	int child;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)pid, (int)pid);
	file = fopen(path, "r");
	while (file && fscanf(file, "%d", &child) == 1)
		sample.kib += resident_kib(child);
	if (file)
		fclose(file);
	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	dir = opendir(path);
	while (dir && readdir(dir))
		sample.descriptors++;
	if (dir)
		closedir(dir);
	return sample;
}

/*
 * What the kernel is asked in between has a descriptor for a moment, which is not counted: two
 * looks that agree.
 */
static struct sample take_steady_sample(pid_t pid)
{
	const struct timespec pause = {.tv_nsec = 20000000};
	struct sample before = take_sample(pid), now;
	int looks;

	for (looks = 0; looks < 100; looks++) {
		nanosleep(&pause, NULL);
		now = take_sample(pid);
		if (now.descriptors == before.descriptors)
			break;
		before = now;
	}
	return now;
}

/* How many live at a mark beside main is chance. */
static void end_processes(struct buf *feed)
{
	static const char *const names[] = {"one", "two", "nobody", "child", "state", "TCP"};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		buf_printf(feed, "kill %s KILL\n", names[i]);
	for (i = 0; i < 6; i++)
		buf_printf(feed, "kill n%zu KILL\n", i);
	for (i = 2; i <= SESSION_PROCESSES; i++)
		buf_printf(feed, "kill child%zu KILL\n", i);
}

/* At the marks everything that was fed has been run: the process is idle, and can be measured. */
static void make_lines(struct monkey *monkey)
{
	bool last = monkey->made == monkey->count;

	if (monkey->feed.len || monkey->awaits_mark)
		return;
	if (monkey->marks == 0 ? monkey->made >= monkey->count / 5 : last && monkey->marks == 1) {
		end_processes(&monkey->feed);
		buf_printf(&monkey->feed, "process main; echo " MARK "%d\n", monkey->marks);
		monkey->awaits_mark = true;
		return;
	}
	if (last) {
		close(monkey->in);
		monkey->in = -1;
		return;
	}
	do {
		struct buf *kept = &monkey->kept[monkey->made % KEPT_LINES];
		size_t start = monkey->feed.len;

		lines_add(&monkey->lines, &monkey->feed);
		buf_reset(kept);
		buf_add(kept, buf_text(&monkey->feed) + start, monkey->feed.len - start);
		monkey->made++;
	} while (monkey->made < monkey->count && monkey->feed.len < 1000);
}

static void feed(struct monkey *monkey)
{
	ssize_t done = write(monkey->in, buf_text(&monkey->feed), monkey->feed.len);

	if (done > 0) {
		memmove(monkey->feed.data, monkey->feed.data + done,
			monkey->feed.len - (size_t)done);
		buf_truncate(&monkey->feed, monkey->feed.len - (size_t)done);
	} else if (errno != EAGAIN) {
		close(monkey->in);
		monkey->in = -1;
	}
}

static void take_line(struct monkey *monkey, const char *line, size_t len, bool errors)
{
	char mark[sizeof(MARK) + 20];

	judge_line(&monkey->judge, line, len, errors);
	snprintf(mark, sizeof(mark), MARK "%d", monkey->marks);
	if (errors || !monkey->awaits_mark || !memmem(line, len, mark, strlen(mark)))
		return;
	monkey->awaits_mark = false;
	monkey->samples[monkey->marks++] = take_steady_sample(monkey->pid);
}

static void take(struct monkey *monkey, int *fd, struct buf *got, bool errors)
{
	char bytes[65536];
	ssize_t len = read(*fd, bytes, sizeof(bytes));
	size_t start = 0;
	char *end;

	if (len <= 0) {
		close(*fd);
		*fd = -1;
		return;
	}
	buf_add(got, bytes, (size_t)len);
	while (got->len > start && (end = memchr(got->data + start, '\n', got->len - start))) {
		take_line(monkey, got->data + start, (size_t)(end - got->data) - start, errors);
		start = (size_t)(end - got->data) + 1;
	}
	if (!start)
		return;
	memmove(got->data, got->data + start, got->len - start);
	buf_truncate(got, got->len - start);
}

static void print_file(pid_t pid, const char *name)
{
	char path[64], text[200] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	file = fopen(path, "r");
	if (file && fgets(text, sizeof(text), file))
		printf(" %s: %.*s", name, (int)strcspn(text, "\n"), text);
	if (file)
		fclose(file);
}

static void print_descriptors(pid_t pid)
{
	char path[64], to[200];
	ssize_t len;
	int fd;

	for (fd = 3; fd < DESCRIPTORS; fd++) {
		snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
		len = readlink(path, to, sizeof(to));
		if (len > 0)
			printf(" %d: %.*s", fd, (int)len, to);
	}
}

/* What the explorer and its children do at this moment. */
static void print_stuck(pid_t pid)
{
	char path[64];
	int child;
	FILE *list;

	printf("%d:", (int)pid);
	print_file(pid, "stat");
	print_file(pid, "wchan");
	print_file(pid, "syscall");
	print_descriptors(pid);
	printf("\n");
	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", (int)pid, (int)pid);
	list = fopen(path, "r");
	while (list && fscanf(list, "%d", &child) == 1)
		print_stuck(child);
	if (list)
		fclose(list);
}

static void drive(struct monkey *monkey)
{
	while (monkey->out >= 0 || monkey->errors >= 0) {
		struct pollfd list[3] = {{.fd = monkey->out, .events = POLLIN},
					 {.fd = monkey->errors, .events = POLLIN},
					 {.fd = -1, .events = POLLOUT}};

		if (monkey->in >= 0)
			make_lines(monkey);
		if (monkey->feed.len)
			list[2].fd = monkey->in;
		if (poll(list, 3, SILENCE_MS) == 0) {
			trouble(monkey,
				monkey->in < 0 ? "it does not end" : "nothing comes any more");
			print_stuck(monkey->pid);
			kill(monkey->pid, SIGKILL);
		}
		if (list[0].revents)
			take(monkey, &monkey->out, &monkey->got, false);
		if (list[1].revents)
			take(monkey, &monkey->errors, &monkey->got_errors, true);
		if (list[2].revents)
			feed(monkey);
	}
}

static void judge_end(struct monkey *monkey)
{
	const struct sample *first = &monkey->samples[0], *last = &monkey->samples[1];
	char text[600];
	int status = 0;

	waitpid(monkey->pid, &status, 0);
	if (WIFSIGNALED(status))
		snprintf(text, sizeof(text), "killed by signal %d", WTERMSIG(status));
	else
		snprintf(text, sizeof(text), "exit status %d", WEXITSTATUS(status));
	/* With --keep-going, and calls that fail, that is what it must be. */
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		trouble(monkey, text);
	if (monkey->judge.problem[0])
		trouble(monkey, monkey->judge.problem);
	if (monkey->lines.stuck) {
		snprintf(text, sizeof(text), "no valid %s could be made", monkey->lines.stuck);
		trouble(monkey, text);
	}
	if (monkey->judge.json && !monkey->judge.ended)
		trouble(monkey, "no end event");
	if (monkey->marks < 2) {
		trouble(monkey, "it ended early");
		return;
	}
	if (last->descriptors != first->descriptors)
		trouble(monkey, "the explorer's descriptors became more or less");
	if (monkey->memory && (double)last->kib > (double)first->kib * MOST_GROWTH + SLACK_KIB)
		trouble(monkey, "memory has grown");
}

static bool report(struct monkey *monkey)
{
	const struct sample *samples = monkey->samples;
	unsigned long i;

	printf("%lu lines: %lu steps, %lu calls failed, %lu lines refused, %lu deaths; "
	       "%ld KiB after a fifth, %ld at the end; %d descriptors\n",
	       monkey->made, monkey->judge.steps, monkey->judge.failed, monkey->judge.errors,
	       monkey->judge.deaths, samples[0].kib, samples[1].kib, samples[1].descriptors);
	if (!monkey->trouble[0])
		return true;
	printf("trouble: %s\nthe last lines made:\n", monkey->trouble);
	for (i = monkey->made > KEPT_LINES ? monkey->made - KEPT_LINES : 0; i < monkey->made; i++)
		printf("%s", buf_text(&monkey->kept[i % KEPT_LINES]));
	return false;
}

static void print_lines(struct monkey *monkey)
{
	struct buf line = {0};
	unsigned long i;

	for (i = 0; i < monkey->count; i++) {
		buf_reset(&line);
		lines_add(&monkey->lines, &line);
		fputs(buf_text(&line), stdout);
	}
	buf_free(&line);
}

static int read_options(struct monkey *monkey, int argc, char **argv, bool *print)
{
	static const struct option longs[] = {
		{"json", no_argument, NULL, 'j'},       {"lines", required_argument, NULL, 'l'},
		{"seed", required_argument, NULL, 's'}, {"memory", no_argument, NULL, 'm'},
		{"print", no_argument, NULL, 'p'},      {0},
	};
	int which;

	while ((which = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		if (which == 'j')
			monkey->judge.json = true;
		else if (which == 'l')
			monkey->count = strtoul(optarg, NULL, 10);
		else if (which == 's')
			lines_seed(&monkey->lines, strtoull(optarg, NULL, 10));
		else if (which == 'm')
			monkey->memory = true;
		else if (which == 'p')
			*print = true;
		else
			return -1;
	}
	monkey->program = argv[optind];
	return monkey->program || *print ? 0 : -1;
}

static void free_all(struct monkey *monkey)
{
	int i;

	buf_free(&monkey->feed);
	buf_free(&monkey->got);
	buf_free(&monkey->got_errors);
	for (i = 0; i < KEPT_LINES; i++)
		buf_free(&monkey->kept[i]);
}

int main(int argc, char **argv)
{
	struct monkey monkey = {.count = 1000, .in = -1, .out = -1, .errors = -1};
	bool print = false, well;

	signal(SIGPIPE, SIG_IGN);
	if (read_options(&monkey, argc, argv, &print) < 0) {
		fputs(usage, stderr);
		return 2;
	}
	write_files(&monkey);
	if (print) {
		print_lines(&monkey);
		return 0;
	}
	if (!start(&monkey)) {
		perror("monkey");
		return 2;
	}
	drive(&monkey);
	judge_end(&monkey);
	well = report(&monkey);
	free_all(&monkey);
	return well ? 0 : 1;
}
