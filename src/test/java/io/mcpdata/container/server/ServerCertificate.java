package io.mcpdata.container.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and a certificate of this run for this machine, in a key store as an operator makes one. */
public record ServerCertificate(Path keyStore, String password) {

    /** An address of this machine on which servers listen only if they are told to. */
    public static final String OTHER_ADDRESS = "127.0.0.2";

    /** By the JDK's keytool, into a new folder of the tests'. */
    public static ServerCertificate make() throws IOException {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Setup.fromMaven().work()), "tls");
        ServerCertificate made = new ServerCertificate(folder.resolve("tls.p12"), Keys.random());
        Command.run(
                folder.resolve("keytool.log"),
                Map.of("TLS_KEYSTORE_PASSWORD", made.password),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "tls",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1,ip:" + OTHER_ADDRESS,
                        "-storetype",
                        "PKCS12",
                        "-storepass:env",
                        "TLS_KEYSTORE_PASSWORD",
                        "-keystore",
                        made.keyStore.toString()));
        return made;
    }

    /** Trusts this certificate and no other. */
    SSLContext trust() {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(in, password.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", own.getCertificate("tls"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
