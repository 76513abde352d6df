package io.mcpdata.mcp.sse;

import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import io.mcpdata.mcp.session.RandomText;
import io.mcpdata.mcp.session.ServerName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one-time tickets that were issued and not used yet, as digests. A ticket lives for half a minute, in this
 * server's memory only, and begins with its name among several servers. Thread-safe.
 */
final class StreamTickets {

    static final Duration LIFETIME = Duration.ofSeconds(30);
    static final int MOST_PER_CALLER = 20;

    /**
     * Who may use a ticket, and from where.
     *
     * @param page the origin of the page that got the ticket, empty if the request came from no page
     * @param own whether that is a page of this server's, whose browser sends no origin when it opens a stream
     */
    record Ticket(PlatformCaller caller, String page, boolean own, Instant end) {

        boolean isFor(String presentedBy) {
            return presentedBy.equalsIgnoreCase(page) || own && presentedBy.isEmpty();
        }
    }

    private final ServerName server;
    private final Clock clock;
    private final Map<KeyDigest, Ticket> tickets = new LinkedHashMap<>();
    private final Map<String, Integer> unusedByCaller = new HashMap<>();

    StreamTickets(ServerName server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    /**
     * A new ticket, which no other caller has; empty if the caller already has the allowed number of unused tickets.
     */
    synchronized Optional<Secret> issue(PlatformCaller caller, String page, boolean own) {
        Instant now = clock.instant();
        dropEnded(now);
        if (unusedByCaller.getOrDefault(caller.identity(), 0) >= MOST_PER_CALLER) {
            return Optional.empty();
        }
        String value = server.before(RandomText.token());
        tickets.put(KeyDigest.of(value), new Ticket(caller, page, own, now.plus(LIFETIME)));
        unusedByCaller.merge(caller.identity(), 1, Integer::sum);
        return Optional.of(new Secret(value));
    }

    /**
     * Removes the ticket and returns it: a second request with the same ticket finds none, even if the first one fails.
     */
    synchronized Optional<Ticket> take(KeyDigest presented) {
        Optional<Ticket> taken = Optional.ofNullable(tickets.remove(presented));
        taken.ifPresent(this::uncount);
        return taken;
    }

    boolean isOver(Ticket ticket) {
        return !clock.instant().isBefore(ticket.end());
    }

    /** The map keeps the oldest tickets first. */
    private void dropEnded(Instant now) {
        Iterator<Ticket> oldest = tickets.values().iterator();
        while (oldest.hasNext()) {
            Ticket ticket = oldest.next();
            if (now.isBefore(ticket.end())) {
                return;
            }
            oldest.remove();
            uncount(ticket);
        }
    }

    private void uncount(Ticket ticket) {
        unusedByCaller.computeIfPresent(
                ticket.caller().identity(), (identity, unused) -> unused > 1 ? unused - 1 : null);
    }
}
