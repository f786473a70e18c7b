/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/*
 * In place of libFuzzer, where the compiler has none: runs the target on each of its seeds and on
 * each beginning of them, as a TAP test.
 */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SEED_MOST 65536

/* A seed is cut at each length; one that is longer, behind that, at some of all kinds. */
#define EACH_UP_TO 2048
#define FAR_STEP   7

/* Memory of just that size, so that reading beyond is seen. */
static void run(const uint8_t *bytes, size_t size)
{
	uint8_t *data = malloc(size ? size : 1);

	if (!data)
		abort();
	memcpy(data, bytes, size);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
}

static int replay(const char *dir, const char *name)
{
	static uint8_t bytes[SEED_MOST];
	struct buf path = {0};
	size_t size, len;
	FILE *file;

	buf_printf(&path, "%s/%s", dir, name);
	file = fopen(buf_text(&path), "rb");
	buf_free(&path);
	if (!file)
		return -1;
	size = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	for (len = 0; len < size; len += len < EACH_UP_TO ? 1 : FAR_STEP)
		run(bytes, len);
	run(bytes, size);
	return 0;
}

static int is_seed(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	const char *top = getenv("top_srcdir"), *name = strrchr(argv[0], '/');
	struct dirent **list;
	struct buf dir = {0};
	int i, count, failed = 0;

	name = name ? name + 1 : argv[0];
	if (strncmp(name, "fuzz_", 5) == 0)
		name += 5;
	buf_printf(&dir, "%s/tests/fuzz/seeds/%s", top ? top : ".", name);
	LLVMFuzzerInitialize(&argc, &argv);
	count = scandir(buf_text(&dir), &list, is_seed, alphasort);
	if (count <= 0) {
		printf("Bail out! no seeds in %s\n", buf_text(&dir));
		return 1;
	}
	printf("1..%d\n", count);
	for (i = 0; i < count; i++) {
		int result = replay(buf_text(&dir), list[i]->d_name);

		failed |= result;
		printf("%sok %d %s\n", result ? "not " : "", i + 1, list[i]->d_name);
		fflush(stdout);
		free(list[i]);
	}
	free(list);
	buf_free(&dir);
	return failed ? 1 : 0;
}
