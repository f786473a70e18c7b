/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every call of a function that can fail comes through here, by the linker's --wrap. It is made,
 * or fails, as the order in the shared memory says.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <ifaddrs.h>
#include <libmnl/libmnl.h>
#include <link.h>
#include <linux/futex.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "state.h"

static const struct {
	int error;
	unsigned flags;
} symbols[] = {
#define SYMBOL(name, error, flags, words) {error, flags},
#include "symbols.h"
#undef SYMBOL
};

enum verdict { PASS, FAIL, HALF };

static struct state *state;
static enum role role;

extern const ElfW(Ehdr) __ehdr_start;

/* As the linker knows it, wherever the program was loaded. */
static uint64_t link_address(const void *address)
{
	uint64_t base = __ehdr_start.e_type == ET_EXEC ? 0 : (uintptr_t)&__ehdr_start;

	return (uintptr_t)address - base;
}

static struct site *find_site(uint64_t key)
{
	size_t i = (size_t)(key * 0x9e3779b97f4a7c15ULL >> 40) % SITES, turns;

	for (turns = 0; turns < SITES; turns++, i = (i + 1) % SITES) {
		uint64_t found = 0;

		if (atomic_compare_exchange_strong(&state->sites[i].key, &found, key) ||
		    found == key)
			return &state->sites[i];
	}
	return NULL;
}

/* Whether a call fails that comes after the one that was to fail first. */
static bool fails_as_well(enum symbol symbol)
{
	enum symbol first = site_symbol(state->key);

	if (!atomic_load(&state->failed) || site_role(state->key) != role)
		return false;
	if (state->mode != MODE_FOR_GOOD && state->mode != MODE_SHORT)
		return false;
	return symbol == first || (symbols[symbol].flags & symbols[first].flags & IS_MEMORY);
}

static enum verdict judge(enum symbol symbol, const void *caller)
{
	uint64_t key = site_key(link_address(caller), symbol, role);
	struct site *site = state ? find_site(key) : NULL;

	if (!site)
		return PASS;
	if (atomic_fetch_add(&site->hits, 1) + 1 == state->hit && key == state->key &&
	    state->mode != MODE_COUNT) {
		atomic_store(&state->failed, true);
	} else if (key == state->also && atomic_load(&state->failed) &&
		   !atomic_exchange(&state->also_failed, true)) {
		errno = symbols[symbol].error;
		return FAIL;
	} else if (!fails_as_well(symbol)) {
		return PASS;
	}
	if (state->mode == MODE_SHORT)
		return HALF;
	errno = state->mode == MODE_INTERRUPTED ? EINTR : symbols[symbol].error;
	return FAIL;
}

#define CALLER __builtin_return_address(0)

/* FAILURE is what NAME returns when it fails. */
#define WRAP(type, failure, name, params, args)                      \
	type __real_##name params;                                   \
	type __wrap_##name params;                                   \
	type __wrap_##name params                                    \
	{                                                            \
		enum verdict verdict = judge(SYMBOL_##name, CALLER); \
                                                                     \
		if (verdict == PASS)                                 \
			return __real_##name args;                   \
		if (symbols[SYMBOL_##name].flags & IS_CLOSE) {       \
			int error = errno;                           \
                                                                     \
			(void)__real_##name args;                    \
			errno = error;                               \
		}                                                    \
		return failure;                                      \
	}

#define NUMBER(name, params, args)  WRAP(int, -1, name, params, args)
#define LENGTH(name, params, args)  WRAP(ssize_t, -1, name, params, args)
#define POINTER(name, params, args) WRAP(void *, NULL, name, params, args)
#define ERROR(name, params, args)   WRAP(int, errno, name, params, args)

/* The same for what may do half of it. */
#define TRANSFER(name, params, args)                                 \
	ssize_t __real_##name params;                                \
	ssize_t __wrap_##name params;                                \
	ssize_t __wrap_##name params                                 \
	{                                                            \
		enum verdict verdict = judge(SYMBOL_##name, CALLER); \
                                                                     \
		if (verdict == FAIL)                                 \
			return -1;                                   \
		if (verdict == HALF)                                 \
			len = (len + 1) / 2;                         \
		return __real_##name args;                           \
	}

/* clang-format off */
POINTER(malloc, (size_t size), (size))
POINTER(calloc, (size_t count, size_t size), (count, size))
POINTER(realloc, (void *old, size_t size), (old, size))
POINTER(reallocarray, (void *old, size_t count, size_t size), (old, count, size))
POINTER(strdup, (const char *text), (text))
POINTER(strndup, (const char *text, size_t len), (text, len))
WRAP(void *, MAP_FAILED, mmap, (void *at, size_t len, int prot, int flags, int fd, off_t from),
     (at, len, prot, flags, fd, from))
NUMBER(munmap, (void *at, size_t len), (at, len))
NUMBER(madvise, (void *at, size_t len, int advice), (at, len, advice))
NUMBER(open, (const char *path, int flags, mode_t mode), (path, flags, mode))
NUMBER(openat, (int at, const char *path, int flags, mode_t mode), (at, path, flags, mode))
POINTER(fopen, (const char *path, const char *mode), (path, mode))
POINTER(opendir, (const char *path), (path))
NUMBER(scandir, (const char *path, struct dirent ***list, int (*filter)(const struct dirent *),
		 int (*compare)(const struct dirent **, const struct dirent **)),
       (path, list, filter, compare))
POINTER(readdir, (DIR *dir), (dir))
NUMBER(closedir, (DIR *dir), (dir))
LENGTH(readlinkat, (int fd, const char *path, char *to, size_t len), (fd, path, to, len))
NUMBER(stat, (const char *path, struct stat *to), (path, to))
LENGTH(readlink, (const char *path, char *to, size_t len), (path, to, len))
NUMBER(lstat, (const char *path, struct stat *to), (path, to))
NUMBER(prlimit, (pid_t pid, int resource, const struct rlimit *limit, struct rlimit *old),
       (pid, resource, limit, old))
POINTER(fgets, (char *line, int size, FILE *stream), (line, size, stream))
NUMBER(fstat, (int fd, struct stat *to), (fd, to))
NUMBER(fchmod, (int fd, mode_t mode), (fd, mode))
NUMBER(mkdir, (const char *path, mode_t mode), (path, mode))
NUMBER(unlink, (const char *path), (path))
NUMBER(rename, (const char *from, const char *to), (from, to))
NUMBER(access, (const char *path, int mode), (path, mode))
NUMBER(chdir, (const char *path), (path))
NUMBER(fsync, (int fd), (fd))
POINTER(mkdtemp, (char *path), (path))
NUMBER(mkostemp, (char *path, int flags), (path, flags))
NUMBER(nftw,
       (const char *path,
	int (*each)(const char *, const struct stat *, int, struct FTW *), int fds, int flags),
       (path, each, fds, flags))
POINTER(realpath, (const char *path, char *to), (path, to))
NUMBER(pipe2, (int ends[2], int flags), (ends, flags))
WRAP(off_t, -1, lseek, (int fd, off_t at, int whence), (fd, at, whence))
TRANSFER(read, (int fd, void *to, size_t len), (fd, to, len))
TRANSFER(write, (int fd, const void *from, size_t len), (fd, from, len))
NUMBER(sendmmsg, (int fd, struct mmsghdr *list, unsigned count, int flags),
       (fd, list, count, flags))
NUMBER(recvmmsg, (int fd, struct mmsghdr *list, unsigned count, int flags,
		  struct timespec *timeout), (fd, list, count, flags, timeout))
LENGTH(splice, (int from, loff_t *at, int to, loff_t *there, size_t len, unsigned flags),
       (from, at, to, there, len, flags))
LENGTH(tee, (int from, int to, size_t len, unsigned flags), (from, to, len, flags))
LENGTH(sendfile, (int to, int from, off_t *at, size_t len), (to, from, at, len))
NUMBER(memfd_create, (const char *name, unsigned flags), (name, flags))
NUMBER(sockatmark, (int fd), (fd))
LENGTH(readv, (int fd, const struct iovec *list, int count), (fd, list, count))
LENGTH(writev, (int fd, const struct iovec *list, int count), (fd, list, count))
/* Ours: each of those who call them has its own way to tell. */
LENGTH(file_read, (int fd, void *to, size_t room), (fd, to, room))
NUMBER(file_write, (int fd, const void *from, size_t len), (fd, from, len))
NUMBER(close, (int fd), (fd))
NUMBER(fclose, (FILE *stream), (stream))
LENGTH(getline, (char **line, size_t *room, FILE *stream), (line, room, stream))
LENGTH(__getdelim, (char **line, size_t *room, int end, FILE *stream), (line, room, end, stream))
NUMBER(dup, (int fd), (fd))
NUMBER(dup2, (int fd, int to), (fd, to))
NUMBER(dup3, (int fd, int to, int flags), (fd, to, flags))
NUMBER(fcntl, (int fd, int command, long arg), (fd, command, arg))
NUMBER(poll, (struct pollfd *list, nfds_t count, int timeout), (list, count, timeout))
NUMBER(ppoll, (struct pollfd *list, nfds_t count, const struct timespec *timeout,
	       const sigset_t *mask), (list, count, timeout, mask))
NUMBER(select, (int count, fd_set *readable, fd_set *writable, fd_set *other,
		struct timeval *timeout), (count, readable, writable, other, timeout))
NUMBER(pselect, (int count, fd_set *readable, fd_set *writable, fd_set *other,
		 const struct timespec *timeout, const sigset_t *mask),
       (count, readable, writable, other, timeout, mask))
NUMBER(pipe, (int *pair), (pair))
NUMBER(eventfd, (unsigned value, int flags), (value, flags))
NUMBER(timerfd_create, (int clock, int flags), (clock, flags))
NUMBER(timerfd_settime, (int fd, int flags, const struct itimerspec *to, struct itimerspec *was),
       (fd, flags, to, was))
NUMBER(epoll_create1, (int flags), (flags))
NUMBER(epoll_ctl, (int set, int operation, int fd, struct epoll_event *event),
       (set, operation, fd, event))
NUMBER(epoll_wait, (int set, struct epoll_event *list, int most, int timeout),
       (set, list, most, timeout))
NUMBER(epoll_pwait, (int set, struct epoll_event *list, int most, int timeout,
		     const sigset_t *mask), (set, list, most, timeout, mask))
NUMBER(epoll_pwait2, (int set, struct epoll_event *list, int most,
		      const struct timespec *timeout, const sigset_t *mask),
       (set, list, most, timeout, mask))
NUMBER(nanosleep, (const struct timespec *time, struct timespec *left), (time, left))
NUMBER(tcgetattr, (int fd, struct termios *to), (fd, to))
NUMBER(tcsetattr, (int fd, int when, const struct termios *to), (fd, when, to))
NUMBER(socket, (int domain, int type, int protocol), (domain, type, protocol))
NUMBER(socketpair, (int domain, int type, int protocol, int *pair),
       (domain, type, protocol, pair))
NUMBER(accept4, (int fd, struct sockaddr *addr, socklen_t *len, int flags),
       (fd, addr, len, flags))
NUMBER(bind, (int fd, const struct sockaddr *addr, socklen_t len), (fd, addr, len))
NUMBER(listen, (int fd, int backlog), (fd, backlog))
NUMBER(connect, (int fd, const struct sockaddr *addr, socklen_t len), (fd, addr, len))
NUMBER(shutdown, (int fd, int how), (fd, how))
LENGTH(send, (int fd, const void *from, size_t len, int flags), (fd, from, len, flags))
LENGTH(sendto, (int fd, const void *from, size_t len, int flags, const struct sockaddr *addr,
		socklen_t addrlen), (fd, from, len, flags, addr, addrlen))
LENGTH(recv, (int fd, void *to, size_t len, int flags), (fd, to, len, flags))
LENGTH(recvfrom, (int fd, void *to, size_t len, int flags, struct sockaddr *addr,
		  socklen_t *addrlen), (fd, to, len, flags, addr, addrlen))
NUMBER(getsockname, (int fd, struct sockaddr *addr, socklen_t *len), (fd, addr, len))
NUMBER(getpeername, (int fd, struct sockaddr *addr, socklen_t *len), (fd, addr, len))
NUMBER(getsockopt, (int fd, int level, int name, void *to, socklen_t *len),
       (fd, level, name, to, len))
NUMBER(setsockopt, (int fd, int level, int name, const void *from, socklen_t len),
       (fd, level, name, from, len))
WRAP(int, EAI_MEMORY, getaddrinfo, (const char *node, const char *service,
     const struct addrinfo *hints, struct addrinfo **found), (node, service, hints, found))
WRAP(int, EAI_MEMORY, getnameinfo, (const struct sockaddr *addr, socklen_t len, char *host,
     socklen_t host_len, char *service, socklen_t service_len, int flags),
     (addr, len, host, host_len, service, service_len, flags))
POINTER(if_indextoname, (unsigned index, char *name), (index, name))
WRAP(unsigned, 0, if_nametoindex, (const char *name), (name))
POINTER(mnl_socket_open2, (int bus, int flags), (bus, flags))
POINTER(mnl_socket_fdopen, (int fd), (fd))
NUMBER(mnl_socket_bind, (struct mnl_socket *nl, unsigned groups, pid_t pid), (nl, groups, pid))
LENGTH(mnl_socket_sendto, (const struct mnl_socket *nl, const void *from, size_t len),
       (nl, from, len))
LENGTH(mnl_socket_recvfrom, (const struct mnl_socket *nl, void *to, size_t len), (nl, to, len))
NUMBER(mnl_socket_close, (struct mnl_socket *nl), (nl))
NUMBER(mnl_cb_run, (const void *from, size_t len, unsigned seq, unsigned port, mnl_cb_t cb,
		    void *data), (from, len, seq, port, cb, data))
NUMBER(execv, (const char *path, char *const argv[]), (path, argv))
WRAP(pid_t, -1, waitpid, (pid_t pid, int *status, int options), (pid, status, options))
NUMBER(kill, (pid_t pid, int signal), (pid, signal))
WRAP(int, -1, raise, (int signal), (signal))
NUMBER(setpgid, (pid_t pid, pid_t group), (pid, group))
NUMBER(prctl, (int option, long a, long b, long c, long d), (option, a, b, c, d))
NUMBER(setns, (int fd, int kind), (fd, kind))
POINTER(if_nameindex, (void), ())
NUMBER(getifaddrs, (struct ifaddrs **list), (list))
LENGTH(sendmsg, (int fd, const struct msghdr *message, int flags), (fd, message, flags))
LENGTH(recvmsg, (int fd, struct msghdr *message, int flags), (fd, message, flags))
NUMBER(faccessat, (int fd, const char *path, int mode, int flags), (fd, path, mode, flags))
POINTER(fdopen, (int fd, const char *mode), (fd, mode))
NUMBER(unshare, (int flags), (flags))
NUMBER(close_range, (unsigned first, unsigned last, int flags), (first, last, flags))
NUMBER(getrlimit, (int resource, struct rlimit *to), (resource, to))
NUMBER(setrlimit, (int resource, const struct rlimit *from), (resource, from))
WRAP(int, -1, sched_getcpu, (void), ())
NUMBER(sched_setaffinity, (pid_t pid, size_t size, const cpu_set_t *set), (pid, size, set))
NUMBER(sigaction, (int signal, const struct sigaction *action, struct sigaction *old),
       (signal, action, old))
WRAP(sighandler_t, SIG_ERR, signal, (int number, sighandler_t handler), (number, handler))
NUMBER(sigprocmask, (int how, const sigset_t *set, sigset_t *old), (how, set, old))
NUMBER(signalfd, (int fd, const sigset_t *set, int flags), (fd, set, flags))
ERROR(pthread_create, (pthread_t *thread, const pthread_attr_t *attr, void *(*run)(void *),
		       void *data), (thread, attr, run, data))
ERROR(pthread_attr_init, (pthread_attr_t *attr), (attr))
ERROR(pthread_attr_setstacksize, (pthread_attr_t *attr, size_t size), (attr, size))
ERROR(pthread_attr_setdetachstate, (pthread_attr_t *attr, int how), (attr, how))
ERROR(pthread_mutex_init, (pthread_mutex_t *mutex, const pthread_mutexattr_t *attr),
      (mutex, attr))
/* clang-format on */

long __real_syscall(long number, long a, long b, long c, long d, long e, long f);
long __wrap_syscall(long number, long a, long b, long c, long d, long e, long f);

int __real_ioctl(int fd, unsigned long command, void *arg);
int __wrap_ioctl(int fd, unsigned long command, void *arg);
int __wrap_ioctl(int fd, unsigned long command, void *arg)
{
	enum symbol symbol = command == SIOCGIFNAME ? SYMBOL_interface_name : SYMBOL_ioctl;

	return judge(symbol, CALLER) == FAIL ? -1 : __real_ioctl(fd, command, arg);
}

/*
 * A futex can be refused to nobody: the C library's own locks could do nothing else then but abort.
 * What can befall it is that a wait ends without a wake; a wake is made in any case.
 */
long __wrap_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	bool futex = number == SYS_futex;
	enum verdict verdict = judge(futex ? SYMBOL_futex : SYMBOL_syscall, CALLER);

	if (verdict == PASS || (futex && b == FUTEX_WAKE))
		return __real_syscall(number, a, b, c, d, e, f);
	return -1;
}

pid_t __real_fork(void);
pid_t __wrap_fork(void);

pid_t __wrap_fork(void)
{
	pid_t pid = judge(SYMBOL_fork, CALLER) == PASS ? __real_fork() : -1;

	if (pid == 0)
		role = ROLE_PROCESS;
	return pid;
}

static void note_open(uint8_t *list)
{
	int fd;

	for (fd = 0; fd < DESCRIPTOR; fd++)
		list[fd] = __real_fcntl(fd, F_GETFD, 0) >= 0;
}

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("TORTURE_STATE");
	int fd = path ? __real_open(path, O_RDWR | O_CLOEXEC, 0) : -1;
	void *memory;

	if (fd < 0)
		return;
	memory = __real_mmap(NULL, sizeof(*state), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	__real_close(fd);
	if (memory == MAP_FAILED)
		return;
	note_open(((struct state *)memory)->open_first);
	state = memory;
}

static int count_threads(void)
{
	DIR *dir = __real_opendir("/proc/self/task");
	int count = 0;

	while (dir && __real_readdir(dir))
		count++;
	if (dir)
		__real_closedir(dir);
	return count - 2;
}

__attribute__((destructor)) static void end(void)
{
	struct state *told = state;
	siginfo_t info;

	if (!told || role != ROLE_EXPLORER)
		return;
	state = NULL;
	note_open(told->open_last);
	told->threads = count_threads();
	told->child_left = waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
	told->ended = true;
}
