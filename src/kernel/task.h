/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_KERNEL_TASK_H
#define SOCKSTEP_KERNEL_TASK_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/failure.h"

/*
 * A thread's state letter from /proc/PID/task/TID/stat (proc_pid_stat(5)): 'S' asleep, 'R'
 * running or about to … The `syscall` file beside it still calls a woken thread blocked, the
 * letter does not. Returns 0 where there is no such thread,
 * -1 with errno set where it cannot be read.
 */
int task_state(pid_t pid, pid_t tid);

/* Whether all threads of a process sleep; true where /proc does not tell, which FAILURE says. */
bool task_all_asleep(pid_t pid, struct failure *failure);

/*
 * How a process ended that nobody has waited for yet, as waitpid() would tell it. False: it has not
 * ended, is gone, or cannot be read.
 */
bool task_exit_status(pid_t pid, int *status);

/*
 * Whether a signal was sent to a process (to any of its threads, or to all) and none has taken it
 * yet. False, too, where /proc does not tell, which FAILURE says.
 */
bool task_pending(pid_t pid, int signal, struct failure *failure);

#endif
