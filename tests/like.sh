#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `like` makes the calls that the library itself makes: each sequence beside what strace sees of the
# language, where that version of it is on the machine; and each stands in a script.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

like=$top_srcdir/tests/like
lock_machine

# same_names: what is read, one call a line, as both would print it: descriptors by the order in which
# they are met, ports that the kernel chose as PORT, nothing of what only the kernel filled in;
# and no waits of an event loop, which wakes for reasons of its own.
same_names() {
  sed -E -e 's/^\[pid +[0-9]+\] //;/^epoll_p?wait/d' \
    -e 's/\{sa_family=AF_INET, sin_port=htons\(([0-9]+)\), sin_addr=inet_addr\("([^"]*)"\)\}/{AF_INET, \2:\1}/' \
    -e 's/\{sa_family=AF_INET6, sin6_port=htons\(([0-9]+)\), sin6_flowinfo=htonl\(0\), inet_pton\(AF_INET6, "([^"]*)", &sin6_addr\), sin6_scope_id=0\}/{AF_INET6, [\2]:\1}/' \
    -e 's/\{sa_family=AF_UNIX, sun_path="([^"]*)"\}/{AF_UNIX, "\1"}/' \
    -e 's/SOL_IPV6/IPPROTO_IPV6/;s/SOL_TCP/IPPROTO_TCP/;s/IPPROTO_IP\)/0)/;s/_OLD//' \
    -e 's/SOCK_CLOEXEC\|SOCK_NONBLOCK/SOCK_NONBLOCK|SOCK_CLOEXEC/' \
    -e 's/^recvfrom\((.*), NULL, NULL\)/recv(\1)/;s/^sendto\((.*), NULL, 0\)/send(\1)/' \
    -e 's/^(read|recv)\(([0-9]+), [^,]*,/\1(\2, buf,/' \
    -e 's/^eventfd2/eventfd/;s/data=\{u32=([0-9]+), u64=[0-9]+\}/data.fd=\1/' \
    -e 's/EPOLL_CTL_DEL, ([0-9]+), .*/EPOLL_CTL_DEL, \1, NULL)/' \
    -e 's/, revents=[A-Z|]+//;s/^(poll\(.*), [0-9]+\)/\1)/' \
    -e 's/\[[0-9]+ => ([0-9]+)\]/[\1]/;s/ += .*//' \
    -e 's/(SO_RCVTIMEO), .*/\1)/' \
    -e 's/^getpeername\(([0-9]+), .*/getpeername(\1)/;s/^getsockname\(([0-9]+), .*/getsockname(\1)/' \
    -e 's/^(accept4?\([0-9]+), .*\], /\1, /;s/^(accept\([0-9]+), .*/\1)/;s/^accept4\(([0-9]+), NULL, NULL, /accept4(\1, /' \
    -e 's/:[1-9][0-9]{3,4}\}/:PORT}/;s/:0\}/:PORT}/;s/socketpair\((.*), \[.*/socketpair(\1)/' |
    awk '{
      done = ""
      while (match($0, /\(\[?\{?(fd=)?[0-9]+|CTL_[A-Z]+, [0-9]+|data\.fd=[0-9]+/)) {
        text = substr($0, RSTART, RLENGTH)
        number = text
        sub(/.*[^0-9]/, "", number)
        sub(/[0-9]+$/, "", text)
        if (!(number in name))
          name[number] = "FD" ++count
        done = done substr($0, 1, RSTART - 1) text name[number]
        $0 = substr($0, RSTART + RLENGTH)
      }
      print done $0
    }'
}

# seen COMMAND...: what strace sees of it between the two marks.
traced='socket,socketpair,bind,listen,accept,accept4,connect,getsockname,getpeername,setsockopt'
traced=$traced',getsockopt,sendto,recvfrom,read,write,shutdown,close,ioctl,fcntl,poll,epoll_create1'
traced=$traced',epoll_ctl,epoll_wait,epoll_pwait,eventfd2'
# $threads: -f where the library makes its calls in another thread than the first.
seen() {
  # shellcheck disable=SC2086 # it may be empty
  (cd "$work" && bounded strace $threads -o trace -e trace="$traced" "$@") >/dev/null 2>"$work/errors" \
    </dev/null
  sed -E 's/^[0-9]+ +//' "$work/trace" | sed '1,/write(2, "BEGIN/d;/write(2, "END/,$d' |
    grep -v -e '^write(2' -e '^+++' -e resumed -e unfinished | same_names
}

# made FILE: what sockstep makes of the lines of a case, the last of which is `like`.
made() {
  (cd "$work" && bounded "$sockstep" --json "$1") </dev/null 2>"$work/errors" |
    awk 'begun; /"text":"BEGIN/ { begun = 1 }' | sed -n 's/.*"event":"step".*"call":"\(.*\)","result".*/\1/p' |
    sed 's/\\"/"/g' | same_names
}

# compare LANGUAGE CASE LINES COMMAND...
compare() {
  name="$1 $2"
  printf '%s\n' "$3" | sed '$i echo BEGIN' >"$work/case.sock"
  shift 3
  made case.sock >"$work/made"
  rm -f "$work/like.socket"
  seen "$@" >"$work/seen"
  if [ ! -s "$work/seen" ]; then
    not_ok "$name: strace sees calls"
    diag "$work/errors"
    return
  fi
  diff "$work/seen" "$work/made" >"$work/difference"
  verdict "$name" $? || diag "$work/difference"
}

may_trace() {
  command -v strace >/dev/null && strace -o "$work/try" true 2>/dev/null
}

why_not=
threads=
may_trace || why_not='strace is not there, or may not trace'


# language NAME COMMAND VERSION: sets `why`, empty where COMMAND says that it is that version.
language() {
  why=$why_not
  [ -n "$why" ] || "$2" --version 2>&1 | grep -q "$3" || why="the $1 that sockstep knows is not here"
  [ -z "$why" ] || skip "$1" "$why"
  [ -z "$why" ]
}

# A run before this one may have left a TIME-WAIT there.
s='s = socket tcp
setsockopt s SO_REUSEADDR 1
bind s 127.64.2.1:7409
listen s'
pair="$s
c = dial 127.64.2.1:7409"

channel="$s
c = like java SocketChannel.open
like java configureBlocking c"
loop="$s
e = epoll_create1"

# set_before WORD: what comes before the sequence.
set_before() {
  case $1 in
    s) before=$s ;;
    pair) before=$pair ;;
    loop) before=$loop ;;
    channel) before=$channel ;;
    e) before='e = epoll_create1' ;;
    *) before=$(printf '%b' "$1") ;;
  esac
}

if language python python3 'Python 3\.11\.'; then
  python=$(python3 -c 'import sys; print(sys.executable)')
  while IFS='|' read -r case before line; do
    set_before "$before"
    compare python "$case" "$before
like python $line" "$python" -I "$like/python.py" "$case"
  done <<'END'
create_server||socket.create_server 127.64.2.1:7401
socket_socket||socket.socket 127.64.2.1:7401
tcp_server||socketserver.TCPServer 127.64.2.1:7401
create_connection|s|socket.create_connection 127.64.2.1:7409
create_connection_timeout|s|socket.create_connection_timeout 127.64.2.1:7409 2s
accept|pair|accept s
settimeout|s|settimeout s
recv|socketpair unix\nsend 3 "x"|recv 4 10 2s
start_server|e|asyncio.start_server 127.64.2.1:7401 e
open_connection|loop|asyncio.open_connection 127.64.2.1:7409 e
END
fi

if language node node '^v20\.'; then
  while IFS='|' read -r case before line; do
    set_before "$before"
    compare node "$case" "$before
like node $line" node "$like/node.js" "$case"
  done <<'END'
create_server|e|net.createServer 127.64.2.1:7402 e
create_server_any|e|net.createServer 7402 e
connect|loop|net.connect 127.64.2.1:7409 e
END
fi

threads=-f
if language java java 'openjdk 17\.' && cp "$like/Like.java" "$work" &&
  (cd "$work" && bounded javac Like.java) >"$work/errors" 2>&1; then
  while IFS='|' read -r case before line; do
    set_before "$before"
    compare java "$case" "$before
like java $line" java -Xint -Xshare:auto -cp "$work" Like "$case"
  done <<'END'
ServerSocket||ServerSocket 7403
Socket|s|Socket 127.64.2.1:7409
accept|pair|ServerSocket.accept s
read|pair|InputStream.read c 10 200ms
close|pair|Socket.close c
server_open||ServerSocketChannel.open
server_bind|l = socket tcp6|ServerSocketChannel.bind l 127.64.2.1:7404
configureBlocking|s|configureBlocking s
selector||Selector.open
select|loop|Selector.select e s IN 10ms
open||SocketChannel.open
connect|channel|SocketChannel.connect c 127.64.2.1:7409
finishConnect|pair|SocketChannel.finishConnect c
channel_read|socketpair unix\nlike java configureBlocking 3|SocketChannel.read 3 10
END
fi

threads=
if language rust rustc 'rustc 1\.9[0-9]\.' &&
  (cd "$work" && bounded rustc -O -o rust "$like/rust.rs") >"$work/errors" 2>&1; then
  while IFS='|' read -r case before line; do
    set_before "$before"
    compare rust "$case" "$before
like rust $line" ./rust "$case"
  done <<'END'
bind||TcpListener::bind 127.64.2.1:7406
accept|pair|TcpListener::accept s
connect|s|TcpStream::connect 127.64.2.1:7409
connect_timeout|s|TcpStream::connect_timeout 127.64.2.1:7409 2s
read|socketpair unix\nsend 3 "x"|TcpStream::read 4
write|pair|TcpStream::write c "hello"
set_read_timeout|pair|TcpStream::set_read_timeout c 500ms
set_nonblocking|pair|TcpStream::set_nonblocking c
try_clone|pair|TcpStream::try_clone c
drop|pair|drop c
udp_bind||UdpSocket::bind 127.64.2.1:7406
unix_bind||UnixListener::bind unix:like.socket
unix_pair||UnixStream::pair
END
fi

# Every sequence is in a script of its language, so its commands are such as can be typed.
bounded "$sockstep" -c like </dev/null 2>"$work/errors" | awk '{ print $1 }' >"$work/languages"
[ -s "$work/languages" ] || diag "$work/errors"
while IFS= read -r name; do
  bounded "$sockstep" -c "like $name" </dev/null | awk 'NR > 1 { print $1 }' >"$work/known"
  while IFS= read -r function; do
    grep -q "like $name $function\\( \\|\$\\)" "$top_srcdir/tests/scripts/like-$name.sock" ||
      echo "$function"
  done <"$work/known" >"$work/missing"
  [ -s "$work/known" ] && [ ! -s "$work/missing" ]
  verdict "$name: $(wc -l <"$work/known") sequences, each in a script" $? || diag "$work/missing"
done <"$work/languages"

tap_done
