package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.loop.LoopBound;
import dev.belay.loop.LoopBound.Comparison;
import dev.belay.loop.LoopBound.FieldName;
import dev.belay.loop.LoopBound.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Of which loops it is seen how often they go round: the first loop of each method. */
class CountedLoopTest {

    static final class Loops {
        private int limit = 4;
        private final int[][] rows = new int[3][];

        static int constant() {
            int k = 0;
            for (int i = 1; i <= 1000; i++) {
                k += i;
            }
            return k;
        }

        static int local(int n) {
            int k = 0;
            for (int i = 0; i < n; i += 8) {
                if (i == 3) {
                    continue;
                }
                k += i;
            }
            return k;
        }

        static int down(int n) {
            int k = 0;
            for (int i = n; i > 0; i--) {
                k += i;
            }
            return k;
        }

        int field() {
            int k = 0;
            for (int i = 0; i < limit; i++) {
                k += i;
            }
            return k;
        }

        int lengthOfField() {
            int k = 0;
            for (int i = 0; i < rows.length; i++) {
                k += i;
            }
            return k;
        }

        static int limitChanges(int n) {
            int most = n;
            for (int i = 0; i < most; i++) {
                most -= i;
            }
            return most;
        }

        int fieldChanges() {
            for (int i = 0; i < limit; i++) {
                limit -= i;
            }
            return limit;
        }

        static int counterIsSet(int n) {
            int k = 0;
            for (int i = 0; i < n; i++) {
                k += i;
                i = k;
            }
            return k;
        }

        static int counterSkips(int n) {
            int k = 0;
            int i = 0;
            while (i < n) {
                k++;
                if (k % 3 == 0) {
                    i++;
                }
            }
            return k;
        }

        static int call(List<String> all) {
            int k = 0;
            for (int i = 0; i < all.size(); i++) {
                k += i;
            }
            return k;
        }

        static int iterator(List<Integer> all) {
            int k = 0;
            for (int i : all) {
                k += i;
            }
            return k;
        }

        static double converges(double value) {
            double v = value;
            while (v > 1) {
                v /= 2;
            }
            return v;
        }

        private Loops() {}
    }

    private static Optional<LoopBound> bound(String name) throws IOException {
        ClassNode node = new ClassNode();
        try (InputStream in = Loops.class.getResourceAsStream("CountedLoopTest$Loops.class")) {
            new ClassReader(in).accept(node, ClassReader.EXPAND_FRAMES);
        }
        MethodNode method = node.methods.stream()
                .filter(m -> m.name.equals(name))
                .findFirst()
                .orElseThrow();
        FlowGraph flow = new FlowGraph(method);
        List<NaturalLoop> loops = NaturalLoop.of(flow);
        return new CountedLoop(flow, loops.get(0), loops).bound(true);
    }

    private static FieldName field(String name) {
        return new FieldName(Loops.class.getName().replace('.', '/'), name);
    }

    @Test
    void sees_counters_steps_and_limits() throws IOException {
        assertThat(bound("constant")).contains(new LoopBound(1, 1, Comparison.AT_MOST, Limit.of(1000), true));
        assertThat(bound("local")).contains(new LoopBound(2, 8, Comparison.LESS, new Limit(0, 0, List.of()), true));
        assertThat(bound("down")).contains(new LoopBound(2, -1, Comparison.MORE, Limit.of(0), true));
        assertThat(bound("field"))
                .contains(new LoopBound(2, 1, Comparison.LESS, new Limit(0, 0, List.of(field("limit"))), true));
        assertThat(bound("lengthOfField"))
                .contains(new LoopBound(2, 1, Comparison.LESS, new Limit(0, 0, List.of(field("rows"))), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limitChanges", "fieldChanges", "counterIsSet", "counterSkips", "call", "iterator", "converges"})
    void knows_no_bound_of_others(String method) throws IOException {
        assertThat(bound(method)).isEmpty();
    }
}
