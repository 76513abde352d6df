package io.mcpdata.admin;

import java.util.List;

/** A request body that cannot be used, with all its faults. */
final class InvalidBody extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<BodyProblem> problems;

    InvalidBody(List<BodyProblem> problems) {
        super("invalid body", null, false, false);
        this.problems = List.copyOf(problems);
    }

    List<BodyProblem> problems() {
        return problems;
    }
}
