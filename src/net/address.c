/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netdb.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "names/names.h"
#include "net/interface.h"

/* How much of a wrong word a message repeats. */
#define SHOWN(len) ((int)((len) < 64 ? (len) : 64))

#define UN_PATH offsetof(struct sockaddr_un, sun_path)
#define UN_ROOM sizeof(((struct sockaddr_un *)0)->sun_path)

/* A part of the text that is read, and what is known about the socket. */
struct reader {
	const char *text; /* the whole, for columns */
	const char *at;
	size_t len;
	int family;
	int type;
	int network;
	bool numeric; /* no host's name is looked up */
	struct address *out;
	struct error *err;
};

static int place(const struct reader *in)
{
	in->err->column = (int)(in->at - in->text) + 1;
	in->err->length = in->len ? (int)in->len : 1;
	return -1;
}

/* Sets the message's place, too. */
static int __attribute__((format(printf, 2, 3)))
fail(const struct reader *in, const char *format, ...)
{
	char message[sizeof(in->err->text)];
	va_list ap;

	va_start(ap, format);
	vsnprintf(message, sizeof(message), format, ap);
	va_end(ap);
	error_set(in->err, "%s", message);
	return place(in);
}

static struct reader part(const struct reader *in, size_t from, size_t len)
{
	struct reader out = *in;

	out.at += from;
	out.len = len;
	return out;
}

static bool is_blank(char c)
{
	return c && strchr(" \t\r\v\f\n", c);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct reader trimmed(const struct reader *in)
{
	struct reader out = *in;

	while (out.len && is_blank(*out.at)) {
		out.at++;
		out.len--;
	}
	while (out.len && is_blank(out.at[out.len - 1]))
		out.len--;
	return out;
}

static bool is(const struct reader *in, const char *text)
{
	return in->len == strlen(text) && !memcmp(in->at, text, in->len);
}

static bool begins(const struct reader *in, const char *with)
{
	return in->len >= strlen(with) && !memcmp(in->at, with, strlen(with));
}

static bool all_digits(const struct reader *in)
{
	size_t i;

	for (i = 0; i < in->len && is_digit(in->at[i]);)
		i++;
	return in->len && i == in->len;
}

/* The part as a string, for the C library; false where it does not fit or holds a NUL. */
static bool to_string(const struct reader *in, char *out, size_t size)
{
	if (in->len >= size || memchr(in->at, 0, in->len))
		return false;
	memcpy(out, in->at, in->len);
	out[in->len] = '\0';
	return true;
}

static int read_port_number(const struct reader *in, int *port)
{
	size_t i, first = *in->at == '-' || *in->at == '+';
	long value = 0;

	for (i = first; i < in->len && is_digit(in->at[i]); i++)
		if (value <= 65535)
			value = value * 10 + (in->at[i] - '0');
	if (i < in->len || i == first)
		return fail(in, "\"%.*s\" is no port", SHOWN(in->len), in->at);
	if (value > 65535 || (*in->at == '-' && value))
		return fail(in, "port %.*s is out of range (0 to 65535)", SHOWN(in->len), in->at);
	*port = (int)value;
	return 0;
}

static int read_service(const struct reader *in, int *port)
{
	struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = in->type}, *found;
	char name[64];
	int error = EAI_SERVICE;

	if (to_string(in, name, sizeof(name)))
		error = getaddrinfo(NULL, name, &hints, &found);
	if (error == EAI_SERVICE || error == EAI_SOCKTYPE || error == EAI_NONAME)
		return fail(in, "\"%.*s\" is no port and no service that is known here",
			    SHOWN(in->len), in->at);
	if (error)
		return fail(in, "%s: %s", name,
			    error == EAI_SYSTEM ? strerror(errno) : gai_strerror(error));
	*port = ntohs(((struct sockaddr_in *)found->ai_addr)->sin_port);
	freeaddrinfo(found);
	return 0;
}

static int read_port(const struct reader *in, int *port)
{
	if (!in->len)
		return fail(in, "a port is missing behind the colon");
	if (is_digit(*in->at) || *in->at == '-' || *in->at == '+')
		return read_port_number(in, port);
	return read_service(in, port);
}

static void set_port(struct address *address, int port)
{
	if (address->any.sa_family == AF_INET6)
		address->in6.sin6_port = htons((uint16_t)port);
	else
		address->in.sin_port = htons((uint16_t)port);
}

static int read_scope(const struct reader *in, unsigned *scope)
{
	char name[IF_NAMESIZE], *end;
	unsigned long number;
	int error;

	if (!to_string(in, name, sizeof(name)) || !*name)
		return fail(in, "no interface is called \"%.*s\"", SHOWN(in->len), in->at);
	*scope = interface_index(in->network, name);
	if (*scope)
		return 0;
	error = errno;
	number = strtoul(name, &end, 10);
	if ((!is_digit(*name) || *end || number > UINT_MAX) && error != ENODEV)
		return fail(in, "%s of %s: %s", interface_call(in->network), name, strerror(error));
	if (!is_digit(*name) || *end || number > UINT_MAX)
		return fail(in, "no interface is called \"%s\"", name);
	*scope = (unsigned)number;
	return 0;
}

static bool read_dotted(const struct reader *in)
{
	char host[INET_ADDRSTRLEN];
	struct in_addr addr;

	if (!to_string(in, host, sizeof(host)) || inet_pton(AF_INET, host, &addr) != 1)
		return false;
	*in->out = address_make(AF_INET, &addr, 0, 0);
	return true;
}

/* With a scope perhaps. Returns 1, 0 if it is none, -1 with the error where the scope is wrong. */
static int read_ipv6(const struct reader *in)
{
	const char *percent = memchr(in->at, '%', in->len);
	struct reader host = part(in, 0, percent ? (size_t)(percent - in->at) : in->len);
	char text[INET6_ADDRSTRLEN];
	struct in6_addr addr;
	unsigned scope = 0;

	if (!to_string(&host, text, sizeof(text)) || inet_pton(AF_INET6, text, &addr) != 1)
		return 0;
	if (percent) {
		struct reader rest = part(in, host.len + 1, in->len - host.len - 1);

		if (read_scope(&rest, &scope) < 0)
			return -1;
	}
	*in->out = address_make(AF_INET6, &addr, 0, scope);
	return 1;
}

static bool is_inet(int family)
{
	return family == AF_INET || family == AF_INET6 || family == AF_UNSPEC;
}

static int fail_family(const struct reader *in)
{
	if (in->family == AF_UNIX)
		return fail(in, "a UNIX socket takes unix:/path or unix:@name");
	return fail(in, "\"%.*s\" is no address of this socket's family", SHOWN(in->len), in->at);
}

static int resolve(const struct reader *in)
{
	struct addrinfo hints = {.ai_family = in->family, .ai_socktype = SOCK_STREAM}, *found;
	char name[NI_MAXHOST];
	int error = EAI_NONAME;

	if (in->numeric)
		return fail(in,
			    "a page looks no names up on the machine's network: %.*s is to be "
			    "written in numbers",
			    SHOWN(in->len), in->at);
	if (to_string(in, name, sizeof(name)))
		error = getaddrinfo(name, NULL, &hints, &found);
	if (error)
		return fail(in, "%.*s: %s", SHOWN(in->len), in->at,
			    error == EAI_SYSTEM ? strerror(errno) : gai_strerror(error));
	*in->out = (struct address){.len = found->ai_addrlen};
	memcpy(in->out->bytes, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return 0;
}

/* A host without brackets: *, nothing, a dotted quad or a name. */
static int read_host(const struct reader *in)
{
	static const struct in6_addr any;

	if (read_dotted(in))
		return 0;
	if (!is_inet(in->family))
		return fail_family(in);
	if (!in->len || is(in, "*")) {
		*in->out = address_make(in->family == AF_INET6 ? AF_INET6 : AF_INET, &any, 0, 0);
		return 0;
	}
	if (all_digits(in))
		return fail(in, "\"%.*s\" is no address; a port is written :%.*s", SHOWN(in->len),
			    in->at, SHOWN(in->len), in->at);
	return resolve(in);
}

static int read_bracketed(const struct reader *in)
{
	const char *end = memchr(in->at, ']', in->len);
	struct reader host, rest;
	int port = 0, found;

	if (!end)
		return fail(in, "this [ is not closed");
	host = part(in, 1, (size_t)(end - in->at) - 1);
	rest = part(in, host.len + 2, in->len - host.len - 2);
	found = read_ipv6(&host);
	if (found < 0)
		return -1;
	if (!found)
		return fail(&host, "\"%.*s\" is no IPv6 address", SHOWN(host.len), host.at);
	if (!rest.len)
		return 0;
	if (*rest.at != ':')
		return fail(&rest, "after ] only :PORT may come");
	rest = part(&rest, 1, rest.len - 1);
	if (read_port(&rest, &port) < 0)
		return -1;
	set_port(in->out, port);
	return 0;
}

static int read_inet(const struct reader *in)
{
	const char *colon = memchr(in->at, ':', in->len);
	struct reader host, rest;
	int port = 0, found;

	if (begins(in, "["))
		return read_bracketed(in);
	if (!colon)
		return read_host(in);
	if (memchr(colon + 1, ':', in->len - (size_t)(colon + 1 - in->at))) {
		found = read_ipv6(in);
		if (found)
			return found < 0 ? -1 : 0;
		return fail(in, "\"%.*s\" is no address; IPv6 with a port is written [::1]:80",
			    SHOWN(in->len), in->at);
	}
	host = part(in, 0, (size_t)(colon - in->at));
	rest = part(in, host.len + 1, in->len - host.len - 1);
	if (!is_inet(in->family) && !read_dotted(&host))
		return fail_family(in);
	/* The port first: a name may take a while. */
	if (read_port(&rest, &port) < 0 || read_host(&host) < 0)
		return -1;
	set_port(in->out, port);
	return 0;
}

static int fail_path(const struct reader *in, size_t len, bool abstract)
{
	if (abstract)
		return fail(in, "the name has %zu bytes; at most %zu fit", len, UN_ROOM - 1);
	return fail(in, "the path has %zu bytes; at most %zu fit (%zu with a NUL behind)", len,
		    UN_ROOM, UN_ROOM - 1);
}

/* BYTES as sun_path has them; an empty one is the unnamed address. */
static int set_unix(const struct reader *in, const struct buf *bytes, bool abstract)
{
	struct address *out = in->out;
	size_t at = abstract, len = bytes->len;

	if (bytes->failed)
		return fail(in, "out of memory");
	if (at + len > UN_ROOM)
		return fail_path(in, len, abstract);
	*out = (struct address){.un.sun_family = AF_UNIX};
	if (len)
		memcpy(out->un.sun_path + at, bytes->data, len);
	len += at;
	/* A path that fills its room has no NUL behind it; one that begins with a NUL needs none.
	 */
	if (len && out->un.sun_path[0] && len < UN_ROOM)
		len++;
	out->len = (socklen_t)(UN_PATH + len);
	return 0;
}

static int unescape(const struct reader *in, struct buf *out)
{
	size_t i = 0;

	while (i < in->len) {
		unsigned char byte = (unsigned char)in->at[i];
		int size = 1;

		if (byte == '\\')
			size = escape_read(in->at + i, in->len - i, &byte);
		if (!size) {
			struct reader wrong = part(in, i, in->len - i > 1 ? 2 : 1);

			return fail(&wrong, "this is no escape of a C string");
		}
		buf_char(out, (char)byte);
		i += (size_t)size;
	}
	return 0;
}

/* Where the quote at the beginning ends; LEN if it does not. */
static size_t quote_end(const struct reader *in)
{
	size_t i;

	for (i = 1; i < in->len && in->at[i] != '"'; i++)
		if (in->at[i] == '\\')
			i++;
	return i < in->len ? i : in->len;
}

static int read_unquoted(const struct reader *in, struct reader *out)
{
	size_t end = quote_end(in);

	*out = *in;
	if (!begins(in, "\""))
		return 0;
	if (end == in->len)
		return fail(in, "this quote is not closed");
	if (end + 1 < in->len)
		return fail(in, "after the quote nothing may come");
	*out = part(in, 1, end - 1);
	return 0;
}

/* A path, @name or nothing, with unix: before it or not, in quotes or not. */
static int read_unix(const struct reader *in)
{
	size_t skip = begins(in, "unix:") ? strlen("unix:") : 0;
	struct reader word = part(in, skip, in->len - skip), inside;
	struct buf bytes = {0};
	bool abstract;
	int result;

	if (read_unquoted(&word, &inside) < 0)
		return -1;
	/* Only an @ that is written as such: a path that begins with one has \100. */
	abstract = begins(&inside, "@");
	if (abstract)
		inside = part(&inside, 1, inside.len - 1);
	result = unescape(&inside, &bytes);
	if (result == 0)
		result = set_unix(&word, &bytes, abstract);
	buf_free(&bytes);
	return result;
}

static int read_hex(const struct reader *in)
{
	struct reader digits = part(in, strlen("hex:"), in->len - strlen("hex:")), wrong;
	struct buf bytes = {0};
	size_t good = escape_read_hex(&bytes, digits.at, digits.len);
	int result = 0;

	wrong = part(&digits, good, digits.len - good);
	if (bytes.failed)
		result = fail(in, "out of memory");
	else if (wrong.len)
		result = fail(&wrong, "pairs of hex digits are expected here");
	else if (!bytes.len || bytes.len > sizeof(in->out->bytes))
		result = fail(in, "an address has 1 to %zu bytes", sizeof(in->out->bytes));
	else
		memcpy(in->out->bytes, bytes.data, bytes.len);
	in->out->len = (socklen_t)bytes.len;
	buf_free(&bytes);
	return result;
}

static int set_unspec(const struct reader *in)
{
	*in->out = (struct address){.any.sa_family = AF_UNSPEC, .len = sizeof(struct sockaddr)};
	return 0;
}

static bool read_family(const struct reader *in, long *family)
{
	char text[12], *end;

	if (names_find(&names_family, in->at, in->len, family))
		return true;
	if (!all_digits(in) || !to_string(in, text, sizeof(text)))
		return false;
	*family = strtol(text, &end, 10);
	return *family <= 65535;
}

/* What follows the family in the C spelling. */
static int read_of_family(const struct reader *in, const struct reader *word, int family)
{
	struct reader inside = *in;

	if (begins(in, "hex:"))
		return read_hex(in);
	if (family == AF_UNIX)
		return read_unix(in);
	if (family == AF_UNSPEC && !in->len)
		return set_unspec(in);
	if (family != AF_INET && family != AF_INET6)
		return fail(word, "an address of this family is written as hex:…, all its bytes");
	if (!in->len)
		return fail(word, "an address is missing behind %.*s", SHOWN(word->len), word->at);
	inside.family = family;
	if (read_inet(&inside) < 0)
		return -1;
	if (in->out->any.sa_family != family)
		return fail(in, "this is no %.*s address", SHOWN(word->len), word->at);
	return 0;
}

static int read_c(const struct reader *in)
{
	struct reader inside, word, rest;
	const char *comma;
	long family;

	if (in->len < 2 || in->at[in->len - 1] != '}')
		return fail(in, "this { is not closed");
	inside = part(in, 1, in->len - 2);
	comma = memchr(inside.at, ',', inside.len);
	word = part(&inside, 0, comma ? (size_t)(comma - inside.at) : inside.len);
	rest = part(&inside, inside.len, 0);
	if (comma)
		rest = part(&inside, word.len + 1, inside.len - word.len - 1);
	word = trimmed(&word);
	rest = trimmed(&rest);
	if (!read_family(&word, &family))
		return fail(&word, "an address family is expected here (AF_INET …)");
	if (comma && !rest.len)
		return fail(&rest, "an address is missing behind the comma");
	return read_of_family(&rest, &word, (int)family);
}

/* "AF_NETLINK hex:…", as an address of a family is printed that has no spelling of its own. */
static bool has_family_and_hex(const struct reader *in, struct reader *hex)
{
	const char *blank = memchr(in->at, ' ', in->len);
	size_t len = blank ? (size_t)(blank - in->at) : 0;
	struct reader word = part(in, 0, len);
	long family;

	if (!len || !read_family(&word, &family))
		return false;
	*hex = part(in, len + 1, in->len - len - 1);
	return begins(hex, "hex:");
}

static int read_address(const struct reader *in)
{
	struct reader rest;

	if (!in->len)
		return fail(in, "an address is missing");
	if (begins(in, "{"))
		return read_c(in);
	if (is(in, "AF_UNSPEC"))
		return set_unspec(in);
	if (begins(in, "hex:"))
		return read_hex(in);
	if (has_family_and_hex(in, &rest))
		return read_hex(&rest);
	if (begins(in, "unix:"))
		return read_unix(in);
	/* Nothing but a UNIX address begins so; another family's socket answers EAFNOSUPPORT. */
	if (begins(in, "/") || begins(in, "@"))
		return read_unix(in);
	if (in->family == AF_UNIX && (begins(in, "./") || begins(in, "../")))
		return read_unix(in);
	return read_inet(in);
}

int address_parse(struct address *out, const char *text, size_t len, int family, int type,
		  struct error *err)
{
	return address_parse_in(INTERFACES_OURS, false, out, text, len, family, type, err);
}

int address_parse_in(int network, bool numeric, struct address *out, const char *text, size_t len,
		     int family, int type, struct error *err)
{
	struct reader in = {
		.text = text,
		.at = text,
		.len = len,
		.family = family,
		.type = type,
		.network = network,
		.numeric = numeric,
		.out = out,
		.err = err,
	};

	in = trimmed(&in);
	*out = (struct address){0};
	if (read_address(&in) < 0) {
		*out = (struct address){0};
		return -1;
	}
	out->network = network;
	return 0;
}

bool address_looks(const char *text, size_t len)
{
	struct address out;
	struct reader in = {.text = text, .at = text, .len = len, .out = &out};
	size_t i;

	if (len && *text && strchr("*@/", *text))
		return true;
	/* A colon in a quoted string is none of an address. */
	for (i = 0; i < len && text[i] != '"' && text[i] != '\''; i++)
		if (text[i] == ':' || text[i] == '{')
			return true;
	return read_dotted(&in);
}
