package io.mcpdata.stdio;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Accepts a key id, and never a key: a refused value is not repeated in the message. */
final class KeyIdArgument implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        if (!CheckCommand.KEY_ID.matcher(text).matches()) {
            throw new TypeConversionException("expected the 12 hexadecimal digits of a key id, as 'keys list' shows");
        }
        return text;
    }
}
