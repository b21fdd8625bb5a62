package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JMX client that attaches to a program while it trains. */
class ManagementIT {

    private static final String NAME = "dev.belay:type=Training";
    private static final long TIMEOUT_SECONDS = 60;
    private static final String[] OPTIONS = {"step=demo.PlainSoftmax#step", "save_strategy=no"};

    @TempDir
    Path scratch;

    static List<Path> jdks() {
        return Jdks.matrix();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Fork fork, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (!condition.holds()) {
            assertThat(fork.alive()).as("%s: %s", what, fork.stderr()).isTrue();
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @SuppressWarnings("BanJNDI") // the address is that of a JVM of this test
    private static JMXConnector connect(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
    }

    private static long number(MBeanServerConnection server, String attribute) throws Exception {
        return ((Number) server.getAttribute(new ObjectName(NAME), attribute)).longValue();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void a_client_asks_for_a_checkpoint_and_a_killed_program_goes_on_from_it(Path jdk) throws Exception {
        Command endless = Trainer.PLAIN_SOFTMAX
                .command(jdk)
                .arguments("epochs=1000000", "batch=25", "samples=250", "features=64");
        Path directory = scratch.resolve("run");
        long saved;
        try (Fork fork = Fork.start(endless.belay(OPTIONS), directory)) {
            await("it trains", fork, () -> fork.stdout().contains("epoch 2:"));
            try (JMXConnector client = connect(fork.pid())) {
                MBeanServerConnection server = client.getMBeanServerConnection();
                await("the bean is registered", fork, () -> server.isRegistered(new ObjectName(NAME)));
                long step = number(server, "Step");
                assertThat(step).isPositive();
                assertThat(number(server, "LastSavedStep")).isEqualTo(-1);
                assertThat(server.getAttribute(new ObjectName(NAME), "MainClass"))
                        .isEqualTo("demo.PlainSoftmax");

                Object answer = server.invoke(new ObjectName(NAME), "checkpointNow", null, null);

                assertThat(answer).asString().startsWith("due after step ");
                await("it is saved", fork, () -> number(server, "CheckpointCount") == 1);
                saved = number(server, "LastSavedStep");
                assertThat(saved).isGreaterThanOrEqualTo(step);
                assertThat(number(server, "BytesWritten")).isPositive();
                assertThat(number(server, "SkippedCount")).isZero();
            }
            Outcome killed = fork.kill();
            assertThat(killed.committed()).as("only what was asked for").containsExactly(saved);
        }
        try (Fork fork = Fork.start(endless.belay(OPTIONS), directory)) {
            await("it resumes", fork, () -> fork.stderr().contains("INFO resumed "));
            try (JMXConnector client = connect(fork.pid())) {
                MBeanServerConnection server = client.getMBeanServerConnection();
                await("the bean is registered", fork, () -> server.isRegistered(new ObjectName(NAME)));
                assertThat(number(server, "ResumedStep")).isEqualTo(saved);
                assertThat(number(server, "LastSavedStep")).isEqualTo(saved);
            }
            assertThat(fork.kill().stderr()).contains("INFO resumed checkpoint-" + saved + " at ");
        }
    }

    /** The JVM's own management agent may start before or after Belay. */
    @ParameterizedTest
    @ValueSource(strings = {"-Dcom.sun.management.jmxremote", "-Dcom.sun.management.jmxremote=true"})
    void a_program_with_a_management_agent_has_the_bean_from_the_start(String flag) throws Exception {
        Command endless = Trainer.PLAIN_SOFTMAX
                .command(Jdks.one())
                .with(flag)
                .arguments("epochs=1000000", "batch=25", "samples=250", "features=64");
        try (Fork fork = Fork.start(endless.belay(OPTIONS), scratch.resolve("run"))) {
            await("it trains", fork, () -> fork.stdout().contains("epoch 2:"));
            try (JMXConnector client = connect(fork.pid())) {
                MBeanServerConnection server = client.getMBeanServerConnection();
                await("the bean is registered", fork, () -> server.isRegistered(new ObjectName(NAME)));
            }
            assertThat(fork.kill().belayLines("WARN")).isEmpty();
        }
    }
}
