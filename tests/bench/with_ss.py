# SPDX-License-Identifier: GPL-3.0-or-later
"""
The TCP life cycle in Python, with a look by ss after each call: with_ss.py CYCLES [PORT].

ss is asked for what a step shows: states, addresses, queues, timers, inodes and descriptors.
"""
import socket
import subprocess
import sys


def look(call, result):
    told = subprocess.run(["ss", "-Htanope"], stdout=subprocess.PIPE, text=True, check=True)
    print(f"> {call} = {result}\n{told.stdout}", end="", flush=True)


def life_cycle(port):
    listener = socket.socket()
    look("socket", listener.fileno())
    listener.bind(("127.0.0.1", port))
    look("bind", 0)
    listener.listen(2)
    look("listen", 0)
    caller = socket.socket()
    look("socket", caller.fileno())
    caller.connect(listener.getsockname())
    look("connect", 0)
    called, _ = listener.accept()
    look("accept", called.fileno())
    look("send", caller.send(b"hello"))
    look("recv", called.recv(64))
    caller.close()
    look("close", 0)
    look("recv", called.recv(64))
    called.close()
    look("close", 0)
    listener.close()
    look("close", 0)


for _ in range(int(sys.argv[1])):
    life_cycle(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
