/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SOCKSTEP_NAMES_OPTIONS_STRUCTS_H
#define SOCKSTEP_NAMES_OPTIONS_STRUCTS_H

#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>

/* Written down where a header lacks the structure, or the last of its fields. */
struct icmp_filter {
	uint32_t data;
};

struct flowlabel_request {
	struct in6_addr flr_dst;
	uint32_t flr_label;
	uint8_t flr_action;
	uint8_t flr_share;
	uint16_t flr_flags;
	uint16_t flr_expires;
	uint16_t flr_linger;
	uint32_t pad;
};

struct fanout {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	uint16_t id;
	uint16_t type_flags;
#else
	uint16_t type_flags;
	uint16_t id;
#endif
	uint32_t max_num_members;
};

struct zerocopy_receive {
	uint64_t address;
	uint32_t length;
	uint32_t recv_skip_hint;
	uint32_t inq;
	int32_t err;
	uint64_t copybuf_address;
	int32_t copybuf_len;
	uint32_t flags;
	uint64_t msg_control;
	uint64_t msg_controllen;
	uint32_t msg_flags;
	uint32_t reserved;
};

/* struct __kernel_sock_timeval of linux/time_types.h */
struct timeval64 {
	int64_t tv_sec;
	int64_t tv_usec;
};

/* linux/uio.h, since 6.12 */
struct dmabuf_token {
	uint32_t token_start;
	uint32_t token_count;
};

/* linux/tcp.h, since 6.7. Its first bits have names of their own there: here they are `flags`. */
#define AO_KEY_MOST 80

struct ao_add {
	struct sockaddr_storage addr;
	char alg_name[64];
	int32_t ifindex;
	uint32_t flags; /* set_current, set_rnext */
	uint16_t reserved2;
	uint8_t prefix;
	uint8_t sndid;
	uint8_t rcvid;
	uint8_t maclen;
	uint8_t keyflags;
	uint8_t keylen;
	uint8_t key[AO_KEY_MOST];
} __attribute__((aligned(8)));

struct ao_del {
	struct sockaddr_storage addr;
	int32_t ifindex;
	uint32_t flags; /* set_current, set_rnext, del_async */
	uint16_t reserved2;
	uint8_t prefix;
	uint8_t sndid;
	uint8_t rcvid;
	uint8_t current_key;
	uint8_t rnext;
	uint8_t keyflags;
} __attribute__((aligned(8)));

struct ao_info {
	uint32_t flags; /* set_current, set_rnext, ao_required, set_counters, accept_icmps */
	uint16_t reserved2;
	uint8_t current_key;
	uint8_t rnext;
	uint64_t pkt_good;
	uint64_t pkt_bad;
	uint64_t pkt_key_not_found;
	uint64_t pkt_ao_required;
	uint64_t pkt_dropped_icmp;
} __attribute__((aligned(8)));

struct ao_key {
	struct sockaddr_storage addr;
	char alg_name[64];
	uint8_t key[AO_KEY_MOST];
	uint32_t nkeys;
	uint16_t flags; /* is_current, is_rnext, get_all */
	uint8_t sndid;
	uint8_t rcvid;
	uint8_t prefix;
	uint8_t maclen;
	uint8_t keyflags;
	uint8_t keylen;
	int32_t ifindex;
	uint64_t pkt_good;
	uint64_t pkt_bad;
} __attribute__((aligned(8)));

struct ao_repair {
	uint32_t snt_isn;
	uint32_t rcv_isn;
	uint32_t snd_sne;
	uint32_t rcv_sne;
} __attribute__((aligned(8)));

/* Indices of SO_MEMINFO's array. */
struct meminfo {
	uint32_t SK_MEMINFO_RMEM_ALLOC;
	uint32_t SK_MEMINFO_RCVBUF;
	uint32_t SK_MEMINFO_WMEM_ALLOC;
	uint32_t SK_MEMINFO_SNDBUF;
	uint32_t SK_MEMINFO_FWD_ALLOC;
	uint32_t SK_MEMINFO_WMEM_QUEUED;
	uint32_t SK_MEMINFO_OPTMEM;
	uint32_t SK_MEMINFO_BACKLOG;
	uint32_t SK_MEMINFO_DROPS;
};

#endif
