/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/there.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel/limits.h"
#include "session/evidence.h"
#include "session/network.h"

/* As much of a list as an explanation has. */
#define TEXT 1024

/* One question with its answer, in memory that the child shares. */
struct question {
	/* What is asked. */
	int family, ifindex;
	struct address address;
	const char *path;
	int count;
	/* What is answered. */
	bool yes;
	int found;
	struct route route;
	long numbers[THERE_NUMBERS];
	char name[IF_NAMESIZE];
	char text[TEXT];
	struct failure failure;
	bool out_of_memory;
};

typedef void asker(struct question *question);

static void enter_and_ask(const struct lab *lab, const struct host *host, asker *ask,
			  struct question *question)
{
	if (host_enter(lab, host) < 0)
		failure_note(&question->failure, "setns");
	else
		ask(question);
	_exit(0);
}

static int wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return 0;
}

static void ask_on_host(const struct lab *lab, const struct host *host, asker *ask,
			struct question *question)
{
	struct question *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
				       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t child;

	if (shared == MAP_FAILED) {
		failure_note(&question->failure, "mmap");
		return;
	}
	*shared = *question;
	child = fork();
	if (child == 0)
		enter_and_ask(lab, host, ask, shared);
	if (child < 0)
		failure_note(&question->failure, "fork");
	else if (wait_for(child) < 0)
		failure_note(&question->failure, "waitpid");
	else
		*question = *shared;
	munmap(shared, sizeof(*shared));
}

/* In the network that OWNER is on. */
static void put_to(struct session *session, const struct owner *owner, asker *ask,
		   struct question *question)
{
	const struct host *host = owner->host;

	question->found = -1;
	if (host)
		ask_on_host(&session->network->lab, host, ask, question);
	else
		ask(question);
	session->out_of_memory |= question->out_of_memory;
	if (question->failure.call && !session->failure.call)
		session->failure = question->failure;
}

static void put(const struct cause *cause, asker *ask, struct question *question)
{
	put_to(cause->session, cause->job->owner, ask, question);
}

static void keep_text(struct question *question, struct buf *text)
{
	snprintf(question->text, sizeof(question->text), "%s", buf_text(text));
	question->out_of_memory = text->failed;
	buf_free(text);
}

static void ask_addresses(struct question *question)
{
	struct buf text = {0};

	question->yes = evidence_addresses(question->family, &text, &question->failure);
	keep_text(question, &text);
}

bool there_addresses(const struct cause *cause, int family, struct buf *out)
{
	struct question question = {.family = family};

	put(cause, ask_addresses, &question);
	buf_str(out, question.text);
	return question.yes;
}

static void ask_has_address(struct question *question)
{
	question->yes = evidence_has_address(&question->address, &question->failure);
}

bool there_has_address(const struct cause *cause, const struct address *address)
{
	struct question question = {.address = *address};

	put(cause, ask_has_address, &question);
	return question.yes;
}

static void ask_is_alone(struct question *question)
{
	question->yes = evidence_is_alone(question->family, &question->failure);
}

bool there_is_alone(const struct cause *cause, int family)
{
	struct question question = {.family = family};

	put(cause, ask_is_alone, &question);
	return question.yes;
}

static void ask_interfaces(struct question *question)
{
	struct buf text = {0};

	evidence_interfaces(&text, &question->failure);
	keep_text(question, &text);
}

void there_interfaces(const struct cause *cause, struct buf *out)
{
	struct question question = {0};

	put(cause, ask_interfaces, &question);
	buf_str(out, question.text);
}

static void ask_interface_down(struct question *question)
{
	question->yes =
		evidence_interface_down(question->ifindex, question->name, &question->failure);
}

bool there_interface_down(const struct cause *cause, int ifindex, char name[IF_NAMESIZE])
{
	struct question question = {.ifindex = ifindex};

	put(cause, ask_interface_down, &question);
	memcpy(name, question.name, IF_NAMESIZE);
	return question.yes;
}

static void ask_route(struct question *question)
{
	question->found = route_find(&question->address, &question->route, &question->failure);
}

int there_route(const struct cause *cause, const struct address *to, struct route *out)
{
	struct question question = {.address = *to};

	put(cause, ask_route, &question);
	*out = question.route;
	return question.found;
}

static void ask_neighbour(struct question *question)
{
	question->yes =
		route_neighbour_failed(&question->address, question->ifindex, &question->failure);
}

bool there_neighbour_failed(const struct cause *cause, const struct address *neighbour, int ifindex)
{
	struct question question = {.address = *neighbour, .ifindex = ifindex};

	put(cause, ask_neighbour, &question);
	return question.yes;
}

static void ask_numbers(struct question *question)
{
	question->yes = limits_numbers(question->path, question->numbers, question->count,
				       &question->failure);
}

bool there_told(struct session *session, const struct owner *owner, const char *path, long *values,
		int count)
{
	struct question question = {.path = path, .count = count};

	put_to(session, owner, ask_numbers, &question);
	memcpy(values, question.numbers, (size_t)count * sizeof(*values));
	return question.yes;
}

bool there_numbers(const struct cause *cause, const char *path, long *values, int count)
{
	return there_told(cause->session, cause->job->owner, path, values, count);
}

bool there_number(const struct cause *cause, const char *path, long *value)
{
	return there_numbers(cause, path, value, 1);
}
