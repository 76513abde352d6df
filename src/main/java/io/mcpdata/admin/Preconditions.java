package io.mcpdata.admin;

import io.mcpdata.http.ContentTag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request requires of the state that it reads or changes: {@code If-Match} and {@code If-None-Match} (RFC 9110,
 * section 13). The entity tag is that of the text that GET answers.
 * Read here and not by {@code Request.evaluatePreconditions}, because one of the servers takes a quoted asterisk for
 * {@code *}, and text without quotes for a tag. Immutable.
 */
final class Preconditions {

    private static final String EXPECTED = "* or the ETag of an answer, such as \"0a1b2c\"";
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t,]*(?<weak>W/)?\"(?<value>[\\x21\\x23-\\x7e\\x80-\\xff]*)\"[ \\t]*(?:,|$)");

    /** @param any whether the header is {@code *} */
    private record Tags(boolean any, List<EntityTag> tags) {

        boolean containStrongly(EntityTag tag) {
            return any || !tag.isWeak() && tags.contains(tag);
        }

        boolean containWeakly(EntityTag tag) {
            return any || tags.stream().anyMatch(one -> one.getValue().equals(tag.getValue()));
        }
    }

    private final Optional<Tags> match;
    private final Optional<Tags> noneMatch;

    private Preconditions(Optional<Tags> match, Optional<Tags> noneMatch) {
        this.match = match;
        this.noneMatch = noneMatch;
    }

    /** @throws InvalidParameters if a header is neither {@code *} nor a list of entity tags */
    static Preconditions of(HttpServletRequest request) {
        return new Preconditions(tags(request, HttpHeaders.IF_MATCH), tags(request, HttpHeaders.IF_NONE_MATCH));
    }

    /** Whether a change of what GET answers with this text is permitted. */
    boolean permit(String text) {
        EntityTag tag = tag(text);
        return meetsMatch(tag) && !isNamedByNoneMatch(tag);
    }

    /** Whether {@code If-Match} is met. */
    private boolean meetsMatch(EntityTag tag) {
        return match.map(tags -> tags.containStrongly(tag)).orElse(true);
    }

    /** Whether {@code If-None-Match} names the tag. */
    private boolean isNamedByNoneMatch(EntityTag tag) {
        return noneMatch.map(tags -> tags.containWeakly(tag)).orElse(false);
    }

    /** The answer to GET: the text with its {@code ETag}, 304 if the client has it, 412 if it requires another one. */
    static Response read(HttpServletRequest request, String text) {
        Preconditions conditions = of(request);
        EntityTag tag = tag(text);
        if (!conditions.meetsMatch(tag)) {
            return RequestAnswers.problem(
                    request, 412, "The state is not the one that If-Match names; read it without this header.");
        }
        if (conditions.isNamedByNoneMatch(tag)) {
            return Response.notModified(tag)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
        }
        return Response.fromResponse(RequestAnswers.json(text)).tag(tag).build();
    }

    private static Optional<Tags> tags(HttpServletRequest request, String header) {
        List<String> lines = Collections.list(request.getHeaders(header));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String whole = String.join(",", lines).strip();
        if (whole.equals("*")) {
            return Optional.of(new Tags(true, List.of()));
        }
        List<EntityTag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(whole);
        int end = 0;
        while (end < whole.length() && matcher.find()) {
            tags.add(new EntityTag(matcher.group("value"), matcher.group("weak") != null));
            end = matcher.end();
        }
        if (tags.isEmpty() || !whole.substring(end).replaceAll("[ \\t,]", "").isEmpty()) {
            throw new InvalidParameters(
                    List.of(new ParameterProblem(header, "something that is no list of entity tags", EXPECTED)));
        }
        return Optional.of(new Tags(false, List.copyOf(tags)));
    }

    private static EntityTag tag(String text) {
        return new EntityTag(ContentTag.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
