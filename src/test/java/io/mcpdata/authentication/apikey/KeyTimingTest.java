package io.mcpdata.authentication.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.ApiKeyCredential;
import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long a refusal takes says nothing about how much of a key was right. Statistics, and so apart from the other
 * tests: {@code mvn test -Dgroups=timing -DexcludedGroups=}.
 */
@Tag("timing")
final class KeyTimingTest {

    private static final String KEY = "Kx4vP9sT2mQ8wZ1rB6nY3cF7hJ5dL0aG";
    private static final int BATCHES = 4_000;
    private static final int BATCH = 200;

    private final ChangingConfiguration configuration = new ChangingConfiguration();

    @Test
    void firstByteWrongAndLastByteWrongTakeTheSameTime() {
        try (InMemoryStore database = new InMemoryStore()) {
            configuration.keys(
                    true,
                    new ApiKeyConfig(
                            "svc",
                            KeyDigest.of(KEY),
                            List.of("analyst"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of()));
            ApiKeyIdentityStore store = new ApiKeyIdentityStore(
                    new ActiveKeyRing(configuration), new StoredKeys(database), new KeyUses(database));
            Secret firstWrong = new Secret("k" + KEY.substring(1));
            Secret lastWrong = new Secret(KEY.substring(0, KEY.length() - 1) + "g");
            measured(store, firstWrong, lastWrong);

            long[][] nanos = measured(store, firstWrong, lastWrong);

            double first = median(nanos[0]);
            double last = median(nanos[1]);
            System.out.printf("first byte wrong %.0f ns, last byte wrong %.0f ns%n", first / BATCH, last / BATCH);
            assertThat(Math.abs(first - last) / first).isLessThan(0.03);
        }
    }

    /** In random order, so that other work of the machine affects both alike. */
    private static long[][] measured(ApiKeyIdentityStore store, Secret... keys) {
        Random order = new Random(7);
        long[][] nanos = new long[keys.length][BATCHES];
        for (int batch = 0; batch < BATCHES; batch++) {
            int one = order.nextInt(keys.length);
            for (int i = 0; i < keys.length; i++) {
                int which = (one + i) % keys.length;
                nanos[which][batch] = timed(store, keys[which]);
            }
        }
        return nanos;
    }

    private static long timed(ApiKeyIdentityStore store, Secret key) {
        long begin = System.nanoTime();
        for (int i = 0; i < BATCH; i++) {
            store.validate(new ApiKeyCredential(key, "127.0.0.1"));
        }
        return System.nanoTime() - begin;
    }

    private static double median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
