/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A data race in a forked process, so that tests/tsan can see whether one would be reported. */
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static int shared;

static void *count(void *data)
{
	(void)data;
	shared++;
	return NULL;
}

int main(void)
{
	pthread_t threads[2];

	if (fork() != 0) {
		wait(NULL);
		return 0;
	}
	pthread_create(&threads[0], NULL, count, NULL);
	pthread_create(&threads[1], NULL, count, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	_exit(0);
}
