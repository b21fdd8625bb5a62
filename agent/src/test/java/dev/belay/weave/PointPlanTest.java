package dev.belay.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.loop.LocalShape;
import dev.belay.loop.PointKind;
import dev.belay.loop.PointShape;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Where points are planned in methods of known shape. */
class PointPlanTest {

    /** Calls of {@code step} are steps, calls of {@code loop} lead to points. */
    private static final Calls CALLS = new Calls() {
        @Override
        public boolean steps(AbstractInsnNode call) {
            return call instanceof MethodInsnNode m && (m.name.equals("step") || m.name.equals("loop"));
        }

        @Override
        public boolean evaluates(AbstractInsnNode call) {
            return false;
        }

        @Override
        public boolean leads(AbstractInsnNode call) {
            return call instanceof MethodInsnNode m && m.name.equals("loop");
        }
    };

    private static int step(int x) {
        return x;
    }

    private static int loop(int x) {
        return x;
    }

    static final class Shapes {
        static int breaksOutOfTwo(int n) {
            int k = 0;
            outer:
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    k += step(j);
                    if (k > 100) {
                        break outer;
                    }
                }
                k++;
            }
            return k;
        }

        static int caught(int n) {
            int k = 0;
            try {
                while (true) {
                    k += step(k);
                }
            } catch (IllegalStateException e) {
                k++;
            } finally {
                k += 2;
            }
            return k;
        }

        static int stepBefore(int n) {
            int k = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    k += step(j);
                }
                for (int j = 0; j < n; j++) {
                    k += step(j);
                }
                k += step(i);
                for (int j = 0; j < n; j++) {
                    k += step(j);
                }
            }
            return k;
        }

        static long operands(long a, String s) {
            return a + s.length() * loop(1) + new int[] {3}[loop(0)];
        }

        static StringBuilder unconstructed(int n) {
            return new StringBuilder(loop(n));
        }

        private Shapes() {}
    }

    private static PointPlan plan(String method) throws IOException {
        ClassNode node = new ClassNode();
        try (InputStream in = Shapes.class.getResourceAsStream("PointPlanTest$Shapes.class")) {
            new ClassReader(in).accept(node, ClassReader.EXPAND_FRAMES);
        }
        MethodNode found = node.methods.stream()
                .filter(m -> m.name.equals(method))
                .findFirst()
                .orElseThrow();
        return new PointPlan(node.name, found, new MethodLoops(found, CALLS, 0), CALLS, false);
    }

    private static List<PointShape> points(PointPlan plan, PointKind kind) {
        return plan.shapes().stream().filter(p -> p.kind() == kind).toList();
    }

    @Test
    void a_break_out_of_two_loops_is_an_exit_of_the_outer_one_alone() throws IOException {
        PointPlan plan = plan("breaksOutOfTwo");
        PointShape outer = points(plan, PointKind.OUTER).get(0);
        PointShape inner = points(plan, PointKind.LEAF).get(0);
        assertThat(inner.around()).containsExactly(outer.index());
        List<PointShape> exits = points(plan, PointKind.EXIT);
        assertThat(exits).extracting(PointShape::loop).contains(outer.index(), inner.index());
        assertThat(exits)
                .filteredOn(e -> e.loop() == inner.index())
                .allMatch(e -> e.around().equals(List.of(outer.index())));
        assertThat(exits)
                .filteredOn(e -> e.loop() == outer.index())
                .allMatch(e -> e.around().isEmpty());
    }

    @Test
    void a_loop_is_left_for_the_handler_that_goes_on_and_not_for_the_one_that_throws_again() throws IOException {
        PointPlan plan = plan("caught");
        assertThat(points(plan, PointKind.EXIT)).isEmpty();
        assertThat(points(plan, PointKind.CATCH)).hasSize(1);
        assertThat(points(plan, PointKind.CATCH).get(0).locals())
                .extracting(LocalShape::name)
                .contains("k");
    }

    @Test
    void a_step_of_the_same_iteration_is_on_the_way_to_a_loop_but_one_of_a_complete_loop_is_not() throws IOException {
        PointPlan plan = plan("stepBefore");
        assertThat(points(plan, PointKind.LEAF))
                .extracting(PointShape::behindStep)
                .containsExactly(false, false, true);
        assertThat(points(plan, PointKind.OUTER))
                .extracting(PointShape::behindStep)
                .containsExactly(false);
    }

    @Test
    void what_waits_on_the_operand_stack_is_handed_over_and_the_arguments_are_not() throws IOException {
        List<PointShape> calls = points(plan("operands"), PointKind.CALL);
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).locals())
                .filteredOn(l -> l.name().startsWith("stack"))
                .extracting(LocalShape::descriptor)
                .containsExactly("J", "I");
        assertThat(calls.get(1).locals())
                .filteredOn(l -> l.name().startsWith("stack"))
                .extracting(LocalShape::descriptor)
                .containsExactly("J", "[I");
    }

    @Test
    void an_object_whose_constructor_has_not_run_stays_where_it_is() throws IOException {
        PointPlan.Call call = plan("unconstructed").calls().get(0);
        assertThat(call.shape().locals()).noneMatch(l -> l.name().startsWith("stack"));
        assertThat(call.spilled())
                .hasSize(3)
                .first()
                .extracting(SlotTypes.StackValue::type)
                .isEqualTo(Type.getType(StringBuilder.class));
        assertThat(call.spilled()).extracting(SlotTypes.StackValue::saveable).containsExactly(false, false, true);
    }
}
