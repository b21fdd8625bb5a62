package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.belay.state.Unsupported;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DjlTensorViewTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager("PyTorch");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void a_large_tensor_is_seen_in_row_slices_and_written_in_place() {
        NDArray array = manager.arange(0f, 35f).reshape(7, 5);
        try (TensorView view = TensorView.of("w", array, 2 * 5 * Float.BYTES)) {
            assertThat(view.buffers()).extracting(ByteBuffer::remaining).containsExactly(40, 40, 40, 20);
            assertThat(view.buffers().get(3).getFloat(0)).isEqualTo(30f);
            view.buffers().get(3).putFloat(4 * Float.BYTES, -1f);
        }
        assertThat(array.getFloat(6, 4)).isEqualTo(-1f);
        assertThat(array.getFloat(6, 3)).isEqualTo(33f);
    }

    @Test
    void a_row_that_fits_no_buffer_is_refused() {
        NDArray array = manager.zeros(new Shape(2, 100));
        assertThatThrownBy(() -> TensorView.of("w", array, 64)).isInstanceOf(Unsupported.class);
    }

    @Test
    void scalars_and_empty_tensors_are_seen() {
        try (TensorView scalar = TensorView.of("s", manager.create(2.5f), TensorView.BUFFER_BYTES);
                TensorView empty = TensorView.of("e", manager.zeros(new Shape(0, 3)), TensorView.BUFFER_BYTES)) {
            assertThat(scalar.buffers()).hasSize(1);
            assertThat(scalar.buffers().get(0).getFloat(0)).isEqualTo(2.5f);
            assertThat(empty.buffers()).isEmpty();
        }
    }

    @Test
    void memory_that_is_not_contiguous_is_refused() {
        NDArray transposed = manager.arange(0f, 6f).reshape(2, 3).transpose();
        assertThatThrownBy(() -> TensorView.of("w", transposed, TensorView.BUFFER_BYTES))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("contiguous");
    }

    @Test
    void types_have_safetensors_names() {
        assertThat(TensorView.dtype("w", DataType.FLOAT32)).isEqualTo("F32");
        assertThat(TensorView.dtype("w", DataType.BOOLEAN)).isEqualTo("BOOL");
        assertThatThrownBy(() -> TensorView.dtype("w", DataType.COMPLEX64)).isInstanceOf(Unsupported.class);
    }
}
