package killtest.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Timer;

/** Work of several kinds one after the other: what cannot be saved, then walks over a graph, then a random search. */
public final class Phases {

    private final Random random = new Random(17);
    private final Map<Integer, List<Integer>> graph = new HashMap<>();

    private Phases() {}

    public static void main(String[] args) {
        int work = Work.of(args);
        Phases program = new Phases();
        int warm = waiting();
        program.connect(4_000);
        long visited = program.walk(1_200 * work);
        double best = program.search(3_000 * work);
        System.out.println("visited " + visited + ", best " + best);
        System.out.println(Result.line(warm, visited, best, program.random.nextDouble()));
    }

    /** Holds what no checkpoint can hold. */
    private static int waiting() {
        Timer timer = new Timer(true);
        int sum = 0;
        for (int i = 0; i < 60; i++) {
            sum += pause(timer, i);
            System.out.print(i == 0 ? "waiting\n" : "");
        }
        timer.cancel();
        System.out.println("waited");
        return sum;
    }

    private static int pause(Timer timer, int i) {
        java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        return timer.purge() + i;
    }

    private void connect(int nodes) {
        for (int i = 0; i < nodes; i++) {
            graph.put(i, new ArrayList<>());
            for (int k = 0; k < 3 && i > 0; k++) {
                graph.get(random.nextInt(i)).add(i);
                graph.get(i).add(random.nextInt(i));
            }
        }
    }

    private long walk(int walks) {
        long visited = 0;
        for (int walk = 0; walk < walks; walk++) {
            int start = walk % graph.size();
            Deque<Integer> work = new ArrayDeque<>(List.of(start));
            Map<Integer, Integer> distance = new HashMap<>(Map.of(start, 0));
            while (!work.isEmpty()) {
                int at = work.poll();
                for (int next : graph.get(at)) {
                    if (distance.putIfAbsent(next, distance.get(at) + 1) == null) {
                        work.add(next);
                    }
                }
            }
            visited += distance.values().stream().mapToInt(Integer::intValue).sum();
        }
        return visited;
    }

    private double search(int rounds) {
        double best = Double.MAX_VALUE;
        List<double[]> population = new ArrayList<>();
        do {
            double[] candidate = population.isEmpty()
                    ? new double[60]
                    : population.get(random.nextInt(population.size())).clone();
            for (int i = 0; i < candidate.length; i++) {
                candidate[i] += random.nextGaussian();
            }
            double cost = cost(candidate);
            if (cost < best * 1.1) {
                population.add(candidate);
            }
            best = Math.min(best, cost);
        } while (--rounds > 0);
        return best;
    }

    private static double cost(double[] x) {
        double sum = 0;
        for (int repeat = 0; repeat < 40; repeat++) {
            for (double v : x) {
                sum += Math.sqrt(Math.abs(v - repeat));
            }
        }
        return sum;
    }
}
