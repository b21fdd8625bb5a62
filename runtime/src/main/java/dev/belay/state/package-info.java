/**
 * What a program's state is: capture of an object graph into nodes and tensors, restore of it in place, and the wire
 * format. Entry classes: {@link dev.belay.state.HeapCapture} and {@link dev.belay.state.HeapRestore};
 * frameworks join in through {@link dev.belay.state.Adapter}.
 */
package dev.belay.state;
