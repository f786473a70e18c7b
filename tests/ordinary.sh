#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The lab of an ordinary user, to whom /dev/net/tun is closed: all of its scripts run, on links of
# veth, which are chosen by themselves. And where namespaces are forbidden: one line with the cause
# and the remedy, and status 3. Options that take a privilege say which. Nothing of the machine is
# changed: what is closed or forbidden is so in namespaces of the test's own.

. "${top_srcdir:-$(dirname "$0")/..}/tests/lib.sh"

if ! has_private || ! unshare --user --map-root-user --mount true 2>/dev/null; then
  skip 'the lab of an ordinary user' 'no user namespaces for us on this machine'
  tap_done
fi

# What the user needs stands where anybody may read.
chmod 755 "$work"
mkdir "$work/scripts" "$work/cwd"
chmod 777 "$work/cwd"
cp "$sockstep" "$work/sockstep"
cp "$top_srcdir"/tests/scripts/*.sock "$top_srcdir"/tutorials/*.sock "$work/scripts"
chmod -R a+rX "$work/scripts"
printf 'no\n' >"$work/closed"
chmod 600 "$work/closed"
cd "$work/cwd" || exit 99
export HOME="$work/cwd"

# as_user COMMAND...
if [ "$(id -u)" -eq 0 ]; then
  # 65534: nobody, on all distributions.
  cat >"$work/become" <<'END'
[ ! -e /dev/net/tun ] || mount --bind "$CLOSED" /dev/net/tun || exit 99
exec setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all "$@"
END
  as_user() {
    CLOSED="$work/closed" bounded unshare --mount sh "$work/become" "$@"
  }
else
  cat >"$work/become" <<'END'
[ ! -e /dev/net/tun ] || mount -t tmpfs tmpfs /dev/net || exit 99
exec "$@"
END
  as_user() {
    bounded unshare --user --map-root-user --mount sh "$work/become" "$@"
  }
fi

if ! as_user "$work/sockstep" --version >/dev/null 2>"$work/err"; then
  skip 'the lab of an ordinary user' "none can be had: $(sed 1q "$work/err")"
  tap_done
fi

# fails_with TITLE TEXT LINES: the last run has status 3, and said this, in so many lines.
fails_with() {
  [ "$status" -eq 3 ] && grep -qF -e "$2" "$work/err" && [ "$(wc -l <"$work/err")" -eq "$3" ] &&
    is_harmless "$work/err"
  verdict "$1" $? || {
    echo "# exit status $status"
    diag "$work/out" "$work/err"
  }
}

as_user "$work/sockstep" --lab=tun -c host >"$work/out" 2>"$work/err" </dev/null
status=$?
fails_with 'a lab of tun cannot be' /dev/net/tun 1

for file in "$work"/scripts/*.sock; do
  [ "$(said "$file" needs)" = lab ] || continue
  expected=$(said "$file" exit)
  as_user "$work/sockstep" --lab "$file" >"$work/out" 2>"$work/err" </dev/null
  status=$?
  [ "$status" -eq "${expected:-0}" ]
  verdict "$(basename "$file" .sock)" $? || {
    echo "# exit status $status"
    diag "$work/out" "$work/err"
  }
done

# Whom options are forbidden to: in a user namespace of their own they would have the capabilities.
if [ "$(id -u)" -eq 0 ]; then
  as_user "$work/sockstep" "$work/scripts/option-forbidden.sock" >"$work/out" 2>"$work/err" \
    </dev/null
  verdict 'option-forbidden' $? || diag "$work/out" "$work/err"
else
  skip 'option-forbidden' 'run_scripts.sh runs it'
fi

# Another user's process: this shell, which is root's.
if [ "$(id -u)" -eq 0 ]; then
  as_user "$work/sockstep" --keep-going -c "adopt $$ 0" -c "sockets $$" >"$work/out" 2>"$work/err" \
    </dev/null
  tr -s ' \n' ' ' <"$work/out" | grep -q "process $$ belongs to user 0, and this one to user 65534: only" &&
    grep -q "process $$ may not be looked into: its own user may" "$work/err"
  verdict "another user's process gives nothing away" $? || diag "$work/out" "$work/err"
else
  skip "another user's process gives nothing away" 'only root can become another user'
fi

# But for what a script was told to save.
[ -z "$(find "$work/cwd" -mindepth 1 ! -name '*.pcapng')" ]
verdict 'no file is left' $?

# deny SETTING ARGS...: sockstep in a user namespace, where SETTING was done before.
deny() {
  setting=$1
  shift
  # shellcheck disable=SC2016 # expanded there
  bounded unshare --user --map-root-user --mount sh -c "{ $setting; }"' || exit 99; exec "$@"' sh \
    ${nested:+unshare --user --map-root-user} "$sockstep" "$@" >"$work/out" 2>"$work/err" </dev/null
  status=$?
}

# forbidden TITLE TEXT SETTING: all ways to a namespace.
forbidden() {
  for way in --lab --lab=tun --lab=veth --private; do
    deny "$3" "$way" -c 'echo here'
    if [ "$status" -eq 99 ]; then
      skip "$1" 'this cannot be set up here'
      return
    fi
    fails_with "$1, $way" "$2" 1
  done
  # With the line and the place in it.
  deny "$3" --keep-going -c 'host a' -c 'echo here'
  fails_with "$1, host" "$2" 3
}

nested=
none='echo 0 >/proc/sys/user/max_user_namespaces'
fake='mount -t tmpfs tmpfs /proc/sys/kernel'
forbidden 'no user namespaces' \
  'switched off, as on older Red Hat; remedy: sudo sysctl user.max_user_namespaces=' "$none"
forbidden 'no network namespaces' \
  'network namespaces are switched off; remedy: sudo sysctl user.max_net_namespaces=' \
  'echo 0 >/proc/sys/user/max_net_namespaces'
# In a namespace that is the only one allowed.
nested=yes
forbidden 'all namespaces in use' \
  'as many namespaces as are allowed are in use; remedy: sudo sysctl user.max_user_namespaces=' \
  'echo 1 >/proc/sys/user/max_user_namespaces'
nested=
forbidden 'AppArmor' \
  'AppArmor forbids user namespaces here, as on Ubuntu; remedy: sudo sysctl kernel.apparmor_' \
  "$none && $fake && echo 1 >/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
forbidden 'Debian' 'as on older Debian; remedy: sudo sysctl kernel.unprivileged_userns_clone=1' \
  "$none && $fake && echo 0 >/proc/sys/kernel/unprivileged_userns_clone"

tap_done
