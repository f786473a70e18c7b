#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Names that are looked up: in files, and of a name server that is a socket of the session, since no
# other may be asked. A mount namespace has an /etc/resolv.conf and an /etc/hosts of its own.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

cd "$work" || exit 99
if ! has_private; then
  skip 'names' 'no user namespaces for us on this machine'
  tap_done
fi
echo 'nameserver 127.61.0.1' >resolv.conf
printf '127.0.0.1 localhost\n127.61.0.2 here alias\n' >hosts
cat >inside <<'END'
mount --bind hosts /etc/hosts && mount --bind resolv.conf /etc/resolv.conf &&
  [ "$(cat /etc/resolv.conf)" = 'nameserver 127.61.0.1' ] && exec "$@"
exit 99
END
if ! bounded unshare -rm sh inside true 2>/dev/null; then
  skip 'names' 'no mount namespaces for us on this machine, or no /etc/hosts and /etc/resolv.conf'
  tap_done
fi

# look NAME STATUS SCRIPT...: a script there, on a private network.
look() {
  name=$1
  status=$2
  shift 2
  printf '%s\n' "$@" >script
  bounded unshare -rm sh inside "$sockstep" --private script >out 2>err </dev/null
  got=$?
  [ "$got" -eq "$status" ]
  verdict "$name" $? || {
    echo "# exit status $got"
    diag out err
  }
}

# has NAME TEXT: the last output.
has() {
  grep -qF -e "$2" out
  verdict "$1" $? || diag out err
}

look 'a name of /etc/hosts' 0 'getaddrinfo alias 80 type=stream flags=CANONNAME family=inet' \
  'expect 0' 'getnameinfo 127.61.0.2:80 NUMERICSERV' 'expect data "here"' \
  'getnameinfo 127.61.0.2:80 NUMERICSERV|NAMEREQD' 'expect 0'
has 'its address and canonical name' 'AF_INET  SOCK_STREAM  IPPROTO_TCP  127.61.0.2:80 canonical name here'
look 'nobody listens where the name server should be' 0 'getaddrinfo nobody.test 80' \
  'expect EAI_AGAIN' 'expect why "/etc/resolv.conf has 127.61.0.1"' 'expect why "private"' \
  'getnameinfo 127.61.0.3:80 NAMEREQD' 'expect EAI_AGAIN'
look 'a name server that does not answer' 0 'srv = socket udp' 'bind srv 127.61.0.1:53' \
  'getaddrinfo nobody.test 80 family=inet &' 'expect waiting' \
  'expect why "/etc/resolv.conf has (127.61.0.1)"' 'recvfrom srv 512' 'expect 29' \
  'socket udp' 'expect 5' 'close srv' 'expect within 50s EAI_AGAIN'
has 'its query' '\006nobody\004test\000\000\001\000\001'
has 'the job' '[1] getaddrinfo("nobody.test", "80", {ai_family=AF_INET}, &res) = -3 EAI_AGAIN'
look 'no signal ends it' 1 'srv = socket udp' 'bind srv 127.61.0.1:53' \
  'getaddrinfo nobody.test 80 family=inet &' 'kill %1'
grep -qF 'a signal does not end it' err
verdict 'that is said' $? || diag err
look 'a lookup in the foreground that takes too long' 1 'set timeout 50ms' 'srv = socket udp' \
  'bind srv 127.61.0.1:53' 'getaddrinfo nobody.test 80 family=inet'
has 'is a job' 'a signal does not end it'
look 'as many descriptors as it may have, before' 0 'setrlimit NOFILE 3' 'getaddrinfo alias' \
  'expect EAI_NONAME' 'expect why "and all are taken"'
look 'as many descriptors as it may have' 0 'getaddrinfo nobody.test' 'expect EAI_AGAIN' \
  'setrlimit NOFILE 3' 'getaddrinfo nobody.test' 'expect EAI_SYSTEM' 'expect why "failed with EMFILE"'

printf '\140\140\140console\n> getaddrinfo alias 80 type=stream\n...\n\140\140\140\n' >private.md
bounded unshare -rm sh inside "$sockstep" --check private.md >out 2>err </dev/null
verdict 'a page looks names up on a private network' $? || diag out err

tap_done
