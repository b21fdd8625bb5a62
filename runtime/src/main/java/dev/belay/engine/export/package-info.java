/**
 * What {@code export} writes: a checkpoint's tensors in the formats of others. Entry class:
 * {@link dev.belay.engine.export.ExportFiles}.
 */
package dev.belay.engine.export;
