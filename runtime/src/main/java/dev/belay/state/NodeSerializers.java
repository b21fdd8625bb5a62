package dev.belay.state;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** One serializer per node record, by explicit number. Numbers are part of the format and MUST never be used again. */
final class NodeSerializers {

    private NodeSerializers() {}

    static void register(Kryo kryo) {
        add(kryo, 20, HeapNode.Value.class, (o, n) -> kryo.writeClassAndObject(o, n.value()), i ->
                new HeapNode.Value(kryo.readClassAndObject(i)));
        add(kryo, 21, HeapNode.Text.class, (o, n) -> strings(o, n.type(), n.text()), i ->
                new HeapNode.Text(i.readString(), i.readString()));
        add(kryo, 22, HeapNode.Singleton.class, (o, n) -> o.writeString(n.name()), i ->
                new HeapNode.Singleton(i.readString()));
        add(kryo, 23, HeapNode.Constant.class, (o, n) -> strings(o, n.type(), n.name()), i ->
                new HeapNode.Constant(i.readString(), i.readString()));
        add(kryo, 24, HeapNode.Type.class, (o, n) -> o.writeString(n.name()), i -> new HeapNode.Type(i.readString()));
        add(kryo, 25, HeapNode.Primitives.class, (o, n) -> primitives(kryo, o, n), i -> primitives(kryo, i));
        add(kryo, 26, HeapNode.References.class, (o, n) -> typed(o, n.type(), n.elements()), i ->
                new HeapNode.References(i.readString(), FrameCodec.readInts(i)));
        add(kryo, 27, HeapNode.Plain.class, (o, n) -> {
            strings(o, n.type(), n.signature());
            fields(o, n.primitives(), n.references());
        }, i -> new HeapNode.Plain(
                i.readString(), i.readString(), FrameCodec.readLongs(i), FrameCodec.readInts(i)));
        add(kryo, 28, HeapNode.Rebuilt.class, (o, n) -> typed(o, n.type(), n.entries()), i ->
                new HeapNode.Rebuilt(i.readString(), FrameCodec.readInts(i)));
        add(kryo, 29, HeapNode.Immutable.class, (o, n) -> typed(o, n.type(), n.elements()), i ->
                new HeapNode.Immutable(i.readString(), FrameCodec.readInts(i)));
        add(kryo, 30, HeapNode.Lambda.class, (o, n) -> {
            o.writeString(n.type());
            fields(o, n.primitives(), n.references());
        }, i -> new HeapNode.Lambda(i.readString(), FrameCodec.readLongs(i), FrameCodec.readInts(i)));
        add(kryo, 31, HeapNode.Resource.class, (o, n) -> {
            strings(o, n.type(), n.signature());
            fields(o, n.primitives(), n.references());
        }, i -> new HeapNode.Resource(
                i.readString(), i.readString(), FrameCodec.readLongs(i), FrameCodec.readInts(i)));
    }

    private static void strings(Output out, String first, String second) {
        out.writeString(first);
        out.writeString(second);
    }

    private static void typed(Output out, String type, int[] elements) {
        out.writeString(type);
        FrameCodec.writeInts(out, elements);
    }

    private static void fields(Output out, long[] primitives, int[] references) {
        FrameCodec.writeLongs(out, primitives);
        FrameCodec.writeInts(out, references);
    }

    private static void primitives(Kryo kryo, Output out, HeapNode.Primitives node) {
        out.writeString(node.type());
        out.writeVarInt(node.length(), true);
        out.writeString(node.tensor());
        if (node.tensor() == null) {
            kryo.writeClassAndObject(out, node.elements());
        }
    }

    private static HeapNode.Primitives primitives(Kryo kryo, Input in) {
        String type = in.readString();
        int length = in.readVarInt(true);
        String tensor = in.readString();
        return new HeapNode.Primitives(type, length, tensor == null ? kryo.readClassAndObject(in) : null, tensor);
    }

    private static <T> void add(
            Kryo kryo, int number, Class<T> type, BiConsumer<Output, T> writer, Function<Input, T> reader) {
        kryo.register(
                type,
                new Serializer<T>() {
                    @Override
                    public void write(Kryo k, Output output, T object) {
                        writer.accept(output, object);
                    }

                    @Override
                    public T read(Kryo k, Input input, Class<? extends T> t) {
                        return reader.apply(input);
                    }
                },
                number);
    }
}
