/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_REPORT_SETTING_H
#define SOCKSTEP_REPORT_SETTING_H

#include "base/out.h"
#include "lab/sysctl.h"
#include "report/emit.h"
#include "session/session.h"

/* A setting of a host's kernel: as text, with what it means below; as fields of an object. */
void setting_put(struct out *out, const struct sysctl *setting, const char *meaning);
void setting_json(struct emit *emit, const struct sysctl *setting);

/* Limits, with what happens there; as a list. */
void setting_put_limits(struct out *out, const struct session_limit *list, size_t count);
void setting_json_limits(struct emit *emit, const struct session_limit *list, size_t count);

#endif
