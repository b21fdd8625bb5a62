package dev.belay.state;

/**
 * Where a tensor lies in its file.
 *
 * @param shape dimensions, row-major
 * @param begin offset of its first byte, from the end of the header
 * @param end offset after its last byte
 */
record TensorEntry(String name, Dtype dtype, long[] shape, long begin, long end) {

    long bytes() {
        return end - begin;
    }
}
