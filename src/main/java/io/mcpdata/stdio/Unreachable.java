package io.mcpdata.stdio;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Why no response came, in words that say what to do. */
final class Unreachable {

    private Unreachable() {}

    static String because(IOException failure, ServerUrl server) {
        if (caused(failure, UnresolvedAddressException.class) || caused(failure, UnknownHostException.class)) {
            return server + ": the name cannot be resolved";
        }
        if (failure instanceof HttpConnectTimeoutException) {
            // the TLS handshake is included: a server with another protocol on this port may never answer it
            return server + ": no connection in time; a firewall is between"
                    + (server.isHttps() ? ", or it does not speak TLS there" : "");
        }
        if (failure instanceof HttpTimeoutException) {
            return server + ": no answer in time";
        }
        if (failure instanceof ConnectException) {
            return server + ": nothing listens there; is the server running?";
        }
        if (caused(failure, SSLHandshakeException.class)) {
            return server + ": its certificate is not trusted; a private authority is added with"
                    + " -Djavax.net.ssl.trustStore in MCP_DATA_PLATFORM_JAVA_OPTS";
        }
        if (failure instanceof SSLException) {
            return server + ": it does not speak TLS there; is it http, or another port?";
        }
        return server + ": the connection broke; is it https, or another port?";
    }

    private static boolean caused(IOException failure, Class<? extends Exception> type) {
        @Nullable Throwable cause = failure;
        while (cause != null) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
