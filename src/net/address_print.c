/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/address.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>

#include "base/escape.h"
#include "names/names.h"
#include "net/interface.h"

#define UN_PATH offsetof(struct sockaddr_un, sun_path)

/* The name in a UNIX address, without what marks it. */
struct unix_name {
	const char *bytes;
	size_t len;
	bool abstract;
};

static bool is_in(const struct address *address)
{
	return address->len >= sizeof(address->in) && address->any.sa_family == AF_INET;
}

static bool is_in6(const struct address *address)
{
	return address->len >= sizeof(address->in6) && address->any.sa_family == AF_INET6;
}

static bool is_unix(const struct address *address)
{
	return address->len >= sizeof(sa_family_t) && address->any.sa_family == AF_UNIX;
}

static bool is_unspec(const struct address *address)
{
	size_t i;

	for (i = 0; i < address->len && !address->bytes[i];)
		i++;
	return i == address->len && i >= sizeof(sa_family_t);
}

static struct unix_name unix_name(const struct address *address)
{
	struct unix_name name = {.bytes = (const char *)address->bytes + UN_PATH};

	name.len = address->len - UN_PATH;
	name.abstract = name.len && !name.bytes[0];
	if (name.abstract) {
		name.bytes++;
		name.len--;
		return name;
	}
	/* The kernel counts the NUL behind a path, and so do most programs. */
	while (name.len && !name.bytes[name.len - 1])
		name.len--;
	return name;
}

static void print_octal(struct buf *out, char c)
{
	buf_printf(out, "\\%03o", (unsigned char)c);
}

/* What would end, split or comment out a word of the command language. */
static bool is_special(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7f || strchr(",;()[]{}\"'\\#", c);
}

static void print_path(struct buf *out, const char *bytes, size_t len)
{
	while (len) {
		uint32_t code = 0;
		int size = escape_decode((const unsigned char *)bytes, len, &code), i;
		bool passes = size > 1 ? escape_passes(code) : size && !is_special(*bytes);

		size = size ? size : 1;
		if (passes)
			buf_add(out, bytes, (size_t)size);
		for (i = 0; !passes && i < size; i++)
			print_octal(out, bytes[i]);
		bytes += size;
		len -= (size_t)size;
	}
}

/* What begins with @ without being abstract must not read as if it were. */
static void print_mark(struct buf *out, struct unix_name *name)
{
	if (name->abstract) {
		buf_char(out, '@');
	} else if (name->len && *name->bytes == '@') {
		print_octal(out, '@');
		name->bytes++;
		name->len--;
	}
}

static void print_unix(struct buf *out, const struct address *address)
{
	struct unix_name name = unix_name(address);

	buf_str(out, "unix:");
	print_mark(out, &name);
	print_path(out, name.bytes, name.len);
}

static void print_unix_c(struct buf *out, const struct address *address)
{
	struct unix_name name = unix_name(address);

	if (!name.len && !name.abstract) {
		buf_str(out, "{AF_UNIX}");
		return;
	}
	buf_str(out, "{AF_UNIX, \"");
	print_mark(out, &name);
	escape_string(out, name.bytes, name.len);
	buf_str(out, "\"}");
}

/* An interface may have any name that has no blank and no slash in it. */
static bool is_plain(const char *name)
{
	while (*name && !is_special(*name))
		name++;
	return !*name;
}

static void print_scope(struct buf *out, int network, unsigned scope)
{
	char name[IF_NAMESIZE];

	if (!scope)
		return;
	if (interface_name(network, scope, name) && is_plain(name))
		buf_printf(out, "%%%s", name);
	else
		buf_printf(out, "%%%u", scope);
}

static void print_hex(struct buf *out, const struct address *address)
{
	socklen_t i;

	buf_str(out, "hex:");
	for (i = 0; i < address->len; i++)
		buf_printf(out, "%02x", address->bytes[i]);
}

void address_print_host(struct buf *out, const struct address *address)
{
	char text[INET6_ADDRSTRLEN] = "";

	if (is_in(address)) {
		inet_ntop(AF_INET, &address->in.sin_addr, text, sizeof(text));
		buf_str(out, text);
	} else if (is_in6(address)) {
		inet_ntop(AF_INET6, &address->in6.sin6_addr, text, sizeof(text));
		buf_str(out, text);
		print_scope(out, address->network, address->in6.sin6_scope_id);
	} else {
		address_print(out, address);
	}
}

static void print_inet(struct buf *out, const struct address *address)
{
	bool brackets = is_in6(address);

	if (brackets)
		buf_char(out, '[');
	address_print_host(out, address);
	if (brackets)
		buf_char(out, ']');
	buf_printf(out, ":%d", address_port(address));
}

void address_print(struct buf *out, const struct address *address)
{
	if (!address->len)
		return;
	if (is_in(address) || is_in6(address)) {
		print_inet(out, address);
	} else if (is_unix(address)) {
		print_unix(out, address);
	} else if (is_unspec(address)) {
		buf_str(out, "AF_UNSPEC");
	} else if (address->len < sizeof(sa_family_t)) {
		print_hex(out, address);
	} else {
		names_print(out, &names_family, address->any.sa_family);
		buf_char(out, ' ');
		print_hex(out, address);
	}
}

void address_print_c(struct buf *out, const struct address *address)
{
	if (!address->len) {
		buf_str(out, "NULL");
	} else if (is_unix(address)) {
		print_unix_c(out, address);
	} else if (address->len < sizeof(sa_family_t)) {
		print_hex(out, address);
	} else {
		buf_char(out, '{');
		names_print(out, &names_family, address->any.sa_family);
		if (!is_unspec(address))
			buf_str(out, ", ");
		if (is_in(address) || is_in6(address))
			print_inet(out, address);
		else if (!is_unspec(address))
			print_hex(out, address);
		buf_char(out, '}');
	}
}

int address_port(const struct address *address)
{
	if (is_in(address))
		return ntohs(address->in.sin_port);
	if (is_in6(address))
		return ntohs(address->in6.sin6_port);
	return 0;
}

struct address address_unmapped(const struct address *address)
{
	if (!is_in6(address) || !IN6_IS_ADDR_V4MAPPED(&address->in6.sin6_addr))
		return *address;
	return address_make(AF_INET, address->in6.sin6_addr.s6_addr + 12, address_port(address), 0);
}

bool address_is_any(const struct address *address)
{
	struct address plain = address_unmapped(address);

	if (is_in(&plain))
		return plain.in.sin_addr.s_addr == htonl(INADDR_ANY);
	return is_in6(&plain) && IN6_IS_ADDR_UNSPECIFIED(&plain.in6.sin6_addr);
}

bool address_is_multicast(const struct address *address)
{
	if (address->any.sa_family == AF_INET6)
		return IN6_IS_ADDR_MULTICAST(&address->in6.sin6_addr);
	return address->any.sa_family == AF_INET &&
	       IN_MULTICAST(ntohl(address->in.sin_addr.s_addr));
}

bool address_is_loopback(const struct address *address)
{
	struct address plain = address_unmapped(address);

	if (is_in(&plain))
		return ntohl(plain.in.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	return is_in6(&plain) && IN6_IS_ADDR_LOOPBACK(&plain.in6.sin6_addr);
}

static bool same_unix(const struct address *a, const struct address *b)
{
	struct unix_name x = unix_name(a), y = unix_name(b);

	return x.abstract == y.abstract && x.len == y.len && !memcmp(x.bytes, y.bytes, x.len);
}

static bool same_in6(const struct sockaddr_in6 *a, const struct sockaddr_in6 *b)
{
	return a->sin6_port == b->sin6_port && a->sin6_scope_id == b->sin6_scope_id &&
	       IN6_ARE_ADDR_EQUAL(&a->sin6_addr, &b->sin6_addr);
}

bool address_equal(const struct address *a, const struct address *b)
{
	struct address x = address_unmapped(a), y = address_unmapped(b);

	if (is_in(&x) && is_in(&y))
		return x.in.sin_port == y.in.sin_port &&
		       x.in.sin_addr.s_addr == y.in.sin_addr.s_addr;
	if (is_in6(&x) && is_in6(&y))
		return same_in6(&x.in6, &y.in6);
	if (is_unix(&x) && is_unix(&y))
		return same_unix(&x, &y);
	return x.len == y.len && !memcmp(x.bytes, y.bytes, x.len);
}

struct address address_network(const struct address *address, unsigned prefix)
{
	bool v4 = address->any.sa_family == AF_INET;
	unsigned char bytes[16];
	unsigned i, size = v4 ? 4 : 16;

	memcpy(bytes, v4 ? (const void *)&address->in.sin_addr : &address->in6.sin6_addr, size);
	for (i = prefix; i < size * 8; i++)
		bytes[i / 8] &= (unsigned char)~(0x80 >> i % 8);
	return address_make(address->any.sa_family, bytes, 0, 0);
}

struct address address_make(int family, const void *bytes, int port, unsigned scope)
{
	struct address out = {0};

	out.any.sa_family = (sa_family_t)family;
	if (family == AF_INET6) {
		memcpy(&out.in6.sin6_addr, bytes, sizeof(out.in6.sin6_addr));
		out.in6.sin6_port = htons((uint16_t)port);
		out.in6.sin6_scope_id = scope;
		out.len = sizeof(out.in6);
	} else {
		memcpy(&out.in.sin_addr, bytes, sizeof(out.in.sin_addr));
		out.in.sin_port = htons((uint16_t)port);
		out.len = sizeof(out.in);
	}
	return out;
}
