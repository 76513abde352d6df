package io.mcpdata.stdio;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Which address of the platform the bridge uses. */
enum BridgeTransport {
    /** {@code /mcp}, or {@code /sse} where the server has no {@code /mcp}. */
    AUTO,
    /** {@code /mcp} alone. */
    HTTP,
    /** {@code /sse} alone. */
    SSE;

    /** Reads a {@code --transport}. */
    static final class Converter implements ITypeConverter<BridgeTransport> {

        @Override
        public BridgeTransport convert(String text) {
            for (BridgeTransport transport : values()) {
                if (transport.toString().equals(text)) {
                    return transport;
                }
            }
            throw new TypeConversionException("expected auto, http or sse");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
