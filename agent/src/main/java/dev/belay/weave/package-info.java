/**
 * Finds the training loops of the program on its class path and weaves points into them as classes load. Entry class:
 * {@link dev.belay.weave.Weaver}.
 */
package dev.belay.weave;
