package io.mcpdata.container.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A request byte by byte, for input that no HTTP client sends. */
public final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final PushbackInputStream in;

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new PushbackInputStream(socket.getInputStream());
    }

    /** Sends these lines and no body; {@code Host} and the empty line at the end are added. */
    public static RawHttp send(RunningServer server, String... lines) throws IOException {
        return sendWithBody(server, "", lines);
    }

    /** Sends these lines and, in the same packet, the bytes after the empty line. */
    public static RawHttp sendWithBody(RunningServer server, String body, String... lines) throws IOException {
        return send(server, "127.0.0.1:" + server.port(), lines, body);
    }

    private static RawHttp send(RunningServer server, String host, String[] lines, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        String request = String.join("\r\n", lines) + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return new RawHttp(socket);
    }

    /** The status of the answer to these lines. */
    public static int status(RunningServer server, String... lines) throws IOException {
        try (RawHttp sent = send(server, lines)) {
            return sent.status();
        }
    }

    /** The whole answer to these lines, sent to the server as if it were known as this host. */
    public static String answer(RunningServer server, String host, String... lines) throws IOException {
        try (RawHttp sent = send(server, host, lines, "")) {
            return new String(sent.in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * All that the server sends in answer to these very bytes until it closes the connection.
     *
     * @throws SocketTimeoutException if it keeps the connection open
     */
    public static String untilClosed(RunningServer server, String bytes) throws IOException {
        StringBuilder answer = new StringBuilder();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                answer.append((char) next);
            }
        } catch (SocketException reset) {
            // a server that closes the connection before it has read everything; what came before that has been read
        }
        return answer.toString();
    }

    /** Sends these bytes and disconnects a moment later without closing properly: the connection is reset. */
    public static void vanish(RunningServer server, String bytes) throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            Thread.sleep(100);
            socket.setSoLinger(true, 0);
        }
    }

    /** Whether an answer has begun to arrive. */
    public boolean isAnswered() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether an answer has begun to arrive, or none will because the server has closed the connection. */
    public boolean isOver() {
        try {
            socket.setSoTimeout(1);
            int first = in.read();
            if (first >= 0) {
                in.unread(first);
            }
            return true;
        } catch (SocketTimeoutException nothingYet) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Of the answer, which must not have been read before. */
    public int status() throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        BufferedReader answer = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        String first = answer.readLine();
        if (first == null) {
            throw new IOException("the server closed the connection without an answer");
        }
        return Integer.parseInt(first.split(" ")[1]);
    }
}
