/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "calls/literal.h"
#include "fuzz.h"
#include "names/names.h"

/*
 * Did-you-mean compares with every name that there is: only short inputs are given it, or the time
 * would go to nothing else.
 */
#define NEAR_MOST 48

static size_t input_size;

/* So that 64M*"x" costs no more than any other input. */
#define LITERAL_MOST ((size_t)1 << 16)

const void *fuzz_file_data;
size_t fuzz_file_size;
bool fuzz_inside;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	if (!setlocale(LC_ALL, "C.UTF-8"))
		fuzz_fail(__FILE__, __LINE__, "locale", "C.UTF-8 is missing");
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_inside = true;
	input_size = size;
	fuzz_file_data = NULL;
	fuzz_one(data, size);
	fuzz_inside = false;
	return 0;
}

void fuzz_fail(const char *file, int line, const char *what, const char *format, ...)
{
	va_list ap;

	fprintf(stderr, "%s:%d: does not hold: %s: ", file, line, what);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}

unsigned fuzz_byte(struct fuzz_input *in)
{
	if (!in->left)
		return 0;
	in->left--;
	return *in->at++;
}

const char *fuzz_take(struct fuzz_input *in, size_t *len)
{
	const char *from = (const char *)in->at;

	if (*len > in->left)
		*len = in->left;
	in->at += *len;
	in->left -= *len;
	return from;
}

void fuzz_fill(struct fuzz_input *in, void *out, size_t size)
{
	size_t len = size;
	const char *from = fuzz_take(in, &len);

	memset(out, 0, size);
	if (len)
		memcpy(out, from, len);
}

char *fuzz_string(struct fuzz_input *in)
{
	size_t len = fuzz_byte(in);
	const char *from = fuzz_take(in, &len);
	char *text = malloc(len + 1);

	if (!text)
		abort();
	memcpy(text, from, len);
	text[len] = '\0';
	return text;
}

void fuzz_check_error(const struct error *err, size_t len)
{
	fuzz_require(err->text[0], "an error without a message");
	fuzz_require(memchr(err->text, 0, sizeof(err->text)), "its message does not end");
	fuzz_require(err->column >= 0 && (size_t)err->column <= len + 1, "column %d of %zu: %s",
		     err->column, len, err->text);
	if (!err->column)
		return;
	fuzz_require(err->length >= 1, "nothing is underlined: %s", err->text);
	fuzz_require((size_t)err->column + (size_t)err->length <= len + 2,
		     "column %d, length %d of %zu: %s", err->column, err->length, len, err->text);
}

static int fake_descriptor(void *data, const char *text, size_t len, struct error *err)
{
	long fd = -1;

	(void)data;
	*err = (struct error){0};
	if (len == 3 && memcmp(text, "srv", 3) == 0)
		return 3;
	if (len == 1 && text[0] == '.')
		return 4;
	if (literal_number(text, len, INT_MIN, INT_MAX, &fd, err) < 0)
		return error_set(err, "%.*s is no descriptor", (int)(len < 64 ? len : 64), text);
	return (int)fd;
}

static void fake_family(void *data, int fd, int *family, int *type)
{
	static const int families[] = {AF_INET6, AF_UNIX, AF_UNSPEC, AF_INET};

	(void)data;
	*family = families[fd & 3];
	*type = fd & 4 ? SOCK_DGRAM : SOCK_STREAM;
}

const struct resolver fuzz_resolver = {.descriptor = fake_descriptor, .family = fake_family};

/* What follows stands in for the libraries: the linker's --wrap brings it into play. */
int __wrap_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
		       struct addrinfo **out);
void __wrap_freeaddrinfo(struct addrinfo *list);
unsigned __wrap_if_nametoindex(const char *name);
char *__wrap_if_indextoname(unsigned index, char *name);
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __real_literal_bytes(const char *text, size_t len, size_t limit, struct buf *out,
			 struct error *err);
int __wrap_literal_bytes(const char *text, size_t len, size_t limit, struct buf *out,
			 struct error *err);

const char *__real_names_near(const struct names *names, const char *word, size_t len);
const char *__wrap_names_near(const struct names *names, const char *word, size_t len);
int __real_names_distance(const char *a, size_t a_len, const char *b, size_t b_len, int limit);
int __wrap_names_distance(const char *a, size_t a_len, const char *b, size_t b_len, int limit);

int __wrap_getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
		       struct addrinfo **out)
{
	struct {
		struct addrinfo info;
		struct sockaddr_in6 address;
	} * answer;
	struct sockaddr_in *in;
	bool six = hints->ai_family == AF_INET6;

	if ((node && strcmp(node, "localhost") != 0) || (service && strcmp(service, "http") != 0))
		return EAI_NONAME;
	answer = calloc(1, sizeof(*answer));
	if (!answer)
		return EAI_MEMORY;
	in = (struct sockaddr_in *)&answer->address;
	answer->info.ai_family = six ? AF_INET6 : AF_INET;
	answer->info.ai_addr = (struct sockaddr *)&answer->address;
	answer->info.ai_addrlen = six ? sizeof(answer->address) : sizeof(*in);
	in->sin_family = (sa_family_t)answer->info.ai_family;
	in->sin_port = htons(service ? 80 : 0);
	if (six)
		answer->address.sin6_addr = in6addr_loopback;
	else
		in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	*out = &answer->info;
	return 0;
}

void __wrap_freeaddrinfo(struct addrinfo *list)
{
	free(list);
}

/* By index, from 1. The kernel lets an interface have such names. */
static const char *const interfaces[] = {"lo", "\033[31m", "a%b", "x]:1"};

unsigned __wrap_if_nametoindex(const char *name)
{
	unsigned i;

	for (i = 0; i < sizeof(interfaces) / sizeof(interfaces[0]); i++)
		if (strcmp(interfaces[i], name) == 0)
			return i + 1;
	return 0;
}

char *__wrap_if_indextoname(unsigned index, char *name)
{
	if (index < 1 || index > sizeof(interfaces) / sizeof(interfaces[0]))
		return NULL;
	return strcpy(name, interfaces[index - 1]);
}

int __wrap_open(const char *path, int flags, ...)
{
	int fd;

	if (!fuzz_inside) {
		va_list ap;
		int mode;

		va_start(ap, flags);
		mode = flags & O_CREAT ? va_arg(ap, int) : 0;
		va_end(ap);
		return __real_open(path, flags, mode);
	}
	if (!fuzz_file_data) {
		errno = ENOENT;
		return -1;
	}
	fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd < 0 || write(fd, fuzz_file_data, fuzz_file_size) != (ssize_t)fuzz_file_size ||
	    lseek(fd, 0, SEEK_SET) < 0)
		abort();
	return fd;
}

int __wrap_literal_bytes(const char *text, size_t len, size_t limit, struct buf *out,
			 struct error *err)
{
	return __real_literal_bytes(text, len, limit < LITERAL_MOST ? limit : LITERAL_MOST, out,
				    err);
}

const char *__wrap_names_near(const struct names *names, const char *word, size_t len)
{
	return input_size > NEAR_MOST ? NULL : __real_names_near(names, word, len);
}

int __wrap_names_distance(const char *a, size_t a_len, const char *b, size_t b_len, int limit)
{
	return input_size > NEAR_MOST ? limit + 1
				      : __real_names_distance(a, a_len, b, b_len, limit);
}
