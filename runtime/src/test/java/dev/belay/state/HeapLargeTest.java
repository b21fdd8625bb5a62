package dev.belay.state;

import static dev.belay.state.Checkpoints.capture;
import static dev.belay.state.Checkpoints.restore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import program.Kinds.Box;
import program.Kinds.Link;
import program.Kinds.Node;

/** Size and depth of a graph are limited by memory only: no recursion, no squares. */
class HeapLargeTest {

    private static final int MANY = 1_000_000;

    private static Node chain(int length) {
        Node first = null;
        for (int i = 0; i < length; i++) {
            Node node = new Node();
            node.value = i;
            node.next = first;
            first = node;
        }
        return first;
    }

    @Test
    void a_chain_of_a_million_objects_comes_back() {
        Node fresh = chain(1000);
        Node node = (Node) restore(capture(chain(MANY)), fresh)[0];
        assertThat(node).isSameAs(fresh);
        int left = MANY;
        for (; node != null; node = node.next) {
            if (node.value != --left) {
                assertThat(node.value).isEqualTo(left);
            }
        }
        assertThat(left).isZero();
    }

    @Test
    void a_long_chain_of_records_stays_or_is_made_anew() {
        Link saved = links(300_000, 0);
        Snapshot snapshot = capture(saved);
        Link same = links(300_000, 0);
        assertThat(restore(snapshot, same)[0]).isSameAs(same);
        Link other = links(300_000, 1);
        Link restored = (Link) restore(snapshot, other)[0];
        assertThat(restored).isNotSameAs(other);
        for (Link l = saved; l != null; l = l.next(), restored = restored.next()) {
            if (l.value() != restored.value()) {
                assertThat(restored.value()).isEqualTo(l.value());
            }
        }
        assertThat(restored).isNull();
    }

    /** Only the innermost differs, by {@code last}. */
    private static Link links(int length, int last) {
        Link first = new Link(last, null);
        for (int i = 1; i < length; i++) {
            first = new Link(i, first);
        }
        return first;
    }

    @Test
    void linked_lists_are_filled_in_place() {
        List<Integer> saved = new LinkedList<>();
        for (int i = 0; i < 200_000; i++) {
            saved.add(i * 31);
        }
        List<Integer> fresh = new LinkedList<>(List.of(1, 2, 3));
        Object[] restored = restore(capture(saved), fresh);
        assertThat(restored[0]).isSameAs(fresh);
        assertThat(fresh.equals(saved)).isTrue();
    }

    @Test
    void very_many_small_arrays_of_one_field_are_one_tensor() {
        List<Object> saved = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 30_000; i++) {
            saved.add(new Box(
                    i % 2 == 0
                            ? random.doubles(10).toArray()
                            : random.ints(i % 7).toArray()));
        }
        Snapshot snapshot = capture(saved);
        assertThat(snapshot.tensors())
                .extracting(t -> t.name() + java.util.Arrays.toString(t.shape()))
                .containsExactly("program.Kinds$Box.content[15000, 10]", "program.Kinds$Box.content#1[44997]");
        List<?> restored = (List<?>) restore(snapshot, new ArrayList<>())[0];
        for (int i = 0; i < saved.size(); i++) {
            Object found = ((Box) restored.get(i)).content;
            if (i % 2 == 0) {
                assertThat((double[]) found).isEqualTo(((Box) saved.get(i)).content);
            } else {
                assertThat((int[]) found).isEqualTo(((Box) saved.get(i)).content);
            }
        }
    }

    @Test
    void many_small_arrays_get_names_and_the_smaller_ones_of_very_many_stay_in_the_graph() {
        java.util.LinkedHashMap<Integer, Object> saved = new java.util.LinkedHashMap<>();
        Object[] holder = new Object[30_000];
        Random random = new Random(3);
        for (int i = 0; i < holder.length; i++) {
            holder[i] = i == 0 ? "no row" : random.doubles(10).toArray();
        }
        saved.put(1, holder);
        Snapshot snapshot = capture(saved);
        assertThat(snapshot.tensors()).hasSize(10_000);
        Object[] restored =
                (Object[]) ((java.util.Map<?, ?>) restore(snapshot, new java.util.LinkedHashMap<>())[0]).get(1);
        for (int i = 1; i < holder.length; i += 97) {
            assertThat((double[]) restored[i]).isEqualTo(holder[i]);
        }
    }

    @Test
    void an_array_larger_than_a_block_of_staging_comes_back() {
        double[] saved = new double[10_000_000];
        for (int i = 0; i < saved.length; i++) {
            saved[i] = i * 0.1;
        }
        Snapshot snapshot = capture(saved, new float[] {1});
        assertThat(snapshot.tensorBytes()).isEqualTo(80_000_000);
        double[] fresh = new double[saved.length];
        restore(snapshot, fresh, null);
        assertThat(java.util.Arrays.equals(fresh, saved)).isTrue();
    }

    @Test
    void staging_is_used_again() {
        Staging staging = new Staging();
        for (int round = 0; round < 5; round++) {
            HeapCapture capture = new HeapCapture(Checkpoints.policy(), staging, TensorFile.MODEL);
            capture.local("a", new double[300_000]);
            capture.local("b", new byte[100]);
            capture.finish();
            assertThat(staging.capacityBytes()).isLessThan(5 << 20);
        }
    }

    @Test
    void no_room_for_a_frameworks_tensors_is_a_refusal_and_no_error() {
        Staging staging = new Staging(Long.MAX_VALUE, bytes -> {
            throw new OutOfMemoryError("Cannot reserve " + bytes + " bytes of direct buffer memory");
        });
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), staging, TensorFile.ARRAYS);
        ByteBuffer view = ByteBuffer.allocate(8000);
        assertThatThrownBy(() -> capture.sink().tensor(TensorFile.MODEL, "w", "F64", new long[] {1000}, List.of(view)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("-XX:MaxDirectMemorySize");
    }
}
