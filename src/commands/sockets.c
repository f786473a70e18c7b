/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "calls/kinds.h"
#include "calls/literal.h"
#include "commands/verbs.h"

/* 4711 and main are processes, :8080 a port. */
static int read_which(const struct resolver *resolver, const struct value *value, int *pid,
		      int *port, struct error *err)
{
	const char *text = value->data;
	bool is_port;
	long number;

	if (!text)
		return 0;
	*pid = (int)resolver->pid(resolver->data, text, value->size);
	if (*pid)
		return 0;
	is_port = text[0] == ':';
	if (literal_number(text + is_port, value->size - is_port, 1, is_port ? 65535 : INT_MAX,
			   &number, err) < 0) {
		error_set(err, "expected a process by its number, or a port such as :80, not %s",
			  text);
		err->column = (int)value->number;
		err->length = (int)value->size;
		return -1;
	}
	*(is_port ? port : pid) = (int)number;
	return 0;
}

static int run_sockets(struct shell *shell, const struct value *values, struct error *err)
{
	struct session_sockets sockets;
	int pid = 0, port = 0;

	if (read_which(session_resolver(shell->session), &values[0], &pid, &port, err) < 0 ||
	    session_sockets(shell->session, pid, port, &sockets, err) < 0)
		return -1;
	shell->report->ops->status(shell->report, sockets.list, sockets.count);
	session_sockets_free(&sockets);
	return 0;
}

const struct verb verb_sockets = {
	.record = {.name = "sockets",
		   .prototype = "sockets [PID|:PORT]",
		   .help = "list the sockets of any process, or on a port, as status does",
		   .example = "sockets :8080",
		   .args = {{.name = "PID|:PORT", .kind = &kind_process, .flags = ARG_OPTIONAL}}},
	.run = run_sockets,
};
