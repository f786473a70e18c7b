/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz.h"
#include "lang/lang.h"
#include "net/address.h"
#include "oracle.h"

/*
 * Addresses, as they are typed and as the kernel has them: whatever one is, its printed forms are
 * harmless and read as the same address; the C form is one word of the language.
 */

/* No family has a longer one of its own; the kernel gives at most this. */
#define UNIX_MOST sizeof(struct sockaddr_un)

static bool same(const struct address *a, const struct address *b)
{
	size_t i;

	/* "AF_UNSPEC" has one length, whatever the zeros had. */
	for (i = 0; i < a->len && !a->bytes[i];)
		i++;
	if (i == a->len && i >= sizeof(sa_family_t))
		return b->any.sa_family == AF_UNSPEC && b->len == sizeof(struct sockaddr);
	return address_equal(a, b);
}

static void read_back(const struct address *address, const struct buf *text, int family)
{
	struct address again;
	struct error err = {0};

	fuzz_require(oracle_harmless(buf_text(text), text->len, false), "%s", buf_text(text));
	fuzz_require(address_parse(&again, buf_text(text), text->len, family, 0, &err) == 0,
		     "%s: %s", buf_text(text), err.text);
	fuzz_require(same(address, &again), "%s reads as another", buf_text(text));
}

/* In a call it is one word. */
static void read_word(const struct buf *text)
{
	static struct command command;
	struct buf line = {0};
	struct error err = {0};
	size_t at = 0;

	buf_printf(&line, "bind(3, %s, 16)", buf_text(text));
	fuzz_require(lang_next(line.data, line.len, &at, &command, &err) == 1, "%s: %s", line.data,
		     err.text);
	fuzz_require(command.count == 3 && command.words[1].len == text->len, "%s", line.data);
	buf_free(&line);
}

static void check_address(const struct address *address)
{
	struct address plain = address_unmapped(address);
	struct buf text = {0};

	fuzz_require(address->len <= sizeof(address->bytes), "length %u", address->len);
	fuzz_require(address_equal(address, address) && address_equal(address, &plain),
		     "not equal to itself");
	fuzz_require(address_port(address) >= 0 && address_port(address) <= 65535, "port %d",
		     address_port(address));
	address_is_any(address);
	address_is_loopback(address);
	address_print_host(&text, address);
	fuzz_require(oracle_harmless(buf_text(&text), text.len, false), "%s", buf_text(&text));
	buf_reset(&text);
	address_print(&text, address);
	if (address->len)
		read_back(address, &text, AF_UNSPEC);
	buf_reset(&text);
	address_print_c(&text, address);
	if (address->len)
		read_back(address, &text, AF_UNSPEC);
	if (address->len >= sizeof(sa_family_t))
		read_word(&text);
	buf_free(&text);
}

static void from_text(const char *text, size_t len, int family, int type)
{
	struct address address;
	struct error err = {0};

	address_looks(text, len);
	if (address_parse(&address, text, len, family, type, &err) == 0) {
		fuzz_require(address.len > 0, "nothing was read");
		check_address(&address);
	} else {
		fuzz_require(address.len == 0, "length %u of none", address.len);
		fuzz_check_error(&err, len);
	}
}

static void from_bytes(struct fuzz_input *in)
{
	struct address address = {0};
	size_t len = sizeof(address.bytes);
	const char *bytes = fuzz_take(in, &len);

	memcpy(address.bytes, bytes, len);
	if (len >= sizeof(sa_family_t) && address.any.sa_family == AF_UNIX && len > UNIX_MOST)
		len = UNIX_MOST;
	address.len = (socklen_t)len;
	check_address(&address);
}

/* The first byte: what it is (0 bytes, else text), of which family and type. */
void fuzz_one(const uint8_t *data, size_t size)
{
	static const int families[] = {AF_UNSPEC, AF_INET, AF_INET6, AF_UNIX};
	struct fuzz_input in = {data, size};
	unsigned first = fuzz_byte(&in);

	if (first == 0)
		from_bytes(&in);
	else
		from_text((const char *)in.at, in.left, families[first & 3],
			  first & 4 ? SOCK_DGRAM : SOCK_STREAM);
}
