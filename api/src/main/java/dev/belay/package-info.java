/**
 * The face that programs may use if they want to: {@link dev.belay.Belay} takes metrics, and tells whether this life of the
 * job was resumed. It depends on nothing, and does nothing without the agent.
 */
package dev.belay;
