package io.mcpdata.admin;

/**
 * One fault of a request body. Of the body it contains only names, never values.
 *
 * @param member such as {@code roles[1]}; empty for the body as a whole
 */
record BodyProblem(String member, String found, String expected) {

    @Override
    public String toString() {
        return (member.isEmpty() ? "" : member + ": ") + "found " + found + "; expected " + expected;
    }
}
