package io.mcpdata.admin;

import java.util.List;

/** A query string that cannot be used, with all its faults. */
final class InvalidParameters extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ParameterProblem> problems;

    InvalidParameters(List<ParameterProblem> problems) {
        super("invalid parameters", null, false, false);
        this.problems = List.copyOf(problems);
    }

    List<ParameterProblem> problems() {
        return problems;
    }
}
