#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The prompt on a real terminal: what it does. On terminals of all kinds: terminal.sh.
#
# shellcheck disable=SC2317 # functions that are called by their names: until_true shows ...

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"
. "$top_srcdir/tests/tmux.sh"

start TERM=screen NO_COLOR=1
expect_screen 'a prompt comes' line_is '>'
if [ "$tap_failed" -ne 0 ]; then
  tap_done
fi

# Completion.
mux send-keys -t "$session" -l 'socke'
keys Tab
expect_screen 'Tab completes a call as far as it goes' line_is '> socket'
mux send-keys -t "$session" -l 'p'
keys Tab
expect_screen 'and to its end' shows '^> socketpair'
keys C-a C-k
mux send-keys -t "$session" -l 'socket AF_INE'
keys Tab
expect_screen 'Tab completes a constant' shows '^> socket AF_INET'
keys C-a C-k
mux send-keys -t "$session" -l 'setsockopt 3 REUSEA'
keys Tab
expect_screen 'an option, without its prefix' shows '^> setsockopt 3 REUSEADDR'
keys C-a C-k
mux send-keys -t "$session" -l 'socket inet stream|non'
keys Tab
expect_screen 'a flag behind |, in the case that is typed' shows '^> socket inet stream|nonblock'
keys C-a C-k
mux send-keys -t "$session" -l 'shutdown(3, '
keys Tab
expect_screen 'the C spelling; several are listed with what they mean' shows '^  SHUT_RDWR  *[a-z]'
expect_screen 'and completed as far as they go' line_is '> shutdown(3, SHUT_'
keys C-a C-k
mux send-keys -t "$session" -l 'listen 3 '
keys Tab
expect_screen 'where nothing can be offered, the missing argument is named' shows 'listen fd <backlog>'
keys C-a C-k
mux send-keys -t "$session" -l 'zzz'
keys Tab
expect_screen 'nothing is offered for an unknown word' line_is '> zzz'
keys C-a C-k
keys C-l
expect_screen 'an emptied line' line_is '>'

# What is too much for the screen is counted.
enter 'socket tcp'
until_true shows '= 3$'
mux resize-window -t "$session" -x 60 -y 20
type_in 'getsockopt 3 '
keys Tab
expect_screen 'a long list is cut, and says by how much' shows '^  … and [0-9]* more$'
expect_screen 'below it is the line' line_is '> getsockopt 3'
keys C-a C-k C-l
mux resize-window -t "$session" -x 100 -y 40
enter 'close 3'
until_true shows 'close(3) = 0'

# What is repeated.
keys C-l
until_true line_is '>'
enter 'repeat 2 {'
expect_screen 'where a brace is open, the prompt says that the line goes on' line_is '...'
# shellcheck disable=SC2016 # the prompt's
enter 'echo round $i'
enter '}'
expect_screen 'and it is run once that is closed' shows '^round 2$'
expect_screen 'then there is the prompt again' line_is '>'
type_in 'repeat 2 { sockatm'
keys Tab
expect_screen 'Tab completes within the braces' line_is '> repeat 2 { sockatmark'
keys C-c
until_true line_is '>'
enter 'repeat 2 {'
until_true line_is '...'
keys C-c
expect_screen 'Ctrl-C forgets what was begun' line_is '>'
enter 'repeat 1000000000 { getpeername 99; expect EBADF }'
until_true shows '^  getpeername'
keys C-c
expect_screen 'Ctrl-C ends what is repeated at once, and says how far it came' \
  has_shown '^  interrupted in round [0-9]* of 1000000000$'
enter 'echo still here'
expect_screen 'the session goes on' shows '^still here$'

# Help on what can come next.
keys C-l
until_true line_is '>'
mux resize-window -t "$session" -x 100 -y 60
keys '?'
expect_screen '? on an empty line lists calls with what they do' has_shown '^  socketpair  *make two'
expect_screen 'and verbs' shows '^  quit  *leave'
expect_screen 'and leaves the line empty' line_is '>'
keys C-l
type_in 'shutdown 9 '
keys '?'
expect_screen '? behind a blank tells of the argument' shows '^  how  *a constant'
expect_screen 'and what there is to choose from' shows '^    SHUT_WR  *no more sending'
expect_screen 'and the usage, with the argument marked' shows '^  shutdown fd <how>'
expect_screen 'the line is as it was' line_is '> shutdown 9'
type_in 'WR'
keys Enter
expect_screen 'and goes on' shows '^  shutdown(9, SHUT_WR) = -1'
keys C-l
type_in 'listen 3 '
keys '?'
expect_screen '? tells what may be left out, and the default' shows 'may be left out: 128'
expect_screen 'and that the line could be run' shows '^  Enter  *runs it'
keys C-a C-k C-l
type_in 'setsockopt 3 SO_REUSEA'
keys '?'
expect_screen '? within a word lists what begins so' shows '^    SO_REUSEADDR  *bind'
expect_screen 'and does not complete it' line_is '> setsockopt 3 SO_REUSEA'
keys C-a C-k C-l
enter 'echo "why?" what?'
expect_screen 'in quotes and in text ? is a character' shows '^"why?" what?$'
keys C-l

# A step, and errors that leave the prompt alive.
enter 'socket unix'
expect_screen 'a step is shown' shows 'socket(AF_UNIX, SOCK_STREAM, .*) = 3'
enter 'close 3'
expect_screen 'and another' shows 'close(3) = 0'
enter 'frobnicate'
expect_screen 'an unknown word is underlined' shows '^ *\^~*$'
enter 'close 99'
expect_screen 'a failed call does not end the prompt' shows 'EBADF'

# Descriptors.
keys C-l
enter 'one = socket udp'
enter 'two = socket unix'
until_true shows '= 4$'
keys C-l
mux send-keys -t "$session" -l 'close '
keys Tab
expect_screen 'Tab lists the open descriptors' shows '^  4  UNIX UNCONNECTED.*(two)'
mux send-keys -t "$session" -l 'on'
keys Tab
expect_screen 'and completes their names' shows '^> close one'
keys Enter
until_true shows 'close(3) = 0'
enter 'close 4'
until_true shows 'close(4) = 0'

# Ctrl-C at the prompt.
mux send-keys -t "$session" -l 'half a li'
until_true shows '> half a li'
keys C-c
expect_screen 'Ctrl-C gives a new line' line_is '>'
enter 'echo alive'
expect_screen 'and the prompt lives on' shows '^alive'

# A call that waits.
keys C-l
listener
[ -n "$port" ]
verdict 'the port of a listener can be read from the screen' $?
enter 'accept 3'
until_true in_accept
if press_until C-c 'EINTR'; then
  ok 'Ctrl-C interrupts a call that waits: EINTR'
else
  not_ok 'Ctrl-C interrupts a call that waits: EINTR'
  screen | diag -
fi
expect_screen 'whose echo does not stand in the line' shows '^  accept(3.*EINTR'
keys C-l
enter 'accept 3'
until_true in_accept
if press_until C-z '\[1\]'; then
  ok 'Ctrl-Z leaves it as a job'
else
  not_ok 'Ctrl-Z leaves it as a job'
  screen | diag -
fi
keys C-l
enter 'jobs'
expect_screen 'jobs tells of it' shows 'accept(3'

keys C-l
enter 'fg 1'
until_true shows 'fg 1'
if press_until C-c 'EINTR'; then
  ok 'fg takes it to the foreground, where Ctrl-C interrupts it'
else
  not_ok 'fg takes it to the foreground, where Ctrl-C interrupts it'
  screen | diag -
fi
keys C-l
enter 'accept 3 &'
until_true shows '\[[0-9]*\] accept(3'

# The job completes while a line is being edited: another process connects.
mux send-keys -t "$session" -l 'echo surv'
until_true line_is '> echo surv'
bounded "$sockstep" -c 'socket tcp' -c "connect 3 127.0.0.1:${port:-1}" >"$work/out" 2>&1 </dev/null
expect_screen 'a job that completes is shown above the line' shows 'accept(3.*) = 4'
expect_screen 'and the line is as it was' line_is '> echo surv'
enter 'ived'
expect_screen 'and can be finished' shows '^survived'

# Search in the history, with a job that completes meanwhile.
keys C-l
enter 'echo needle in the hay'
until_true shows '^needle'
enter 'close 4; accept 3 &'
until_true shows '\[[0-9]*\] accept(3'
keys C-l
keys C-r
until_true line_is "(reverse-i-search)\`':"
mux send-keys -t "$session" -l 'need'
expect_screen 'Ctrl-R finds a line' line_is "(reverse-i-search)\`need': echo needle in the hay"
bounded "$sockstep" -c 'socket tcp' -c "connect 3 127.0.0.1:${port:-1}" >"$work/out" 2>&1 </dev/null
expect_screen 'a job completes above the search' shows 'accept(3.*) = 4'
expect_screen 'which goes on' line_is "(reverse-i-search)\`need': echo needle in the hay"
mux send-keys -t "$session" -l 'le?'
expect_screen '? is a character there' line_is "(failed reverse-i-search)\`needle?': echo needle in the hay"
keys BSpace C-e
expect_screen 'what was found can be edited' line_is '> echo needle in the hay'
enter 'stack'
expect_screen 'and run' shows '^needle in the haystack'
keys C-r
mux send-keys -t "$session" -l 'need'
until_true shows 'search'
keys C-c
expect_screen 'Ctrl-C leaves a search' line_is '>'

# The same with wide characters, a line that wraps, and the cursor in the middle of it.
keys C-l
enter 'close 4; accept 3 &'
until_true shows '\[[0-9]*\] accept(3'
wide=世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界
mux send-keys -t "$session" -l "echo $wide"
keys Left Left Left
mux resize-window -t "$session" -x 90 -y 40
bounded "$sockstep" -c 'socket tcp' -c "connect 3 127.0.0.1:${port:-1}" >"$work/out" 2>&1 </dev/null
expect_screen 'a job completes above a long line of wide characters' shows 'accept(3.*) = 4'
mux send-keys -t "$session" -l 'X'
# Where the line wraps is the terminal's: look at it joined.
wide_line() {
  mux capture-pane -p -J -t "$session" | tr -d ' \n' | grep -q '>echo世.*世X界世界$'
}
expect_screen 'and the line and its cursor are as they were' wide_line
keys Enter
expect_screen 'and it runs' shows '^世'
mux resize-window -t "$session" -x 100 -y 40

# A paste of several lines, one with an escape sequence.
keys C-l
paste 'socket udp\nsocket udp6\n'
enter ''
expect_screen 'of a paste the first line is run' shows 'socket(AF_INET, SOCK_DGRAM, .*) = 5'
expect_screen 'and the second' shows 'socket(AF_INET6, SOCK_DGRAM, .*) = 6'
expect_screen 'and each is shown as if it had been typed' shows '^> socket udp6$'
mux pipe-pane -t "$session" "cat >'$work/pasted'"
keys C-l
paste 'frob\033]0;pwned\007nicate'
enter ''
expect_screen 'a pasted escape sequence is an unknown word' shows 'frob'
! mux display-message -p -t "$session" '#{pane_title}' | grep -q pwned
verdict 'and does nothing to the terminal' $?
keys C-c
mux pipe-pane -t "$session"
! grep -q "$esc]0;" "$work/pasted"
verdict 'nor ever reaches it as it is' $?
enter ' echo secret'
until_true shows '^secret'

# Stop and end.
keys C-l
end_input
expect_screen 'Ctrl-D ends with status 0' has_shown '^exit status 0'

# History.
file=$(find "$state/sockstep" -type f -name '*history*')
[ -n "$file" ]
verdict 'there is a history' $?
[ "$(stat -c %a "${file:-/}")" = 600 ]
verdict 'which nobody else can read' $?
[ "$(stat -c %a "$state/sockstep")" = 700 ]
verdict 'in a directory that nobody else can enter' $?
grep -q '^echo alive' "${file:-/dev/null}"
verdict 'it holds what was typed' $?
! grep -q secret "${file:-/dev/null}"
verdict 'but not a line that starts with a blank' $?

start TERM=screen NO_COLOR=1
until_true line_is '>'
keys Up
expect_screen 'the next session has the history' shows '^> .'
keys C-c
enter 'quit'
expect_screen 'quit ends it' has_shown '^exit status 0'

# A history that cannot be kept is said once, and does no harm.
start TERM=screen NO_COLOR=1 XDG_STATE_HOME=/dev/null
until_true line_is '>'
expect_screen 'a history that cannot be kept is said' shows 'history cannot be kept'
enter 'echo alive'
expect_screen 'and the prompt works without' shows '^alive'
enter 'history'
expect_screen 'and has a history while it runs' shows '^ *1  echo alive'

# Ended by a signal.
pid=$(mux list-panes -t "$session" -F '#{pane_pid}')
for stat in /proc/[0-9]*/stat; do
  if [ "$(cut -d ' ' -f 4 "$stat" 2>/dev/null)" = "$pid" ]; then
    child=${stat#/proc/}
    kill -TERM "${child%/stat}"
  fi
done
expect_screen 'SIGTERM ends it' has_shown '^exit status 130'

# A dumb terminal: no hint even where colours are asked for.
start TERM=dumb ARGUMENT=--color=always
until_true line_is '>'
no_hint 'TERM=dumb: no hint'

# No escape sequence at all.
start TERM=dumb
until_true line_is '>'
mux pipe-pane -t "$session" "cat >'$work/raw'"
enter 'socket tcp'
expect_screen 'TERM=dumb: a step is shown' shows '= 3$'
mux send-keys -t "$session" -l 'socke'
keys Tab
expect_screen 'TERM=dumb: Tab lists' shows '^  socketpair'
keys C-c
enter 'bind 3 127.0.0.1:0; listen 3; accept 3 &'
until_true shows '\[1\] accept(3'
port=$(scroll | sed -n 's/.*LISTEN.*127\.0\.0\.1:\([0-9]*\).*/\1/p' | sed 1q)
mux send-keys -t "$session" -l 'echo surv'
bounded "$sockstep" -c 'socket tcp' -c "connect 3 127.0.0.1:${port:-1}" >"$work/out" 2>&1 </dev/null
expect_screen 'TERM=dumb: a job completes' shows 'accept(3.*) = 4'
enter 'ived'
expect_screen 'TERM=dumb: and the line is as it was' shows '^survived'
enter 'quit'
expect_screen 'TERM=dumb: quit' has_shown '^exit status 0'
mux pipe-pane -t "$session"
[ -s "$work/raw" ] && ! grep -q "$esc" "$work/raw"
verdict 'TERM=dumb: no escape sequence' $?

# Hints of what comes next.
dim_hint() {
  mux capture-pane -p -e -t "$session" | grep -q "$esc\[2maddress"
}
start TERM=screen
until_true line_is '>'
type_in 'bind 9 '
expect_screen 'behind a blank the next argument is shown' line_is '> bind 9 address'
expect_screen 'in grey' dim_hint
cursor_at 9
verdict 'behind the cursor' $?
mux send-keys -t "$session" -l '1'
expect_screen 'it vanishes as one types' line_is '> bind 9 1'
keys BSpace
expect_screen 'and comes again' line_is '> bind 9 address'
keys Left
expect_screen 'but not within the line' line_is '> bind 9'
keys C-e
until_true line_is '> bind 9 address'
keys Enter
expect_screen 'it is no part of the line, and does not stay behind it' shows '^> bind 9$'
expect_screen 'which is run as it was typed' shows 'address is missing'
keys C-l
until_true line_is '>'
type_in 'recv 9 '
expect_screen 'arguments that may be left out are in brackets' line_is '> recv 9 [len] [flags]'
mux resize-window -t "$session" -x 20 -y 20
expect_screen 'a hint that would wrap is not shown' line_is '> recv 9'
mux resize-window -t "$session" -x 100 -y 40
expect_screen 'and comes where there is room again' line_is '> recv 9 [len] [flags]'
keys C-r
mux send-keys -t "$session" -l 'bind'
expect_screen 'a search shows no hint' line_is "(reverse-i-search)\`bind': bind 9"
keys C-g
expect_screen 'after it the hint comes again' line_is '> recv 9 [len] [flags]'
keys C-a C-k
enter 'socket tcp; bind 3 127.0.0.1:0; listen 3; accept 3 &'
until_true shows '\[1\] accept(3'
port=$(scroll | sed -n 's/.*LISTEN.*127\.0\.0\.1:\([0-9]*\).*/\1/p' | sed 1q)
type_in '# 世 '
keys C-a C-k
type_in 'listen 3 '
until_true line_is '> listen 3 [backlog]'
bounded "$sockstep" -c 'socket tcp' -c "connect 3 127.0.0.1:${port:-1}" >"$work/out" 2>&1 </dev/null
expect_screen 'a job completes above a line with a hint' shows 'accept(3.*) = 4'
expect_screen 'which is as it was' line_is '> listen 3 [backlog]'
! scroll | grep -q 'backlog.*[0-9]'
verdict 'and the hint stands nowhere else' $?
keys C-c
expect_screen 'Ctrl-C takes it away' shows '^> listen 3 ^C$'
enter 'set hints off'
until_true line_is '>'
no_hint 'set hints off'
keys C-c
enter 'quit'
until_true has_shown '^exit status'
start TERM=screen NO_COLOR=1
until_true line_is '>'
no_hint 'NO_COLOR: no hint, which could not be told from the line'

# The configuration.
config=$work/config/sockstep/config
mkdir -p "${config%/*}"
printf '# calm\nhints off\nnonesuch 1\n  timeout never\ncolor always\nsocket tcp\n' >"$config"
start TERM=screen "XDG_CONFIG_HOME='$work/config'"
until_true line_is '>'
expect_screen 'an error in the configuration has its place' shows '/sockstep/config:3:1: no setting nonesuch'
expect_screen 'that of a value too' shows '/sockstep/config:4:11: '
expect_screen 'a call is none of its lines' shows '/sockstep/config:6:1: no setting socket'
enter 'set'
expect_screen 'the lines that are right hold' shows '^hints  *off '
expect_screen 'set lists the settings with what they mean' shows '^timeout  *off  *how long'
enter 'socket tcp'
expect_screen 'nothing was run' shows ') = 3$'
enter 'quit'
expect_screen 'and it does not change the exit status' has_shown '^exit status 0'
XDG_CONFIG_HOME=$work/config bounded "$sockstep" -c set >"$work/out" 2>&1 </dev/null
grep -q '^color  *never' "$work/out" && ! grep -q nonesuch "$work/out"
verdict 'a script does not read it' $?
start TERM=screen "XDG_CONFIG_HOME='$work/config'" "ARGUMENT=--color=never"
until_true line_is '>'
enter 'set'
expect_screen 'the command line has the last word' shows '^color  *never'

# A person's own key bindings.
cat >"$work/inputrc" <<'END'
"\C-t": "echo for all"
$if sockstep
"\C-t": "echo for us"
"?": self-insert
"\C-o": context-help
$endif
END
start TERM=screen NO_COLOR=1 "INPUTRC='$work/inputrc'"
until_true line_is '>'
keys C-t
expect_screen 'INPUTRC: bindings for sockstep alone' line_is '> echo for us'
keys C-a C-k
type_in 'shutdown 3 ?'
expect_screen '? can be given back' line_is '> shutdown 3 ?'
keys BSpace C-o
expect_screen 'and its help to another key' shows '^    SHUT_WR'

# Narrow: still readable.
start TERM=screen
until_true line_is '>'
mux resize-window -t "$session" -x 30 -y 20
enter 'socket tcp'
expect_screen 'thirty columns: a step is shown' shows 'SOCK_STREAM'
enter 'quit'
expect_screen 'thirty columns: quit' has_shown '^exit status 0'

# Under a shell with job control: Ctrl-Z at the prompt stops the explorer itself.
start_shell
until_true line_is 'shell:'
enter "'$sockstep'"
until_true line_is '>'
mux send-keys -t "$session" -l 'echo fro'
until_true line_is '> echo fro'
keys C-z
expect_screen 'Ctrl-Z at the prompt goes back to the shell' line_is 'shell:'
enter 'fg'
expect_screen 'and fg to the line that was being typed' line_is '> echo fro'
enter 'g'
expect_screen 'which goes on' shows '^frog'
end_input
expect_screen 'the shell has its terminal back' line_is 'shell:'
enter "stty -a | grep -c ' echo '"
expect_screen 'as it was' shows '^1$'

tap_done
