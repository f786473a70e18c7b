/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs several commands in turn, ROUNDS times, and prints for each the median of what it took from
 * start to end, in nanoseconds, one a line: "launch [-p] ROUNDS COMMAND... [:: COMMAND...]...".
 * Their standard output goes to /dev/null, with -p through a pipe. A command that fails ends all.
 */
#include <err.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define VARIANTS 8

extern char **environ;

static long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000L + time.tv_nsec;
}

static void drain(int fd)
{
	static char bytes[65536];
	ssize_t got;

	do
		got = read(fd, bytes, sizeof(bytes));
	while (got > 0);
	if (got < 0)
		err(1, "read");
	close(fd);
}

static long run(char **command, bool piped)
{
	int ends[2] = {-1, -1}, status, error;
	posix_spawn_file_actions_t actions;
	long start;
	pid_t pid;

	if (piped && pipe2(ends, O_CLOEXEC) < 0)
		err(1, "pipe2");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	if (piped)
		posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	else
		posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	start = now();
	error = posix_spawnp(&pid, command[0], &actions, NULL, command, environ);
	if (error)
		errx(1, "%s: %s", command[0], strerror(error));
	if (piped) {
		close(ends[1]);
		drain(ends[0]);
	}
	if (waitpid(pid, &status, 0) < 0)
		err(1, "waitpid");
	start = now() - start;
	posix_spawn_file_actions_destroy(&actions);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		errx(1, "%s failed (wait status %d)", command[0], status);
	return start;
}

static int compare(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	bool piped = argc > 1 && strcmp(argv[1], "-p") == 0;
	int first = piped ? 2 : 1, variants = 0;
	char **variant[VARIANTS];
	long rounds, *took;

	rounds = argc > first + 1 ? strtol(argv[first], NULL, 10) : 0;
	if (rounds <= 0)
		errx(2, "usage: launch [-p] ROUNDS COMMAND... [:: COMMAND...]...");
	variant[variants++] = &argv[first + 1];
	for (int i = first + 1; i < argc; i++) {
		if (strcmp(argv[i], "::") != 0)
			continue;
		if (variants == VARIANTS || !argv[i + 1])
			errx(2, "from 1 to %d commands", VARIANTS);
		argv[i] = NULL;
		variant[variants++] = &argv[i + 1];
	}
	took = calloc(variants * rounds, sizeof(*took));
	if (!took)
		err(1, "calloc");
	for (long round = 0; round < rounds; round++)
		for (int i = 0; i < variants; i++)
			took[i * rounds + round] = run(variant[i], piped);
	for (int i = 0; i < variants; i++) {
		qsort(took + i * rounds, rounds, sizeof(*took), compare);
		printf("%ld\n", took[i * rounds + rounds / 2]);
	}
	free(took);
	return 0;
}
