#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What bad input gets: an exit status as designed, one clear line on standard error with the place
# underlined, and nothing raw in either output.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

cd "$work" || exit 1
esc=$(printf '\033')
c1=$(printf '\302\233')
network=
# Names are asked for where no question can leave the machine.
if has_private; then
  network=--private
fi

# explain WHY: after a not_ok.
explain() {
  echo "# $*"
  diag out err
}

# run ARGS...: sets status, fills out and err.
run() {
  bounded "$sockstep" "$@" >out 2>err </dev/null
  status=$?
}

# underlined: the last line of standard error marks a place in the line before it.
underlined() {
  tail -n 1 err | grep -q '^ *\^~*$'
}

# judge NAME STATUS PATTERN LINES: what run() left; PATTERN is in the first line of standard error.
judge() {
  if [ "$status" -ne "$2" ]; then
    not_ok "$1"
    explain "exit status $status, not $2"
  elif ! sed 1q err | grep -q -e "$3"; then
    not_ok "$1"
    explain "the first line of standard error has no $3"
  elif [ "$(wc -l <err)" -ne "$4" ]; then
    not_ok "$1"
    explain "standard error has $(wc -l <err) lines, not $4"
  elif ! is_harmless out || ! is_harmless err; then
    not_ok "$1"
    explain "raw bytes"
  else
    ok "$1"
  fi
}

# bad_line NAME PATTERN LINE: a line that cannot be run. A message, the line, the mark.
bad_line() {
  run ${network:+"$network"} -c "$3"
  if [ "$status" -eq 1 ] && ! underlined; then
    not_ok "$1"
    explain "no place is underlined"
  else
    judge "$1" 1 "$2" 3
  fi
}

# bad_usage NAME PATTERN ARGS...: a command line that makes no sense.
bad_usage() {
  name=$1
  pattern=$2
  shift 2
  run "$@"
  judge "$name" 2 "$pattern" "$(wc -l <err)"
}

# survives NAME STATUS ARGS...: only the exit status, and nothing raw.
survives() {
  name=$1
  expected=$2
  shift 2
  run ${network:+"$network"} "$@"
  if [ "$status" -ne "$expected" ]; then
    not_ok "$name"
    explain "exit status $status, not $expected"
  elif ! is_harmless out || ! is_harmless err; then
    not_ok "$name"
    explain "raw bytes"
  else
    ok "$name"
  fi
}

# Words and how many of them.
bad_line 'an unknown word' 'frobnicate' 'frobnicate 3'
bad_line 'a word misspelt: did you mean' 'socket' 'sokcet tcp'
bad_line 'an unknown word in the C spelling' 'frobnicate' 'frobnicate(3)'
bad_line 'a missing argument' 'listen\|FD\|sockfd\|descriptor' 'listen'
bad_line 'too many arguments' 'close\|too many' 'close 3 4 5'
bad_line 'the options of no descriptor' 'fd 99 is not open' 'getsockopt 99'
bad_line 'the options of no socket' 'no socket' 'getsockopt 0'
bad_line 'all options in the background' 'lists all' 'socket tcp; getsockopt 3 &'
bad_line 'a field that a structure has not' 'no field secs' 'socket tcp; setsockopt 3 SO_LINGER on=1 secs=0'
bad_line 'a program that is no file' 'No such file' 'socket tcp; setsockopt 3 SO_ATTACH_FILTER @nothere'
bad_line 'no such ready-made socket' 'tcpp' 'socket tcpp'
bad_line 'an unknown constant in the C spelling' 'AF_NOWHERE' 'socket(AF_NOWHERE, SOCK_STREAM, 0)'
bad_line 'an unknown name of a descriptor' 'nobody' 'close nobody'
bad_line 'a name that cannot be one' '3x\|name' '3x = socket tcp'
bad_line 'an unknown process' 'nobody' '@nobody socket tcp'
bad_line 'an unclosed parenthesis' 'this ( is not closed' 'socket(AF_INET, SOCK_STREAM, 0'

# What is repeated.
bad_line 'a repeat without commands' 'missing' 'repeat 3'
bad_line 'a repeat that is not closed' 'this { is not closed' 'repeat 3 { close 3'
bad_line 'a brace that nothing has opened' 'nothing is open' 'close 3-4 }; }'
bad_line 'a repeat of no rounds' '0 is out of range' 'repeat 0 { close 3 }'
bad_line 'a repeat of too many rounds' 'out of range' 'repeat 99999999999999999999 { close 3 }'
bad_line 'a repeat of words that are no command' 'commands in braces' 'repeat 3 close'
bad_line 'a repeat of a line that cannot be read' 'quote is not closed' 'repeat 3 { socket tcp; send 3 "x }'
bad_line 'a repeat in the background' 'never runs in the background' 'repeat 3 { close 3 } &'
bad_line 'a repeat in a repeat in a repeat in a repeat' 'at most 3 deep' \
  'repeat 2 { repeat 2 { repeat 2 { repeat 2 { close 3 } } } }'
bad_line 'a range in which nothing is open' 'no descriptor from 10 to 20' 'close 10-20'
bad_line 'a range that goes down' 'goes up: 10-20' 'close 20-10'
bad_line 'a range that ends nowhere' 'out of range' 'close 3-99999999999999999999'
bad_line 'a name for a range' 'name of several' 'socket tcp; x = dup 3-4'
bad_line 'a range where no descriptor stands' 'number' 'socket tcp; listen 3 1-5'

# Numbers.
bad_line 'a number out of range' '99999999999999999999' 'listen 3 99999999999999999999'
bad_line 'a number with a tail' '12abc' 'close 12abc'
bad_line 'a port above 65535' '65536\|port' 'socket tcp; bind 3 127.0.0.1:65536'
bad_line 'a port of many digits' 'port\|99999' 'socket tcp; bind 3 127.0.0.1:99999999999999999999'
bad_line 'a port below 0' '-1\|port' 'socket tcp; bind 3 127.0.0.1:-1'
bad_line 'an IPv4 address out of range' '256' 'socket tcp; bind 3 256.0.0.1:80'
bad_line 'an unclosed bracket' '\[' 'socket tcp6; bind 3 [::1:80'
bad_line 'an unknown unit of time' '2parsecs' 'sleep 2parsecs'

# Bytes.
bad_line 'an unclosed quote' 'quot\|"' 'send 3 "hello'
bad_line 'an unclosed single quote' "quot\\|'" "send 3 'hello"
bad_line 'an unknown escape' 'escape\|q' 'send 3 "a\q"'
bad_line 'half a byte of hex' 'digit' 'send 3 hex:0d0'
bad_line 'hex that is none' 'hex\|zz' 'send 3 hex:zz'
bad_line 'more bytes than fit' 'too\|99999999' 'send 3 99999999999999*"x"'
bad_line 'a file of bytes that is not there' 'nowhere' 'send 3 @nowhere'
mkdir dir
bad_line 'a directory in place of bytes' 'dir' 'send 3 @dir'

# Expectations.
run ${network:+"$network"} -c 'socket tcp' -c 'expect 4'
if [ "$status" -eq 1 ] && is_harmless out && is_harmless err; then
  ok 'an expectation that does not hold'
else
  not_ok 'an expectation that does not hold'
  explain "exit status $status, not 1"
fi
bad_line 'an unknown field' 'colour' 'socket tcp; expect 3 colour red'

bad_line 'a time to wait without what is waited for' 'within TIME' 'expect within 2s'
bad_line 'no time to wait' 'more than nothing' 'expect within 0s 3'
bad_line 'a time to wait that is none' '2parsecs' 'expect within 2parsecs 3'

# Settings of a host.
bad_line 'a setting without a lab' 'there is no lab' 'sysctl a tcp_sack'
bad_line 'a ladder without a lab' 'there is no lab' 'ladder 3'
bad_line 'a ladder of a negative number' 'fd -1 is not open' 'ladder -1'
bad_line 'a ladder of what is no descriptor' 'x is no descriptor' 'ladder x'
if has_private; then
  bad_line 'a setting of no host' 'there is no host z' 'host a; sysctl z tcp_sack'
  bad_line 'a setting misspelt' 'did you mean tcp_sack' 'host a; sysctl a tcp_sak'
  bad_line 'a setting that leads elsewhere' 'words with' 'host a; sysctl a net/../../kernel'
  bad_line 'a setting of bytes that no name has' 'is like' 'host a; sysctl a tcp%sack'
  bad_line 'a setting that is none of a network' 'no setting hostname' \
    'host a; sysctl a kernel.hostname'
  bad_line 'a setting of many bytes' '1 to ' "host a; sysctl a $(printf '%0300d' 0)"
  bad_line 'a group of settings' 'is a group' 'host a; sysctl a net.ipv4'
  bad_line 'a value that a setting does not take' 'does not take x1' 'host a; sysctl a tcp_sack x1'
  bad_line 'a setting that is only read' 'cannot be set' \
    'host a; sysctl a tcp_available_congestion_control cubic'
fi

# Packets and rules of the wire.
bad_line 'a rule without a lab' 'there is no lab' 'wire drop tcp'
bad_line 'a delay without a lab' 'there is no lab' 'delay 1 1s'
if has_private; then
  bad_line 'a packet that was never sent' 'there is no packet 7' 'host a; delay 7 1s'
  bad_line 'a packet that is no number' 'not a number' 'host a; corrupt x'
  bad_line 'a delay of no time' '"soon" is not a time' 'host a; delay 1 soon'
  bad_line 'a delay for ever' 'at most a day' \
    'host a; wire hold; @a socket udp; @a sendto 3 "x" 10.0.0.9:9; delay 1 -1'
  bad_line 'nothing held to reorder' 'no packet is held' 'host a; reorder'
  bad_line 'one packet to reorder' 'the last that is held' \
    'host a; wire hold; @a socket udp; @a sendto 3 "x" 10.0.0.9:9; reorder'
  bad_line 'a packet and itself' 'with itself' \
    'host a; wire hold; @a socket udp; @a sendto 3 "x" 10.0.0.9:9; reorder 1 1'
  bad_line 'a packet that was corrupted and delivered' 'not held any more' \
    'host a; wire hold; @a socket udp; @a sendto 3 "x" 10.0.0.9:9; corrupt; corrupt 1'
  bad_line 'a word that no rule has' 'did you mean tcp' 'host a; wire drop tpc'
  bad_line 'a flag of UDP' 'only segments of TCP' 'host a; wire drop udp syn'
  bad_line 'a rule for a host that is none' 'there is no host z' 'host a; wire drop from z'
  bad_line 'a loss without a chance' 'how likely' 'host a; wire loss'
  bad_line 'a loss of more than all' 'at most 100%' 'host a; wire loss 101%'
  bad_line 'a delay without a time' 'for how long' 'host a; wire delay udp'
  bad_line 'words behind flow' 'nothing comes behind' 'host a; wire flow tcp'
  bad_line 'a rule that is not there' 'there is no rule 3' 'host a; wire rule 3 off'
  bad_line 'what becomes of a rule' 'NUMBER off' 'host a; wire rule 1 on'
  bad_line 'a thing that the wire does not do' 'no thing to do' 'host a; wire 77'
fi

# A call that fails is a result, and ends a script that did not expect it.
survives 'a failed call ends a script' 1 -c 'close 77' -c 'echo still-here'
if grep -q still-here out; then
  not_ok 'nothing runs after a failed call'
  diag out
else
  ok 'nothing runs after a failed call'
fi
survives 'a failed call that was expected' 0 -c 'close 77' -c 'expect EBADF'
survives 'a failed call with --keep-going: it is a result, and the run goes on' 0 \
  --keep-going -c 'close 77' -c 'echo still-here'
if grep -q still-here out; then
  ok 'what comes after it was run'
else
  not_ok 'what comes after it was run'
  diag out err
fi

# Names that do not resolve.
if [ -n "$network" ]; then
  bad_line 'a host that does not resolve' 'host.invalid' \
    'socket tcp; connect 3 host.invalid:80'
  bad_line 'a service that does not exist' 'nosuchservice' \
    'socket tcp; connect 3 127.0.0.1:nosuchservice'
  bad_line 'a host of escape sequences' 'x' "socket tcp; connect 3 ${esc}[31mx.invalid:80"
else
  skip 'names that do not resolve' 'no user namespaces for us on this machine'
fi

# The command line.
bad_usage 'an unknown option' 'nonsense' --nonsense
bad_usage 'an option of escape sequences' 'x' "--${esc}[31mx"
bad_usage 'an option without its argument' 'c' -c
bad_usage 'a colour that is none' 'purple' --color=purple -c echo
bad_usage 'a time that is none' 'soon' --timeout=soon -c echo

# Scripts that cannot be read.
run nowhere.sock
judge 'a script that is not there' "$status" 'nowhere.sock' 1
[ "$status" -ne 0 ]
verdict 'and it is not well' $?
run dir
judge 'a directory in place of a script' "$status" 'dir' 1
[ "$status" -ne 0 ]
verdict 'and that is not well' $?
run "$work/${esc}]0;x.sock"
judge 'a path of escape sequences' "$status" 'x.sock' 1
survives 'source of a file that is not there' 1 -c 'source nowhere.sock'

printf 'socket tcp\n\nbind 3 127.0.0.1:70000\n' >place.sock
run ${network:+"$network"} place.sock
judge 'a script error' 1 'place\.sock' 3
sed 1q err | grep -q 'place\.sock:3:'
verdict 'names file and line' $?
: >empty.sock
survives 'an empty script' 0 empty.sock
printf 'echo last line without its end' >unended.sock
survives 'a last line without a newline' 0 unended.sock
grep -q 'last line without its end' out
verdict 'is run' $?
printf 'echo a\r\necho b\r\n' >crlf.sock
survives 'a script with carriage returns' 0 crlf.sock

# A line of 1 MiB: of one word, of many, of bytes.
head -c 1048576 /dev/zero | tr '\0' a >word.sock
survives 'a word of 1 MiB' 1 word.sock
[ "$(wc -c <err)" -lt 4096 ]
verdict 'is not repeated whole' $?
head -c 1048576 /dev/zero | tr '\0' '(' >parens.sock
survives 'a line of 1 MiB of parentheses' 1 parens.sock
{
  printf 'echo '
  yes 'a b' | head -c 1048576 | tr '\n' ' '
} >words.sock
run ${network:+"$network"} words.sock
if [ "$status" -le 1 ] && is_harmless out && is_harmless err; then
  ok 'a line of 500,000 words'
else
  not_ok 'a line of 500,000 words'
  explain "exit status $status"
fi
{
  printf 'send 3 "'
  head -c 1048576 /dev/zero | tr '\0' x
  printf '"\n'
} >bytes.sock
survives 'a string of 1 MiB to a descriptor that is not open' 1 bytes.sock
head -c 65536 /dev/zero >zeros.sock
survives 'a script of NUL bytes' 1 zeros.sock

# Bytes that are not UTF-8, and escape sequences: in the line itself.
printf 'fr\377\376ob 3\n' >latin.sock
survives 'a word that is not UTF-8' 1 latin.sock
printf 'echo \300\200 \355\240\200 \370\n' >overlong.sock
survives 'overlong forms and surrogates' 0 overlong.sock
survives 'an escape sequence as a word' 1 -c "${esc}[31mred"
survives 'an escape sequence to echo' 0 -c "echo ${esc}[0mtitle${c1}31m"
survives 'an escape sequence in a comment' 0 -c "echo a # ${esc}[2J"
survives 'an escape sequence in a name' 1 -c "${esc}[31mname = socket tcp"
printf 'frob%sb \342\200\256abc\n' "$esc" >bidi.sock
survives 'a right-to-left override in a script' 1 bidi.sock
if grep -q "$(printf '\342\200\256')" out err; then
  not_ok 'and it is escaped'
else
  ok 'and it is escaped'
fi
printf 'frobnicate\n' >"$(printf 'na%sme.sock' "$esc")"
run "$(printf 'na%sme.sock' "$esc")"
judge 'an escape sequence in the name of a script' 1 'frobnicate' 3

# Escape sequences in what was received, and in paths of sockets.
survives 'received escape sequences' 0 -c 'socketpair unix' -c 'send 3 "\033]0;x\007\033[2J\xc2\x9b"' \
  -c 'recv 4 100'
grep -q '033' out
verdict 'are shown escaped' $?
survives 'received bytes in JSON' 0 --json -c 'socketpair unix' -c 'send 3 hex:1b5b324aff00c29b' \
  -c 'recv 4 100'
grep -q '1b5b324aff00c29b' out
verdict 'are all there' $?
survives 'an escape sequence in the path of a socket' 0 -c 'socket unix' \
  -c "bind 3 unix:${esc}[31ms"
survives 'an escape sequence in an abstract name' 0 -c 'socket unix' -c "bind 3 unix:@${esc}[31ms"
long=$(head -c 200 /dev/zero | tr '\0' p)
bad_line 'a path that no socket can have' 'path\|long\|107\|108' "socket unix; bind 3 unix:$long"

# Packets that cannot be made up, and sockets that cannot be made to forget. Without a lab nothing
# of it is read.
bad_line 'a message of nothing' 'message is missing' 'socketpair unix; sendmsg 3'
bad_line 'a message with what is unknown' 'no right= is known' 'socketpair unix; sendmsg 3 "x" right=4'
bad_line 'a descriptor that has no name' 'nobody' 'socketpair unix; sendmsg 3 "x" rights=nobody'
bad_line 'more bytes than a buffer has' '1 bytes are given' \
  'socketpair unix; writev 3 [{iov_base="x", iov_len=2}]'
bad_line 'too many buffers' 'at most 1100 buffers' \
  "socketpair unix; readv 3 [$(printf '1,%.0s' $(seq 1101))]"
bad_line 'a room beyond all bounds' 'at most 67108864' 'socketpair unix; readv 3 64M 1'
bad_line 'no room for control messages' 'out of range' 'socketpair unix; recvmsg 3 1 control=1M'
bad_line 'control messages without end' 'at most 64 KiB' \
  "socketpair unix; sendmsg 3 x rights=[$(printf '3,%.0s' $(seq 17000))3]"
bad_line 'a structure without its names' 'struct msghdr has msg_name' \
  'socketpair unix; sendmsg(3, {msg_iov=["x"], nothing=3}, 0)'
# The process's end of what it is asked through has the highest number that there can be, up to 4095.
own=$(awk '/^Max open files/ { print $4 }' /proc/self/limits)
case $own in
  *[!0-9]*) own=4096 ;;
esac
[ "$own" -le 4096 ] || own=4096
own=$((own - 1))
bad_line 'what sockstep talks through, in a message' 'sockstep itself talks through' \
  "socketpair unix; sendmsg 3 x rights=$own"
if [ "$(printf 'a\001' | od -An -td2 | tr -d ' ')" = 353 ]; then
  bad_line 'the same as bytes' 'sockstep itself talks through' \
    "socketpair unix; sendmsg(3, {msg_control=[{cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, \
cmsg_data=hex:$(printf '%02x%02x0000' $((own % 256)) $((own / 256)))}]}, 0)"
fi
bad_line 'crash of nothing' 'missing' 'crash'
bad_line 'crash of nobody' 'neither a descriptor of process main nor a process' 'crash nobody'
bad_line 'crash of what is not open' 'no open socket' 'crash 77'
bad_line 'crash of too much' 'too many' 'crash 3 4'
bad_line 'inject without a lab' 'there is no lab' 'inject a b tcp 1 2 RST'
# bad_injection NAME PATTERN WORDS: in a lab.
bad_injection() {
  run --lab -c "inject $3"
  if [ "$status" -eq 1 ] && ! underlined; then
    not_ok "inject: $1"
    explain "no place is underlined"
  else
    judge "inject: $1" 1 "$2" 3
  fi
}
if has_private; then
  bad_injection 'nothing' 'FROM is missing' ''
  bad_injection 'no receiver' 'WHAT is missing' 'a'
  bad_injection 'an unknown host' 'there is no host c' 'c b tcp 1 2 RST'
  bad_injection 'an unknown receiver' 'a host of the lab or an IP address' 'a c tcp 1 2 RST'
  bad_injection 'no protocol' 'what it is' 'a b'
  bad_injection 'an unknown protocol' 'expected tcp' 'a b sctp 1 2'
  bad_injection 'a receiver left out' 'the host that it is for is missing' 'a tcp 1 2 RST'
  bad_injection 'a port left out' "the receiver's port is missing" 'a b tcp 80 ->'
  bad_injection 'both ports left out' "the sender's port is missing" 'a b tcp'
  bad_injection 'a port that cannot be' '65535' 'a b tcp 65536 -> 1 RST'
  bad_injection 'a port with something behind' 'a blank is expected' 'a b tcp 1->2->3 RST'
  bad_injection 'no flags' 'what flags' 'a b tcp 1 -> 2 seq=1'
  bad_injection 'an unknown flag' 'expected flags' 'a b tcp 1 -> 2 SYN,NO'
  bad_injection 'an unknown field' 'one of seq=' 'a b tcp 1 -> 2 SYN color=red'
  bad_injection 'a field of another protocol' 'one of ttl=' 'a b udp 1 -> 2 seq=3'
  bad_injection 'a field without its value' 'a value is missing behind win=' 'a b tcp 1 2 SYN win='
  bad_injection 'a window that cannot be' '65535' 'a b tcp 1 2 SYN win=65536'
  bad_injection 'a number that is none' 'is not a number' 'a b tcp 1 2 SYN seq=+x'
  bad_injection 'a number with nothing to count from' 'no acknowledgement by 10.0.0.2:2' \
    'a b tcp 1 2 RST seq=+0'
  bad_injection 'an acknowledgement of nothing' 'no segment by 10.0.0.2:2' 'a b tcp 1 2 ACK ack=+0'
  bad_injection 'data twice' 'given already' 'a b udp 1 2 "x" "y"'
  bad_injection 'an open quote' 'not closed' 'a b udp 1 2 "x'
  bad_injection 'more than a link takes' 'takes 1500' 'a b udp 1 2 1473*"x"'
  bad_injection 'more than a packet has' '65535' 'a b udp 1 2 65530*"x"'
  bad_injection 'a source of the other family' 'of IPv4' 'a b udp 1 2 src=fd00::1'
  bad_injection 'a receiver of the other family' 'IPv6' 'a 10.0.0.2 udp6 1 2'
  bad_injection 'an unknown error' 'did you mean port-unreachable' 'b icmp port-unreachible 1'
  bad_injection 'an error about nothing' 'the packet that it is about' 'b icmp port-unreachable'
  bad_injection 'an error about no packet' 'there is no packet 7' 'b icmp port-unreachable 7'
  bad_injection 'an error with a receiver' 'goes to the sender' 'b a icmp port-unreachable 1'
  bad_injection 'a ping to nobody' 'the host that it is for' 'a icmp echo-request'
  bad_injection 'no raw bytes' 'what bytes' 'a b raw'
  bad_injection 'raw bytes that are none' 'second digit' 'a b raw hex:4'
  bad_injection 'an empty raw packet' 'one byte' 'a b raw ""'
  bad_injection 'raw bytes to nobody' 'nobody would get' 'a 10.0.0.9 raw hex:45'
  run --lab -c 'inject a b udp 1 2' -c 'inject b icmp fragmentation-needed 1'
  judge 'inject: a link that says not what it takes' 1 'mtu=N' 3
else
  skip 'inject with bad words' 'no user namespaces for us on this machine'
fi

# No descriptor leaks: after many errors the next socket is still 3.
{
  i=0
  while [ $i -lt 100 ]; do
    echo 'send 0 @nowhere'
    echo 'bind 3 127.0.0.1:70000'
    i=$((i + 1))
  done
  echo 'socket tcp'
  echo 'expect 3'
} >leak.sock
run ${network:+"$network"} --keep-going leak.sock
grep -q '= 3$' out
verdict 'after 200 errors the next descriptor is 3' $?

# A full disk and a closed reader are said, not ignored.
if [ -c /dev/full ]; then
  bounded "$sockstep" -c 'echo hello' >/dev/full 2>err </dev/null
  status=$?
  : >out
  [ $status -ne 0 ] && [ -s err ]
  verdict 'a full disk under standard output' $?
fi

tap_done
