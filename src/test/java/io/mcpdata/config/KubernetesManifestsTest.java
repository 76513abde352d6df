package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests for Kubernetes have only fields that Kubernetes has, with values of their types, and fit each other. */
final class KubernetesManifestsTest {

    private static final Path FOLDER = Path.of("docs", "deploy");
    private static final String SINGLE = "kubernetes.yaml";
    private static final String SHARED = "kubernetes-shared.yaml";

    private static final Map<String, Class<?>> KINDS = Map.of(
            "v1 ConfigMap", V1ConfigMap.class,
            "v1 PersistentVolumeClaim", V1PersistentVolumeClaim.class,
            "v1 Service", V1Service.class,
            "apps/v1 Deployment", V1Deployment.class,
            "apps/v1 StatefulSet", V1StatefulSet.class,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class);

    private static final Gson PLAIN = new Gson();

    private static final Gson MODELS = new GsonBuilder()
            .registerTypeAdapter(IntOrString.class, new IntOrString.IntOrStringAdapter().nullSafe())
            .registerTypeAdapter(Quantity.class, new Quantity.QuantityAdapter().nullSafe())
            .registerTypeAdapter(OffsetDateTime.class, new NoTime())
            .create();

    /** A manifest states no time. */
    private static final class NoTime extends TypeAdapter<OffsetDateTime> {

        @Override
        public void write(JsonWriter out, OffsetDateTime value) throws IOException {
            out.nullValue();
        }

        @Override
        public OffsetDateTime read(JsonReader in) throws IOException {
            throw new IOException("found a time at " + in.getPath());
        }
    }

    private static List<JsonObject> documents(String text) {
        List<JsonObject> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
            documents.add(PLAIN.toJsonTree(document).getAsJsonObject());
        }
        return documents;
    }

    /** By the models of the official client, which are made of the API's own description. */
    private static void check(JsonObject document) throws ReflectiveOperationException {
        String kind = document.get("apiVersion").getAsString() + " "
                + document.get("kind").getAsString();
        Class<?> model = Objects.requireNonNull(KINDS.get(kind), kind);
        model.getMethod("validateJsonElement", JsonElement.class).invoke(null, document);
        assertThat(withoutEmpty(MODELS.toJsonTree(MODELS.fromJson(document, model))))
                .as(kind)
                .isEqualTo(withoutEmpty(document));
    }

    /** The models have empty lists where a manifest has none. */
    private static JsonElement withoutEmpty(JsonElement element) {
        if (element.isJsonArray()) {
            JsonArray kept = new JsonArray();
            element.getAsJsonArray().forEach(one -> kept.add(withoutEmpty(one)));
            return kept;
        }
        if (!element.isJsonObject()) {
            return element;
        }
        JsonObject kept = new JsonObject();
        for (Map.Entry<String, JsonElement> member : element.getAsJsonObject().entrySet()) {
            JsonElement value = withoutEmpty(member.getValue());
            boolean empty = value.isJsonArray() && value.getAsJsonArray().isEmpty()
                    || value.isJsonObject() && value.getAsJsonObject().isEmpty();
            if (!empty) {
                kept.add(member.getKey(), value);
            }
        }
        return kept;
    }

    @ParameterizedTest
    @ValueSource(strings = {SINGLE, SHARED})
    void everyFieldIsOneOfKubernetes(String file) throws Exception {
        List<JsonObject> documents = documents(Files.readString(FOLDER.resolve(file)));
        assertThat(documents).hasSizeGreaterThan(3);
        for (JsonObject document : documents) {
            check(document);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "terminationGracePeriodSeconds:, terminationGracePeriod:",
        "readOnlyRootFilesystem:, readOnlyFileSystem:",
        "replicas: 2, replicas: two",
        "maxSkew: 1, maxSkew: none",
        "topologyKey:, topologyName:",
        "serviceName: mcp-data-platform-pods, publishNotReadyAddresses: true",
        "storage: 5Gi, storage: much"
    })
    void wrongFieldIsFound(String good, String bad) throws IOException {
        String text = Files.readString(FOLDER.resolve(SHARED));
        assertThat(text).contains(good);
        assertThat(documents(text.replace(good, bad)))
                .anySatisfy(
                        document -> assertThatExceptionOfType(Throwable.class).isThrownBy(() -> check(document)));
    }

    private static JsonObject of(String file, String kind, String name) throws IOException {
        return documents(Files.readString(FOLDER.resolve(file))).stream()
                .filter(document -> document.get("kind").getAsString().equals(kind)
                        && at(document, "metadata", "name").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String signingKey() {
        try {
            return SigningKeyPem.encode(KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonElement at(JsonElement from, String... path) {
        JsonElement node = from;
        for (String step : path) {
            node = Objects.requireNonNull(
                    node.isJsonArray()
                            ? node.getAsJsonArray().get(Integer.parseInt(step))
                            : node.getAsJsonObject().get(step),
                    step);
        }
        return node;
    }

    private static JsonElement pod(String file, String kind, String... path) throws IOException {
        return at(at(of(file, kind, "mcp-data-platform"), "spec", "template", "spec"), path);
    }

    @Test
    void platformTakesTheConfigurationOfPodsThatShareAStore(@TempDir Path secrets) throws IOException {
        String mounted = at(pod(SHARED, "StatefulSet", "containers", "0", "volumeMounts"), "3", "mountPath")
                .getAsString();
        Files.writeString(secrets.resolve("api-key-analyst"), "value-of-the-key-0123456789-0123456789\n");
        Files.writeString(secrets.resolve("sales-password"), "value-of-the-password\n");
        Files.writeString(secrets.resolve("store-password"), "value-of-the-password-of-the-store\n");
        Files.writeString(secrets.resolve("audit-signing-key"), signingKey());
        String yaml = at(of(SHARED, "ConfigMap", "mcp-data-platform"), "data", "platform.yaml")
                .getAsString();

        ConfigReading reading = new PlatformConfigReader(name -> Optional.ofNullable(
                        Map.of("POD_NAME", "mcp-data-platform-1", "DATA_DIR", "/var/lib/mcp-data-platform")
                                .get(name)))
                .read("platform.yaml", yaml.replace(mounted, secrets.toString()));

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.config().orElseThrow().database().orElseThrow().instance())
                .isEqualTo("mcp-data-platform-1");
        assertThat(pod(SHARED, "StatefulSet", "containers", "0", "env", "0").toString())
                .isEqualTo("{\"name\":\"POD_NAME\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}}");
        assertThat(Files.readString(FOLDER.resolve("service.md")))
                .contains("--from-literal=store-password=", "--from-file=audit-signing-key=");
    }

    @Test
    void podsThatShareAStoreAreAsTheSingleOne() throws IOException {
        for (String part : List.of(
                "image",
                "ports",
                "startupProbe",
                "livenessProbe",
                "readinessProbe",
                "resources",
                "securityContext",
                "volumeMounts")) {
            assertThat(pod(SHARED, "StatefulSet", "containers", "0", part))
                    .as(part)
                    .isEqualTo(pod(SINGLE, "Deployment", "containers", "0", part));
        }
        assertThat(pod(SHARED, "StatefulSet", "securityContext"))
                .isEqualTo(pod(SINGLE, "Deployment", "securityContext"));
        // the pause before the signal to stop counts too
        int pause = Integer.parseInt(
                at(pod(SHARED, "StatefulSet", "containers", "0", "lifecycle"), "preStop", "exec", "command", "1")
                        .getAsString());
        assertThat(pod(SHARED, "StatefulSet", "terminationGracePeriodSeconds").getAsInt())
                .isEqualTo(pod(SINGLE, "Deployment", "terminationGracePeriodSeconds")
                                .getAsInt()
                        + pause);
    }

    @Test
    void podsHaveStableNamesAndVolumesAndAreSelected() throws IOException {
        JsonObject set = of(SHARED, "StatefulSet", "mcp-data-platform");
        String names = at(set, "spec", "serviceName").getAsString();
        assertThat(at(of(SHARED, "Service", names), "spec", "clusterIP").getAsString())
                .isEqualTo("None");
        assertThat(at(set, "spec", "volumeClaimTemplates", "0", "metadata", "name"))
                .isEqualTo(pod(SHARED, "StatefulSet", "containers", "0", "volumeMounts", "1", "name"));
        JsonElement labels = at(set, "spec", "template", "metadata", "labels");
        assertThat(List.of(
                        at(set, "spec", "selector", "matchLabels"),
                        at(of(SHARED, "PodDisruptionBudget", "mcp-data-platform"), "spec", "selector", "matchLabels"),
                        at(of(SHARED, "Service", "mcp-data-platform"), "spec", "selector"),
                        at(of(SHARED, "Service", names), "spec", "selector")))
                .containsOnly(labels);
    }
}
