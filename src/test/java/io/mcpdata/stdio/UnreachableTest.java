package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class UnreachableTest {

    private static final ServerUrl HTTPS = ServerUrl.of(URI.create("https://mcp.example.com"));

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureNamesTheServerAndWhatToLookAt(IOException failure, String advice) {
        assertThat(Unreachable.because(failure, HTTPS)).isEqualTo("https://mcp.example.com: " + advice);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        caused(new ConnectException(), new UnresolvedAddressException()),
                        "the name cannot be resolved"),
                Arguments.of(
                        new HttpConnectTimeoutException("HTTP connect timed out"),
                        "no connection in time; a firewall is between, or it does not speak TLS there"),
                Arguments.of(new HttpTimeoutException("request timed out"), "no answer in time"),
                Arguments.of(new ConnectException(), "nothing listens there; is the server running?"),
                Arguments.of(
                        caused(new SSLHandshakeException("PKIX"), new CertificateException()),
                        "its certificate is not trusted; a private authority is added with"
                                + " -Djavax.net.ssl.trustStore in MCP_DATA_PLATFORM_JAVA_OPTS"),
                Arguments.of(
                        new SSLException("Unsupported or unrecognized SSL message"),
                        "it does not speak TLS there; is it http, or another port?"),
                Arguments.of(new IOException("closed"), "the connection broke; is it https, or another port?"));
    }

    @Test
    void callerThatDoesNotAskForTlsIsNotToldAboutIt() {
        ServerUrl http = ServerUrl.of(URI.create("http://localhost:8080"));

        assertThat(Unreachable.because(new HttpConnectTimeoutException("HTTP connect timed out"), http))
                .isEqualTo("http://localhost:8080: no connection in time; a firewall is between");
    }

    private static IOException caused(IOException failure, Exception cause) {
        failure.initCause(cause);
        return failure;
    }
}
