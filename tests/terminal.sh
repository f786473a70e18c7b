#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The prompt on terminals of many kinds: narrow and wide, resized, dumb, with wide characters,
# pasted to, left in every way, gone. Several terminals are tested at the same time.
#
# shellcheck disable=SC2317 # functions that are called by their names
# shellcheck disable=SC2030,SC2031 # tests that run together: what they set is their own

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"
. "$top_srcdir/tests/tmux.sh"
. "$top_srcdir/tests/together.sh"

# The line being edited, and nothing of it above, wherever the terminal wraps it: blanks apart.
edited_is() {
  [ "$(screen | tr -d ' \n' | sed 's/.*>//')" = "$(printf '%s' "$1" | tr -d ' ')" ]
}

cursor_is() { # COLUMN ROW
  [ "$(mux display-message -p -t "$session" '#{cursor_x} #{cursor_y}')" = "$1 $2" ]
}

# The prompt with an empty line, at the top of the screen.
fresh() {
  keys C-e C-u C-l
  until_true cursor_is 2 0
}

# Each line fits, but for words that no line can hold.
fits() {
  ! broken_lines | sed 's/^ *//' | diag - | grep '^# .* '
}

# Words of what was written, sorted; numbers differ from run to run.
words_of() {
  grep -v '^>' "$1" | tr -s ' ' '\n' | sed 's/[:,]$//' | grep '[A-Za-z]' | grep -v '[0-9]' | sort
}

same_words() {
  words_of "$work/joined.$session" >"$work/words.$session"
  words_of "$work/whole.$session" | diff - "$work/words.$session" >"$work/diff.$session" ||
    ! diag "$work/diff.$session"
}

# Nothing in what reached the terminal but text, colours, and what moves the cursor.
calm() {
  LC_ALL=C sed "s/$esc\\[[0-9;]*[mABCDHJKP@]//g; s/$esc\\[?[0-9]*[hl]//g; s/${esc}[78=>M]//g; s/$esc(B//g" \
    <"$1" >"$1.rest"
  ! LC_ALL=C grep -n "$esc" "$1.rest" | diag - | grep . && ! grep -q "$(printf '\302\233')" "$1"
}

# A job that waits in accept(), and what ends it: UNIX sockets, so no network is needed.
job() {
  rm -f "$work/$session.sock"
  enter "j = socket unix; bind j unix:$session.sock; listen j; accept j &"
  until_true shows '^  *\[1\]'
  enter ''
  fresh
}

complete_job() {
  (cd "$work" && bounded "$sockstep" -c 'socket unix' -c "connect 3 unix:$session.sock") \
    >"$work/out.$session" 2>&1 </dev/null
}

steps() {
  cat <<END
set keep-going on
srv = socket tcp
setsockopt srv SO_REUSEADDR 1
bind srv 127.39.0.$1:7000
listen srv 2
c = socket tcp
connect c 127.39.0.$1:7000
s = accept srv
send c "世界世界é"
recv s
send c "\\033]52;c;eA==\\007\\033[2J\\302\\23331m"
recv s
bind srv 127.39.0.$1:7001
accept srv &
jobs
show s
help connect
help
END
  if "$sockstep" -c 'help explain' >/dev/null 2>&1 </dev/null; then
    printf 'explain %s\n' EADDRINUSE LISTEN SO_REUSEADDR s
  fi
  echo 'echo the-end'
}

output() { # WIDTH
  steps "$1" >"$work/steps.$1"
  # shellcheck disable=SC2086 # empty, or one word
  bounded env COLUMNS=10000 LC_ALL=C.UTF-8 "$sockstep" $private --keep-going --timeout=100ms "$work/steps.$1" \
    </dev/null >"$work/whole.$session" 2>&1
  fresh
  mux clear-history -t "$session"
  mux pipe-pane -t "$session" "cat >'$work/raw.$session'"
  enter "source steps.$1"
  expect_screen "$1 columns: steps, errors, jobs, show and help" shows '^the-end'
  fits
  verdict "$1 columns: no line is longer than the screen" $?
  same_words
  verdict "$1 columns: no word is lost or broken" $?
  mux pipe-pane -t "$session"
  [ -s "$work/raw.$session" ] && calm "$work/raw.$session"
  verdict "$1 columns: no escape of what was received" $?
  fresh
  mux clear-history -t "$session"
  enter 'status; echo the-end'
  expect_screen "$1 columns: status" shows '^the-end'
  fits && shows 'ESTABLISHED' && shows "127.39.0.$1:7000" && [ "$(screen | grep -c ' TCP')" -eq 3 ]
  verdict "$1 columns: fits, with a row for each socket" $?
}

editing() { # WIDTH
  fresh
  job
  mux send-keys -t "$session" -l '# é e😀x'
  expect_screen "$1 columns: the cursor behind wide characters" cursor_is 10 0
  keys Left Left
  expect_screen "$1 columns: and between them" cursor_is 7 0
  keys C-e C-u
  mux send-keys -t "$session" -l "$(printf '# e\314\201x')"
  expect_screen "$1 columns: behind a combining character" cursor_is 6 0
  keys C-e C-u
  # Longer than the screen: with the prompt 4 columns, and two for each.
  text='# '
  while [ ${#text} -lt $((2 + $1 * 2)) ]; do
    text="${text}世界"
  done
  mux send-keys -t "$session" -l "$text"
  expect_screen "$1 columns: a line longer than the screen" edited_is "$text"
}

# A line that is longer than the screen, while a job completes and the terminal is resized.
long_line() { # WIDTH
  complete_job
  expect_screen "$1 columns: a job completes above it" shows '^  \[[0-9]*\] *accept('
  expect_screen "$1 columns: which is as it was" edited_is "$text"
  for to in 200 20 $(($1 * 2)) $(($1 / 2 + 10)) "$1"; do
    resize "$to" 50
    mux send-keys -t "$session" -l 'x'
    text="${text}x"
    expect_screen "$1 columns: and after a resize to $to, with its cursor" edited_is "$text"
  done
  # readline mistakes rows where a wide character did not fit at their end; it draws anew for Ctrl-L.
  keys C-a
  mux send-keys -t "$session" -l 'y'
  keys C-l
  expect_screen "$1 columns: its beginning can be reached" edited_is "y$text"
  fresh
}

lists() { # WIDTH
  mux clear-history -t "$session"
  mux send-keys -t "$session" -l 'bind 9 '
  expect_screen "$1 columns: a hint" line_is '> bind 9 address'
  keys C-u
  mux send-keys -t "$session" -l 'shutdown 9 '
  keys '?'
  expect_screen "$1 columns: ? tells of the argument" shows '^ *SHUT_RDWR '
  expect_screen "$1 columns: below it is the line" edited_is "$(hinted 'shutdown 9 ' how "$1")"
  fits && shows '^  how'
  verdict "$1 columns: and fits" $?
  fresh
  mux send-keys -t "$session" -l 'shutdown(3, '
  keys Tab
  expect_screen "$1 columns: a completion list" shows '^ *SHUT_RDWR '
  resize $(($1 + 20)) 50
  expect_screen "$1 columns: it is resized" edited_is 'shutdown(3, SHUT_'
  resize "$1" 50
  mux send-keys -t "$session" -l 'RD'
  keys C-l
  expect_screen "$1 columns: and the line goes on" edited_is 'shutdown(3, SHUT_RD'
  fresh
}

# hinted LINE HINT WIDTH: as it is shown.
hinted() {
  if [ $((2 + ${#1} + ${#2})) -lt "$3" ]; then
    printf '%s%s' "$1" "$2"
  else
    printf '%s' "$1"
  fi
}

# What is searched for stands before the line: blanks apart, wherever the terminal wraps it.
search_is() {
  screen | tr -d ' \n' | grep -qF -e "$1"
}

searching() { # WIDTH
  enter 'echo needle 1'
  until_true shows '^needle'
  enter 'close j'
  fresh
  job
  keys C-r
  mux send-keys -t "$session" -l 'need'
  expect_screen "$1 columns: Ctrl-R" search_is "(reverse-i-search)\`need':echoneedle1"
  resize $(($1 * 2)) 50
  expect_screen "$1 columns: resized in Ctrl-R" search_is "(reverse-i-search)\`need':echoneedle1"
  complete_job
  expect_screen "$1 columns: a job completes in Ctrl-R" shows '^  \[[0-9]*\] *accept('
  expect_screen "$1 columns: which goes on" search_is "(reverse-i-search)\`need':echoneedle1"
  resize "$1" 50
  keys C-e
  mux send-keys -t "$session" -l '2'
  expect_screen "$1 columns: what was found can be edited" edited_is 'echo needle 12'
  fresh
}

waiting() { # WIDTH
  enter 'accept j'
  until_true shows 'waits for'
  resize $(($1 + 10)) 50
  mux send-keys -t "$session" -l 'echo ahead'
  complete_job
  expect_screen "$1 columns: resized while a call waits" shows '^ *accept('
  expect_screen "$1 columns: what was typed meanwhile is in the line" edited_is 'echo ahead'
  resize "$1" 50
  enter ' of it'
  expect_screen "$1 columns: and is run" shows '^ahead of it'
  enter 'close j'
  fresh
}

told_width() {
  columns=$1 rows=50
  start TERM=screen-256color "ARGUMENT=$private"
  until_true line_is '>'
  output "$1"
  editing "$1"
  long_line "$1"
  lists "$1"
  searching "$1"
  waiting "$1"
  end_input
  expect_screen "$1 columns: Ctrl-D" has_shown '^exit status 0'
}

# The ladder of a handshake in the lab.
ladder() {
  for columns in 20 40 80 200; do
    start TERM=screen-256color ARGUMENT=--lab
    if ! until_true line_is '>'; then
      skip "$columns columns: a ladder" 'no lab here'
      continue
    fi
    enter 'source ladder'
    expect_screen "$columns columns: a ladder" shows '^the-end'
    fits && shows 'SYN seq=0' && shows 'ack=1' && shows 'SYN-RECEIVED'
    verdict "$columns columns: fits, its labels whole" $?
  done
}

# A closed connection in the state diagram: as it is drawn at this width, and the same after a
# resize; in ASCII where the terminal has nothing else.
diagram() {
  rows=60
  for columns in 40 60 80 100 200; do
    start TERM=screen-256color "ARGUMENT=$private"
    until_true line_is '>'
    enter 'source diagram'
    expect_screen "$columns columns: a state diagram" shows '^the-end'
    fits && shows 'ghost 4' && shows 'gone 5' && shows 'LISTEN.*→.*(SYN-RECEIVED)'
    verdict "$columns columns: fits, all ends are named" $?
    if [ "$columns" -lt 60 ]; then
      shows '^  ━ TIME-WAIT  *ghost 4$' && shows '^    CLOSING$' && ! shows '┏'
    else
      # The three boxes of a row are whole, one below the other, and the way is drawn through.
      shows '┏━* *┓ *.* ┏━*┓$' && shows '┗ ghost 4 ━*┛ .* ┗ gone 5 ━*┛$' &&
        shows '┃ *TIME-WAIT *┃.*▶┃ *CLOSED *┃$' && shows '╏ *FIN-WAIT-1 *╏' &&
        shows '┏╍* *┓' && shows '│ *CLOSING *│'
    fi
    verdict "$columns columns: what was read, what was not seen, and what was not taken" $?
  done
  columns=100
  start TERM=screen-256color "ARGUMENT=$private"
  until_true line_is '>'
  resize 60 60
  enter 'diagram'
  expect_screen 'after a resize: drawn for the new width' shows '^│ FIN-WAIT-2 │'
  ! shows '(connect)'
  verdict 'after a resize: nothing of the wider one' $?
  start TERM=screen-256color LC_ALL=C "ARGUMENT=$private"
  until_true line_is '>'
  enter 'source diagram'
  expect_screen 'in ASCII: a state diagram' shows '^the-end'
  shows '# ghost 4 =*#' && shows ': *FIN-WAIT-1 *:' && ! screen | LC_ALL=C grep -q '[^ -~]'
  verdict 'in ASCII: the marks are others, and all are there' $?
}

pasting() {
  columns=80
  start TERM=screen-256color
  until_true line_is '>'
  mux pipe-pane -t "$session" "cat >'$work/raw.$session'"
  i=0 text=
  while [ "$i" -lt 50 ]; do
    i=$((i + 1))
    text="${text}echo line $i\n"
  done
  paste "$text"
  keys Enter
  expect_screen 'paste: the last of 50 lines is run' has_shown '^line 50$'
  [ "$(scroll | grep -c '^line [0-9]*$')" -eq 50 ]
  verdict 'paste: and all before it' $?
  fresh
  paste 'echo \033]52;c;eA==\007\033[2J\033[31m\302\2331m\302\235end'
  keys Enter
  expect_screen 'paste: of OSC 52, CSI and C1 the text is left' shows '^.*end$'
  enter 'echo alive'
  expect_screen 'paste: and the prompt' shows '^alive'
  fresh
  paste 'echo a\tb'
  keys Enter
  expect_screen 'paste: a tab completes nothing' shows '^a.*b$'
  fresh
  paste 'echo a\000b'
  keys Enter
  expect_screen 'paste: NUL does no harm' shows '^a'
  fresh
  paste 'echo \377\376\300\200 end'
  keys Enter
  expect_screen 'paste: invalid UTF-8 is shown as bytes' shows '^.*xff.*end$'
  fresh
  mux pipe-pane -t "$session"
  calm "$work/raw.$session"
  verdict 'paste: nothing of it reaches the terminal as it is' $?
  ! mux show-buffer 2>/dev/null | grep -q '^x$'
  verdict 'paste: nor its clipboard' $?
  # 1 MiB of lines, each of them a comment but the last.
  awk 'BEGIN { for (i = 0; i < 16384; i++) print "# 3456789012345678901234567890123456789012345678901234567890123"; print "echo last" }' \
    >"$work/mebibyte"
  mux load-buffer -b "$session" "$work/mebibyte"
  mux paste-buffer -p -b "$session" -t "$session"
  keys Enter
  ticks=$((ticks * 4))
  expect_screen 'paste: 1 MiB' shows '^last$'
  end_input
  expect_screen 'paste: Ctrl-D' has_shown '^exit status 0'
}

# kind NAME ENVIRONMENT...: what must work on any terminal.
kind() {
  kind=$1
  shift
  start "$*"
  expect_screen "$kind: a prompt" line_is '>'
  mux pipe-pane -t "$session" "cat >'$work/raw.$session'"
  enter 'socket unix'
  expect_screen "$kind: a step" shows 'SOCK_STREAM, 0) = 3$'
  enter 'close 3'
  until_true shows '^  close(3) = 0'
  enter "j = socket unix; bind j unix:$session.sock; listen j; accept j &"
  until_true shows '\[1\] accept('
  mux send-keys -t "$session" -l 'echo surv'
  until_true line_is '> echo surv'
  complete_job
  expect_screen "$kind: a job completes" shows 'accept(.*) = 4'
  enter 'ived'
  expect_screen "$kind: and the line is as it was" shows '^survived'
  enter 'listen 4 x'
  expect_screen "$kind: an error is underlined" shows '^ *\^'
  mux pipe-pane -t "$session"
}

colourless() {
  ! LC_ALL=C grep -q "$esc\[[0-9;]*m" "$work/raw.$session"
}

kinds() {
  kind 'TERM=dumb' TERM=dumb
  ! grep -q "$esc" "$work/raw.$session"
  verdict 'TERM=dumb: no escape' $?
  kind 'TERM unset' TERM= env -u TERM
  ! grep -q "$esc" "$work/raw.$session"
  verdict 'TERM unset: no escape' $?
  kind 'an unknown TERM' TERM=unknown-thing
  calm "$work/raw.$session"
  verdict 'an unknown TERM: nothing but text and colours' $?
  kind 'NO_COLOR' TERM=screen NO_COLOR=1
  colourless
  verdict 'NO_COLOR: no colour' $?
  kind 'LC_ALL=C' TERM=screen NO_COLOR=1 LC_ALL=C
  enter 'socket inet stream; bind 5 127.39.2.1:0; status'
  expect_screen 'LC_ALL=C: arrows in ASCII' shows 'none => 127'
  paste 'echo \303\251 end'
  keys Enter
  expect_screen 'LC_ALL=C: text that is not' shows '^.*u{E9} end$'
  ! screen | LC_ALL=C grep -v '^> ' | LC_ALL=C grep -q "$(printf '[\200-\377]')"
  verdict 'LC_ALL=C: nothing that is written is beyond ASCII' $?
  kind 'Latin-1 input' TERM=screen NO_COLOR=1
  paste 'echo caf\351 end'
  keys Enter
  expect_screen 'Latin-1 input: is shown as bytes' shows '^caf.xe9 end$'
}

# kin: sockstep of this terminal and its processes.
kin() {
  leader=$(mux display-message -p -t "$session" '#{pane_pid}')
  for stat in /proc/[0-9]*/stat; do
    read -r pid name _ _ _ leads _ 2>/dev/null <"$stat" || continue
    if [ "$leads" = "$leader" ] && [ "$name" = '(sockstep)' ]; then
      echo "$pid"
    fi
  done
}

none_of() {
  for pid in $1; do
    [ ! -d "/proc/$pid" ] || grep -q '^State:.*Z' "/proc/$pid/status" 2>/dev/null || return 1
  done
}

# leaves NAME COMMAND...: ends the prompt so; the shell has its terminal back as it was.
leaves() {
  leaving=$1
  shift
  rm -f "$work/before.$session" "$work/after.$session" "$work/$session.sock"
  enter "stty -g >before.$session; clear"
  until_true test -s "$work/before.$session"
  enter "'$sockstep'"
  until_true line_is '>'
  enter "j = socket unix; bind j unix:$session.sock; listen j; accept j &"
  until_true shows '^  \[1\]'
  pids=$(kin)
  "$@"
  until_true line_is 'shell:'
  enter "echo exit status \$?; stty -g >after.$session"
  expect_screen "$leaving: the program ends" shows "^exit status $status"
  [ -n "$pids" ] && until_true none_of "$pids"
  verdict "$leaving: with its processes" $?
  until_true test -s "$work/after.$session" && cmp -s "$work/before.$session" "$work/after.$session"
  verdict "$leaving: the terminal is as it was" $?
  enter clear
  until_true cursor_is 7 0
}

first_of_kin() {
  kin | sed 1q
}

signalled() {
  kill -"$1" "$(first_of_kin)"
}

in_search() {
  keys C-r
  until_true shows 'reverse-i-search'
  signalled TERM
}

in_call() {
  enter 'accept j'
  until_true shows 'waits for'
  signalled HUP
}

z_then_quit() {
  keys C-z
  expect_screen 'Ctrl-Z at an empty prompt: back to the shell' line_is 'shell:'
  enter fg
  expect_screen 'fg: back to the prompt' line_is '>'
  enter quit
}

leaving() {
  columns=80
  start_shell
  until_true line_is 'shell:'
  enter "cd '$work'; clear"
  until_true line_is 'shell:'
  status=0
  leaves 'quit' enter quit
  leaves 'Ctrl-D' end_input
  leaves 'Ctrl-Z and fg' z_then_quit
  status=130
  leaves 'SIGTERM' signalled TERM
  leaves 'SIGHUP' signalled HUP
  leaves 'SIGTERM in a search' in_search
  leaves 'SIGHUP in a call' in_call
}

# Ctrl-C, Ctrl-Z and Ctrl-D wherever one may be.
keys_everywhere() {
  columns=80
  start_shell
  until_true line_is 'shell:'
  enter "cd '$work'; '$sockstep'"
  until_true line_is '>'
  keys C-c
  expect_screen 'Ctrl-C at an empty prompt: a new one' shows '^> ^C$'
  enter 'echo one'
  expect_screen 'and it works' shows '^one'
  mux send-keys -t "$session" -l 'shutdown(3, '
  keys Tab
  until_true shows '^  SHUT_RDWR'
  keys C-c
  expect_screen 'Ctrl-C behind a list: a new line' line_is '>'
  mux send-keys -t "$session" -l 'shutdown(3, '
  keys Tab
  until_true line_is '> shutdown(3, SHUT_'
  keys C-z
  expect_screen 'Ctrl-Z behind a list: the shell' line_is 'shell:'
  enter fg
  expect_screen 'and back: the line' line_is '> shutdown(3, SHUT_'
  keys C-d
  mux send-keys -t "$session" -l 'x'
  expect_screen 'Ctrl-D behind text does not end it' line_is '> shutdown(3, SHUT_x'
  fresh
  keys C-r
  mux send-keys -t "$session" -l 'one'
  until_true line_is "(reverse-i-search)\`one': echo one"
  keys C-z
  expect_screen 'Ctrl-Z in a search: the shell' line_is 'shell:'
  enter fg
  until_true shows 'echo one'
  keys C-e
  expect_screen 'and back: what was found' line_is '> echo one'
  fresh
  enter "j = socket unix; bind j unix:$session.sock; listen j; accept j"
  until_true shows 'waits for'
  if press_until C-z '\[1\]'; then ok 'Ctrl-Z while a call waits: a job'; else not_ok 'Ctrl-Z while a call waits: a job'; fi
  fresh
  enter 'fg'
  until_true shows 'waits for'
  keys C-d
  complete_job
  expect_screen 'Ctrl-D while a call waits: the call goes on' shows 'accept(.*) = 4'
  printf 'close 99\necho never\n' >"$work/bad.$session"
  if shows 'shell:'; then
    enter "'$sockstep'"
    until_true line_is '>'
  fi
  enter 'u = socket unix'
  enter "source bad.$session"
  expect_screen 'a mistake in a file that is sourced is told' shows 'which the script did not expect'
  enter 'echo alive; close u'
  expect_screen 'and ends the file, not the session' shows '^  close([0-9]*) = 0'
  ! shows '^never'
  verdict 'whose other lines are not run' $?
  printf 'echo begun\nsleep 100s\necho never\n' >"$work/long.$session"
  fresh
  enter "source long.$session"
  until_true shows '^begun'
  if press_until C-c '^> *$'; then ok 'Ctrl-C ends a file that is sourced'; else not_ok 'Ctrl-C ends a file that is sourced'; fi
  enter 'echo alive'
  expect_screen 'and not the session' shows '^alive'
  fresh
  end_input
  expect_screen 'Ctrl-D at an empty prompt: the shell' line_is 'shell:'
}

# A terminal that goes away, and standard descriptors that are not there.
gone() {
  columns=80
  start TERM=screen
  until_true line_is '>'
  enter "j = socket unix; bind j unix:$session.sock; listen j; accept j &"
  until_true shows '^  \[1\]'
  pids=$(kin)
  mux kill-session -t "$session"
  until_true none_of "$pids"
  verdict 'the terminal goes away at the prompt: nothing is left' $?
  start TERM=screen
  until_true line_is '>'
  enter "j = socket unix; bind j unix:$session.sock; listen j"
  enter 'accept j'
  until_true shows 'waits for'
  pids=$(kin)
  mux kill-session -t "$session"
  until_true none_of "$pids"
  verdict 'the terminal goes away while a call waits: nothing is left' $?
  bounded "$sockstep" <&- >"$work/out.$session" 2>&1
  [ $? -le 1 ] && [ ! -s "$work/out.$session" ]
  verdict 'no standard input: it ends at once' $?
  bounded sh -c "'$sockstep' -c 'echo x' >&- 2>'$work/out.$session'"
  [ $? -eq 1 ] && grep -q 'cannot write' "$work/out.$session"
  verdict 'no standard output: it says so, with status 1' $?
  in_terminal "env INPUTRC=/dev/null LC_ALL=C.UTF-8 sh -c '\"$sockstep\" | true; echo left; exec cat'"
  keys C-d
  enter 'echo x'
  enter 'echo x'
  expect_screen 'the reader of its output goes away: it ends' shows 'left$'
}

cat >"$work/ladder" <<'END'
set keep-going on
@b s = socket tcp
@b bind s b:80
@b listen s
@a c = socket tcp
@a connect c b:80
echo the-end
END

cat >"$work/diagram" <<'END'
s = socket tcp
setsockopt s SO_REUSEADDR 1
bind s 127.44.2.1:7000
listen s
c = socket tcp
connect c 127.44.2.1:7000
d = accept s
close c
close d
diagram
echo the-end
END

private=
if has_private; then
  private=--private
fi
for width in 20 40 80 200; do
  together "w${width}w" told_width $width
done
together paste pasting
together kinds kinds
together leave leaving
together keys keys_everywhere
together gone gone
together ladder ladder
together diagram diagram
told
tap_done
