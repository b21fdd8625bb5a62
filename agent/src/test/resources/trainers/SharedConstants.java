// step=trainers.SharedConstants#step
package trainers;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Locals and fields that begin with constants of the JDK, which all of the JVM shares. */
public final class SharedConstants {

    private static Duration trained = Duration.ZERO;

    private Instant last = Instant.EPOCH;
    private Optional<long[]> best = Optional.empty();
    private MathContext precision = MathContext.UNLIMITED;

    public static void main(String[] args) {
        SharedConstants program = new SharedConstants();
        OptionalLong largest = OptionalLong.empty();
        BigDecimal sum = BigDecimal.ZERO;
        Map.Entry<String, Long> newest = Map.entry("none", 0L);
        for (int i = 0; i < 6; i++) {
            long value = program.step(i) & 0xffff;
            largest = largest.isEmpty() || value > largest.getAsLong() ? OptionalLong.of(value) : largest;
            sum = sum.add(BigDecimal.valueOf(value));
            newest = Map.entry("step" + i, value);
        }
        Pace.result(trained, program.last, program.best.orElseThrow()[0], program.precision, largest, sum, newest);
        Pace.result(Duration.ZERO, Instant.EPOCH, Optional.empty(), MathContext.UNLIMITED, OptionalLong.empty());
    }

    private long step(int i) {
        long value = Pace.step() * 31L + i;
        trained = trained.plusMillis(i + 1);
        last = last.plusSeconds(value & 0xff);
        precision = new MathContext(i + 3);
        if (best.isEmpty() || best.get()[0] < value) {
            best = Optional.of(new long[] {value});
        }
        return value;
    }
}
