package io.mcpdata.admin;

/**
 * One thing that is wrong in a request body. It holds nothing of what was sent but names.
 *
 * @param member such as {@code roles[1]}; empty for the body as a whole
 */
record BodyProblem(String member, String found, String expected) {

    @Override
    public String toString() {
        return (member.isEmpty() ? "" : member + ": ") + "found " + found + "; expected " + expected;
    }
}
