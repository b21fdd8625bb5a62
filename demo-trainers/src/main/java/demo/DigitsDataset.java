package demo;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;

/** Digits as tensors of shape (N, 1, 8, 8) with labels of shape (N). */
final class DigitsDataset {

    private DigitsDataset() {}

    static ArrayDataset of(Digits digits, NDManager manager, int batchSize, boolean shuffled) {
        return new ArrayDataset.Builder()
                .setData(manager.create(digits.pixels()).reshape(new Shape(-1, 1, Digits.SIDE, Digits.SIDE)))
                .optLabels(manager.create(digits.labels()))
                .setSampling(batchSize, shuffled)
                .build();
    }
}
