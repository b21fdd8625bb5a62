package dev.belay.adapter.djl;

import dev.belay.state.CaptureSink;
import dev.belay.state.Contents;
import dev.belay.state.RestoreSource;
import dev.belay.state.TensorFile;

/** What DJL's live objects hold outside of their fields: tensors their elements, data loaders what they loaded ahead. */
final class DjlContents implements Contents {

    private final LooseTensors tensors;
    private final LoadedBatches loaders;

    DjlContents(ProgramTensors program) {
        tensors = new LooseTensors(program);
        loaders = new LoadedBatches(program);
    }

    @Override
    public boolean holds(Object o) {
        return tensors.holds(o) || loaders.holds(o);
    }

    private Contents of(Object o) {
        return tensors.holds(o) ? tensors : loaders;
    }

    @Override
    public void capture(Object o, String key, TensorFile file, String name, CaptureSink sink) {
        of(o).capture(o, key, file, name, sink);
    }

    @Override
    public boolean fits(Object live, String key, RestoreSource source) {
        return of(live).fits(live, key, source);
    }

    @Override
    public Object make(String key, RestoreSource source) {
        return SavedLoader.isOne((String) source.value(key).orElseThrow()) ? null : tensors.make(key, source);
    }

    @Override
    public void restore(Object live, String key, RestoreSource source) {
        of(live).restore(live, key, source);
    }
}
