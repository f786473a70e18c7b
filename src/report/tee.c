/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/tee.h"

#define LIST(...) __VA_ARGS__

#define TEE(name, params, args)                                       \
	static void tee_##name(struct report *report, LIST params)    \
	{                                                             \
		const struct tee *tee = (const struct tee *)report;   \
                                                                      \
		tee->kept->ops->name(tee->kept, LIST args);           \
		if (!tee->quiet)                                      \
			tee->shown->ops->name(tee->shown, LIST args); \
	}

/* clang-format off */
TEE(step, (const struct step *step), (step))
TEE(error, (const struct place *place, const struct error *err), (place, err))
TEE(expect, (const struct place *place, bool ok, const char *expected, const char *found), (place, ok, expected, found))
TEE(status, (const struct shown *list, size_t count), (list, count))
TEE(show, (const struct shown *shown), (shown))
TEE(diagram, (const struct traced *list, size_t count), (list, count))
TEE(explain, (const struct meaning *meaning), (meaning))
TEE(apropos, (const char *words, const struct meaning *list, size_t count, size_t total), (words, list, count, total))
TEE(story, (const struct story *story), (story))
TEE(options, (const struct place *place, const struct word *command, const struct option_list *list), (place, command, list))
TEE(jobs, (const struct job_info *list, size_t count), (list, count))
TEE(died, (const char *process, const char *how, const struct shown *list, size_t count), (process, how, list, count))
TEE(packet, (const struct shown_packet *packet), (packet))
TEE(wire, (bool hold, const struct shown_packet *list, size_t count), (hold, list, count))
TEE(loopback, (const struct shown_loopback *loopback), (loopback))
TEE(limits, (const char *process, const struct session_limit *list, size_t count), (process, list, count))
TEE(wanted, (const struct wanted *wanted), (wanted))
TEE(sysctl, (const struct place *place, const struct word *command, const struct sysctl *setting, const char *meaning), (place, command, setting, meaning))
TEE(rules, (const struct rule *list, size_t count), (list, count))
TEE(ladder, (const struct shown_ladder *shown), (shown))
TEE(came, (const struct came *came), (came))
TEE(repeat, (enum repeat_phase phase, const struct repeated *repeated), (phase, repeated))
TEE(text, (const char *text), (text))
TEE(end, (unsigned long steps, unsigned long failed), (steps, failed))
/* clang-format on */

static const struct report_ops ops = {
	.step = tee_step,
	.error = tee_error,
	.expect = tee_expect,
	.status = tee_status,
	.show = tee_show,
	.diagram = tee_diagram,
	.explain = tee_explain,
	.apropos = tee_apropos,
	.story = tee_story,
	.options = tee_options,
	.jobs = tee_jobs,
	.died = tee_died,
	.packet = tee_packet,
	.wire = tee_wire,
	.loopback = tee_loopback,
	.limits = tee_limits,
	.wanted = tee_wanted,
	.sysctl = tee_sysctl,
	.rules = tee_rules,
	.ladder = tee_ladder,
	.came = tee_came,
	.repeat = tee_repeat,
	.text = tee_text,
	.end = tee_end,
};

void tee_init(struct tee *tee, struct report *shown, struct report *kept)
{
	*tee = (struct tee){
		.report = {.ops = &ops, .out = shown->out, .errors = shown->errors},
		.shown = shown,
		.kept = kept,
	};
}
