package io.mcpdata.stdio;

import io.mcpdata.authentication.apikey.RotationOverlap;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The overlap of a rotation, by the rule that the server also uses. */
final class OverlapArgument implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            return RotationOverlap.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not " + RotationOverlap.EXPECTED);
        }
    }

    /** The duration as text. */
    static String text(Duration overlap) {
        return overlap.toSeconds() + "s";
    }
}
