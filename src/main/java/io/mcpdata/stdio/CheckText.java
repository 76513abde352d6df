package io.mcpdata.stdio;

import io.mcpdata.config.ConfigProblem;
import io.mcpdata.persona.Persona;
import java.io.PrintStream;
import java.util.TreeSet;

/** A report for a human; each problem on a line of its own, as compilers write it. */
final class CheckText {

    private final PrintStream out;

    CheckText(PrintStream out) {
        this.out = out;
    }

    void print(CheckReport report) {
        report.errors().forEach(problem -> print("error", problem));
        report.warnings().forEach(problem -> print("warning", problem));
        if (!report.keys().isEmpty()) {
            keys(report);
        }
        report.answer().ifPresent(this::print);
        out.println(summary(report));
    }

    private void print(String severity, ConfigProblem problem) {
        String place = problem.line() > 0 ? problem.file() + ":" + problem.line() : problem.file();
        String key = problem.key().isEmpty() ? "" : problem.key() + ": ";
        out.println(Printable.of(place + ": " + severity + ": " + key + "found " + problem.found() + "; expected "
                + problem.expected()));
    }

    private void keys(CheckReport report) {
        TextTable table = new TextTable("KEY ID", "NAME", "ROLES", "STATUS", "LEADS TO");
        report.keys()
                .forEach(fate -> table.row(
                        fate.id(),
                        fate.key().name(),
                        String.join(", ", fate.key().roles()),
                        fate.status().label(),
                        fate.outcome()));
        table.lines().forEach(out::println);
    }

    private void print(KeyLookup.Answer answer) {
        if (answer.entry().isEmpty()) {
            String hint = answer.hint().isEmpty() ? "" : "; " + answer.hint();
            out.println(Printable.of("key " + answer.asked() + ": no entry has it, so the server answers 401" + hint));
            return;
        }
        KeyCheck fate = answer.entry().get();
        out.println(Printable.of("key " + answer.asked() + ": it is " + fate.place() + " ("
                + fate.key().name() + "), roles " + String.join(", ", fate.key().roles()) + ": " + fate.outcome()));
        fate.persona().ifPresent(persona -> out.println(Printable.of("  permissions: " + permissions(persona))));
        if (!fate.key().allowedNetworks().isEmpty()) {
            out.println("  only from: " + fate.key().allowedNetworks());
        }
    }

    private static String permissions(Persona persona) {
        return String.join(", ", new TreeSet<>(persona.permissions()));
    }

    private static String summary(CheckReport report) {
        String counts = count(report.errors().size(), "error") + ", "
                + count(report.warnings().size(), "warning");
        return Printable.of(report.file()) + ": " + (report.valid() ? "valid" : "refused by the server") + ": "
                + counts;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
