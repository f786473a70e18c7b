/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/grow.h"
#include "calls/literal.h"
#include "commands/config.h"
#include "commands/shell.h"
#include "lab/private.h"
#include "repl/repl.h"
#include "tutorial/check.h"
#include "tutorial/tutorial.h"

static const char usage[] =
	"Usage: sockstep [OPTION]... [FILE]\n"
	"       sockstep tutorial [NUMBER|NAME|FILE] [OPTION]...\n"
	"Explore the socket API one call at a time.\n"
	"\n"
	"Without FILE and -c: a prompt on a terminal, else a script on standard input.\n"
	"\n"
	"  tutorial           list the course, or play one: its number, name or file\n"
	"      --practice     ... in which you type the commands\n"
	"      --auto[=TIME]  ... which goes on by itself, after TIME or when it can be read\n"
	"      --from=N       ... from its section N on\n"
	"      --play=SCRIPT  play a script in the same way\n"
	"  -c LINES           run these lines; may be given several times\n"
	"      --check PAGE...   try the pages of tutorials as tests, in TAP\n"
	"      --update       ... and write anew what their commands print\n"
	"      --allow-files  they, and tutorials, may read files, and use sockets with paths\n"
	"      --private      in a network of its own: no port is taken, nothing is left behind\n"
	"      --lab[=BACKEND] with two hosts, a and b, joined by a wire; tun, veth or any\n"
	"      --packets      show what goes over loopback, where that is allowed\n"
	"      --json         one JSON object a line, for programs\n"
	"      --color=WHEN   auto, always or never\n"
	"      --keep-going   a script goes on after a failure\n"
	"      --timeout=TIME how long a call of a script may wait: 500ms, 5s\n"
	"      --version      print the version\n"
	"      --help         print this\n"
	"\n"
	"Exit status: 0 all well, 1 a step or an expectation failed, 2 usage,\n"
	"3 this machine cannot, 130 interrupted. The manual: man sockstep\n";

struct options {
	const char **lines; /* of -c; argc of them at most */
	int line_count;
	const char *file;
	const char *color; /* NULL: not given, as the others where they are 0 */
	bool json, private_network, lab, packets, keep_going;
	bool check, update, allow_files;
	char **pages; /* of --check */
	int page_count;
	bool tutorial; /* a page is played, or listed */
	struct tutorial_options play;
	enum lab_backend backend;
	long timeout_us;
};

/* All that lives as long as the program. */
struct program {
	struct options options;
	struct out out, errors;
	struct report report;
	struct shell shell;
};

/* WORD is what was typed there; NULL: nothing was. */
static int usage_error(const char *message, const char *word)
{
	struct out out;

	out_init(&out, STDERR_FILENO, false);
	out_printf(&out, "sockstep: %s%s%s", word ? word : "", word ? ": " : "", message);
	out_newline(&out);
	out_text(&out, "Try 'sockstep --help'.");
	out_newline(&out);
	out_flush(&out);
	out_free(&out);
	return SHELL_USAGE;
}

/* What was to be on standard output is not; a reader that went away knows. */
static void tell_lost(int error)
{
	struct out out;

	if (error == EPIPE)
		return;
	out_init(&out, STDERR_FILENO, false);
	out_printf(&out, "sockstep: cannot write to standard output: %s", strerror(error));
	out_newline(&out);
	out_flush(&out);
	out_free(&out);
}

/* On standard output, as it stands. Returns the exit status. */
static int say(const char *text)
{
	struct out out;
	int status;

	out_init(&out, STDOUT_FILENO, false);
	buf_str(&out.buf, text);
	status = out_flush(&out) == 0 ? SHELL_OK : SHELL_FAILED;
	if (status != SHELL_OK)
		tell_lost(out.error);
	out_free(&out);
	return status;
}

static int read_timeout(const char *text, long *out_us)
{
	struct error err;

	if (literal_time(text, strlen(text), 1000000, out_us, &err) == 0 && *out_us > 0)
		return 0;
	return usage_error("--timeout takes a time such as 500ms or 5s", text);
}

static bool is_when(const char *text)
{
	return strcmp(text, "auto") == 0 || strcmp(text, "always") == 0 ||
	       strcmp(text, "never") == 0;
}

static int read_backend(struct options *options, const char *word)
{
	static const char *const words[] = {
		[LAB_ANY] = "any", [LAB_TUN] = "tun", [LAB_VETH] = "veth"};
	size_t i;

	for (i = 0; i < COUNT_OF(words); i++)
		if (strcmp(word ? word : "any", words[i]) == 0) {
			options->backend = (enum lab_backend)i;
			return -1;
		}
	return usage_error("--lab takes tun, veth or any", word);
}

/* These return -1 to go on, or the exit status. */
static int read_pause(const char *text, long *out_us)
{
	struct error err;

	if (literal_time(text, strlen(text), 1000000, out_us, &err) == 0 && *out_us > 0)
		return -1;
	return usage_error("--auto takes a time such as 3 or 500ms", text);
}

static int read_from(const char *text, int *out)
{
	struct error err;
	long number;

	if (literal_number(text, strlen(text), 1, 1000, &number, &err) < 0)
		return usage_error("--from takes the number of a section", text);
	*out = (int)number;
	return -1;
}

static int read_option(struct options *options, int which, const char *word)
{
	switch (which) {
	case 'c':
		options->lines[options->line_count++] = optarg;
		return -1;
	case 'p':
		options->private_network = true;
		return -1;
	case 'l':
		options->lab = true;
		return read_backend(options, optarg);
	case 'P':
		options->packets = true;
		return -1;
	case 'j':
		options->json = true;
		return -1;
	case 'k':
		options->keep_going = true;
		return -1;
	case 'w':
		options->color = optarg ? optarg : "always";
		return is_when(options->color)
			       ? -1
			       : usage_error("--color takes auto, always or never", options->color);
	case 'C':
		options->check = true;
		return -1;
	case 'F':
		options->allow_files = true;
		return -1;
	case 'u':
		options->update = true;
		return -1;
	case 't':
		return read_timeout(optarg, &options->timeout_us) ? SHELL_USAGE : -1;
	case 'y':
		options->tutorial = true;
		options->play.which = optarg;
		return -1;
	case 'r':
		options->play.practice = true;
		return -1;
	case 'a':
		options->play.automatic = true;
		return optarg ? read_pause(optarg, &options->play.pause_us) : -1;
	case 'f':
		return read_from(optarg, &options->play.from);
	case 'V':
		return say("sockstep " VERSION "\n");
	case 'h':
		return say(usage);
	default:
		return usage_error("unknown option, or its value is missing", word);
	}
}

/* Returns -1 to go on, or the exit status. */
static int read_pages(struct options *options, int argc, char **argv)
{
	options->pages = argv + optind;
	options->page_count = argc - optind;
	if (!options->check)
		return usage_error("goes with --check, and --allow-files with `tutorial` too",
				   options->update ? "--update" : "--allow-files");
	if (!options->page_count)
		return usage_error("one page or more is missing", "--check");
	return -1;
}

/* Returns -1 to go on, or the exit status. */
static int read_tutorial(struct options *options, int argc, char **argv)
{
	int first = optind + !options->tutorial;

	if (options->update || options->check)
		return usage_error("does not go with a tutorial that is played",
				   options->update ? "--update" : "--check");
	if (options->line_count || options->json)
		return usage_error("does not go with a tutorial", options->json ? "--json" : "-c");
	if (options->play.practice && options->play.automatic)
		return usage_error("you practise, or it goes on by itself", "--practice --auto");
	if (argc - first > !options->tutorial)
		return usage_error("one tutorial at a time", argv[argc - 1]);
	if (!options->tutorial && first < argc)
		options->play.which = argv[first];
	options->tutorial = true;
	options->play.allow_files = options->allow_files;
	options->play.backend = options->backend;
	return -1;
}

static int read_command_line(struct options *options, int argc, char **argv)
{
	static const struct option longs[] = {
		{"lab", optional_argument, NULL, 'l'},
		{"private", no_argument, NULL, 'p'},
		{"packets", no_argument, NULL, 'P'},
		{"json", no_argument, NULL, 'j'},
		{"color", optional_argument, NULL, 'w'},
		{"keep-going", no_argument, NULL, 'k'},
		{"timeout", required_argument, NULL, 't'},
		{"check", no_argument, NULL, 'C'},
		{"update", no_argument, NULL, 'u'},
		{"allow-files", no_argument, NULL, 'F'},
		{"play", required_argument, NULL, 'y'},
		{"practice", no_argument, NULL, 'r'},
		{"auto", optional_argument, NULL, 'a'},
		{"from", required_argument, NULL, 'f'},
		{"version", no_argument, NULL, 'V'},
		{"help", no_argument, NULL, 'h'},
		{0},
	};
	int which, status;

	opterr = 0;
	while ((which = getopt_long(argc, argv, "c:", longs, NULL)) != -1) {
		status = read_option(options, which, argv[optind - 1]);
		if (status >= 0)
			return status;
	}
	if (options->tutorial || (optind < argc && strcmp(argv[optind], "tutorial") == 0))
		return read_tutorial(options, argc, argv);
	if (options->play.practice || options->play.automatic || options->play.from)
		return usage_error("goes with `tutorial`, or --play", "--practice, --auto, --from");
	if (options->check || options->update || options->allow_files)
		return read_pages(options, argc, argv);
	if (argc - optind > 1)
		return usage_error("one FILE at most", argv[optind + 1]);
	if (optind < argc)
		options->file = argv[optind];
	if (options->file && options->line_count)
		return usage_error("either -c or FILE", options->file);
	return -1;
}

/*
 * Signals become readable: no handler runs between two lines of ours. Returns the descriptor, or -1
 * with ERR set.
 */
static int catch_signals(bool prompt, struct error *err)
{
	sigset_t signals;
	int fd;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	if (prompt) {
		sigaddset(&signals, SIGTSTP);
		sigaddset(&signals, SIGWINCH);
	}
	if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0)
		return error_errno(err, "sigprocmask");
	fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? error_errno(err, "signalfd") : fd;
}

/*
 * Whoever starts us may have closed standard output: what is opened next must not be taken for
 * it. Writing to what stands there then fails, and is told.
 */
static void hold_standard_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

static void set_color(struct program *program, const char *when)
{
	program->out.color = out_wants_color(STDOUT_FILENO, when);
	program->errors.color = out_wants_color(STDERR_FILENO, when);
}

/* The command line has the last word. */
static void configure(struct program *program)
{
	const struct options *options = &program->options;
	struct error err;
	bool forbidden;

	config_read(&program->shell);
	if (options->color)
		set_color(program, options->color);
	if (options->keep_going)
		program->shell.keep_going = true;
	if (options->packets &&
	    session_set_packets(program->shell.session, true, &forbidden, &err) < 0)
		shell_error(&program->shell, &err);
	if (options->timeout_us)
		session_set_timeout(program->shell.session, options->timeout_us);
}

static int start(struct program *program, bool prompt)
{
	struct options *options = &program->options;
	struct session_config config = {.prompt = prompt,
					.call_timeout_us = options->timeout_us,
					.lab_backend = options->backend,
					.lab = options->lab,
					.private_network = options->private_network};
	struct error err;
	bool forbidden;

	out_init(&program->out, STDOUT_FILENO, false);
	out_init(&program->errors, STDERR_FILENO, false);
	set_color(program, options->color ? options->color : "auto");
	program->report = (struct report){
		.ops = options->json ? &report_json_ops : &report_text_ops,
		.out = &program->out,
		.errors = &program->errors,
		.script = !prompt,
	};
	program->shell = (struct shell){.report = &program->report,
					.prompt = prompt,
					.keep_going = options->keep_going,
					.tutorial = tutorial_verb,
					.hints = prompt};
	program->shell.signal_fd = catch_signals(prompt, &err);
	if (program->shell.signal_fd < 0)
		goto cannot;
	if (options->private_network && private_enter(&err) < 0)
		goto cannot;
	config.hooks = shell_hooks(&program->shell);
	program->shell.session = session_new(&config, &err);
	if (!program->shell.session)
		goto cannot;
	if (options->packets &&
	    session_set_packets(program->shell.session, true, &forbidden, &err) < 0)
		goto cannot;
	if (prompt)
		configure(program);
	return 0;
cannot:
	program->report.ops->error(&program->report, &program->shell.place, &err);
	return -1;
}

static void run(struct program *program, bool prompt)
{
	struct options *options = &program->options;
	struct shell *shell = &program->shell;
	int i;

	if (prompt) {
		repl_run(shell, NULL);
		return;
	}
	for (i = 0; i < options->line_count && !shell->quit; i++)
		shell_text(shell, "-c", 1, options->lines[i], strlen(options->lines[i]));
	if (!options->line_count && shell_file(shell, options->file ? options->file : "-") < 0)
		shell->status = SHELL_FAILED;
	shell_finish(shell);
}

/* A reader that went away, or a full disk, is a failure of the run. */
static int output_status(struct program *program)
{
	if (!program->out.failed)
		return program->shell.status;
	tell_lost(program->out.error);
	return program->shell.status == SHELL_OK ? SHELL_FAILED : program->shell.status;
}

/* Returns the exit status. */
static int check(const struct options *options)
{
	struct check_options how = {.update = options->update,
				    .allow_files = options->allow_files,
				    .backend = options->backend};
	struct out out;
	int status;

	out_init(&out, STDOUT_FILENO, false);
	out.color = out_wants_color(STDOUT_FILENO, options->color ? options->color : "auto");
	status = check_pages(&out, (const char *const *)options->pages, options->page_count, &how);
	if (out.failed) {
		tell_lost(out.error);
		status = SHELL_FAILED;
	}
	out_free(&out);
	return status;
}

/* Returns the exit status. */
static int play(struct options *options)
{
	struct out out, errors;
	struct error err;
	int status;

	out_init(&out, STDOUT_FILENO, false);
	out_init(&errors, STDERR_FILENO, false);
	out.color = out_wants_color(STDOUT_FILENO, options->color ? options->color : "auto");
	options->play.signal_fd = catch_signals(true, &err);
	if (options->play.signal_fd < 0) {
		status = usage_error(err.text, NULL);
	} else {
		status = tutorial_run(&out, &errors, &options->play);
		close(options->play.signal_fd);
	}
	if (out.failed) {
		tell_lost(out.error);
		status = status == SHELL_OK ? SHELL_FAILED : status;
	}
	out_free(&out);
	out_free(&errors);
	return status;
}

int main(int argc, char **argv)
{
	struct program program = {0};
	bool prompt;
	int status;

	hold_standard_descriptors();
	if (!setlocale(LC_CTYPE, ""))
		setlocale(LC_CTYPE, "C.UTF-8");
	program.options.lines = calloc((size_t)argc + 1, sizeof(*program.options.lines));
	if (!program.options.lines)
		return usage_error("out of memory", NULL);
	status = read_command_line(&program.options, argc, argv);
	if (status < 0 && program.options.tutorial) {
		status = play(&program.options);
	} else if (status < 0 && program.options.check) {
		status = check(&program.options);
	} else if (status < 0) {
		prompt = !program.options.line_count && !program.options.file &&
			 isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
		if (start(&program, prompt) == 0) {
			run(&program, prompt);
			status = output_status(&program);
		} else {
			status = SHELL_CANNOT;
		}
		session_free(program.shell.session);
		shell_free(&program.shell);
		out_free(&program.out);
		out_free(&program.errors);
	}
	free(program.options.lines);
	return status;
}
