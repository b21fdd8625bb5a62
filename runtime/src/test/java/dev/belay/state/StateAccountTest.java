package dev.belay.state;

import static dev.belay.state.Checkpoints.capture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.state.StateAccount.Fate;
import dev.belay.state.StateAccount.Holding;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Timer;
import java.util.WeakHashMap;
import org.junit.jupiter.api.Test;
import program.Kinds.Box;
import program.Model;

/** What is told of a capture is what the capture did. */
class StateAccountTest {

    private final List<Unsupported> refused = new ArrayList<>();

    private StateAccount account(Object... locals) {
        HeapCapture capture = new HeapCapture(Checkpoints.policy(), new Staging(), TensorFile.MODEL, refused::add);
        int[] numbers = new int[locals.length];
        List<String> names = new ArrayList<>();
        for (int i = 0; i < locals.length; i++) {
            names.add("local" + i);
            numbers[i] = capture.local("Test.run/local" + i, locals[i]);
        }
        capture.frame(new FrameImage("a/Test#run()V", "hash", 0, 1, names, numbers, List.of()));
        capture.finish();
        return capture.account();
    }

    private static Holding field(StateAccount account, String name) {
        return account.fields().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_object_is_counted_once_with_what_it_was_met_through_first() {
        Model model = new Model();
        StateAccount account = account(model, model.weights, 7, null);
        List<Holding> locals = account.frames().get(0).locals();
        assertThat(locals).extracting(Holding::fate).containsOnly(Fate.SAVED);
        assertThat(locals.get(0).bytes()).isGreaterThanOrEqualTo(800).isLessThan(900);
        assertThat(locals.get(1).through()).isEqualTo("Test.run/local0.alias");
        assertThat(locals.get(1).bytes()).isZero();
        assertThat(locals.get(2).text()).isEqualTo("7");
        assertThat(locals.get(3).text()).isEqualTo("null");
        assertThat(locals.stream().mapToInt(Holding::objects).sum()).isEqualTo(account.objects());
        assertThat(field(account, "program.Model.alias").bytes()).isEqualTo(800);
    }

    @Test
    void what_the_collections_of_a_field_hold_counts_with_the_field() {
        StateAccount account = account(new Box(new ArrayList<>(List.of(new double[10], new double[10]))));
        Holding content = field(account, "program.Kinds$Box.content");
        assertThat(content.values()).isEqualTo(1);
        assertThat(content.objects()).isEqualTo(4);
        assertThat(content.bytes()).isGreaterThanOrEqualTo(160).isLessThan(300);
    }

    @Test
    void what_stays_the_restarted_programs_is_told_with_its_keeper() {
        Runnable lambda = () -> assertThat(refused).isEmpty();
        StateAccount account = account(System.out, lambda, new Random(3));
        List<Holding> locals = account.frames().get(0).locals();
        assertThat(locals).extracting(Holding::fate).containsExactly(Fate.RESOURCE, Fate.FRESH, Fate.SAVED);
        assertThat(locals.get(0).why()).isEqualTo("jdk");
        assertThat(account.generators()).containsExactly("Test.run/local2");
    }

    @Test
    void the_first_refusal_is_the_one_that_ends_a_checkpoint() {
        Object[] locals = {
            new Box(new ByteArrayInputStream(new byte[2])),
            new Timer(true),
            new Box(new WeakHashMap<>(Map.of(List.of(), 1)))
        };
        StateAccount account = account(locals);
        assertThat(refused).hasSize(3);
        assertThatThrownBy(() -> capture(locals)).hasMessage(refused.get(0).getMessage());
        assertThat(account.frames().get(0).locals())
                .extracting(Holding::fate)
                .containsExactly(Fate.SAVED, Fate.REFUSED, Fate.SAVED);
        assertThat(field(account, "program.Kinds$Box.content").fate()).isEqualTo(Fate.REFUSED);
    }

    @Test
    void what_is_refused_is_named_once_and_not_looked_into() {
        Timer timer = new Timer(true);
        StateAccount account = account(timer, timer, new Box(timer));
        assertThat(refused).extracting(Unsupported::what).containsExactly("Test.run/local0");
        assertThat(account.objects()).isEqualTo(2);
    }

    @Test
    void tensors_are_those_of_the_snapshot() {
        Model model = new Model();
        Snapshot snapshot = capture(model, new float[3][20]);
        assertThat(account(model, new float[3][20]).tensors())
                .extracting(StateAccount.Tensor::name)
                .containsExactlyElementsOf(
                        snapshot.tensors().stream().map(StagedTensor::name).toList())
                .hasSize(2);
        assertThat(refused).isEmpty();
    }
}
