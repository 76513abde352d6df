package io.mcpdata.toolkit.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy between clients and a server on the loopback address, which passes each piece of their traffic to a test
 * first.
 */
abstract class LoopbackProxy implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int target;

    LoopbackProxy(int target) throws IOException {
        this.target = target;
    }

    /** Sees what one connection carries. */
    interface Listener {
        /**
         * @param ofClient whether the client sent it
         * @return whether the proxy passes it on
         */
        boolean passes(byte[] buffer, int length, boolean ofClient);
    }

    /** A listener for each connection. */
    abstract Listener connected();

    /** To be called by the constructor of the subclass. */
    final void begin() {
        threads.execute(this::accept);
    }

    final int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                Listener listener = connected();
                threads.execute(() -> carry(client, server, listener, true));
                threads.execute(() -> carry(server, client, listener, false));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void carry(Socket from, Socket to, Listener listener, boolean ofClient) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!listener.passes(buffer, read, ofClient)) {
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
            to.close();
        } catch (IOException gone) {
            // one side has disconnected: the other one notices when the test ends
        }
    }

    @Override
    public final void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
