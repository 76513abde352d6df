package io.mcpdata.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many refusals came from which client address, for the first twenty addresses. Not thread-safe. */
public final class AddressCounts {

    private static final int MOST_NAMED = 20;

    private final Map<String, Long> counts = new LinkedHashMap<>();

    public void add(String address) {
        add(address, 1);
    }

    public void addAll(AddressCounts others) {
        others.counts.forEach(this::add);
    }

    private void add(String address, long count) {
        if (counts.containsKey(address) || counts.size() < MOST_NAMED) {
            counts.merge(address, count, Long::sum);
        }
    }

    /** The address, if all came from one; empty otherwise. */
    public String single() {
        return counts.size() == 1 ? counts.keySet().iterator().next() : "";
    }

    /** As a JSON object, the most frequent address first. */
    public String json() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
