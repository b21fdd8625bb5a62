/**
 * What others can watch: events for JDK Flight Recorder, an MXBean, and the terminal's title. Entry class:
 * {@link dev.belay.engine.telemetry.Telemetry}.
 */
package dev.belay.engine.telemetry;
