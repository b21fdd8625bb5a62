/**
 * Knows the state of DJL trainers on PyTorch and MXNet: parameters, optimizer slots, generators, and which of DJL's objects are
 * plain data. Entry class: {@link dev.belay.adapter.djl.DjlAdapter}.
 */
package dev.belay.adapter.djl;
