package io.mcpdata.authentication.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import io.mcpdata.authentication.jwt.FakeIssuer.Behaviour;
import io.mcpdata.config.KeyLocation;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class KeyFetchesTest {

    private static final KeyFetches PATIENT = new KeyFetches(new IssuerHttp(Duration.ofSeconds(10)));
    private static final KeyFetches HASTY = new KeyFetches(new IssuerHttp(Duration.ofMillis(700)));

    private final FakeIssuer issuer = new FakeIssuer();

    @AfterEach
    void close() {
        issuer.close();
    }

    private JWKSet fetch(KeyLocation location) throws Exception {
        return fetch(PATIENT, location);
    }

    private JWKSet fetch(KeyFetches fetches, KeyLocation location) throws Exception {
        try {
            return fetches.of(Issuers.of(issuer.url(), location))
                    .fetch()
                    .get(60, TimeUnit.SECONDS)
                    .keys();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    private KeyLocation discovery() {
        return new KeyLocation.Discovery(URI.create(issuer.url() + FakeIssuer.DISCOVERY));
    }

    @Test
    void keysAreFoundByDiscoveryByAddressInAFileAndInTheText(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("keys.json"), TokenMint.keys().toString());
        assertThat(fetch(discovery()).getKeyByKeyId("rsa")).isNotNull();
        assertThat(fetch(new KeyLocation.KeySet(URI.create(issuer.url() + FakeIssuer.KEYS)))
                        .getKeyByKeyId("rsa"))
                .isNotNull();
        assertThat(fetch(new KeyLocation.LocalFile(file)).getKeyByKeyId("rsa")).isNotNull();
        assertThat(fetch(new KeyLocation.Inline(TokenMint.keys().toString())).getKeyByKeyId("rsa"))
                .isNotNull();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("redirecting", FakeIssuer.redirect("http://127.0.0.1:1/keys")),
                Arguments.of("dripping", FakeIssuer.dripping()),
                Arguments.of("flooding", FakeIssuer.flooding()),
                Arguments.of("silent", FakeIssuer.silent()),
                Arguments.of("failing", FakeIssuer.status(500)),
                Arguments.of("refusing", FakeIssuer.status(401)),
                Arguments.of("empty", FakeIssuer.status(204)),
                Arguments.of("no JSON", FakeIssuer.text("<html>")),
                Arguments.of("gone", FakeIssuer.status(404)),
                Arguments.of("nothing", FakeIssuer.text("")),
                Arguments.of("no set", FakeIssuer.text("{}")),
                Arguments.of("keys that are no list", FakeIssuer.text("{\"keys\":{}}")),
                Arguments.of("no keys but texts", FakeIssuer.text("{\"keys\":[\"rsa\"]}")),
                Arguments.of("half a set", FakeIssuer.text("{\"keys\":[")),
                Arguments.of("deep", FakeIssuer.text("[".repeat(100_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void hostileAnswerIsBoundedAndGivesNoKeys(String name, Behaviour behaviour) {
        issuer.on(FakeIssuer.KEYS, behaviour);
        assertUnavailable(discovery());
        issuer.on(FakeIssuer.DISCOVERY, behaviour);
        assertUnavailable(discovery());
    }

    static Stream<String> setsWithoutAUsableKey() {
        return Stream.of(
                "{\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"rsa\",\"k\":\"c2VjcmV0\"}]}",
                "{\"keys\":[{\"kty\":\"XX\"},{}]}");
    }

    @ParameterizedTest
    @MethodSource("setsWithoutAUsableKey")
    void keySetWithoutAUsableKeyIsAnAnswer(String set) throws Exception {
        issuer.on(FakeIssuer.KEYS, FakeIssuer.text(set));
        assertThat(fetch(discovery()).getKeys()).isEmpty();
        assertThat(fetch(new KeyLocation.KeySet(URI.create(issuer.url() + FakeIssuer.KEYS)))
                        .getKeys())
                .isEmpty();
    }

    @Test
    void discoveryDocumentOfAnotherIssuerIsRefused() {
        issuer.on(
                FakeIssuer.DISCOVERY,
                FakeIssuer.text("{\"issuer\":\"" + issuer.url() + "/\",\"jwks_uri\":\"" + issuer.url() + "/keys\"}"));
        assertUnavailable(discovery());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{url}/                                        | is about the issuer \"{url}/\"; the slash at the end is part",
                "https://login.microsoftonline.com/{tenantid}/v2.0 | {tenantid}/v2.0\"; use the tenant's own issuer",
                "https://other.example                         | is about the issuer \"https://other.example\"; set issuer",
                "https://evil\\u001b[31m\\u202e                  | is about the issuer \"https://evil?[31m?\"",
            })
    void issuerThatADiscoveryDocumentClaimsIsNamed(String claimed, String words) {
        issuer.on(
                FakeIssuer.DISCOVERY,
                FakeIssuer.text("{\"issuer\":\"" + claimed.replace("{url}", issuer.url()) + "\"}"));
        assertThatThrownBy(() -> fetch(discovery()))
                .isInstanceOf(KeysUnavailableException.class)
                .hasMessageContaining(words.replace("{url}", issuer.url()))
                .message()
                .matches("[\\x20-\\x7e]{1,600}");
    }

    @Test
    void documentWithoutAnIssuerOrWithALongOneIsToldInBoundedWords() {
        issuer.on(FakeIssuer.DISCOVERY, FakeIssuer.text("{\"issuer\":7}"));
        assertThatThrownBy(() -> fetch(discovery())).hasMessageContaining("names no issuer");
        issuer.on(FakeIssuer.DISCOVERY, FakeIssuer.text("{\"issuer\":\"" + "x".repeat(50_000) + "\"}"));
        assertThatThrownBy(() -> fetch(discovery())).message().hasSizeLessThan(600);
    }

    @Test
    void keySetOfAnUnsafeKindOfAddressIsRefused() {
        for (String uri : new String[] {"file:///etc/passwd", "ftp://127.0.0.1/keys", "keys", "", "http:///keys"}) {
            issuer.on(
                    FakeIssuer.DISCOVERY,
                    FakeIssuer.text("{\"issuer\":\"" + issuer.url() + "\",\"jwks_uri\":\"" + uri + "\"}"));
            assertUnavailable(discovery());
        }
    }

    @Test
    void issuerThatIsNotThereGivesNoKeys(@TempDir Path directory) {
        KeyLocation there = discovery();
        issuer.close();
        assertUnavailable(there);
        assertUnavailable(new KeyLocation.LocalFile(directory.resolve("absent")));
    }

    private void assertUnavailable(KeyLocation location) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> fetch(HASTY, location)).isInstanceOf(KeysUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }
}
