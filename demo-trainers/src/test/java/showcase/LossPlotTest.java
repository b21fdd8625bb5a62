package showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class LossPlotTest {

    private static final LossCurve CURVE = new LossCurve(List.of(47, 94, 141), List.of(2.0, 0.5, 0.1));

    @Test
    void a_curve_is_read_by_the_names_of_its_columns(@TempDir Path directory) throws Exception {
        Path csv = Files.writeString(
                directory.resolve("metrics.csv"), "epoch,validation_loss,step\n1,2.0,47\n2,0.5,94\n3,1.0E-1,141\n");

        assertThat(LossCurve.read(csv)).isEqualTo(CURVE);
    }

    @Test
    void the_plot_is_svg_with_both_runs_and_a_mark_for_each_kill() throws Exception {
        Document svg = parse(LossPlot.svg(CURVE, CURVE, List.of(killedAt(60), killedAt(100), finishedAt(141))));

        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("never killed, without Belay", "killed 2 times, with Belay", "kill 1", "kill 2")
                .doesNotContain("kill 3");
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static Life killedAt(int step) {
        return ended(step, true);
    }

    private static Life finishedAt(int step) {
        return ended(step, false);
    }

    private static Life ended(int step, boolean killed) {
        Life life = new Life();
        life.note(new Output.Step(step), Duration.ZERO);
        life.ended(killed, killed ? 137 : 0, Duration.ofSeconds(1));
        return life;
    }
}
