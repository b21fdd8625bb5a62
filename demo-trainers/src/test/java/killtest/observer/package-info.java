/**
 * A second agent for the tests: tells the parent process, through a mapped file, which stage a trainer is in, and can
 * hold it there. Runs inside the observed JVM. Entry class: {@link killtest.observer.Observer}.
 */
package killtest.observer;
