/**
 * The commands of {@code java -jar belay.jar}: what people read and scripts parse. Entry class:
 * {@link dev.belay.cli.Main}.
 */
package dev.belay.cli;
