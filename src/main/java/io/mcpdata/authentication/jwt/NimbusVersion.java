package io.mcpdata.authentication.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Which copy of Nimbus JOSE+JWT runs: some servers have an older one of their own, whose faults would be ours. */
final class NimbusVersion {

    private NimbusVersion() {}

    /** Version and place, as far as the server tells. */
    static String described() {
        @Nullable String version = JWSAlgorithm.class.getPackage().getImplementationVersion();
        @Nullable CodeSource source = JWSAlgorithm.class.getProtectionDomain().getCodeSource();
        String place = source == null ? "an unknown place" : String.valueOf(source.getLocation());
        return (version == null ? "of unknown version" : version) + " from " + place;
    }
}
