package io.mcpdata.stdio;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes microseconds of the server as milliseconds for people. */
final class Millis {

    private Millis() {}

    /** With one digit behind the point; a dash for what is no number. */
    static String of(String micros) {
        return micros.matches("\\d{1,18}")
                ? new BigDecimal(micros)
                        .movePointLeft(3)
                        .setScale(1, RoundingMode.HALF_UP)
                        .toPlainString()
                : "-";
    }
}
