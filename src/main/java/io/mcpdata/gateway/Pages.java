package io.mcpdata.gateway;

import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.ListPage;
import io.mcpdata.protocol.Listed;
import io.mcpdata.protocol.PaginatedRequest;
import io.mcpdata.protocol.ProtocolException;
import java.util.List;
import java.util.Optional;

/**
 * Cuts lists into pages (MCP, section Pagination). A cursor is sealed for its list and its caller. Thread-safe.
 */
final class Pages {

    /** Entries of one page. */
    static final int SIZE = 100;

    private final Seal seal;

    Pages(Seal seal) {
        this.seal = seal;
    }

    /**
     * The page of a list that is known as a whole.
     *
     * @param member the list's name in the result
     * @throws ProtocolException ({@code INVALID_PARAMS}) if the cursor is not one that this caller got for this list
     */
    ListPage page(String member, AuthorizedCaller caller, PaginatedRequest request, List<? extends Listed> all) {
        int from = Math.min(
                position(member, caller, request).map(Integer::parseInt).orElse(0), all.size());
        int to = Math.min(from + SIZE, all.size());
        return new ListPage(
                member, all.subList(from, to), to < all.size() ? cursor(member, caller, String.valueOf(to)) : "");
    }

    /** Where the requested page begins; empty for the first one. */
    Optional<String> position(String member, AuthorizedCaller caller, PaginatedRequest request) {
        return request.cursor()
                .map(cursor -> seal.open(purpose(member, caller), cursor)
                        .orElseThrow(() -> ProtocolException.invalidParams(
                                "params.cursor is not one that this server gave you for this list; begin again without"
                                        + " a cursor")));
    }

    String cursor(String member, AuthorizedCaller caller, String position) {
        return seal.seal(purpose(member, caller), position);
    }

    private static String purpose(String member, AuthorizedCaller caller) {
        return "cursor " + member + " " + caller.identity();
    }
}
