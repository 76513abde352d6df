package io.mcpdata.container.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.RunningServer;
import io.mcpdata.container.server.Setup;
import io.mcpdata.container.server.Web.Answer;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The answers of one server, stored beside those of the others for the same WAR: every later run is compared with all
 * earlier ones.
 */
final class Transcripts {

    /** The framing and the time of a message depend on the server, and change nothing for a client. */
    private static final Set<String> FRAMING =
            Set.of("date", "connection", "keep-alive", "transfer-encoding", "content-length");

    private Transcripts() {}

    /** Status, headers and body, without the parts that differ in every answer. */
    static String words(Answer answer) {
        return words(answer.status(), answer.response().headers(), answer.body());
    }

    /** With its parameters by name: Undertow writes the charset last, the other servers write it first. */
    private static String mediaType(String value) {
        String[] parts = value.replace(" ", "").toLowerCase(Locale.ROOT).split(";");
        Arrays.sort(parts, 1, parts.length);
        return String.join(";", parts);
    }

    static String words(int status, HttpHeaders sent, String body) {
        TreeMap<String, List<String>> headers = new TreeMap<>(sent.map());
        headers.keySet().removeAll(FRAMING);
        headers.computeIfPresent(
                "content-type",
                (name, values) -> values.stream().map(Transcripts::mediaType).toList());
        // of a state with times and ids
        headers.computeIfPresent("etag", (name, values) -> List.of("(tag)"));
        headers.computeIfPresent("mcp-session-id", (name, values) -> List.of("(random)"));
        return status + " " + headers + " "
                // of metrics only their names: which series there are, and their values, depends on what was called
                // before
                + body.replaceAll("(?m)^mcp_.*\\R", "")
                        .replaceAll("\\R", " ")
                        .replaceAll("(\"file\":)\"[^\"]*\"", "$1(path)")
                        .replaceAll("(\"(?:bytes|newest_audit_row)\":)\\d+", "$1(number)")
                        .replaceAll("(\"(rows|newest_row|covered_to)\":|\")\\d+(?=[,:])", "$1(number)")
                        .replaceAll("(sessionId=)[A-Za-z0-9_-]+", "$1(random)")
                        .replaceAll("\"(after|newest)\":\\d+", "\"$1\":(row)")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[^\"]*", "(time)")
                        .replaceAll("[0-9a-f]{12,}", "(id)")
                        .replaceAll("[A-Za-z0-9_-]{32,}", "(random)");
    }

    static void compare(RunningServer server, String contextRoot, List<String> transcript) throws IOException {
        Setup setup = Setup.fromMaven();
        List<String> lines = new ArrayList<>(List.of(digest(setup.war())));
        lines.addAll(transcript);
        Path folder = Files.createDirectories(setup.work().resolve("contract"));
        String name = setup.server() + contextRoot.replace('/', '-') + ".txt";
        // at once, because answers of another server may be compared with it at the same moment
        Path whole = Files.write(setup.work().resolve(name), lines);
        Files.move(whole, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        try (Stream<Path> others = Files.list(folder)) {
            for (Path other : others.sorted().toList()) {
                List<String> known = Files.readAllLines(other);
                if (known.get(0).equals(lines.get(0))) {
                    assertThat(differences(known, lines))
                            .as("%s at %s answers as %s", server.name(), contextRoot, other.getFileName())
                            .isEmpty();
                }
            }
        }
    }

    /** Only these, because all lines of two servers are more than a log shows. */
    private static List<String> differences(List<String> known, List<String> found) {
        List<String> differences = new ArrayList<>();
        for (int line = 0; line < Math.max(known.size(), found.size()); line++) {
            String before = line < known.size() ? known.get(line) : "nothing";
            String now = line < found.size() ? found.get(line) : "nothing";
            if (!now.equals(before)) {
                differences.add(now + "\n    instead of: " + before);
            }
        }
        return differences;
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
