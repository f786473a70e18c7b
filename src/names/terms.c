/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "names/terms.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/grow.h"

static const struct terms *const tables[] = {
	&terms_states,  &terms_timers,  &terms_words,     &terms_fields,  &terms_tcp,
	&terms_ss,      &terms_calls,   &terms_constants, &terms_sockets, &terms_packets,
	&terms_sysctls, &terms_headers, &terms_diagram,   &terms_options, &terms_options_ip,
};

static const struct {
	const struct names *names;
	const char *see;
} pages[] = {
	{&names_family, "address_families(7); socket(2)"},
	{&names_type, "socket(2)"},
	{&names_type_flag, "socket(2)"},
	{&names_protocol, "protocols(5); ip(7)"},
	{&names_msg, "send(2), recv(2)"},
	{&names_shutdown, "shutdown(2)"},
	{&names_backlog, "listen(2); socket(7)"},
	{&names_poll, "poll(2)"},
	{&names_epoll, "epoll_ctl(2)"},
	{&names_epoll_op, "epoll_ctl(2)"},
	{&names_epoll_flag, "epoll_create(2)"},
	{&names_select, "select(2)"},
	{&names_eventfd, "eventfd(2)"},
	{&names_timerfd, "timerfd_create(2)"},
	{&names_timerfd_set, "timerfd_create(2)"},
	{&names_signalfd, "signalfd(2)"},
	{&names_splice, "splice(2)"},
	{&names_memfd, "memfd_create(2)"},
	{&names_whence, "lseek(2)"},
	{&names_resource, "getrlimit(2)"},
	{&names_ai, "getaddrinfo(3); RFC 3493, section 6.1"},
	{&names_ni, "getnameinfo(3); RFC 3493, section 6.2"},
	{&names_eai, "getaddrinfo(3), getnameinfo(3), gai_strerror(3)"},
	{&names_inaddr, "ip(7); byteorder(3)"},
	{&names_fcntl, "fcntl(2)"},
	{&names_fd_flag, "fcntl(2)"},
	{&names_file_flag, "open(2); fcntl(2)"},
	{&names_ioctl, "ioctl(2); tcp(7), udp(7), socket(7)"},
	{&names_signal, "signal(7)"},
	{&names_level, "getsockopt(2)"},
	{&names_scm, "unix(7), socket(7); cmsg(3)"},
	{&names_ee_origin, "ip(7), IP_RECVERR; recv(2)"},
	{&names_tcp_state, "RFC 9293, section 3.3.2"},
	{&names_timer, "ss(8)"},
	{&names_timer_word, "ss(8)"},
	{&names_ca_state, "RFC 5681; linux/tcp.h"},
	{&names_tcp_option, "linux/tcp.h; ss(8)"},
	{&names_mtu_discover, "ip(7), IP_MTU_DISCOVER"},
	{&names_mtu_discover6, "ipv6(7), IPV6_MTU_DISCOVER"},
	{&names_tos, "ip(7), IP_TOS"},
	{&names_sources, "RFC 5014; linux/in6.h"},
	{&names_timestamping, "linux/net_tstamp.h"},
	{&names_buf_lock, "linux/socket.h"},
	{&names_repair, "linux/tcp.h"},
	{&names_repair_queue, "linux/tcp.h"},
	{&names_udp_encap, "linux/udp.h"},
	{&names_tpacket_version, "packet(7), PACKET_VERSION"},
	{&names_icmp, "icmp(7); RFC 792"},
	{&names_icmp_unreachable, "icmp(7); RFC 792; RFC 1122, section 3.2.2.1"},
	{&names_icmp6, "RFC 4443; RFC 4861"},
	{&names_icmp6_unreachable, "RFC 4443, section 3.1"},
	{&names_igmp, "linux/igmp.h; RFC 2236, section 2.1; RFC 3376, section 4"},
	{&names_group_record, "RFC 3376, section 4.2.12; RFC 3810, section 5.2.12"},
	{&names_icmp_made, "sockstep(1), MADE-UP PACKETS; RFC 792"},
	{&names_icmp6_made, "sockstep(1), MADE-UP PACKETS; RFC 4443"},
	{&names_source_mode, "ip(7), IP_MSFILTER; RFC 3678"},
	{&names_packet_mr, "packet(7), PACKET_ADD_MEMBERSHIP"},
	{&names_clock, "clock_gettime(2)"},
	{&names_txtime, "linux/net_tstamp.h"},
	{&names_label_action, "linux/in6.h; RFC 6437"},
	{&names_label_flag, "linux/in6.h; RFC 6437"},
	{&names_label_share, "linux/in6.h; RFC 6437"},
	{&names_fanout, "packet(7), PACKET_FANOUT"},
	{&names_fanout_flag, "packet(7), PACKET_FANOUT"},
};

static const struct {
	int level;
	const char *see;
} headers[] = {
	{SOL_SOCKET, "asm-generic/socket.h"},
	{IPPROTO_TCP, "linux/tcp.h"},
	{IPPROTO_IP, "linux/in.h"},
	{IPPROTO_IPV6, "linux/in6.h; RFC 3542"},
	{IPPROTO_UDP, "linux/udp.h"},
	{SOL_PACKET, "linux/if_packet.h"},
	{AF_VSOCK, "linux/vm_sockets.h; vsock(7)"},
};

const struct term *terms_at(size_t index)
{
	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		if (index < tables[i]->count)
			return &tables[i]->list[index];
		index -= tables[i]->count;
	}
	return NULL;
}

const struct term *terms_find(const char *kind, const char *name)
{
	const struct term *term;

	for (size_t i = 0; (term = terms_at(i)); i++)
		if (strcmp(term->name, name) == 0 && strcmp(term->kind, kind) == 0)
			return term;
	return NULL;
}

const char *terms_see(const struct names *names)
{
	for (size_t i = 0; i < COUNT_OF(pages); i++)
		if (pages[i].names == names)
			return pages[i].see;
	return "";
}

const char *terms_see_level(int level)
{
	for (size_t i = 0; i < COUNT_OF(headers); i++)
		if (headers[i].level == level)
			return headers[i].see;
	return "linux/socket.h";
}

/* Moves past what separates the parts of a name; what is left of the word is returned. */
static size_t skip(const char **at, size_t len)
{
	while (len && **at && strchr(" -_'", **at)) {
		(*at)++;
		len--;
	}
	return len;
}

static bool same_part(const char *name, size_t name_len, const char *word, size_t len)
{
	name_len = skip(&name, name_len);
	len = skip(&word, len);
	if (!len)
		return false;
	while (len && name_len) {
		char one[2] = {*name, '\0'};

		if (!names_same(one, word, 1))
			return false;
		name++, word++, name_len--, len--;
		name_len = skip(&name, name_len);
		len = skip(&word, len);
	}
	return !len && !name_len;
}

bool terms_same(const char *name, const char *word, size_t len)
{
	return same_part(name, strlen(name), word, len);
}

size_t terms_next(const char **at, const char **item)
{
	size_t len;

	if (!*at || !**at)
		return 0;
	*item = *at;
	len = strcspn(*at, ",");
	*at += len;
	*at += strspn(*at, ", ");
	return len;
}

bool terms_listed(const char *list, const char *word, size_t len)
{
	const char *item;
	size_t item_len;

	while ((item_len = terms_next(&list, &item)))
		if (same_part(item, item_len, word, len))
			return true;
	return false;
}
