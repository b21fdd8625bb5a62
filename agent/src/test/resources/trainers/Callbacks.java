// step=trainers.Callbacks#step
package trainers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/** Loops of the program's own that call training in lambdas: a timer, a retry, and an interface of its own. */
public class Callbacks {

    interface Epoch {
        double train(int number, double rate);
    }

    private double weight = 1;
    private int retries;

    public static void main(String[] args) {
        Callbacks program = new Callbacks();
        String told = timed("training", () -> program.run());
        Pace.result(told, program.weight, program.retries);
    }

    private static <T> T timed(String what, Supplier<T> work) {
        StringBuilder log = new StringBuilder(what);
        T result = work.get();
        log.append(" done");
        return log.length() > 100 ? null : result;
    }

    private String run() {
        List<String> losses = new ArrayList<>();
        DoubleUnaryOperator schedule = r -> r * 0.9;
        epochs(3, schedule, (number, rate) -> {
            double loss = 0;
            for (int i = 0; i < 4; i++) {
                loss += step(rate, i);
            }
            losses.add(number + ":" + loss);
            return loss;
        });
        return String.join(",", losses);
    }

    private void epochs(int count, DoubleUnaryOperator schedule, Epoch epoch) {
        double rate = 1;
        for (int i = 0; i < count; i++) {
            if (epoch.train(i, rate) > 100 && retries < 2) {
                retries++;
                i--;
            }
            rate = schedule.applyAsDouble(rate);
        }
    }

    private double step(double rate, int i) {
        weight = weight * 0.7 + rate * i + Pace.step();
        return weight;
    }
}
