package io.mcpdata.container.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request byte by byte, for what no HTTP client sends. */
public final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    private RawHttp(Socket socket) {
        this.socket = socket;
    }

    /** Sends these lines and no body; {@code Host} and the empty line at the end are added. */
    public static RawHttp send(RunningServer server, String... lines) throws IOException {
        return send(server, "127.0.0.1:" + server.port(), lines);
    }

    private static RawHttp send(RunningServer server, String host, String[] lines) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        String request = String.join("\r\n", lines) + "\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
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
        try (RawHttp sent = send(server, host, lines)) {
            return new String(sent.socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whether an answer has begun to arrive. */
    public boolean isAnswered() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Of the answer, which must not have been read before. */
    public int status() throws IOException {
        BufferedReader answer =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String first = answer.readLine();
        if (first == null) {
            throw new IOException("the server closed the connection without an answer");
        }
        return Integer.parseInt(first.split(" ")[1]);
    }
}
