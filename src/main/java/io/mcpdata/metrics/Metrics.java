package io.mcpdata.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * The metrics of this application. A label value must come from the configuration or from a fixed set, never from a
 * client: each value is a time series that stays. Thread-safe.
 */
@ApplicationScoped
public class Metrics {

    /**
     * All metrics in the format that the client prefers.
     *
     * @param contentType with the version of the format
     */
    public record Exposition(String contentType, byte[] body) {}

    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    /** In seconds: from calls that touch no database to the longest statements. */
    private static final double[] DURATIONS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

    private final PrometheusRegistry registry = new PrometheusRegistry();

    /** @param name without {@code _total}, which the format adds */
    public Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    /** Counts durations in seconds, by upper bounds. */
    public Histogram durations(String name, String help, String... labels) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(DURATIONS)
                .withoutExemplars()
                .register(registry);
    }

    /** A value that is asked for at each reading. */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** Values by one label, asked for at each reading. */
    public void gauges(
            String name, String help, String label, Supplier<? extends Map<String, ? extends Number>> values) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback ->
                        values.get().forEach((labelled, value) -> callback.call(value.doubleValue(), labelled)))
                .register(registry);
    }

    /**
     * Counts by one label, asked for at each reading; they never fall.
     *
     * @param name without {@code _total}, which the format adds
     */
    public void counts(String name, String help, String label, Supplier<? extends Map<String, Long>> values) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .callback(callback -> values.get().forEach((labelled, value) -> callback.call(value, labelled)))
                .register(registry);
    }

    /** @param accept the client's {@code Accept} header; empty for the plain text format */
    public Exposition exposition(String accept) {
        ExpositionFormatWriter writer = FORMATS.findWriter(accept);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Exposition(writer.getContentType(), out.toByteArray());
    }
}
