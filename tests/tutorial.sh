#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# --check and --update: pages that are right, and one for each thing that can be wrong.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

cd "$work" || exit 1
mkdir tmp
TMPDIR=$work/tmp
export TMPDIR

# check ARGS...: what it says stands in out.
check() {
  bounded "$sockstep" --check "$@" >out 2>err </dev/null
  status=$?
}

# says NAME STATUS TEXT: the last check ended so, and printed a line that holds this.
says() {
  if [ "$status" -eq "$2" ] && grep -qF -e "$3" out && [ ! -s err ] && is_harmless out; then
    ok "$1"
  else
    not_ok "$1"
    echo "# exit status $status"
    diag out err
  fi
}

if ! has_private; then
  skip 'pages' 'no user namespaces for us on this machine'
  tap_done
fi

cat >good.md <<'END'
<!-- sockstep: page limit=3s -->
# A page

See [the other](other.md), [a place](#here) and [the web](https://example.org/).

```console
> socket tcp
  socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
  3  TCP  CLOSED
> bind 3 127.0.0.1:8080
  ...
  3  TCP  CLOSED    local: none ⇒ {local:addr}
> listen 3
...
> accept 3 &
...
```

The job ends with the next command, in its own time.

```console
> c = socket tcp
...
> connect c {local}
  connect(5, ...) = 0
...
(async)   [1] accept(3, ...) = 4
...
> recv c 10 MSG_DONTWAIT
  recv(5, buf, 10, MSG_DONTWAIT) = -1 EAGAIN (Resource temporarily unavailable)
  why: ...
...
```

<!-- sockstep: question
bind 3 127.0.0.1:9090
expect {choice}
-->
What does the kernel say?

- `EADDRINUSE`
- `EINVAL`, since it is bound

<!-- sockstep: goal
expect 4 closed
-->
Close it.

<!-- sockstep: hint there is a call for it -->

```console solution
> close 4
...
```
END
echo '# Other' >other.md
check good.md
says 'a good page' 0 '1..5'
check good.md other.md good.md
says 'several pages are numbered through' 0 'ok 10 - good.md:44: '
check --color=always good.md
verdict 'in colour' "$status"

# wrong NAME TEXT: a page from standard input, and the error that it gives.
wrong() {
  cat >wrong.md
  check wrong.md
  says "$1" 1 "$2"
}

wrong 'other output' 'not ok 1 - wrong.md:2: socket tcp' <<'END'
```console
> socket tcp
  socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 4
  3  TCP  CLOSED
```
END
check wrong.md
says '... is shown, and what there is' 1 '# +   socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3'
wrong 'an error that is not shown' 'not ok 1 - wrong.md:2: bnid 3' <<'END'
```console
> bnid 3
```
END
wrong 'a name that is not known' 'wrong.md:2: {port} stands in no output before this command' <<'END'
```console
> close {port}
```
END
wrong 'a name that is of no use' 'wrong.md:3: {fd} is seen once, and never used' <<'END'
```console
> socket tcp
  socket(...) = {fd:int}
...
```
END
wrong 'a link to nothing' 'wrong.md:1: this links to none.md, which is not there' <<'END'
[none](none.md#x)
END
wrong 'an unknown directive' 'wrong.md:1: unknown directive colour' <<'END'
<!-- sockstep: colour -->
END
wrong 'no choice is right' 'of 2 choices the kernel says yes to none' <<'END'
<!-- sockstep: question
socket tcp
expect {choice}
-->
- `7`
- `8`
END
wrong 'two choices are right' 'of 2 choices the kernel says yes to 3 3' <<'END'
<!-- sockstep: question
socket tcp
expect {choice}
-->
- `3`
- `3`
END
wrong 'a goal that is not reached' 'the solution does not reach the goal' <<'END'
<!-- sockstep: goal
expect 3 state LISTEN
-->
```console solution
> socket tcp
...
```
END
wrong 'a goal that was there before' 'this goal is reached before anything is done' <<'END'
<!-- sockstep: goal
expect 3 closed
-->
```console solution
> socket tcp
...
```
END
wrong 'a block that never ends' 'wrong.md:1: this block is never closed' <<'END'
```console
> socket tcp
END
printf '# \303\n' >wrong.md
check wrong.md
says 'no UTF-8' 1 'wrong.md:1: this is not UTF-8'
head -c 2000000 /dev/zero | tr '\0' 'x' >wrong.md
check wrong.md
says 'a page of 2 MB' 1 'has 2000000 bytes: a page has 1048576 at most'
truncate -s 100M wrong.md
check wrong.md
says 'a line of 100 MiB' 1 'has 104857600 bytes: a page has 1048576 at most'
wrong 'a page that waits' 'not ok 1 - wrong.md:5: recv 3 10 &' <<'END'
<!-- sockstep: page limit=100ms -->
```console
> socketpair unix
...
> recv 3 10 &
  [1] recv(...) waits ...
  [1] recv(...) = 5
```
END
for command in 'send 3 @/etc/passwd' 'send 3 "a"@/etc/passwd' 'source /etc/passwd' 'source ../good.md' \
  'setsockopt 3 SO_ATTACH_FILTER @/etc/passwd' 'connect 3 /run/x.sock' 'bind 3 ./../b' \
  'expect data @/etc/passwd'; do
  printf '\140\140\140console\n> socketpair unix\n...\n> %s\n\140\140\140\n' "$command" >wrong.md
  check wrong.md
  says "a page may not: $command" 1 '# + a page reaches no files: --allow-files lets it'
done
printf '\140\140\140console\n> socket unix\n...\n> bind 3 ./s\n...= 0\n...\n\140\140\140\n' >wrong.md
check wrong.md
says 'a page has a directory of its own' 0 'ok 1'
printf '\140\140\140console\n> socketpair unix\n...\n> send 3 @%s\n...= 3\n...\n\140\140\140\n' \
  "$work/three" >wrong.md
printf abc >three
check --allow-files wrong.md
says '--allow-files' 0 'ok 1'
rm wrong.md
mkdir wrong.md
check wrong.md
says 'a directory' 1 'wrong.md: is no regular file'
rmdir wrong.md
check wrong.md
says 'no file' 1 'wrong.md: cannot be opened: No such file or directory'
# shellcheck disable=SC2016 # the quotes are Markdown's
printf '```console\n> echo \033[31m\n```\n\033]0;x\007\n' >wrong.md
check wrong.md
says 'escapes in a page' 1 'not ok 1'

cat >before.md <<'END'
# Old

- In a list:

  ```console
  > socket tcp
    socket(AF_INET, SOCK_STREAM, 0) = 3
  > bind 3 127.0.0.1:8080
  ...
    3  TCP  LISTEN   local: none ⇒ {local:addr}
  > socket udp
  ```

```console
> getsockname 3
  getsockname(3, {AF_INET, {local}}, [16]) = 1
...
```
END
cat >after.md <<'END'
# Old

- In a list:

  ```console
  > socket tcp
    socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3
    3  TCP  CLOSED
  > bind 3 127.0.0.1:8080
  ...
    3  TCP  CLOSED                     local: none ⇒ {local:addr}
  > socket udp
    socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP) = 4
    4  UDP  UNCONNECTED
  ```

```console
> getsockname 3
  getsockname(3, {AF_INET, {local}}, [16]) = 0
...
```
END
check --update before.md
says '--update' 0 'ok 3 - before.md: 4 blocks written anew'
if diff after.md before.md >out; then
  ok 'the page is written anew, with its names'
else
  not_ok 'the page is written anew, with its names'
  diag out
fi
check before.md
says '... and holds' 0 '1..2'
cp before.md same.md
check --update before.md
if [ "$status" -eq 0 ] && cmp -s before.md same.md; then
  ok 'what holds stays as it is'
else
  not_ok 'what holds stays as it is'
fi

if [ -z "$(ls -A tmp)" ]; then
  ok 'no directory is left behind'
else
  not_ok 'no directory is left behind'
fi
tap_done
