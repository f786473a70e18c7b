// SPDX-License-Identifier: GPL-3.0-or-later
// What OpenJDK does for each sequence of `like java`: between two marks, for strace.
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

class Like {
	static final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
	static final InetSocketAddress here = new InetSocketAddress("127.64.2.1", 0);
	/* What is not used any more would be closed. */
	static final java.util.List<Object> kept = new java.util.ArrayList<>();

	static <T> T keep(T object) {
		kept.add(object);
		return object;
	}

	static void begin() throws Exception {
		err.write("BEGIN\n".getBytes());
	}

	static void end() throws Exception {
		err.write("END\n".getBytes());
		Runtime.getRuntime().halt(0);
	}

	static ServerSocket server() throws Exception {
		return keep(new ServerSocket(0, 50, InetAddress.getByName("127.64.2.1")));
	}

	static Socket connected(ServerSocket s) throws Exception {
		return keep(new Socket(s.getInetAddress(), s.getLocalPort()));
	}

	static ServerSocketChannel channel() throws Exception {
		return keep(ServerSocketChannel.open().bind(here));
	}

	static SocketChannel connecting(ServerSocketChannel s) throws Exception {
		SocketChannel c = keep(SocketChannel.open());

		c.configureBlocking(false);
		c.connect(s.getLocalAddress());
		return c;
	}

	/* The first socket of a Java program asks what this machine has. */
	static void warm() throws Exception {
		try (ServerSocket s = new ServerSocket(0); Socket c = new Socket("127.0.0.1", s.getLocalPort());
		     Socket d = s.accept(); Selector q = Selector.open();
		     SocketChannel n = SocketChannel.open();
		     ServerSocketChannel l = ServerSocketChannel.open()) {
			c.getOutputStream().write(1);
			d.setSoTimeout(1);
			d.getInputStream().read();
			n.configureBlocking(false);
			l.bind(here);
			n.connect(l.getLocalAddress());
			n.finishConnect();
			n.register(q, SelectionKey.OP_READ);
			q.selectNow();
			n.read(ByteBuffer.allocate(1));
		}
	}

	public static void main(String[] args) throws Exception {
		ServerSocketChannel l;
		SocketChannel c;
		ServerSocket s;
		Selector q;
		Socket d;

		warm();
		switch (args[0]) {
		case "ServerSocket":
			begin();
			keep(new ServerSocket(0));
			break;
		case "Socket":
			s = server();
			begin();
			connected(s);
			break;
		case "accept":
			s = server();
			connected(s);
			begin();
			keep(s.accept());
			break;
		case "read":
			s = server();
			d = connected(s);
			d.setSoTimeout(200);
			begin();
			try {
				d.getInputStream().read(new byte[10]);
			} catch (SocketTimeoutException e) {
				end();
			}
			break;
		case "close":
			s = server();
			d = connected(s);
			begin();
			d.close();
			break;
		case "server_open":
			begin();
			keep(ServerSocketChannel.open());
			break;
		case "server_bind":
			l = keep(ServerSocketChannel.open());
			begin();
			l.bind(here);
			break;
		case "configureBlocking":
			l = channel();
			begin();
			l.configureBlocking(false);
			break;
		case "selector":
			begin();
			keep(Selector.open());
			break;
		case "select":
			l = channel();
			l.configureBlocking(false);
			q = keep(Selector.open());
			begin();
			l.register(q, SelectionKey.OP_ACCEPT);
			q.select(10);
			break;
		case "open":
			begin();
			keep(SocketChannel.open());
			break;
		case "connect":
			l = channel();
			c = keep(SocketChannel.open());
			c.configureBlocking(false);
			begin();
			c.connect(l.getLocalAddress());
			break;
		case "finishConnect":
			c = connecting(channel());
			begin();
			c.finishConnect();
			break;
		case "channel_read":
			c = connecting(channel());
			c.finishConnect();
			begin();
			c.read(ByteBuffer.allocate(10));
			break;
		}
		end();
	}
}
