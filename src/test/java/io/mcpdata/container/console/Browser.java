package io.mcpdata.container.console;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpdata.testing.Eventually;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page, driven by the Chrome DevTools Protocol. It collects what the page reports as wrong:
 * violations of its Content Security Policy, errors of its scripts, and its console. Used by one thread.
 */
final class Browser implements AutoCloseable {

    private static final Path PROGRAM = Path.of(System.getProperty("it.browser", "/usr/bin/chromium"));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Browser(Process process, String page) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(page), new Reader())
                .join();
    }

    /** Without a browser the test is skipped. */
    static Browser start(Path profile) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM), "no browser at " + PROGRAM);
        ProcessBuilder command = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--window-size=1400,900",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("browser.log").toFile());
        command.environment().put("TMPDIR", profile.toString());
        Process process = command.start();
        try {
            Browser browser = new Browser(process, page(profile.resolve("DevToolsActivePort")));
            for (String domain : List.of("Page", "Runtime", "Log")) {
                browser.command(domain + ".enable", JsonValue.EMPTY_JSON_OBJECT);
            }
            return browser;
        } catch (RuntimeException e) {
            end(process);
            throw e;
        }
    }

    private static String page(Path portFile) {
        Eventually.within(PATIENCE, "the browser listens", () -> lines(portFile).size() > 1);
        HttpRequest pages = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + lines(portFile).get(0) + "/json/list"))
                .build();
        try {
            String list = HttpClient.newHttpClient()
                    .send(pages, BodyHandlers.ofString())
                    .body();
            try (var reader = Json.createReader(new StringReader(list))) {
                return reader.readArray().getValuesAs(JsonObject.class).stream()
                        .filter(target -> target.getString("type").equals("page"))
                        .map(target -> target.getString("webSocketDebuggerUrl"))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the browser has no page: " + list));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens an address and forgets the page before it. */
    void open(String address) {
        command("Page.navigate", Json.createObjectBuilder().add("url", address).build());
        await("document.readyState === 'complete' && location.href.startsWith(" + quoted(address) + ")");
    }

    /** Changes the fragment and waits until the page has been told: until then it shows what it showed before. */
    void goTo(String fragment) {
        evaluate("new Promise(told => { if (location.hash === " + quoted(fragment) + ") { told(); } else {"
                + " addEventListener('hashchange', () => told(), {once: true}); location.hash = " + quoted(fragment)
                + "; } })");
    }

    void reload() {
        evaluate("window.before = true");
        command("Page.reload", JsonValue.EMPTY_JSON_OBJECT);
        await("!window.before && document.readyState === 'complete'");
    }

    /** The value of a script's expression, which may be a promise; text is as it is, other values as JSON. */
    String evaluate(String expression) {
        JsonObject result = command(
                "Runtime.evaluate",
                Json.createObjectBuilder()
                        .add("expression", expression)
                        .add("awaitPromise", true)
                        .add("returnByValue", true)
                        .build());
        if (result.containsKey("exceptionDetails")) {
            throw new AssertionError(expression + " failed: " + result.get("exceptionDetails"));
        }
        JsonValue value = result.getJsonObject("result").getOrDefault("value", JsonValue.NULL);
        return value.getValueType() == JsonValue.ValueType.STRING
                ? result.getJsonObject("result").getString("value")
                : value.toString();
    }

    /** Waits until the expression is true. */
    void await(String condition) {
        try {
            Eventually.within(PATIENCE, condition, () -> isTrue(condition));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the page shows: " + text() + "; it reported " + complaints, e);
        }
    }

    private boolean isTrue(String condition) {
        try {
            return evaluate("Boolean(" + condition + ")").equals("true");
        } catch (CompletionException newPage) {
            // the page that was asked is gone
            return false;
        }
    }

    /** Waits until the page shows this text. */
    void awaitText(String text) {
        await("document.body?.innerText.includes(" + quoted(text) + ")");
    }

    /** What a person reads on the page. */
    String text() {
        return evaluate("document.body.innerText");
    }

    /** Puts text into the control that a selector finds, as typing does. */
    void type(String selector, String text) {
        evaluate("(control => { control.focus(); control.value = " + quoted(text)
                + "; control.dispatchEvent(new Event('change', {bubbles: true})); })(document.querySelector("
                + quoted(selector) + "))");
    }

    void press(String selector) {
        await("document.querySelector(" + quoted(selector) + ")");
        evaluate("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Saves files that the page gives to the browser in this folder. */
    void downloadTo(Path folder) {
        command(
                "Page.setDownloadBehavior",
                Json.createObjectBuilder()
                        .add("behavior", "allow")
                        .add("downloadPath", folder.toString())
                        .build());
    }

    /** All that the page reported as wrong so far. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void forgetComplaints() {
        complaints.clear();
    }

    /** As a script's literal. */
    static String quoted(String text) {
        return Json.createValue(text).toString();
    }

    /** Sends a command of the protocol and returns its result. */
    JsonObject command(String method, JsonObject parameters) {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(number, answer);
        JsonObjectBuilder message = Json.createObjectBuilder()
                .add("id", number)
                .add("method", method)
                .add("params", parameters);
        socket.sendText(message.build().toString(), true).join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        end(process);
    }

    private static void end(Process process) {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads messages, which may come in parts. */
    private final class Reader implements WebSocket.Listener {

        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                try (var reader = Json.createReader(new StringReader(parts.toString()))) {
                    received(reader.readObject());
                } finally {
                    parts.setLength(0);
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        private void received(JsonObject message) {
            if (message.containsKey("id")) {
                CompletableFuture<JsonObject> answer = answers.remove(message.getInt("id"));
                if (answer != null && message.containsKey("result")) {
                    answer.complete(message.getJsonObject("result"));
                } else if (answer != null) {
                    answer.completeExceptionally(new IllegalStateException(message.toString()));
                }
                return;
            }
            JsonObject event = message.getJsonObject("params");
            switch (message.getString("method")) {
                case "Runtime.exceptionThrown" -> complaints.add("exception " + event.get("exceptionDetails"));
                case "Runtime.consoleAPICalled" -> complaints.add("console " + event.get("args"));
                case "Log.entryAdded" -> entry(event.getJsonObject("entry"));
                default -> {
                    // of no interest
                }
            }
        }

        /** An answer with an error status is no fault of the page. */
        private void entry(JsonObject entry) {
            if (!entry.getString("source").equals("network")) {
                complaints.add(entry.getString("source") + " " + entry.getString("text"));
            }
        }
    }
}
