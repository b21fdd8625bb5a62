package bench;

import java.io.IOException;

/** Measures one thing and reports figures. */
interface Benchmark {

    void run(Setup setup, Report report) throws IOException, InterruptedException;
}
