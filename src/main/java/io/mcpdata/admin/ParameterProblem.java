package io.mcpdata.admin;

/**
 * One fault of a query parameter. It contains no value that could be a key.
 *
 * @param parameter its name
 */
record ParameterProblem(String parameter, String found, String expected) {

    @Override
    public String toString() {
        return parameter + ": found " + found + "; expected " + expected;
    }
}
