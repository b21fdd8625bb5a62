/** Benchmarks of Belay's packaged jar, each against doing without Belay in the same run: see {@link bench.Bench}. */
package bench;
