// step=trainers.ListBodies#step
// no last checkpoint
package trainers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Candidates in lists that are shuffled meanwhile; each is trained in a lambda, and what lambdas made is trained again. */
public final class ListBodies {

    private static final class Candidate {
        final double rate;
        double value;
        int trained;

        Candidate(double rate) {
            this.rate = rate;
        }
    }

    private final Random random = new Random(7);
    private double last;

    public static void main(String[] args) {
        new ListBodies().run();
    }

    private void run() {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            candidates.add(new Candidate(i / 10.0));
        }
        int[] seen = new int[1];
        for (int round = 0; round < 3; round++) {
            Collections.shuffle(candidates, random);
            candidates.forEach(c -> {
                for (int i = 0; i < 2; i++) {
                    step(c);
                }
                seen[0] += c.trained;
            });
        }
        Object[] children = candidates.stream()
                .filter(c -> c.value > -1e9)
                .map(c -> child(c, seen))
                .toArray();
        for (Object c : children) {
            candidates.add((Candidate) c);
        }
        StringBuilder all = new StringBuilder();
        candidates.forEach(c -> all.append(c.value).append(' ').append(c.trained).append(' '));
        Pace.result(all, seen[0], last, random.nextInt());
    }

    private Candidate child(Candidate parent, int[] seen) {
        Candidate child = new Candidate(parent.rate / 2);
        child.value = parent.value;
        for (int i = 0; i < 2; i++) {
            step(child);
        }
        seen[0]--;
        return child;
    }

    private void step(Candidate c) {
        c.trained++;
        c.value = c.value * 0.9 + c.rate * random.nextGaussian() + Pace.step() + last;
        last = c.value % 1;
    }
}
