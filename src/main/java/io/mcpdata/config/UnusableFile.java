package io.mcpdata.config;

/** A placeholder names a file whose text cannot be taken. The message is what was found, never the file's content. */
final class UnusableFile extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String expected;

    UnusableFile(String found, String expected) {
        super(found);
        this.expected = expected;
    }

    String expected() {
        return expected;
    }
}
