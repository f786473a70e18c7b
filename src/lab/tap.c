/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/tap.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/grow.h"
#include "lab/rights.h"
#include "net/interface.h"

/* Two frames a page; what is before the packet in one fits beside TAP_BYTES. */
#define FRAME_SIZE 2048
#define BLOCK_SIZE 4096
#define RING_SIZE  ((size_t)TAP_PACKETS * FRAME_SIZE)

_Static_assert(FRAME_SIZE - TAP_BYTES >= TPACKET2_HDRLEN + 64, "the header fits beside it");

struct tap {
	int fd;
	unsigned char *ring;
	size_t next;                 /* frame that is filled next */
	struct tpacket2_hdr *handed; /* the frame that the caller looks at; NULL: none */
};

static int open_socket(void)
{
	/* Of protocol 0 it hears nothing until it is bound. */
	return socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

/* In the child: only what happens in a namespace of its own is left to it. */
_Noreturn static void hand_over(int to, const struct lab *lab, const struct host *host)
{
	char byte = 0;
	int fd = -1;

	if (host_enter(lab, host) < 0 || (fd = open_socket()) < 0 ||
	    rights_send(to, &byte, 1, &fd, 1) < 0)
		_exit(errno);
	_exit(0);
}

/*
 * A socket in the host's namespace, which the explorer itself cannot enter and leave again: a child
 * makes it. Returns it, or -1 with errno set.
 */
static int fetch_socket(const struct lab *lab, const struct host *host)
{
	int pair[2], fds[RIGHTS_MOST], count = 0, status = 0, error = 0;
	char byte;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return -1;
	pid = fork();
	if (pid == 0)
		hand_over(pair[1], lab, host);
	if (pid < 0)
		error = errno;
	close(pair[1]);
	if (pid > 0 && rights_receive(pair[0], &byte, 1, fds, &count) < 0)
		error = errno;
	close(pair[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (count == 1)
		return fds[0];
	errno = error                                      ? error
		: WIFEXITED(status) && WEXITSTATUS(status) ? WEXITSTATUS(status)
							   : ECHILD;
	return -1;
}

bool tap_allowed(void)
{
	int fd = open_socket();

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static int set_up_ring(struct tap *tap)
{
	const struct tpacket_req ring = {.tp_block_size = BLOCK_SIZE,
					 .tp_block_nr = RING_SIZE / BLOCK_SIZE,
					 .tp_frame_size = FRAME_SIZE,
					 .tp_frame_nr = TAP_PACKETS};
	int version = TPACKET_V2, on = 1;
	void *memory;

	/* Loopback shows each packet twice, as it leaves and as it arrives. */
	if (setsockopt(tap->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on)) < 0 ||
	    setsockopt(tap->fd, SOL_PACKET, PACKET_VERSION, &version, sizeof(version)) < 0 ||
	    setsockopt(tap->fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof(ring)) < 0)
		return -1;
	memory = mmap(NULL, RING_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, tap->fd, 0);
	if (memory == MAP_FAILED)
		return -1;
	tap->ring = memory;
	return 0;
}

static int listen_to_loopback(const struct tap *tap)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};

	/* Asked of the socket, since it may be in another namespace. */
	address.sll_ifindex = (int)interface_index(tap->fd, "lo");
	if (!address.sll_ifindex)
		return -1;
	return bind(tap->fd, (struct sockaddr *)&address, sizeof(address));
}

struct tap *tap_open(const struct lab *lab, const struct host *host, bool *forbidden,
		     struct error *err)
{
	struct tap *tap = calloc(1, sizeof(*tap));

	*forbidden = false;
	if (!tap) {
		error_set(err, "out of memory");
		return NULL;
	}
	tap->fd = host ? fetch_socket(lab, host) : open_socket();
	if (tap->fd < 0 && (errno == EPERM || errno == EACCES))
		*forbidden = true;
	if (tap->fd < 0) {
		error_errno(err, host ? "loopback cannot be watched: socketpair, fork, setns, "
					"socket, sendmsg or recvmsg"
				      : "loopback cannot be watched: socket");
		free(tap);
		return NULL;
	}
	if (set_up_ring(tap) == 0 && listen_to_loopback(tap) == 0)
		return tap;
	error_errno(err, "loopback cannot be watched: setsockopt, mmap, ioctl or bind of a "
			 "packet socket");
	tap_close(tap);
	return NULL;
}

void tap_close(struct tap *tap)
{
	if (tap->ring)
		munmap(tap->ring, RING_SIZE);
	close(tap->fd);
	free(tap);
}

int tap_poll_fd(const struct tap *tap)
{
	return tap->fd;
}

#define ACCEPT 0xffff

/* Up to the ports: X becomes where the transport header begins. */
static const struct sock_filter to_ports[] = {
	BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0),
	BPF_STMT(BPF_ALU | BPF_RSH | BPF_K, 4),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 6, 3, 0),
	BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
	BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
	BPF_JUMP(BPF_JMP | BPF_JA, 2, 0, 0),
	BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 6),
	BPF_STMT(BPF_LDX | BPF_W | BPF_IMM, 40),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 2, 0),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 1, 0),
	BPF_STMT(BPF_RET | BPF_K, ACCEPT),
};

/* Both ports are compared with each; a jump goes 255 instructions at most. */
static size_t compare_ports(struct sock_filter *program, const uint16_t *ports, size_t count)
{
	size_t length = COUNT_OF(to_ports), last = length + 2 * (count + 1) + 1, end, i;

	for (end = 0; end < 2; end++) {
		program[length++] =
			(struct sock_filter)BPF_STMT(BPF_LD | BPF_H | BPF_IND, (uint32_t)(2 * end));
		for (i = 0; i < count; i++, length++)
			program[length] =
				(struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ports[i],
							     (uint8_t)(last - length - 1), 0);
	}
	program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0);
	program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, ACCEPT);
	return length;
}

int tap_filter(struct tap *tap, const uint16_t *ports, size_t count)
{
	struct sock_filter program[COUNT_OF(to_ports) + 2 * (TAP_PORTS + 1) + 2];
	struct sock_fprog filter = {.filter = program};

	if (ports && count <= TAP_PORTS) {
		memcpy(program, to_ports, sizeof(to_ports));
		filter.len = (unsigned short)compare_ports(program, ports, count);
	} else {
		program[0] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, ACCEPT);
		filter.len = 1;
	}
	return setsockopt(tap->fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof(filter));
}

static struct tpacket2_hdr *frame_at(const struct tap *tap, size_t index)
{
	return (struct tpacket2_hdr *)(void *)(tap->ring + index * FRAME_SIZE);
}

/* The kernel sets the status last, when all else is there. */
static uint32_t status_of(const struct tpacket2_hdr *frame)
{
	return __atomic_load_n(&frame->tp_status, __ATOMIC_ACQUIRE);
}

static void give_back(struct tap *tap)
{
	if (tap->handed)
		__atomic_store_n(&tap->handed->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
	tap->handed = NULL;
}

bool tap_next(struct tap *tap, struct tapped *out)
{
	struct tpacket2_hdr *frame = frame_at(tap, tap->next);
	uint32_t status = status_of(frame);

	give_back(tap);
	if (!(status & TP_STATUS_USER))
		return false;
	tap->next = (tap->next + 1) % TAP_PACKETS;
	tap->handed = frame;
	*out = (struct tapped){
		.bytes = (const unsigned char *)frame + frame->tp_net,
		.len = frame->tp_snaplen < TAP_BYTES ? frame->tp_snaplen : TAP_BYTES,
		.whole = frame->tp_len,
		.time = {.tv_sec = frame->tp_sec, .tv_nsec = frame->tp_nsec},
		.unchecked = status & TP_STATUS_CSUMNOTREADY,
	};
	return true;
}

unsigned long tap_lost(struct tap *tap)
{
	struct tpacket_stats stats = {0};
	socklen_t len = sizeof(stats);

	if (getsockopt(tap->fd, SOL_PACKET, PACKET_STATISTICS, &stats, &len) < 0)
		return 0;
	return stats.tp_drops;
}
