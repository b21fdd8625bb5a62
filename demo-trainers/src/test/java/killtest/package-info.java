/**
 * End-to-end tests with the packaged agent in JVMs of their own that are killed, damaged, fenced and misled. A seed is
 * printed by every test that uses one; {@code -Dkilltest.seed=N} replays it, {@code -Dkilltest.seed=random} draws one,
 * {@code -Dkilltest.full=true} runs everything on every JDK of {@code TEST_JDKS}. Entry class: {@link
 * killtest.KillChainIT}.
 */
package killtest;
