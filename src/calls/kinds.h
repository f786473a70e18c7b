/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_CALLS_KINDS_H
#define SOCKSTEP_CALLS_KINDS_H

#include "calls/call.h"

/* The kinds of arguments. What a word of each looks like stands in the manual page. */
extern const struct kind kind_fd;          /* an open descriptor, or any number to ask the kernel */
extern const struct kind kind_fd_or_all;   /* the same; -1 where it is left out */
extern const struct kind kind_wire_rule;   /* words of a rule for packets to come */
extern const struct kind kind_fd_new;      /* the number of a descriptor to be (dup2) */
extern const struct kind kind_constant;    /* one value of a names table, or a number */
extern const struct kind kind_flags;       /* several, joined by | */
extern const struct kind kind_flags_named; /* the same, by name alone */
extern const struct kind kind_domain;      /* an AF_, or a ready-made socket in place of three */
extern const struct kind kind_type;        /* SOCK_ with flags */
extern const struct kind kind_protocol;
extern const struct kind kind_number;
extern const struct kind kind_backlog; /* a number, which has a name where it is the most */
extern const struct kind kind_size;    /* room for bytes: 4096, 64K */
extern const struct kind kind_timeout; /* milliseconds, -1 for ever; 200ms, 2s */
extern const struct kind kind_address;
extern const struct kind kind_address_out;
extern const struct kind kind_address_len;     /* follows from the address */
extern const struct kind kind_address_len_out; /* room for one, then its length */
extern const struct kind kind_bytes;
extern const struct kind kind_bytes_out; /* its room is the kind_size behind it */
extern const struct kind kind_bytes_len; /* follows from the bytes */
extern const struct kind kind_iovec;     /* several buffers with bytes: "ab" "cd" */
extern const struct kind kind_iovec_out; /* several buffers to be filled: their sizes */
extern const struct kind kind_iovec_len; /* how many of them */
extern const struct kind kind_msghdr;    /* a message: "hello" to=ADDRESS rights=4,5 */
extern const struct kind kind_msghdr_out;
extern const struct kind kind_mmsghdr; /* several messages */
extern const struct kind kind_mmsghdr_out;
extern const struct kind kind_mmsghdr_len;
extern const struct kind kind_msg_flags; /* of a message; may stand among its words */
extern const struct kind kind_offset;    /* [4096], NULL */
#define MOVED_USUAL 65536                /* what a pipe has room for */
extern const struct kind kind_place;     /* an offset of lseek: any number of 64 bits */
extern const struct kind kind_moved;     /* how many bytes to move: 65536 where it is left out */
extern const struct kind kind_level;     /* SOL_SOCKET …; follows from the option */
extern const struct kind kind_option;    /* SO_REUSEADDR …, or a number */
extern const struct kind kind_option_value;
extern const struct kind kind_option_value_out;
extern const struct kind kind_option_len;
extern const struct kind kind_option_len_out;
extern const struct kind kind_fd_pair_out;
extern const struct kind kind_pollfds; /* 3:IN,4:IN|OUT or [{fd=3, events=POLLIN}] */
extern const struct kind kind_pollfds_len;
extern const struct kind kind_nfds;             /* of select: follows from the sets */
extern const struct kind kind_fd_set;           /* 3,4 or [3, 4] or NULL */
extern const struct kind kind_timespec;         /* 200ms, {tv_sec=0, tv_nsec=200000000}, NULL */
extern const struct kind kind_timeval;          /* the same with tv_usec */
extern const struct kind kind_sigset;           /* [SIGUSR1, SIGIO], NULL */
extern const struct kind kind_epoll_event;      /* IN|ET, {events=EPOLLIN, data.fd=3}, NULL */
extern const struct kind kind_epoll_events_out; /* its room is the kind_epoll_max behind it */
extern const struct kind kind_epoll_max;
extern const struct kind kind_itimerspec;     /* 200ms; 200ms,1s; the struct; NULL */
extern const struct kind kind_itimerspec_out; /* room for one; NULL where it is left out */
extern const struct kind kind_fd_or_new;      /* an open descriptor, or -1 */
extern const struct kind kind_fcntl_arg;      /* by command */
extern const struct kind kind_ioctl_arg;      /* by request */
extern const struct kind kind_pid;            /* the number of a process, of which others may be */
extern const struct kind kind_rlimit;         /* 6, {6, 1024}, unlimited */
extern const struct kind kind_rlimit_out;
extern const struct kind kind_host_short; /* 16 bits in this machine's order of bytes */
extern const struct kind kind_host_long;
extern const struct kind kind_net_short; /* in the network's */
extern const struct kind kind_net_long;
extern const struct kind kind_text;        /* a string of C, with its NUL */
extern const struct kind kind_in_addr;     /* the bytes of an address, of the family before */
extern const struct kind kind_in_addr_out; /* room for those */
extern const struct kind kind_text_out;    /* its room is the kind_text_size behind it */
extern const struct kind kind_text_size;
extern const struct kind kind_node;    /* a name or an address as text; NULL */
extern const struct kind kind_service; /* a port, or a service's name */
extern const struct kind kind_hints;   /* flags=PASSIVE type=stream; {ai_flags=AI_PASSIVE} */
/* By its index the name of a hint, and the constants for it in NAMES; NULL past the last. */
const char *hint_name(size_t index, const struct names **names);
extern const struct kind kind_answers_out;
extern const struct kind kind_name_flags; /* NI_ */
/* For verbs. */
extern const struct kind kind_word;          /* one word as it stands */
extern const struct kind kind_rest;          /* all that is left, as it stands */
extern const struct kind kind_rounds;        /* how often something is repeated */
extern const struct kind kind_block;         /* { commands } */
extern const struct kind kind_job;           /* a job's number */
extern const struct kind kind_file;          /* a path */
extern const struct kind kind_topic;         /* what help knows */
extern const struct kind kind_packet;        /* the number of a packet on the lab's wire */
extern const struct kind kind_process;       /* the name of a process */
extern const struct kind kind_process_new;   /* of one to be: no argument in C */
extern const struct kind kind_host;          /* the name of a host of the lab */
extern const struct kind kind_language;      /* one whose library `like` knows */
extern const struct kind kind_function;      /* of that library */
extern const struct kind kind_sysctl;        /* the name of a setting of a host's kernel */
extern const struct kind kind_crash;         /* a descriptor, or the name of a process */
extern const struct kind kind_kill;          /* a job, a process, or a signal with a dash */
extern const struct kind kind_kill_signal;   /* or the process, behind such a signal */
extern const struct kind kind_injection;     /* what `inject` is told */
extern const struct kind kind_setting;       /* what `set` knows */
extern const struct kind kind_setting_value; /* of the setting before it */

/*
 * Whether the values of getsockopt() have no option, and so ask for all of LEVEL, or (-1) of every
 * level.
 */
bool option_left_out(const struct value *values, int *level);

/* For what the kernel fills in, with room that another argument tells. In C anything may stand. */
int kind_read_nothing(const struct reading *reading, const struct word *word, struct value *out,
		      struct error *err);

/* For kinds whose value is a number and is shown as one; whether a word is meant as that. */
bool kind_looks_number(const struct reading *reading, const struct word *word);
void kind_print_number(struct buf *out, const struct record *record, const struct value *values,
		       int index, const struct frame *frame);

/* Bytes as a C call shows them: "hello", 65536*"x", or the beginning and ... behind it. */
void bytes_print(struct buf *out, const char *bytes, size_t len);

struct option;
/* An option's value as the C call shows it; OPTION NULL: of no known type. NETWORK: whose
 * interfaces it speaks of (net/interface.h). */
void option_print(struct buf *out, int network, const struct option *option, const void *data,
		  size_t len);

/* Where the words that stand for a whole socket are: "tcp" and so on; NULL ends. */
struct ready_made {
	const char *name;
	int domain, type, protocol;
};
extern const struct ready_made ready_made[];

#endif
