/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * torture VICTIM SITES DIR WORKLOAD...
 *
 * Fails every call site that the workloads reach, in every mode that befits it, one in each run,
 * and looks at what became of the program. SITES lists all call sites that there are: an address
 * and the function, one a line. DIR is for what the runs leave. Writes TAP.
 *
 * TORTURE_ALL=yes: each site in each workload, and not only at its first call.
 * TORTURE_STRICT=yes: a call site that no workload reaches is a failure.
 * TORTURE_ONLY=NAME: only sites of this function. TORTURE_JOBS=N: so many at once.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/grow.h"
#include "verdict.h"

#define NORMAL_TRIES 5
#define TRIES        4 /* of a run that fails: what is no fault of the program passes */
#define WORKERS      16
#define FOUND        16

struct prepared {
	struct workload workload;
	struct lines normal;
	struct site *sites;
	size_t count;
};

struct trial {
	size_t prepared;
	struct order order;
	uint64_t found[FOUND]; /* sites that no workload reaches by itself: what cleans up */
	size_t found_count;
	bool done, survived;
	bool moot; /* the call was not made again: it is not made on every run */
	char why[2000];
};

struct plan {
	const char *victim, *dir;
	struct prepared *prepared;
	size_t count;
	struct trial *trials; /* shared by the workers */
	size_t trial_count, trial_cap;
};

static int points, failures;

static void point(bool ok, const char *name)
{
	printf("%sok %d - %s\n", ok ? "" : "not ", ++points, name);
	failures += !ok;
	fflush(stdout);
}

static const char *mode_name(enum mode mode)
{
	static const char *const names[MODES] = {"not", "once", "for good", "interrupted", "short"};

	return names[mode];
}

static void keep_sites(struct prepared *prepared, const struct state *state)
{
	size_t i;

	prepared->sites = calloc(SITES, sizeof(*prepared->sites));
	for (i = 0; i < SITES; i++)
		if (state->sites[i].key)
			prepared->sites[prepared->count++] = state->sites[i];
}

/*
 * What is typed ahead may meet a busy machine, and be answered otherwise: normal is what two runs
 * in a row print.
 */
static void run_twice(const struct plan *plan, struct prepared *prepared, const struct bench *bench,
		      const struct order *order, struct outcome *outcome)
{
	int tries;

	run(bench, plan->victim, &prepared->workload, order, outcome);
	lines_read(&prepared->normal, &prepared->workload, outcome->text, outcome->len);
	for (tries = 0; tries < NORMAL_TRIES; tries++) {
		struct lines before = prepared->normal;
		bool same;

		outcome_free(outcome);
		run(bench, plan->victim, &prepared->workload, order, outcome);
		lines_read(&prepared->normal, &prepared->workload, outcome->text, outcome->len);
		same = lines_same(&before, &prepared->normal, prepared->workload.keys);
		lines_free(&before);
		if (same)
			break;
	}
}

/* Runs it as it is, to know what it prints and which calls it makes. */
static void prepare(struct plan *plan, struct prepared *prepared, const struct bench *bench)
{
	struct order order = {.mode = MODE_COUNT};
	struct lines empty = {0};
	struct outcome outcome;
	char why[2000], name[2500];
	bool ok;

	run_twice(plan, prepared, bench, &order, &outcome);
	keep_sites(prepared, bench->state);
	ok = verdict(bench->state, &prepared->workload, &empty, &outcome, why, sizeof(why));
	snprintf(name, sizeof(name), "%s: %zu sites%s%s", strrchr(prepared->workload.path, '/') + 1,
		 prepared->count, ok ? "" : ": ", ok ? "" : why);
	point(ok, name);
	if (!ok || getenv("TORTURE_SHOW"))
		fprintf(stderr, "%s\n", outcome.text);
	if (!ok)
		prepared->count = 0;
	outcome_free(&outcome);
}

static void add_trial(struct plan *plan, size_t prepared, enum mode mode, uint64_t key,
		      uint32_t hit)
{
	if (grow(&plan->trials, &plan->trial_cap, plan->trial_count, sizeof(*plan->trials)) < 0)
		abort();
	plan->trials[plan->trial_count++] = (struct trial){
		.prepared = prepared, .order = {.mode = mode, .key = key, .hit = hit}};
}

static void add_modes(struct plan *plan, size_t prepared, uint64_t key, uint32_t hit)
{
	unsigned flags = symbol_flags(site_symbol(key));

	add_trial(plan, prepared, MODE_ONCE, key, hit);
	add_trial(plan, prepared, MODE_FOR_GOOD, key, hit);
	if (flags & MAY_INTERRUPT)
		add_trial(plan, prepared, MODE_INTERRUPTED, key, hit);
	if (flags & MAY_SHORT)
		add_trial(plan, prepared, MODE_SHORT, key, hit);
}

static bool is_planned(const struct plan *plan, uint64_t key)
{
	size_t i;

	for (i = 0; i < plan->trial_count; i++)
		if (plan->trials[i].order.key == key)
			return true;
	return false;
}

/* The function that fails, be it as the second. */
static enum symbol trial_symbol(const struct trial *trial)
{
	return site_symbol(trial->order.also ? trial->order.also : trial->order.key);
}

static void make_plan(struct plan *plan)
{
	const char *only = getenv("TORTURE_ONLY");
	bool all = getenv("TORTURE_ALL") != NULL;
	size_t i, k;

	for (i = 0; i < plan->count; i++) {
		const struct prepared *prepared = &plan->prepared[i];

		for (k = 0; k < prepared->count; k++) {
			uint32_t hit, step = 1, hits = prepared->sites[k].hits;
			uint64_t key = prepared->sites[k].key;

			if (only && strcmp(only, symbol_name(site_symbol(key))) != 0)
				continue;
			if (!all && is_planned(plan, key))
				continue;
			/* The first calls, and from there ever fewer. */
			for (hit = 1; hit == 1 || (all && hit <= hits); hit += step) {
				add_modes(plan, i, key, hit);
				step += hit / 3;
			}
		}
	}
}

static bool is_prepared(const struct plan *plan, uint64_t key)
{
	size_t i, k;

	for (i = 0; i < plan->count; i++)
		for (k = 0; k < plan->prepared[i].count; k++)
			if (plan->prepared[i].sites[k].key == key)
				return true;
	return false;
}

static void keep_found(const struct plan *plan, struct trial *trial, const struct state *state)
{
	size_t i;

	trial->found_count = 0;
	for (i = 0; i < SITES && trial->found_count < FOUND; i++)
		if (state->sites[i].key && !is_prepared(plan, state->sites[i].key))
			trial->found[trial->found_count++] = state->sites[i].key;
}

static void try(const struct plan *plan, const struct bench *bench, struct trial *trial)
{
	const struct prepared *prepared = &plan->prepared[trial->prepared];
	int tries, late = 0;

	trial->done = true;
	for (tries = 0; tries < TRIES && !trial->survived; tries++) {
		struct outcome outcome;

		run(bench, plan->victim, &prepared->workload, &trial->order, &outcome);
		if (!trial->order.also)
			keep_found(plan, trial, bench->state);
		trial->moot = !bench->state->failed;
		trial->survived = verdict(bench->state, &prepared->workload, &prepared->normal,
					  &outcome, trial->why, sizeof(trial->why));
		if (!trial->survived && tries == TRIES - 1 && getenv("TORTURE_SHOW"))
			fprintf(stderr, "-- %s\n%s\n", trial->why, outcome.text);
		/* That takes long enough. */
		late += outcome.late;
		outcome_free(&outcome);
		if (late > 1)
			break;
	}
}

static size_t worker_count(void)
{
	const char *asked = getenv("TORTURE_JOBS");
	long count = asked ? strtol(asked, NULL, 10) : sysconf(_SC_NPROCESSORS_ONLN);

	return count < 1 ? 1 : count > WORKERS ? WORKERS : (size_t)count;
}

static _Noreturn void work(const struct plan *plan, const struct bench *bench, size_t from,
			   size_t step)
{
	size_t i;

	for (i = 0; i < plan->trial_count; i++) {
		bool alone = plan->prepared[plan->trials[i].prepared].workload.alone;

		if (!plan->trials[i].done && (alone ? 0 : i % step) == from)
			try(plan, bench, &plan->trials[i]);
	}
	fflush(stderr);
	_exit(0);
}

/* Makes the trials that were not made yet. */
static void carry_out(struct plan *plan, const struct bench *benches, size_t workers)
{
	size_t size = plan->trial_count * sizeof(*plan->trials), i;
	struct trial *shared =
		mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct trial *own = plan->trials;

	if (shared == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
	memcpy(shared, own, size);
	plan->trials = shared;
	fflush(stdout);
	for (i = 0; i < workers; i++)
		if (fork() == 0)
			work(plan, &benches[i], i, workers);
	while (wait(NULL) >= 0 || errno == EINTR)
		;
	memcpy(own, shared, size);
	plan->trials = own;
	munmap(shared, size);
}

static bool is_planned_second(const struct plan *plan, size_t first, uint64_t key)
{
	size_t i;

	for (i = first; i < plan->trial_count; i++)
		if (plan->trials[i].order.also == key)
			return true;
	return false;
}

/* What only a failure leads to fails after that failure. */
static void plan_second_failures(struct plan *plan)
{
	size_t i, k, first = plan->trial_count;

	for (i = 0; i < first; i++)
		for (k = 0; k < plan->trials[i].found_count; k++) {
			uint64_t key = plan->trials[i].found[k];
			struct order order = plan->trials[i].order;

			if (is_planned_second(plan, first, key))
				continue;
			add_trial(plan, plan->trials[i].prepared, order.mode, order.key, order.hit);
			plan->trials[plan->trial_count - 1].order.also = key;
		}
}

/* Where in the source an address is, if that can be had. */
static void print_place(const struct plan *plan, uint64_t address)
{
	char command[4096], line[512] = "";
	FILE *pipe;

	snprintf(command, sizeof(command), "addr2line -sfe '%s' %#llx | tr '\\n' ' '", plan->victim,
		 (unsigned long long)address - 1);
	pipe = popen(command, "r");
	if (pipe && fgets(line, sizeof(line), pipe))
		printf("%s", line);
	if (pipe)
		pclose(pipe);
	printf("(%#llx)", (unsigned long long)address);
}

static void print_trial(const struct plan *plan, const struct trial *trial)
{
	uint64_t key = trial->order.key;
	const char *at;

	printf("# %s %s, in %s, call %u in %s at ", symbol_name(site_symbol(key)),
	       mode_name(trial->order.mode),
	       site_role(key) == ROLE_PROCESS ? "a process" : "the explorer", trial->order.hit,
	       strrchr(plan->prepared[trial->prepared].workload.path, '/') + 1);
	print_place(plan, site_address(key));
	if (trial->order.also) {
		printf(", then %s at ", symbol_name(site_symbol(trial->order.also)));
		print_place(plan, site_address(trial->order.also));
	}
	printf(":\n#   ");
	for (at = trial->why; *at; at++)
		printf(*at == '\n' ? "\n#   " : "%c", *at);
	printf("\n");
}

static void tell_symbol(const struct plan *plan, enum symbol symbol)
{
	size_t i, runs = 0, survived = 0;
	char name[128];

	for (i = 0; i < plan->trial_count; i++)
		if (trial_symbol(&plan->trials[i]) == symbol && !plan->trials[i].moot) {
			runs++;
			survived += plan->trials[i].survived;
		}
	if (!runs)
		return;
	snprintf(name, sizeof(name), "%s fails: %zu of %zu runs survive", symbol_name(symbol),
		 survived, runs);
	point(survived == runs, name);
	for (i = 0; i < plan->trial_count; i++)
		if (trial_symbol(&plan->trials[i]) == symbol && !plan->trials[i].survived)
			print_trial(plan, &plan->trials[i]);
}

static bool is_reached(const struct plan *plan, uint64_t address)
{
	size_t i, k;

	for (i = 0; i < plan->count; i++)
		for (k = 0; k < plan->prepared[i].count; k++)
			if (site_address(plan->prepared[i].sites[k].key) == address)
				return true;
	for (i = 0; i < plan->trial_count; i++)
		for (k = 0; k < plan->trials[i].found_count; k++)
			if (site_address(plan->trials[i].found[k]) == address)
				return true;
	return false;
}

/*
 * Compares the sites that were reached with those that there are: those that may be missed are
 * marked with "-". Returns how many were reached.
 */
static size_t tell_unreached(const struct plan *plan, const char *path)
{
	char symbol[64], function[128], mark[8], name[128];
	size_t sites = 0, reached = 0, excused = 0;
	FILE *list = fopen(path, "re");
	unsigned long long address;

	if (!list)
		return 0;
	while (fscanf(list, "%llx %63s %127s %7s", &address, symbol, function, mark) == 4) {
		sites++;
		if (is_reached(plan, address)) {
			reached++;
		} else if (mark[0] == '-') {
			excused++;
		} else {
			printf("# not reached: %s %s, at ", symbol, function);
			print_place(plan, address);
			printf("\n");
		}
	}
	fclose(list);
	snprintf(name, sizeof(name), "%zu of %zu call sites are reached, and %zu cannot be",
		 reached, sites, excused);
	point(sites && reached && (reached + excused == sites || !getenv("TORTURE_STRICT")), name);
	return reached;
}

static void tell(const struct plan *plan, const char *sites)
{
	size_t i, survived = 0, moot = 0, reached;
	int symbol;

	for (symbol = 0; symbol < SYMBOL_COUNT; symbol++)
		tell_symbol(plan, (enum symbol)symbol);
	reached = tell_unreached(plan, sites);
	for (i = 0; i < plan->trial_count; i++) {
		survived += plan->trials[i].survived;
		moot += plan->trials[i].moot;
	}
	printf("1..%d\n", points);
	if (moot)
		printf("# %zu calls were not made again: they are not made on every run\n", moot);
	printf("# %zu of %zu survive (%zu sites, %d modes)\n", survived, plan->trial_count - moot,
	       reached, MODES - 1);
}

/* Somebody else's, for the explanation that finds its program. */
static void hold_a_port(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7077)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	inet_pton(AF_INET, "127.38.77.1", &address.sin_addr);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(fd, 4096) < 0)
		fprintf(stderr, "127.38.77.1:7077: %s\n", strerror(errno));
}

int main(int argc, char **argv)
{
	struct bench benches[WORKERS];
	size_t i, workers = worker_count();
	struct plan plan = {0};
	char dir[4096];

	if (argc < 5) {
		fprintf(stderr, "usage: torture VICTIM SITES DIR WORKLOAD...\n");
		return 2;
	}
	plan.victim = argv[1];
	plan.dir = argv[3];
	plan.count = (size_t)argc - 4;
	plan.prepared = calloc(plan.count, sizeof(*plan.prepared));
	hold_a_port();
	for (i = 0; i < workers; i++) {
		snprintf(dir, sizeof(dir), "%s/%zu", plan.dir, i);
		bench_open(&benches[i], dir);
	}
	for (i = 0; i < plan.count; i++) {
		workload_open(&plan.prepared[i].workload, argv[i + 4]);
		prepare(&plan, &plan.prepared[i], &benches[0]);
	}
	make_plan(&plan);
	if (plan.trial_count) {
		carry_out(&plan, benches, workers);
		plan_second_failures(&plan);
		carry_out(&plan, benches, workers);
	}
	tell(&plan, argv[2]);
	for (i = 0; i < plan.count; i++) {
		workload_free(&plan.prepared[i].workload);
		lines_free(&plan.prepared[i].normal);
		free(plan.prepared[i].sites);
	}
	free(plan.prepared);
	free(plan.trials);
	for (i = 0; i < workers; i++)
		bench_close(&benches[i]);
	return failures != 0;
}
