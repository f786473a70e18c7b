# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# For tests on a real terminal, under tmux; read after lib.sh. Nothing here waits for a fixed time:
# every step waits for what must come on the screen, up to a deadline. There is one terminal at a
# time, $session; a subshell that sets $session to NAME0 has terminals of its own.
#
# shellcheck disable=SC2317 # functions that are called by their names: until_true shows ...
# shellcheck disable=SC2034,SC2154 # variables of lib.sh and of the test

if ! command -v tmux >/dev/null; then
  echo '1..0 # SKIP tmux is not installed'
  exit 0
fi

esc=$(printf '\033')
state=$work/state
session=demo0
columns=100
rows=40

# More than is ever printed.
echo 'set-option -g history-limit 20000' >"$work/tmux.conf"

# A server of its own, whose socket goes with the directory.
mux() {
  TMUX_TMPDIR=$work tmux -L test -f "$work/tmux.conf" "$@" 2>>"$work/mux.err"
}

leave() {
  mux kill-server
  tap_clean
}
trap leave EXIT

# A step of waiting; the deadline is 300 of them, some 15 seconds at least. Once something did not
# come, what builds on it need not be waited for as long.
ticks=300
tick() {
  sleep 0.05
}

screen() {
  mux capture-pane -p -t "$session"
}

# The screen with its history.
scroll() {
  mux capture-pane -p -S - -t "$session"
}

# The screen with its history as it is broken into lines, and with the lines joined that the terminal
# broke, in files, both of one moment: what is still being written would be in one of them only.
capture_lines() {
  scroll | sed 's/ *$//' >"$work/plain.$session"
  mux capture-pane -p -J -S - -t "$session" | sed 's/ *$//' >"$work/joined.$session"
  scroll | sed 's/ *$//' | cmp -s - "$work/plain.$session"
}

# Lines that the terminal broke, but for what was typed.
broken_lines() {
  until_true capture_lines || echo 'the output did not come to rest'
  grep -vxFf "$work/plain.$session" "$work/joined.$session" | grep -v '^>'
}

# until_true COMMAND...: 0 once it is true, 1 after the deadline.
until_true() {
  tries=0
  until "$@"; do
    tries=$((tries + 1))
    [ $tries -lt $ticks ] || return 1
    tick
  done
}

shows() {
  screen | grep -q -e "$1"
}

has_shown() {
  scroll | grep -q -e "$1"
}

# The line of the cursor: the last one with anything on it.
line_is() {
  [ "$(screen | grep -v '^ *$' | tail -n 1)" = "$1" ]
}

# expect_screen NAME COMMAND...: a test of what must come.
expect_screen() {
  name=$1
  shift
  if until_true "$@"; then
    ok "$name"
  else
    not_ok "$name"
    ticks=40
    echo "# waited for: $*"
    screen | diag -
  fi
}

keys() {
  mux send-keys -t "$session" "$@"
}

enter() {
  mux send-keys -t "$session" -l -- "$1"
  mux send-keys -t "$session" Enter
}

# end_input: Ctrl-D at an empty line. Typed before the prompt is there, it is lost: the terminal is not
# yet the line editor's.
end_input() {
  until_true line_is '>'
  keys C-d
}

# The same text in a terminal of its own buffer.
paste() {
  printf '%b' "$1" | mux load-buffer -b "$session" -
  mux paste-buffer -p -b "$session" -t "$session"
}

# The column of the cursor, from 0: what was typed has been taken, blanks at the end included.
cursor_at() {
  [ "$(mux display-message -p -t "$session" '#{cursor_x}')" = "$1" ]
}

# type_in TEXT: to a line that has room; returns once the cursor is behind it.
type_in() {
  mux send-keys -t "$session" -l -- "$1"
  until_true cursor_at $((${#1} + 2))
}

# tmux tells the program of a new size only some time after it has drawn anew.
resize() { # COLUMNS ROWS
  mux resize-window -t "$session" -x "$1" -y "$2"
  until_true has_size "$2 $1"
}

has_size() { # "ROWS COLUMNS"
  [ "$(stty -F "$(mux display-message -p -t "$session" '#{pane_tty}')" size)" = "$1" ]
}

# in_terminal COMMAND: in a new one, which takes the place of the last.
in_terminal() {
  before=$session
  number=${before##*[!0-9]}
  session=${before%"$number"}$((number + 1))
  mux new-session -d -s "$session" -x "$columns" -y "$rows" "$1"
  if [ "$number" != 0 ]; then
    mux kill-session -t "$before"
  fi
}

# start [ENVIRONMENT...]: sockstep in a new terminal; its exit status is printed when it ends.
# ARGUMENT=... are its arguments.
start() {
  cat >"$work/run.$session" <<END
#!/bin/sh
trap : INT
cd '$work' || exit 1
env HOME='$work' XDG_STATE_HOME='$state' INPUTRC=/dev/null LC_ALL=C.UTF-8 LANGUAGE= $* \
  sh -c 'exec "\$0" \$ARGUMENT' '$sockstep'
echo "exit status \$?"
trap '' INT TSTP
exec cat
END
  chmod +x "$work/run.$session"
  in_terminal "'$work/run.$session'"
}

# An interactive shell.
start_shell() {
  in_terminal "env HOME='$work' XDG_STATE_HOME='$state' INPUTRC=/dev/null LC_ALL=C.UTF-8 ENV= \
PS1='shell: ' sh -i"
}

# The descriptors and a listener that some cases need; sets port.
listener() {
  enter 'socket tcp'
  until_true shows '= 3$'
  enter 'bind 3 127.0.0.1:0'
  enter 'listen 3'
  until_true shows 'listen(3,.*) = 0'
  port=$(scroll | sed -n 's/.*LISTEN.*127\.0\.0\.1:\([0-9]*\).*/\1/p' | sed 1q)
}

# Whether a call of this terminal's session is asleep in accept().
in_accept() {
  leader=$(mux display-message -p -t "$session" '#{pane_pid}')
  for stat in /proc/[0-9]*/stat; do
    if [ "$(cut -d ' ' -f 6 "$stat" 2>/dev/null)" = "$leader" ] &&
      cat "${stat%/stat}"/task/*/wchan 2>/dev/null | grep -q accept; then
      return 0
    fi
  done
  return 1
}

# Sends KEY until PATTERN is on the screen: a signal that comes just before the call starts is
# taken by the prompt, where it is harmless.
press_until() {
  tries=0
  until shows "$2"; do
    if [ $((tries % 20)) -eq 0 ]; then
      keys "$1"
    fi
    tries=$((tries + 1))
    [ $tries -lt $ticks ] || return 1
    tick
  done
}
