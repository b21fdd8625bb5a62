package killtest.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * A random program that trains.
 *
 * @param name of its main class
 * @param source its one class
 * @param options the step or loop as Belay takes it
 * @param flags of javac
 * @param risky whether it has shapes that Belay may refuse
 */
public record FuzzProgram(long seed, String name, String source, String options, List<String> flags, boolean risky) {

    private static final List<List<String>> FLAGS = List.of(
            List.of("-g"),
            List.of("-g:none"),
            List.of("--release", "8"),
            List.of("--release", "11"),
            List.of("--release", "17"));
    private static final int RISKY_PERCENT = 8;

    /** Where the program gets its step from. */
    private enum Step {
        METHOD("Main#step", "P.step($a)", "static int step(int x) { total += x; return Run.tick(x); }"),
        RETRIED(
                "Main#step",
                "P.safe($a)",
                "static int step(int x) { if (++total % 7 == 0) { throw new Stop(\"step\"); } return Run.tick(x); }",
                "static int safe(int x) { while (true) { try { return step(x); } catch (Stop e) { total += 2; } } }"),
        INHERITED(
                "Main$Model#step",
                "P.MODEL.step($a)",
                "static class Model { long seen; int step(int x) { seen += x; return Run.tick(x); } }",
                "static class Deep extends Model { @Override int step(int x) { return super.step(x ^ 1) + (int) seen % 3; } }",
                "static final Model MODEL = new Deep();"),
        LOOP("", "Run.tick($a)");

        private final String option;
        private final String call;
        private final List<String> declarations;

        Step(String option, String call, String... declarations) {
            this.option = option;
            this.call = call;
            this.declarations = List.of(declarations);
        }
    }

    /** Returns the program of a seed. */
    public static FuzzProgram of(long seed) {
        Draw draw = new Draw(seed);
        List<String> flags = draw.of(FLAGS);
        Step step = draw.of(List.of(Step.METHOD, Step.METHOD, Step.RETRIED, Step.INHERITED, Step.LOOP));
        String name = "P" + Long.toUnsignedString(seed);
        boolean risky = draw.chance(RISKY_PERCENT);
        int release = flags.size() == 1 ? 17 : Integer.parseInt(flags.get(1));
        Language language = new Language(release, step.call.replace("P.", name + "."), step == Step.LOOP, risky);
        String source = new MainClass(draw, name, language).write(step.declarations);
        String option = step == Step.LOOP
                ? "loop=fuzz." + name + "#train" + draw.of("", ":1", ":2")
                : "step=fuzz." + step.option.replace("Main", name);
        return new FuzzProgram(seed, name, source, option, new ArrayList<>(flags), risky);
    }

    @Override
    public String toString() {
        return "seed " + seed + " " + options + " " + flags;
    }
}
