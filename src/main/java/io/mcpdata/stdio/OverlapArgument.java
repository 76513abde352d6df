package io.mcpdata.stdio;

import io.mcpdata.authentication.apikey.RotationOverlap;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The overlap of a rotation, by the server's own rule. */
final class OverlapArgument implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            return RotationOverlap.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not " + RotationOverlap.EXPECTED);
        }
    }

    /** The same duration as text again. */
    static String text(Duration overlap) {
        return overlap.toSeconds() + "s";
    }
}
