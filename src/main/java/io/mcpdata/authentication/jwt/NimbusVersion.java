package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * Which copy of Nimbus JOSE+JWT is in use: some servers have an older one of their own, and its faults would affect the
 * platform.
 */
final class NimbusVersion {

    private NimbusVersion() {}

    /** Version and location, as far as the server tells them. */
    static String described() {
        @Nullable String version = JWSAlgorithm.class.getPackage().getImplementationVersion();
        @Nullable CodeSource source = JWSAlgorithm.class.getProtectionDomain().getCodeSource();
        String place = source == null ? "an unknown place" : String.valueOf(source.getLocation());
        return (version == null ? "of unknown version" : version) + " from " + place;
    }
}
