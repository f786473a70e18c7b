// SPDX-License-Identifier: GPL-3.0-or-later
// What Rust's standard library does for each sequence of `like rust`: between two marks, for strace.
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::Duration;

fn begin() {
    std::io::stderr().write_all(b"BEGIN\n").unwrap();
}

fn end() -> ! {
    std::io::stderr().write_all(b"END\n").unwrap();
    std::process::exit(0)
}

fn main() {
    let here = "127.64.2.1:0";
    let pair = || {
        let l = TcpListener::bind(here).unwrap();
        let c = TcpStream::connect(l.local_addr().unwrap()).unwrap();
        (l, c)
    };
    match std::env::args().nth(1).unwrap().as_str() {
        "bind" => {
            begin();
            let _l = TcpListener::bind(here).unwrap();
            end()
        }
        "accept" => {
            let (l, _c) = pair();
            begin();
            let _d = l.accept().unwrap();
            end()
        }
        "connect" => {
            let l = TcpListener::bind(here).unwrap();
            let to = l.local_addr().unwrap();
            begin();
            let _c = TcpStream::connect(to).unwrap();
            end()
        }
        "connect_timeout" => {
            let l = TcpListener::bind(here).unwrap();
            let to = l.local_addr().unwrap();
            begin();
            let _c = TcpStream::connect_timeout(&to, Duration::from_secs(2)).unwrap();
            end()
        }
        "read" => {
            let (l, c) = pair();
            let (mut d, _) = l.accept().unwrap();
            (&c).write_all(b"x").unwrap();
            begin();
            d.read(&mut [0; 4096]).unwrap();
            end()
        }
        "write" => {
            let (_l, mut c) = pair();
            begin();
            c.write(b"hello").unwrap();
            end()
        }
        "set_read_timeout" => {
            let (_l, c) = pair();
            begin();
            c.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
            end()
        }
        "set_nonblocking" => {
            let (_l, c) = pair();
            begin();
            c.set_nonblocking(true).unwrap();
            end()
        }
        "try_clone" => {
            let (_l, c) = pair();
            begin();
            let _d = c.try_clone().unwrap();
            end()
        }
        "drop" => {
            let (_l, c) = pair();
            begin();
            drop(c);
            end()
        }
        "udp_bind" => {
            begin();
            let _u = UdpSocket::bind(here).unwrap();
            end()
        }
        "unix_bind" => {
            begin();
            let _l = UnixListener::bind("like.socket").unwrap();
            end()
        }
        "unix_pair" => {
            begin();
            let _p = UnixStream::pair().unwrap();
            end()
        }
        _ => std::process::exit(2),
    }
}
