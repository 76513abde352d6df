package io.mcpdata.toolkit.sql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
 * Stands between a client and a server on the loopback address, and lets nothing through any more, in neither direction
 * and without an error, as soon as the client says a certain word: a network that has gone dead.
 */
final class FreezingProxy implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int target;
    private final String word;
    private volatile boolean frozen;
    private volatile boolean thawed;

    FreezingProxy(int target, String word) throws IOException {
        this.target = target;
        this.word = word;
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    boolean frozen() {
        return frozen;
    }

    /** The network is back, for connections made from now on. */
    void thaw() {
        thawed = true;
        frozen = false;
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                threads.execute(() -> carry(client, server, true));
                threads.execute(() -> carry(server, client, false));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void carry(Socket from, Socket to, boolean listens) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (listens && !thawed && new String(buffer, 0, read, ISO_8859_1).contains(word)) {
                    frozen = true;
                }
                if (frozen) {
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
            to.close();
        } catch (IOException gone) {
            // one side has gone: the other hears of it when the test ends
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
