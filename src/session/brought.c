/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session/brought.h"

#include "calls/answers.h"
#include "calls/carried.h"
#include "calls/kinds.h"

const void *brought_data(const struct job *job, struct byte_order *order, size_t *len)
{
	if (!job->answered)
		return NULL;
	if (!byte_order_of(job->call, job->values, job->frame->result, order) || !order->has_host)
		return carried_bytes(job->call, job->values, job->frame->result, len);
	*len = order->len;
	return byte_order_is_to_network(job->call) ? order->network : order->host;
}

void brought_names(const struct job *job, struct step *step)
{
	const struct record *record = &job->call->record;
	int address = record_arg_of(record, &kind_name_flags);

	step->answers = answers_of(job->call, job->values, step->result);
	if (address < 0 || step->result != 0)
		return;
	step->host = job->values[2].size ? job->values[2].data : NULL;
	step->service = job->values[4].size ? job->values[4].data : NULL;
}
