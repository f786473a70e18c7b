#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Tutorials that are played and practised: on terminals of three widths, by themselves to a pipe,
# and pages that mean harm.
#
# shellcheck disable=SC2317 # functions that are called by their names
# shellcheck disable=SC2030,SC2031 # tests that run together: what they set is their own

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"
. "$top_srcdir/tests/tmux.sh"
. "$top_srcdir/tests/together.sh"

if ! has_private; then
  skip 'tutorials' 'no user namespaces for us on this machine'
  tap_done
fi

cd "$work" || exit 1
mkdir tmp
TMPDIR=$work/tmp
export TMPDIR

cat >page.md <<'END'
# 9. A page

Words with *weight*, some `code`, and [a link](other.md) that leads to another page of this course.

## One

The first thing is a socket.

```console
> socket tcp
  socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
  3  TCP  CLOSED
> bind 3 127.0.0.1:0
  bind(3, {AF_INET, 127.0.0.1:0}, 16) = 0
  3  TCP  CLOSED ... 127.0.0.1:{port:port}
```

That was it.

## Two

<!-- sockstep: question
bind 3 127.0.0.1:{port}
expect {choice}
-->
What does the kernel say?

- `EADDRINUSE`: somebody has it
- `EINVAL`: it is bound already

A socket is bound once.

| call | what it does |
| ---- | ------------ |
| bind | gives a name |

## Three

<!-- sockstep: goal
expect web state LISTEN
-->
Make a listener, and call it `web`.

<!-- sockstep: hint Three calls. -->

```console solution
> web = socket tcp
...
> bind web 127.0.0.1:8080
...
> listen web
...
```

Done, on port {port} or not.
END
echo '# Other' >other.md

# The state of the terminal, as stty tells it.
modes() {
  stty -a -F "$(mux display-message -p -t "$session" '#{pane_tty}')"
}

# play ARGUMENTS: in a new terminal, whose modes before are kept.
play() {
  start TERM=screen-256color "TMPDIR=$TMPDIR" "ARGUMENT='tutorial $*'"
}

none_left() {
  [ -z "$(find "$TMPDIR" -mindepth 1 -name 'sockstep-*')" ]
}

# Each line fits.
fits() {
  [ -z "$(screen | awk -v most="$columns" 'length($0) > most')" ]
}

playing() { # WIDTH
  columns=$1 rows=24
  play page.md
  expect_screen "$1: the title" shows '^9. A page$'
  expect_screen "$1: links are footnotes" shows '^  \[1\] other.md$'
  expect_screen "$1: what Enter does" shows '^Enter goes on, ?'
  fits
  verdict "$1: the text fits" $?
  keys '?'
  expect_screen "$1: help" shows '^  r  *this section once more'
  keys x
  until_true shows '^Enter goes on'
  keys Enter
  expect_screen "$1: a section, and where one is" shows '^9. A page *1 of 3$'
  expect_screen "$1: a command is typed, and waits" shows '^> socket tcp   Enter runs it'
  ! shows ' = 3$'
  verdict "$1: it has not been run" $?
  keys Enter
  expect_screen "$1: Enter runs it, and types the next" shows '^> bind 3 127.0.0.1:0   Enter'
  shows '^  3  TCP  CLOSED$'
  verdict "$1: the kernel's answer is below it" $?
  keys '!'
  expect_screen "$1: a prompt" shows '^Your own prompt'
  enter 'status'
  expect_screen "$1: the session is the page's" shows 'CLOSED'
  enter 'x = socket udp'
  until_true shows '= 4$'
  end_input
  expect_screen "$1: and back" line_is '> bind 3 127.0.0.1:0   Enter runs it'
  keys r
  expect_screen "$1: r begins the section anew" line_is '> socket tcp   Enter runs it'
  keys Enter
  expect_screen "$1: with new sockets" shows ' = 3$'
  until_true line_is '> bind 3 127.0.0.1:0   Enter runs it'
  keys b
  expect_screen "$1: b goes back" shows '^Screen [0-9]* of [0-9]*: Enter goes forward'
  keys Enter
  until_true line_is '> bind 3 127.0.0.1:0   Enter runs it' || keys Enter
  expect_screen "$1: and forward" line_is '> bind 3 127.0.0.1:0   Enter runs it'
  resize $(($1 + 30)) 24
  expect_screen "$1: a resize" line_is '> bind 3 127.0.0.1:0   Enter runs it'
  resize "$1" 24
  until_true line_is '> bind 3 127.0.0.1:0   Enter runs it'
  keys Enter
  expect_screen "$1: the text behind it" shows '^That was it.$'
  until_true line_is 'Enter goes on'
  keys Enter
  expect_screen "$1: a question" shows '^2. EINVAL: it is bound already$'
  expect_screen "$1: which asks" line_is 'Which one? 1 to 2, or Enter to be told'
  fits
  verdict "$1: it fits" $?
  keys 7 1
  expect_screen "$1: what is wrong is said to be" shows '^No. The kernel says EINVAL'
  shows ' = -1 EINVAL'
  verdict "$1: as the kernel says" $?
  press_until Enter '^bind  gives a name$'
  verdict "$1: a table" $?
  press_until Enter '^! to try it, Enter to see a way'
  verdict "$1: a task" $?
  keys '!'
  until_true line_is '>'
  enter 'web = socket tcp; bind web 127.0.0.1:0; listen web'
  until_true shows 'LISTEN'
  end_input
  expect_screen "$1: what was done in another way counts" shows '^The goal is reached'
  expect_screen "$1: braces in text are text" shows '^Done, on port {port} or not.$'
  until_true line_is 'This is the end of the page.' || keys Enter
  expect_screen "$1: the end" has_shown '^exit status 0'
  modes >"modes.$1"
  grep -q ' icanon' "modes.$1" && grep -q ' echo ' "modes.$1"
  verdict "$1: the terminal is as it was" $?
}

practising() { # WIDTH
  columns=$1 rows=24
  play "page.md --practice --from 1"
  expect_screen "$1, practice: what is to be typed" shows '^Type: socket tcp'
  enter 'socket udp'
  expect_screen "$1, practice: something else is told" shows '^Something else happened'
  enter 'socket tcp'
  expect_screen "$1, practice: what stands in the way" shows '^That is the page'
  enter 'reset'
  until_true line_is '>'
  enter 'hint'
  expect_screen "$1, practice: a hint" shows '^type: socket tcp$'
  enter 'socket(AF_INET, SOCK_STREAM, 0)'
  expect_screen "$1, practice: another spelling counts" shows '^Type: bind 3 127.0.0.1:0$'
  until_true line_is '>'
  enter 'solution'
  expect_screen "$1, practice: the page does it" shows '^That was it.$'
  until_true line_is 'Enter goes on, ? tells of other keys' || until_true line_is 'Enter goes on'
  keys Enter
  expect_screen "$1, practice: a question" shows '^Which one?'
  keys 2
  expect_screen "$1, practice: is answered" shows '^Right. The kernel says EINVAL'
  press_until Enter '^Do it in your own way'
  verdict "$1, practice: a task" $?
  until_true line_is '>'
  enter 'hint'
  expect_screen "$1, practice: its hint" shows '^Three calls.$'
  enter 'w = socket tcp'
  expect_screen "$1, practice: not there yet" shows '^The goal is not reached yet'
  enter 'web = socket tcp6'
  until_true shows '= 5$'
  enter 'bind web [::1]:0; listen web'
  expect_screen "$1, practice: reached in another way" shows '^The goal is reached'
  until_true shows 'This is the end' || keys Enter
  expect_screen "$1, practice: the end" has_shown '^exit status 0'
  modes >"modes.$1"
  grep -q ' icanon' "modes.$1" && grep -q ' echo ' "modes.$1"
  verdict "$1, practice: the terminal is as it was" $?
}

# leaves NAME KEYS...: from a command that is typed; STATUS is that of the run.
leaves() {
  columns=80 rows=24
  play "page.md --from 1"
  until_true line_is '> socket tcp   Enter runs it, ? tells of other keys'
  name=$1 status=$2
  shift 2
  "$@"
  expect_screen "$name: leaves" has_shown "^exit status $status"
  modes >modes.leave
  grep -q ' icanon' modes.leave && grep -q ' echo ' modes.leave
  verdict "$name: the terminal is as it was" $?
}

# In the middle of a call that waits.
wait_and_interrupt() {
  printf '\140\140\140console\n> socketpair unix\n...\n> recv 3 10\n...\n\140\140\140\n' >wait.md
  columns=80 rows=24
  play wait.md
  until_true shows '^> socketpair unix   Enter'
  keys Enter
  until_true line_is '> recv 3 10   Enter runs it'
  keys Enter
  until_true in_recv
  keys C-c
  expect_screen 'Ctrl-C while a call waits: leaves' has_shown '^exit status 130'
}

in_recv() {
  leader=$(mux display-message -p -t "$session" '#{pane_pid}')
  for stat in /proc/[0-9]*/stat; do
    if [ "$(cut -d ' ' -f 6 "$stat" 2>/dev/null)" = "$leader" ] &&
      cat "${stat%/stat}"/task/*/wchan 2>/dev/null | grep -q 'unix_stream'; then
      return 0
    fi
  done
  return 1
}

suspends() {
  columns=80 rows=24
  start_shell
  until_true line_is 'shell:'
  enter "TMPDIR=$TMPDIR; export TMPDIR; $sockstep tutorial $work/page.md --from 1"
  until_true line_is '> socket tcp   Enter runs it, ? tells of other keys'
  keys C-z
  expect_screen 'Ctrl-Z: the shell is back' line_is 'shell:'
  enter 'fg'
  expect_screen 'fg: and the page again' shows '^> socket tcp   Enter runs it'
  keys q
  expect_screen 'q: the shell' line_is 'shell:'
}

at_the_prompt() {
  columns=80 rows=24
  start TERM=screen-256color "TMPDIR=$TMPDIR"
  until_true line_is '>'
  enter 'mine = socket tcp'
  until_true shows '= 3$'
  enter 'tutorial page.md --from 1'
  expect_screen 'at the prompt: a tutorial' shows '^> socket tcp   Enter runs it'
  keys C-z
  keys Enter
  expect_screen 'at the prompt: Ctrl-Z does not stop it' shows '^> bind 3 127.0.0.1:0   Enter'
  keys C-c
  expect_screen 'at the prompt: Ctrl-C goes back' line_is '>'
  enter 'status'
  expect_screen 'at the prompt: the session is as it was' shows '^ *3  *mine  *TCP'
  enter 'tutorial'
  expect_screen 'at the prompt: the list' shows '^ *unix.sock  *UNIX sockets'
  enter 'tutorial nosuch'
  expect_screen 'at the prompt: one that is not there' shows 'there is no tutorial nosuch'
  end_input
  expect_screen 'at the prompt: Ctrl-D' has_shown '^exit status 0'
}

automatic() {
  columns=80 rows=24
  play "page.md --auto=50ms"
  expect_screen 'automatic: to the end' has_shown '^exit status 0'
  has_shown '^The goal is reached'
  verdict 'automatic: with its goal' $?
  start TERM=dumb "TMPDIR=$TMPDIR" "ARGUMENT='tutorial page.md --from 1'"
  until_true shows '^> socket tcp   Enter runs it'
  keys Enter
  expect_screen 'TERM=dumb: goes on below' shows '^> bind 3'
  keys q
  expect_screen 'TERM=dumb: leaves' has_shown '^exit status 0'
  ! screen | grep -q "$esc"
  verdict 'TERM=dumb: no escapes' $?
}

together t playing 40
together u playing 80
together v playing 200
told
workers=
together w practising 40
together x practising 80
together y practising 200
told
workers=

leaves 'q' 0 keys q
leaves 'Ctrl-C' 130 keys C-c
leaves 'Ctrl-D' 0 keys C-d
wait_and_interrupt
suspends
at_the_prompt
automatic

# What is kept of it.
bounded "$sockstep" tutorial >out 2>&1 </dev/null
grep -q '^ *1  First socket' out && grep -q '^ *half-close.sock ' out
verdict 'the list' $? || diag out
XDG_STATE_HOME=$state grep -q "^played 0 $work/page.md\$" "$state/sockstep/progress" &&
  grep -q "^practised 0 $work/page.md\$" "$state/sockstep/progress" &&
  grep -q "^goal 1 $work/page.md\$" "$state/sockstep/progress"
verdict 'progress is kept' $? || diag "$state/sockstep/progress"

# run NAME STATUS TEXT ARGS...: to a pipe.
run() {
  name=$1 want=$2 text=$3
  shift 3
  bounded env "XDG_STATE_HOME=$state" "$sockstep" "$@" >out 2>&1 </dev/null
  status=$?
  if [ "$status" -eq "$want" ] && grep -qF -e "$text" out && is_harmless out; then
    ok "$name"
  else
    not_ok "$name"
    echo "# exit status $status"
    diag out
  fi
}

run 'no terminal' 2 'a tutorial is played on a terminal; --auto' tutorial page.md
run 'to a pipe' 0 'The goal is reached: the kernel says so.' tutorial page.md --auto
run 'a number' 0 '= -1 EPROTONOSUPPORT' tutorial 1 --auto
run 'a name' 0 '3  TCP  CLOSED' tutorial first --auto
run 'what comes next' 0 'Next: tutorial 2' tutorial 1 --auto
run 'a demo' 0 'FIN-WAIT-2' tutorial half-close --auto
run '--play' 0 'SOCK_DGRAM' --play "$top_srcdir/tutorials/udp.sock" --auto
run 'what many are called' 2 'several tutorials have lab in their name' tutorial lab --auto
run 'none' 2 'there is no tutorial 99' tutorial 99 --auto
run 'no section' 2 'there is no such section' tutorial page.md --auto --from 9
run '--from is a number' 2 "--from takes the number of a section" tutorial 1 --from x
run '--auto is a time' 2 '--auto takes a time' tutorial 1 --auto=x
run '--practice wants somebody' 2 'you practise, or it goes on by itself' tutorial 1 --auto --practice
run '--practice alone' 2 'goes with ' --practice
run 'two at once' 2 'one tutorial at a time' tutorial 1 2
run 'not with --json' 2 'does not go with a tutorial' tutorial 1 --json
echo 'bind 3' >bad.sock
printf '# T\nsocket tcp\nexpect 4\n' >fails.sock
run 'a script that is mistaken' 1 'expected 4' --play fails.sock --auto
# shellcheck disable=SC2016 # the quotes are Markdown's
printf '```console\n> socket tcp\n' >wrong.md
run 'an unclosed fence' 1 'wrong.md:1: this block is never closed' tutorial wrong.md --auto
printf '# \303\n' >wrong.md
run 'no UTF-8' 1 'wrong.md:1: this is not UTF-8' tutorial wrong.md --auto
rm wrong.md
truncate -s 100M wrong.md
run 'a line of 100 MiB' 1 'has 104857600 bytes: a page has' tutorial wrong.md --auto
run 'a script of 100 MiB' 1 'has 104857600 bytes: a page has' --play wrong.md --auto
rm wrong.md
# shellcheck disable=SC2016
printf '# A \033]0;title\007\n\n\033[31mred *\033[2J* `\033[H` [\033[A](x:\033[B)\n\n- \302\233\n' >wrong.md
run 'escapes in a page' 0 '\e]0;title' tutorial wrong.md --auto
# shellcheck disable=SC2016
printf '<!-- sockstep: page limit=100ms -->\n```console\n> socketpair unix\n...\n> recv 3 5 &\n  [1] no\n```\nEnd.\n' >wrong.md
run 'a page that waits for ever' 0 'End.' tutorial wrong.md --auto
# shellcheck disable=SC2016
{
  printf '```console\n'
  awk 'BEGIN { for (i = 0; i < 20000; i++) print "> socket udp\n..." }'
  printf '```\n'
} >wrong.md
run 'a page that opens 20,000 sockets' 0 '' tutorial wrong.md --auto
# shellcheck disable=SC2016
printf '```console\n> socketpair unix\n...\n> send 3 @/etc/passwd\n...\n> source /etc/passwd\n...\n> quit\n> bind 3 unix:/tmp/x\n...\n```\nEnd.\n' >wrong.md
run 'a page reaches no files' 0 'a page reaches no files: --allow-files lets it' tutorial wrong.md --auto
! grep -q 'root:' out && grep -q '^End' out
verdict '... and ends nothing' $? || diag out
printf '# T\ntutorial 1\n' >within.sock
# shellcheck disable=SC2016
printf '# A\n\n```console\n> quit\n```\n\n## One\n\n```console\n> socket tcp\n...\n```\n' >wrong.md
run 'quit before the section that is begun with' 0 'IPPROTO_TCP) = 3' tutorial wrong.md --auto --from 1
run 'a page of a page' 0 'no tutorial is played within another' --play within.sock --auto
none_left
verdict 'no directory is left behind' $? || find "$TMPDIR" | diag
tap_done
