// step=trainers.Records#step
// release=17
package trainers;

import java.util.ArrayList;
import java.util.List;

public class Records {
    record Metric(int step, double loss, List<Integer> more) {}

    sealed interface Shape permits Square, Circle {}

    record Square(int side) implements Shape {}

    record Circle(double radius) implements Shape {}

    static long s = 1;

    static Metric step(int x) {
        int n = Pace.step();
        s = Pace.mix(s, n + x);
        return new Metric(n, x * 0.5, List.of(n));
    }

    public static void main(String[] args) {
        List<Metric> metrics = new ArrayList<>();
        Metric last = null;
        var text = """
                block
                """;
        for (Shape shape : List.of(new Square(2), new Circle(1.5))) {
            int n = switch (metrics.size() % 3) {
                case 0 -> 3;
                case 1 -> {
                    int q = 1;
                    yield q + 1;
                }
                default -> 2;
            };
            for (int i = 0; i < n; i++) {
                last = step(shape instanceof Square q ? q.side() : i);
                metrics.add(last);
            }
        }
        Pace.result(s, metrics, last, text, last == metrics.get(metrics.size() - 1));
    }
}
