package io.mcpdata.export;

/** The formats of an export, by the names that callers use. */
public enum ExportFormat {
    CSV("csv", "text/csv"),
    JSONL("jsonl", "application/x-ndjson");

    private final String label;
    private final String mimeType;

    ExportFormat(String label, String mimeType) {
        this.label = label;
        this.mimeType = mimeType;
    }

    /** @throws IllegalArgumentException if there is none with this name */
    public static ExportFormat of(String label) {
        for (ExportFormat format : values()) {
            if (format.label.equals(label)) {
                return format;
            }
        }
        throw new IllegalArgumentException("no format " + label);
    }

    public String label() {
        return label;
    }

    public String mimeType() {
        return mimeType;
    }
}
