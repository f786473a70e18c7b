#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The ladder on terminals of several widths, in UTF-8 and in ASCII, with few hosts and with many,
# with short names and with long ones; long lists; packets that came again.
#
# shellcheck disable=SC2317 # functions that are called by their names: until_true shows ...

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"
. "$top_srcdir/tests/tmux.sh"

lab=
for backend in tun veth; do
  if "$sockstep" --lab=$backend -c 'host' >/dev/null 2>&1 </dev/null; then
    lab="$lab $backend"
  fi
done
if [ -z "$lab" ]; then
  echo '1..0 # SKIP no lab here'
  exit 0
fi

# Each line fits: none is wrapped by the terminal.
fits() {
  ! broken_lines | diag - | grep '^#'
}

# has_block FILE FILE: whether the lines of the first stand in the second, one after the other.
has_block() {
  awk '
    NR == FNR { want[++wanted] = $0; next }
    { line[++lines] = $0 }
    END {
      for (at = 0; at + wanted <= lines; at++) {
        for (i = 1; i <= wanted && line[at + i] == want[i]; i++);
        if (i > wanted)
          exit 0
      }
      exit 1
    }' "$1" "$2"
}

# drawn NAME: $work/expected was drawn. On a slow machine a SYN is sent again before the end that
# is marked, and told behind it.
drawn() {
  enter 'echo the-end'
  until_true shows '^the-end'
  scroll | sed 's/ *$//' >"$work/drawn"
  if has_block "$work/expected" "$work/drawn"; then
    ok "$1"
  else
    not_ok "$1"
    diff "$work/expected" "$work/drawn" | diag -
  fi
}

# In a new terminal, with the lines of $work/$1 run.
play() { # FILE ENVIRONMENT...
  file=$1
  shift
  start TERM=screen-256color "$@"
  until_true line_is '>'
  enter "source $file; clock"
  until_true shows '^settled:'
  keys C-l
  until_true line_is '>'
}

# The client's port is chosen, so that the picture is the same on every run.
cat >"$work/two" <<'END'
@b s = socket tcp
@b bind s b:80
@b listen s
@a c = socket tcp
@a bind c a:40000
wire hold
@a connect c b:80 &
wire step
wire step
drop
END

cat >"$work/three" <<'END'
host c
@b s = socket udp
@b bind s b:80
@c u = socket udp
@c bind u c:40000
@a v = socket udp
@a bind v a:40000
@a sendto v "hello" b:80
@c sendto u "hi" a:9
@b setsockopt s SO_BROADCAST 1
@b sendto s "all" 10.0.0.255:40000
END

sixty='      a 10.0.0.1:40000                        10.0.0.2:80 b
  step 7: @a connect c b:80 &
   #1 SYN-SENT       ── SYN seq=0 ──────────▶ ⇒ SYN-RECEIVED
  step 8: wire step
   #2 ⇒ ESTABLISHED  ◀─ SYN,ACK seq=0 ack=1 ─ SYN-RECEIVED
  step 9: wire step
   #3 ESTABLISHED    ── ACK ack=1 ──╳ dropped SYN-RECEIVED'

for backend in $lab; do
  columns=60
  play two "ARGUMENT=--lab=$backend"
  enter '@a ladder c'
  echo "$sixty" >"$work/expected"
  drawn "60 columns, $backend: a connection"
done

leave_out() {
  ! screen | grep -v '^>' | LC_ALL=C grep -q "$(printf '[\200-\377]')"
}

columns=80
play two ARGUMENT=--lab LC_ALL=C
enter 'ladder'
until_true shows 'x dropped'
leave_out
verdict 'ASCII: nothing else is drawn' $?
shows '#2 => ESTABLISHED  <-.* SYN,ACK seq=0 ack=1 -- SYN-RECEIVED'
verdict 'ASCII: arrows and changes' $?

columns=100
play two ARGUMENT=--lab
enter '@a ladder c'
cat >"$work/expected" <<'END'
   #1 SYN-SENT                    ── SYN seq=0 ────────────────────────▶ LISTEN ⇒ SYN-RECEIVED
  step 8: wire step
   #2 SYN-SENT ⇒ ESTABLISHED      ◀────────────── SYN,ACK seq=0 ack=1 ── SYN-RECEIVED
  step 9: wire step
   #3 ESTABLISHED                 ── ACK ack=1 ────────────────╳ dropped SYN-RECEIVED
END
drawn '100 columns: what the states were, too'

columns=60
play three ARGUMENT=--lab
enter 'ladder'
cat >"$work/expected" <<'END'
      a     b     c
      a 10.0.0.1:40000 – 10.0.0.2:80 b
  step 7: @a sendto v "hello" b:80
   #1 ├────▶│     │  UDP len=5   a UNCONNECTED
                     b UNCONNECTED
      a 10.0.0.1:9 – 10.0.0.3:40000 c
  step 8: @c sendto u "hi" a:9
   #2 │◀────┼─────┤  UDP len=2   c UNCONNECTED
   #3 ├─────┼────▶│  ICMP port unreachable   c UNCONNECTED
      b 10.0.0.2:80 – 10.0.0.255:40000 all
  step 10: @b sendto s "all" 10.0.0.255:40000
   #4 │◀────┼────▶│  UDP len=3   b UNCONNECTED
END
drawn '60 columns: three hosts'

columns=200
play three ARGUMENT=--lab
enter 'ladder'
until_true shows '#4 │'
fits && shows '#1 UNCONNECTED  *── UDP len=5 ─*▶ UNCONNECTED  *│$'
verdict '200 columns: three hosts, with their states in columns' $?

# 16 hosts, each sends to the one before the last and to all; names as long as they may be.
for i in 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
  echo "host hostname-$i-xyz" | cut -c 1-20
done >"$work/many"
cat >>"$work/many" <<'END'
@hostname-15-xyz u = socket udp
@hostname-15-xyz bind u *:9
@hostname-15-xyz setsockopt u SO_BROADCAST 1
@hostname-15-xyz sendto u "all" 10.0.0.255:7
@hostname-3-xyz u = socket udp
@hostname-3-xyz sendto u "one" hostname-15-xyz:9
END
for width in 60 80 100 200; do
  columns=$width
  play many ARGUMENT=--lab
  mux clear-history -t "$session"
  enter 'ladder; echo the-end'
  expect_screen "$width columns: 16 hosts" shows '^the-end'
  fits && shows '16 hostname-16-xyz' && shows '#1 │◀─*┼◀─*┼.*─▶│' && shows '#2 │'
  verdict "$width columns: fit, and a broadcast reaches each" $?
done
columns=40
play three ARGUMENT=--lab
enter 'ladder; echo the-end'
until_true shows '^the-end'
fits && shows '^  #1 a → b   UDP len=5' && ! shows '│'
verdict '40 columns: a list' $?

# A TCP of 48 bytes a segment: more packets than a step tells.
cat >"$work/long" <<'END'
@b s = socket tcp
@b bind s b:80
@b listen s
@a c = socket tcp
@a connect c b:80
mtu a 100
END
columns=80
play long ARGUMENT=--lab
mux clear-history -t "$session"
# Thousands of packets take a while under a sanitizer.
ticks=2400
enter '@a send c 60000*"x" MSG_DONTWAIT; echo the-end'
# What comes later may have moved it off the screen.
expect_screen 'a step of more than 1000 packets' has_shown '^the-end'
# What a busy machine carries only later is a step of its own.
if has_shown '^  and [0-9]* packets more'; then
  scroll | awk '/^>|time passed:/ { drawn = 0 }
    /^ *#[0-9]* / { drawn++ }
    /packets more$/ { exit drawn != 1000 }' && fits
  verdict '1000 of them are drawn' $?
else
  skip '1000 of them are drawn' 'this machine carried fewer in one step'
fi
# What is too much is forgotten, the oldest first, and that is said.
{
  cat "$work/long"
  echo '@b d = accept s'
  for i in 1 2 3 4 5 6 7 8; do
    echo '@a send c 40000*"x" MSG_DONTWAIT'
    echo '@b recv d 64K MSG_DONTWAIT'
  done
  echo 'ladder'
  echo '@a ladder c'
  echo '@b u = socket udp'
  echo '@b ladder u'
} >"$work/longer"
bounded "$sockstep" --lab --json --keep-going "$work/longer" </dev/null 2>"$work/errors" |
  grep '"event":"ladder"' >"$work/json"
moments=$(sed -n 1p "$work/json" | tr '{' '\n' | grep -c '^"number"')
if [ "$moments" -gt 0 ] && [ "$moments" -lt 4096 ] && ! grep -q '"forgotten":[1-9]' "$work/json"; then
  skip 'of a long run the last 4096 moments are remembered' "this machine carried $moments"
  skip 'a connection whose birth is forgotten says so' "this machine carried $moments"
else
  [ "$moments" -eq 4096 ] && sed -n 1p "$work/json" | grep -q '"fd":null,"forgotten":[1-9]'
  verdict 'of a long run the last 4096 moments are remembered' $?
  sed -n 2p "$work/json" | grep -q '"process":"a","fd":3,"forgotten":[1-9]'
  verdict 'a connection whose birth is forgotten says so' $?
fi
sed -n 3p "$work/json" | grep -q '"fd":5,.*"packets":\[\],"steps":\[\]'
verdict 'a socket without packets has none' $?
bounded "$sockstep" --lab --keep-going "$work/longer" </dev/null >"$work/out" 2>&1
if grep -q '^  #[0-9][0-9]* ' "$work/out" && ! grep -q '^ *#[5-9][0-9][0-9][0-9] ' "$work/out"; then
  skip 'in words, too' 'this machine carried too few'
else
  grep -q '^  … [0-9]* earlier packets are no longer remembered$' "$work/out"
  verdict 'in words, too' $?
fi

# The timer of a SYN runs, whatever the clock.
columns=60
start TERM=screen-256color ARGUMENT=--lab
until_true line_is '>'
enter '@a c = socket tcp; wire hold; @a connect c b:80 &'
expect_screen 'a SYN that came again is folded into the first' shows 'SYN seq=0, retransmitted ×1'
shows '!\|┃ held'
verdict 'and is still held' $?
enter 'packet 1'
expect_screen 'packet tells of it, too' has_shown 'SYN seq=0,$\|held: SYN seq=0, retransmitted ×'
enter 'drop; echo the-end'
until_true shows '^the-end'
fits
verdict 'and fits' $?

tap_done
