/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_SESSION_WHY_PARTS_H
#define SOCKSTEP_SESSION_WHY_PARTS_H

#include "session/cause.h"
#include "session/evidence.h"

/*
 * Explanations by errno, for the table in why.c. Each returns false where it has said nothing: then
 * the general words of the errno stand.
 */

/* why_address.c */
bool why_in_use(struct cause *cause);
bool why_access(struct cause *cause);
bool why_not_available(struct cause *cause);
bool why_missing(struct cause *cause);
bool why_no_directory(struct cause *cause);

/* why_connection.c */
bool why_reset(struct cause *cause);
bool why_pipe(struct cause *cause);
bool why_not_connected(struct cause *cause);
bool why_connected(struct cause *cause);
bool why_again(struct cause *cause);
bool why_in_progress(struct cause *cause);
bool why_already(struct cause *cause);
bool why_timed_out(struct cause *cause);
bool why_no_destination(struct cause *cause);

/* why_descriptor.c */
bool why_bad_fd(struct cause *cause);
bool why_no_socket(struct cause *cause);

/* why_invalid.c */
bool why_invalid(struct cause *cause);
bool why_family(struct cause *cause);

/* why_option.c */
bool why_no_option(struct cause *cause);
bool why_option_value(struct cause *cause); /* EINVAL */

/* why_privilege.c: EPERM and EACCES of options */
bool why_option_forbidden(struct cause *cause);
bool why_pidfd_forbidden(struct cause *cause);
struct option;
bool why_not_in_repair(struct cause *cause, const struct option *option);

/* why_kind.c */
bool why_no_protocol(struct cause *cause);
bool why_no_type(struct cause *cause);
bool why_other_type(struct cause *cause);
bool why_not_supported(struct cause *cause);
bool why_not_permitted(struct cause *cause);

/* why_limits.c */
bool why_many_files(struct cause *cause);
bool why_file_table(struct cause *cause);
bool why_too_long(struct cause *cause);
bool why_no_buffer(struct cause *cause);

/* why_ready.c: of epoll sets, and what else waits for several descriptors */
bool why_exists(struct cause *cause);
bool why_loop(struct cause *cause);
bool why_no_space(struct cause *cause);
bool why_bad_in_set(struct cause *cause);   /* EBADF */
bool why_not_in_set(struct cause *cause);   /* ENOENT */
bool why_not_pollable(struct cause *cause); /* EPERM */
bool why_invalid_set(struct cause *cause);  /* EINVAL */

/* why_file.c: of what moves bytes from one descriptor to another */
bool why_bad_direction(struct cause *cause); /* EBADF */
bool why_invalid_file(struct cause *cause);  /* EINVAL */

/* why_names.c: EAI_ numbers */
bool why_no_name(struct cause *cause);
bool why_try_again(struct cause *cause);
bool why_bad_flags(struct cause *cause);
bool why_other_address(struct cause *cause);
bool why_no_service(struct cause *cause);
bool why_beneath(struct cause *cause);

/* why_refused.c */
bool why_refused(struct cause *cause);

/* why_route.c */
bool why_network_unreachable(struct cause *cause);
bool why_host_unreachable(struct cause *cause);
bool why_network_down(struct cause *cause);
bool why_no_device(struct cause *cause);

/* With {type}, that of its socket, and {other}, that of the one that holds the address. */
bool why_say_types(struct cause *cause, const char *key, const struct holder *holder);

#endif
