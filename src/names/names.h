/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NAMES_NAMES_H
#define SOCKSTEP_NAMES_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * The API's constants as data: one table for each kind. A value may have several names; the first
 * is the one that is printed.
 */
struct name {
	const char *name; /* as in the C headers */
	long value;
	const char *text; /* what it means, a phrase for a learner, without a final stop */
};

struct names {
	const char *kind;    /* "address family": what error messages and help call it */
	const char *prefix;  /* "AF_": may be left out when typed; NULL: none */
	const char *prefix2; /* "PF_": another that means the same; NULL: none */
	bool flags;          /* values are bits that are joined by | */
	const struct name *list;
	size_t count;
};

extern const struct names names_family;      /* AF_: every one that socket(2) or the headers have */
extern const struct names names_type;        /* SOCK_ types only */
extern const struct names names_type_flag;   /* SOCK_NONBLOCK, SOCK_CLOEXEC */
extern const struct names names_protocol;    /* IPPROTO_ */
extern const struct names names_header;      /* the same of a packet, where 0 is IPPROTO_HOPOPTS */
extern const struct names names_msg;         /* MSG_ */
extern const struct names names_backlog;     /* SOMAXCONN */
extern const struct names names_shutdown;    /* SHUT_RD … */
extern const struct names names_poll;        /* POLLIN … */
extern const struct names names_epoll;       /* EPOLLIN … */
extern const struct names names_epoll_op;    /* EPOLL_CTL_ADD … */
extern const struct names names_epoll_flag;  /* EPOLL_CLOEXEC */
extern const struct names names_select;      /* readfds …: in which set a descriptor came back */
extern const struct names names_eventfd;     /* EFD_ */
extern const struct names names_timerfd;     /* TFD_NONBLOCK, TFD_CLOEXEC */
extern const struct names names_timerfd_set; /* TFD_TIMER_ */
extern const struct names names_signalfd;    /* SFD_ */
extern const struct names names_splice;      /* SPLICE_F_ */
extern const struct names names_fcntl;       /* F_ commands */
extern const struct names names_fd_flag;     /* FD_CLOEXEC */
extern const struct names names_file_flag;   /* O_NONBLOCK … : what F_GETFL and F_SETFL use */
extern const struct names names_ioctl;       /* FIONREAD, SIOCOUTQ, SIOCATMARK, FIONBIO … */
extern const struct names names_memfd;       /* MFD_ */
extern const struct names names_whence;      /* SEEK_ */
extern const struct names names_ai;          /* AI_: hints of getaddrinfo() */
extern const struct names names_ni;          /* NI_: flags of getnameinfo() */
extern const struct names names_eai;         /* EAI_: what both return */
extern const struct names names_inaddr;      /* INADDR_ANY … */
extern const struct names names_resource;    /* RLIMIT_NOFILE … */
extern const struct names names_signal;      /* SIG */
extern const struct names names_level;       /* SOL_SOCKET, IPPROTO_TCP … for socket options */
extern const struct names names_tcp_state;   /* RFC 9293's names, by the kernel's TCP_ numbers */
extern const struct names names_icmp_unreachable;  /* codes of "destination unreachable" */
extern const struct names names_icmp6;             /* ICMPv6 types: RFC 4443, RFC 4861 */
extern const struct names names_icmp6_unreachable; /* codes of its "destination unreachable" */
extern const struct names names_igmp;              /* types: RFC 1112, RFC 2236, RFC 3376 */
extern const struct names names_group_record;      /* RFC 3376, section 4.2.12; RFC 3810 */
extern const struct names names_icmp_made;         /* of inject: type << 8 | code */
extern const struct names names_icmp6_made;        /* the same words, for ICMPv6 */
extern const struct names names_timer; /* by idiag_timer, as ss names them: off on keepalive … */
extern const struct names names_timer_word; /* the same as a step shows them: off retransmit … */
extern const struct names names_tcp_option; /* TCPI_OPT_ bits of tcpi_options */
extern const struct names names_ca_state;   /* TCP_INFO's tcpi_ca_state */

/* What stands in the values of socket options. */
extern const struct names names_mtu_discover;    /* IP_MTU_DISCOVER */
extern const struct names names_mtu_discover6;   /* IPV6_MTU_DISCOVER */
extern const struct names names_tos;             /* IP_TOS */
extern const struct names names_sources;         /* IPV6_ADDR_PREFERENCES */
extern const struct names names_timestamping;    /* SO_TIMESTAMPING, PACKET_TIMESTAMP */
extern const struct names names_buf_lock;        /* SO_BUF_LOCK */
extern const struct names names_repair;          /* TCP_REPAIR */
extern const struct names names_repair_queue;    /* TCP_REPAIR_QUEUE */
extern const struct names names_udp_encap;       /* UDP_ENCAP */
extern const struct names names_tpacket_version; /* PACKET_VERSION */
extern const struct names names_icmp;            /* ICMP_FILTER */
extern const struct names names_source_mode;     /* IP_MSFILTER */
extern const struct names names_packet_mr;       /* PACKET_ADD_MEMBERSHIP */
extern const struct names names_clock;           /* SO_TXTIME, timerfd_create() */
extern const struct names names_txtime;          /* SO_TXTIME */
extern const struct names names_label_action;    /* IPV6_FLOWLABEL_MGR */
extern const struct names names_label_flag;      /* IPV6_FLOWLABEL_MGR */
extern const struct names names_label_share;     /* IPV6_FLOWLABEL_MGR */
extern const struct names names_fanout;          /* PACKET_FANOUT */
extern const struct names names_fanout_flag;     /* PACKET_FANOUT */

/* What stands in control messages (controls.h). */
extern const struct names names_scm;       /* cmsg_type of SOL_SOCKET */
extern const struct names names_ee_origin; /* struct sock_extended_err */

/* The table itself, for whoever lists all of them (completion, the tests); ends in NULL. */
extern const struct names *const names_all[];

/*
 * A name, exactly or without prefix and in any case ("inet"), to its value. Numbers are not
 * taken here.
 */
bool names_find(const struct names *names, const char *word, size_t len, long *value);

/* The entry of a value; NULL where there is none. */
const struct name *names_entry(const struct names *names, long value);

/*
 * Prints a value: its name, its names joined by |, or the number where no name is known (bits
 * without a name as 0x…). Zero of a flags table is 0.
 */
void names_print(struct buf *out, const struct names *names, long value);

/* The name that is nearest to WORD, for "did you mean"; NULL where none is near. */
const char *names_near(const struct names *names, const char *word, size_t len);

/*
 * The distance of two words in edits (a swap of neighbours counts one), in any case; what
 * did-you-mean goes by. Never more than LIMIT + 1.
 */
int names_distance(const char *a, size_t a_len, const char *b, size_t b_len, int limit);

/* The edits that did-you-mean forgives in a word of LEN bytes. */
int names_tolerance(size_t len);

/* Whether a word is NAME in any case: of ASCII, whatever the locale. */
bool names_same(const char *name, const char *word, size_t len);

/* Bytes of PREFIX (NULL: none), if WORD begins with it in any case and goes on after it; else 0. */
size_t names_prefix(const char *prefix, const char *word, size_t len);

/* errno: "ECONNREFUSED" to 111; EWOULDBLOCK and ENOTSUP too. 0 where there is no such name. */
int names_errno(const char *word, size_t len);

/*
 * 111 to "ECONNREFUSED", 0 to "0"; a number that has no name to "errno 999" (in a buffer of the
 * thread).
 */
const char *names_errno_name(int value);

/*
 * An error as calls give it: an errno, or an EAI_ number, which is negative. Its number, 0 where no
 * error has that name; its name; and what the C library says of it.
 */
int names_error(const char *word, size_t len);
const char *names_error_name(int value);
const char *names_error_text(int value);

/* 11 to "SIGSEGV"; a number that has no name to "signal 99" (in a buffer of the thread). */
const char *names_signal_name(int value);

#endif
