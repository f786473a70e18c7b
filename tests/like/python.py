# SPDX-License-Identifier: GPL-3.0-or-later
# What CPython does for each sequence of `like python`: between two marks, for strace.
import asyncio
import os
import socket
import socketserver
import sys

HERE = ("127.64.2.1", 0)


def mark(word):
    os.write(2, word.encode() + b"\n")


def begin():
    mark("BEGIN")


def listener():
    return socket.create_server(HERE)


def create_server():
    begin()
    return socket.create_server(HERE)


def socket_socket():
    begin()
    s = socket.socket()
    s.bind(HERE)
    s.listen()
    return s


def tcp_server():
    begin()
    return socketserver.TCPServer(HERE, None)


# Its first connection makes Python read a module.
def to_connect():
    s = listener()
    there = s.getsockname()
    socket.create_connection(there).close()
    return s, there


def create_connection():
    s, there = to_connect()
    begin()
    return s, socket.create_connection(there)


def create_connection_timeout():
    s, there = to_connect()
    begin()
    return s, socket.create_connection(there, timeout=2)


def accept():
    s = listener()
    c = socket.create_connection(s.getsockname())
    begin()
    return s.accept(), s, c


def settimeout():
    s = listener()
    begin()
    s.settimeout(2)
    return s


def recv():
    a, b = socket.socketpair()
    a.settimeout(2)
    b.send(b"x")
    begin()
    a.recv(10)
    return a, b


def start_server():
    async def run():
        begin()
        await asyncio.start_server(lambda r, w: None, *HERE)
        end()

    asyncio.run(run())


def end():
    mark("END")
    os._exit(0)


def open_connection():
    s, there = to_connect()

    async def run():
        begin()
        kept = await asyncio.open_connection(*there)
        end()
        return s, kept

    asyncio.run(run())


kept = globals()[sys.argv[1]]()
end()
