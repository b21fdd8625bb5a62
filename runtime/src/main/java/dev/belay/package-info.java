/** The face that programs may use if they want to: {@link dev.belay.Belay} tells whether this life of the job was resumed. */
package dev.belay;
