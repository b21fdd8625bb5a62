package dev.belay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BelayTest {

    private static final int JAVA_8 = 52;

    @Test
    void without_the_agent_nothing_happens() {
        Belay.metric("loss", 0.5);
        Belay.metric(null, Double.NaN);
        assertThat(Belay.restored()).isFalse();
    }

    @Test
    void any_jvm_from_8_on_loads_it_and_it_needs_nothing_but_the_jdk() throws IOException {
        try (DataInputStream in = new DataInputStream(
                Objects.requireNonNull(Belay.class.getResourceAsStream("/dev/belay/Belay.class")))) {
            assertThat(in.readInt()).isEqualTo(0xcafebabe);
            in.readUnsignedShort();
            assertThat(in.readUnsignedShort()).isEqualTo(JAVA_8);
        }
        assertThat(Belay.class.getClassLoader()).isNotNull();
        assertThat(Belay.class.getDeclaredFields()).isEmpty();
    }
}
