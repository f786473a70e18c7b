/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net/refused.h"

#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#define DIGITS    "0123456789"
#define HEX       DIGITS "abcdefABCDEF"
#define GROUPS    8 /* of an IPv6 address */
#define DIGITS_6  4 /* of a group */
#define LARGEST_4 255

static struct refused about(const char *key, const char *part, size_t len)
{
	return (struct refused){.key = key, .part = part, .part_len = len};
}

static struct refused counted(const char *key, size_t count)
{
	return (struct refused){.key = key, .count = count};
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What neither family has. */
static struct refused of_neither(const char *text)
{
	const char *at;

	if (!*text)
		return about("pton.empty", NULL, 0);
	at = strpbrk(text, " \t\n\r\v\f");
	if (at)
		return about("pton.blank", NULL, 0);
	at = strchr(text, '/');
	if (at)
		return about("pton.prefix", at, strlen(at));
	return (struct refused){0};
}

static bool has_letter(const char *text)
{
	while (*text && !is_letter(*text))
		text++;
	return *text != '\0';
}

static size_t parts_of(const char *text, char between)
{
	size_t count = 1;

	for (; *text; text++)
		count += *text == between;
	return count;
}

static unsigned number_of(const char *text, size_t len)
{
	unsigned number = 0;
	size_t i;

	for (i = 0; i < len && number <= LARGEST_4; i++)
		number = number * 10 + (unsigned)(text[i] - '0');
	return number;
}

/* One of the four numbers; key NULL: nothing is wrong with it. */
static struct refused of_number(const char *text, size_t len)
{
	size_t digits = strspn(text, DIGITS);

	if (!len)
		return about("pton.gap", NULL, 0);
	if (digits < len)
		return about("pton.strange", text + digits, 1);
	if (number_of(text, len) > LARGEST_4)
		return about("pton.large", text, len);
	if (len > 1 && text[0] == '0')
		return about("pton.zeros", text, len);
	return (struct refused){0};
}

static struct refused of_numbers(const char *text)
{
	struct refused refused = {0};
	size_t len, count = parts_of(text, '.');

	if (count < 4 && text[strspn(text, DIGITS ".")] == '\0')
		return counted("pton.few", count);
	for (; !refused.key; text += len + 1) {
		len = strcspn(text, ".");
		refused = of_number(text, len);
		if (!text[len])
			break;
	}
	return refused.key ? refused : counted("pton.many", count);
}

static struct refused of_inet(const char *text)
{
	const char *colon = strchr(text, ':');

	if (colon && strchr(colon + 1, ':'))
		return about("pton.is6", NULL, 0);
	if (colon)
		return about("pton.port", colon + 1, strlen(colon + 1));
	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		return about("pton.hex", NULL, 0);
	if (strstr(text, ".0x") || strstr(text, ".0X"))
		return about("pton.hex", NULL, 0);
	if (has_letter(text))
		return about("pton.name", NULL, 0);
	return of_numbers(text);
}

/* One of the groups; LAST: an IPv4 address may stand there. */
static struct refused of_group(const char *text, size_t len, bool last)
{
	size_t digits = strspn(text, HEX);

	if (last && memchr(text, '.', len))
		return about("pton.tail", text, len);
	if (digits < len)
		return about("pton.strange", text + digits, 1);
	if (len > DIGITS_6)
		return about("pton.digits", text, len);
	return (struct refused){0};
}

static bool has_single_end(const char *text)
{
	size_t len = strlen(text);

	return (text[0] == ':' && text[1] != ':') ||
	       (len > 1 && text[len - 1] == ':' && text[len - 2] != ':');
}

static struct refused of_groups(const char *text)
{
	const char *zeros = strstr(text, "::");
	struct refused refused = {0};
	size_t len, count = 0;

	if (zeros && strstr(zeros + 1, "::"))
		return about("pton.twice", NULL, 0);
	if (has_single_end(text))
		return about("pton.end", NULL, 0);
	for (; !refused.key; text += len + 1) {
		len = strcspn(text, ":");
		count += len > 0;
		refused = of_group(text, len, !text[len]);
		if (!text[len])
			break;
	}
	if (refused.key)
		return refused;
	if (zeros)
		return counted("pton.full", count);
	return counted(count < GROUPS ? "pton.few6" : "pton.many6", count);
}

static struct refused of_inet6(const char *text)
{
	const char *at = strchr(text, '%');

	if (at)
		return about("pton.scope", at, strlen(at));
	if (strpbrk(text, "[]"))
		return about("pton.brackets", NULL, 0);
	if (strchr(text, ':'))
		return of_groups(text);
	if (text[strspn(text, DIGITS ".")] == '\0' && strchr(text, '.'))
		return about("pton.is4", text, strlen(text));
	return about(has_letter(text) ? "pton.name" : "pton.few6", NULL, 0);
}

struct refused refused_text(int family, const char *text)
{
	struct refused refused = of_neither(text);

	if (refused.key)
		return refused;
	refused = family == AF_INET ? of_inet(text) : of_inet6(text);
	if (refused.key && !refused.part && !refused.count && strstr(refused.key, "few6"))
		refused.count = 1;
	return refused;
}
