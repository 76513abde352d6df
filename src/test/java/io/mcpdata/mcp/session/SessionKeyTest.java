package io.mcpdata.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.gateway.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionKeyTest {

    @TempDir
    Path folder;

    @Test
    void keyOutlivesAStartAndOnlyItsOwnerCanReadIt() throws IOException {
        Path data = folder.resolve("new/data");
        String sealed = SessionKey.sealIn(data).seal("purpose", "text");

        assertThat(SessionKey.sealIn(data).open("purpose", sealed)).contains("text");
        assertThat(Files.size(data.resolve("session.key"))).isEqualTo(Seal.KEY_BYTES);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("session.key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 1_000_000})
    void fileThatIsNoKeyIsLeftAloneAndTheSessionsEndWithTheServer(int bytes) throws IOException {
        Path file = Files.write(folder.resolve("session.key"), new byte[bytes]);

        assertThatEachStartHasAKeyOfItsOwn();
        assertThat(Files.size(file)).isEqualTo(bytes);
    }

    @Test
    void linkIsNotFollowed() throws IOException {
        Path elsewhere = Files.write(folder.resolve("elsewhere"), new byte[Seal.KEY_BYTES]);
        Files.createSymbolicLink(folder.resolve("session.key"), elsewhere);

        assertThatEachStartHasAKeyOfItsOwn();
    }

    @Test
    void directoryThatCannotBeWrittenEndsTheSessionsWithTheServer() throws IOException {
        Files.createDirectory(folder.resolve("session.key"));

        assertThatEachStartHasAKeyOfItsOwn();
    }

    private void assertThatEachStartHasAKeyOfItsOwn() {
        Seal one = SessionKey.sealIn(folder);

        assertThat(one.open("purpose", one.seal("purpose", "text"))).contains("text");
        assertThat(SessionKey.sealIn(folder).open("purpose", one.seal("purpose", "text")))
                .isEmpty();
        assertThat(Seal.of(new byte[Seal.KEY_BYTES]).open("purpose", one.seal("purpose", "text")))
                .isEmpty();
    }
}
