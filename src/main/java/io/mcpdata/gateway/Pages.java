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
     * @param member the list's name in the result, and for the seal
     * @throws ProtocolException ({@code INVALID_PARAMS}) if the cursor is not one that this caller got for this list
     */
    ListPage page(String member, AuthorizedCaller caller, PaginatedRequest request, List<? extends Listed> all) {
        return page(member, member, caller, request, all);
    }

    /** The same for one of several lists with this member. */
    ListPage page(
            String list, String member, AuthorizedCaller caller, PaginatedRequest request, List<? extends Listed> all) {
        int from =
                Math.min(position(list, caller, request).map(Integer::parseInt).orElse(0), all.size());
        int to = Math.min(from + SIZE, all.size());
        return new ListPage(
                member, all.subList(from, to), to < all.size() ? cursor(list, caller, String.valueOf(to)) : "");
    }

    /** Where the requested page begins; empty for the first one. */
    Optional<String> position(String list, AuthorizedCaller caller, PaginatedRequest request) {
        return request.cursor()
                .map(cursor -> seal.open(purpose(list, caller), cursor)
                        .orElseThrow(() -> ProtocolException.invalidParams(
                                "params.cursor is not one that this server gave you for this list; begin again without"
                                        + " a cursor")));
    }

    String cursor(String list, AuthorizedCaller caller, String position) {
        return seal.seal(purpose(list, caller), position);
    }

    private static String purpose(String list, AuthorizedCaller caller) {
        return "cursor " + list + " " + caller.identity();
    }
}
