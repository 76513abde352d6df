package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.AuditUnavailableException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

final class ProblemMapperTest {

    private final ProblemMapper mapper = new ProblemMapper();

    ProblemMapperTest() {
        mapper.request = new InMemoryRequest().asRequest();
    }

    private String id() {
        return RequestId.of(mapper.request);
    }

    @Test
    void whatWentWrongInsideStaysInside() {
        for (Throwable error : new Throwable[] {
            new IllegalStateException("jdbc:postgresql://canary"),
            new InternalServerErrorException("canary"),
            new WebApplicationException("canary", 502),
            new StackOverflowError("canary")
        }) {
            Response answer = mapper.toResponse(error);
            assertThat(answer.getStatus()).isEqualTo(500);
            assertThat(answer.getMediaType()).hasToString(ProblemDetail.MEDIA_TYPE);
            assertThat(answer.getHeaderString("Cache-Control")).isEqualTo("no-store");
            assertThat((String) answer.getEntity()).contains(id()).doesNotContain("canary");
        }
    }

    @Test
    void clientErrorIsAProblemOfItsStatusWithoutItsMessage() {
        Response answer = mapper.toResponse(new NotFoundException("RESTEASY003210: Could not find /canary"));
        assertThat(answer.getStatus()).isEqualTo(404);
        assertThat((String) answer.getEntity())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"There is"
                        + " nothing at this address.\",\"request_id\":\"" + id() + "\"}");
    }

    @Test
    void allowedMethodsAreKept() {
        assertThat(mapper.toResponse(new NotAllowedException("GET", new String[] {"HEAD"}))
                        .getHeaderString("Allow"))
                .contains("GET")
                .contains("HEAD");
    }

    @Test
    void answerWithWordsOfItsOwnIsLeftAlone() {
        for (int status : new int[] {400, 429, 503}) {
            Response own = Response.status(status).entity("own").build();
            assertThat(mapper.toResponse(new WebApplicationException(own))).isSameAs(own);
        }
        Response moved = Response.status(302).header("Location", "/x").build();
        assertThat(mapper.toResponse(new WebApplicationException(moved))).isSameAs(moved);
    }

    @Test
    void unavailableStaysUnavailableAndSaysWhenToComeBack() {
        Response answer = mapper.toResponse(new ServiceUnavailableException(7L));
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("7");
        assertThat((String) answer.getEntity()).contains("try again");
    }

    @Test
    void bodyThatWasCutIsTheClientsAndNoErrorOfTheServer() {
        IOException reset = new IOException("canary");
        assertThat(mapper.toResponse(reset).getStatus()).as("no body was cut").isEqualTo(500);
        RequestBodyDrain.markCut(mapper.request);
        assertThat(mapper.toResponse(new IllegalStateException()).getStatus()).isEqualTo(500);
        for (Throwable error : new Throwable[] {reset, new UncheckedIOException(reset)}) {
            Response answer = mapper.toResponse(error);
            assertThat(answer.getStatus()).isEqualTo(400);
            assertThat(answer.getHeaderString("Connection")).isEqualTo("close");
            assertThat((String) answer.getEntity()).doesNotContain("canary");
        }
    }

    @Test
    void callThatCannotBeAuditedIsUnavailableAndNotBroken() {
        Response answer = mapper.toResponse(new AuditUnavailableException("canary", new IllegalStateException()));
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
        assertThat((String) answer.getEntity()).doesNotContain("canary");
    }
}
