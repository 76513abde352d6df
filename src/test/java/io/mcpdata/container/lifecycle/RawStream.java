package io.mcpdata.container.lifecycle;

import io.mcpdata.container.server.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** An event stream on a plain socket, without a thread of its own: the test decides whether anything is read. */
final class RawStream implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int LITTLE = 4_096;

    private final Socket socket;
    private final int status;
    private final String endpoint;

    private RawStream(Socket socket, int status, String endpoint) {
        this.socket = socket;
        this.status = status;
        this.endpoint = endpoint;
    }

    /** Reads the head, and of an event stream the first event, and nothing more. */
    static RawStream open(Platform platform, String key) throws IOException {
        Socket socket = new Socket();
        // the server should notice soon that the client does not read
        socket.setReceiveBufferSize(LITTLE);
        socket.setSoTimeout(PATIENCE_MILLIS);
        try {
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), platform.server().port()));
            String request =
                    "GET /sse HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nAuthorization: Bearer " + key
                            + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            int status = Integer.parseInt(line(socket.getInputStream()).split(" ")[1]);
            return new RawStream(socket, status, status == 200 ? endpoint(socket.getInputStream()) : "");
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    int status() {
        return status;
    }

    /** Where messages of this stream's session go. */
    String endpoint() {
        return endpoint;
    }

    /** The rest that can still be read after the server has closed the connection or has ended. */
    String rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        byte[] some = new byte[LITTLE];
        try {
            for (int read = socket.getInputStream().read(some);
                    read >= 0;
                    read = socket.getInputStream().read(some)) {
                rest.write(some, 0, read);
            }
        } catch (SocketException reset) {
            // the server ended before the response was complete
        }
        return rest.toString(StandardCharsets.UTF_8);
    }

    /** As a client that disappears: the socket is closed without a message. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String endpoint(InputStream in) throws IOException {
        for (String line = line(in); ; line = line(in)) {
            if (line.startsWith("data:")) {
                return line.substring("data:".length()).strip();
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the stream ended");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
