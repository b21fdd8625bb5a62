package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of a job that was killed again and again, as its report tells it to a real browser. */
class ReportIT {

    private static final List<Long> KILLED_AFTER = List.of(20L, 60L, 65L, 110L);
    private static final Trainer TRAINER = Trainer.DIGITS_MLP;
    private static final int PHONE = 360;
    private static final int DESKTOP = 1280;

    @TempDir
    Path scratch;

    private long committed;
    private long resumes;

    private void count(Outcome life) {
        committed += life.committed().size();
        resumes += life.resumedAt().isPresent() ? 1 : 0;
    }

    private Path killedRun() {
        Command command = TRAINER.command(Jdks.one());
        Path directory = scratch.resolve("run");
        for (long step : KILLED_AFTER) {
            count(Halted.after(TRAINER, command, directory, step));
        }
        Outcome last = Fork.run(command.belay(TRAINER.options()), directory);
        assertThat(last.resumedAt()).isEqualTo(OptionalLong.of(110));
        last.finalLine();
        count(last);
        return TRAINER.output(directory);
    }

    private Path report(Path output) {
        Path page = scratch.resolve("report.html");
        Outcome outcome = BelayCommand.run("report", output.toString(), "--out", page.toString())
                .outcome();
        assertThat(outcome.exit()).as("%s", outcome).isZero();
        assertThat(outcome.stdout()).isEqualTo(page + "\n");
        assertThat(outcome.stderr()).isEmpty();
        return page;
    }

    private static long count(String dom, String pattern) {
        return Pattern.compile(pattern).matcher(dom).results().count();
    }

    private static void assertTile(String dom, String tile, long number) {
        assertThat(dom).contains("id=\"tile-" + tile + "\" data-count=\"" + number + "\"");
    }

    @Test
    void kills_resumes_and_checkpoints_are_those_that_were() throws IOException {
        Chromium browser = Chromium.orSkip(scratch);
        Path page = report(killedRun());
        String dom = browser.dom(page);

        assertTile(dom, "kills", KILLED_AFTER.size());
        assertTile(dom, "attempts", KILLED_AFTER.size() + 1);
        assertTile(dom, "resumes", resumes);
        assertTile(dom, "checkpoints", committed);
        assertTile(dom, "steps", Trainer.STEPS);
        assertThat(resumes).isEqualTo(KILLED_AFTER.size());
        assertThat(count(dom, "<tr data-end=\"killed\">")).isEqualTo(KILLED_AFTER.size());
        assertThat(count(dom, "<tr data-end=\"finished\">")).isEqualTo(1);
        assertThat(count(dom, "<tr class=\"checkpoint")).isEqualTo(committed);
        assertThat(dom).contains("Finished after 160 steps in 5 attempts.");
        assertThat(dom).contains("checkpoint-110", "data-step=\"110\"");
        assertThat(count(dom, "<use class=\"kill\" href=\"#mark-kill\" x=\"[0-9.]+%\""))
                .as("kills in the lanes")
                .isEqualTo(KILLED_AFTER.size());
        assertThat(Pattern.compile("(?s)<figure.*?</figure>").matcher(dom).results())
                .as("loss, accuracy, both of the training, times, sizes")
                .hasSize(6)
                .allSatisfy(c -> {
                    assertThat(count(c.group(), "class=\"mark kill\"")).isEqualTo(KILLED_AFTER.size());
                    assertThat(count(c.group(), "class=\"mark resume\"")).isEqualTo(resumes);
                });
        assertLooks(browser, page);
    }

    @Test
    void a_job_that_runs_is_reported_without_being_disturbed_and_then_its_kill() throws IOException {
        Command endless = Trainer.PLAIN_SOFTMAX
                .command(Jdks.one())
                .arguments("epochs=1000000", "batch=25", "samples=250", "features=64");
        Path directory = scratch.resolve("run");
        Path output = Trainer.PLAIN_SOFTMAX.output(directory);
        try (Fork fork = Fork.start(endless.belay(Trainer.PLAIN_SOFTMAX.options()), directory)) {
            while (fork.alive() && !fork.stderr().contains(" committed ")) {
                LockSupport.parkNanos(5_000_000);
            }
            assertThat(Files.readString(report(output)))
                    .contains("<tr data-end=\"running\">", "id=\"tile-kills\" data-count=\"0\"");
            Outcome killed = fork.kill();
            assertThat(killed.exit()).isEqualTo(Fork.KILLED);
            assertThat(killed.belayLines("WARN")).isEmpty();
        }
        assertThat(Files.readString(report(output)))
                .contains("<tr data-end=\"killed\">", "id=\"tile-kills\" data-count=\"1\"");
    }

    private void assertLooks(Chromium browser, Path page) throws IOException {
        for (int width : List.of(PHONE, 768, DESKTOP)) {
            assertThat(browser.overhang(page, width))
                    .as("at a width of " + width)
                    .isNotPositive();
        }
        Path wide = browser.write("wide.html", "<!DOCTYPE html><div style='width:500px'>wide</div>");
        assertThat(browser.overhang(wide, PHONE))
                .as("the probe sees a page that is too wide")
                .isPositive();
        Path pictures = Files.createDirectories(Built.target().resolve("report"));
        for (boolean dark : List.of(false, true)) {
            String look = dark ? "dark" : "light";
            browser.screenshot(page, pictures.resolve("desktop-" + look + ".png"), DESKTOP, 2600, dark);
            browser.screenshot(page, pictures.resolve("phone-" + look + ".png"), PHONE, 3600, dark);
        }
    }
}
