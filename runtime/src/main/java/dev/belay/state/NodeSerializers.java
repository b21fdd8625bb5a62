package dev.belay.state;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One serializer per node record and plain value, by explicit number. Numbers are part of the format and MUST never be
 * used again for anything else; 0 to 9 are Kryo's own for primitives and strings.
 */
final class NodeSerializers {

    private NodeSerializers() {}

    static void register(Kryo kryo) {
        registerValues(kryo);
        add(kryo, 20, HeapNode.Value.class, (o, n) -> kryo.writeClassAndObject(o, n.value()), i -> value(kryo, i));
        add(
                kryo,
                21,
                HeapNode.Text.class,
                (o, n) -> {
                    o.name(n.type());
                    o.text(n.text());
                },
                i -> new HeapNode.Text(i.name(), i.text()));
        add(kryo, 22, HeapNode.Singleton.class, (o, n) -> o.name(n.name()), i -> new HeapNode.Singleton(i.name()));
        add(
                kryo,
                23,
                HeapNode.Constant.class,
                (o, n) -> {
                    o.name(n.type());
                    o.name(n.name());
                    fields(o, n.signature(), n.primitives(), n.references());
                },
                i -> new HeapNode.Constant(i.name(), i.name(), i.name(), i.longs(), i.ints()));
        add(kryo, 24, HeapNode.Type.class, (o, n) -> o.name(n.name()), i -> new HeapNode.Type(i.name()));
        add(kryo, 25, HeapNode.Primitives.class, NodeSerializers::primitives, NodeSerializers::primitives);
        add(
                kryo,
                33,
                HeapNode.Matrix.class,
                (o, n) -> {
                    o.name(n.type());
                    o.count(n.count());
                    o.count(n.length());
                    o.name(n.tensor());
                    o.ints(n.elements());
                    o.ints(n.places());
                },
                i -> new HeapNode.Matrix(
                        i.name(), i.readVarInt(true), i.readVarInt(true), i.name(), i.ints(), i.ints()));
        add(
                kryo,
                32,
                HeapNode.Part.class,
                (o, n) -> {
                    o.name(n.type());
                    o.count(n.length());
                    o.name(n.tensor());
                    o.writeVarLong(n.offset(), true);
                },
                i -> new HeapNode.Part(i.name(), i.readVarInt(true), i.name(), i.readVarLong(true)));
        add(
                kryo,
                26,
                HeapNode.References.class,
                (o, n) -> typed(o, n.type(), n.elements()),
                i -> new HeapNode.References(i.name(), i.ints()));
        add(
                kryo,
                27,
                HeapNode.Plain.class,
                (o, n) -> {
                    o.name(n.type());
                    fields(o, n.signature(), n.primitives(), n.references());
                },
                i -> new HeapNode.Plain(i.name(), i.name(), i.longs(), i.ints()));
        add(
                kryo,
                28,
                HeapNode.Rebuilt.class,
                (o, n) -> typed(o, n.type(), n.entries()),
                i -> new HeapNode.Rebuilt(i.name(), i.ints()));
        add(
                kryo,
                29,
                HeapNode.Immutable.class,
                (o, n) -> typed(o, n.type(), n.elements()),
                i -> new HeapNode.Immutable(i.name(), i.ints()));
        add(
                kryo,
                30,
                HeapNode.Lambda.class,
                (o, n) -> {
                    o.name(n.type());
                    fields(o, n.signature(), n.primitives(), n.references());
                },
                i -> new HeapNode.Lambda(i.name(), i.name(), i.longs(), i.ints()));
        add(
                kryo,
                31,
                HeapNode.Resource.class,
                (o, n) -> {
                    o.name(n.type());
                    fields(o, n.signature(), n.primitives(), n.references());
                },
                i -> new HeapNode.Resource(i.name(), i.name(), i.longs(), i.ints()));
    }

    private static void registerValues(Kryo kryo) {
        add(kryo, 1, String.class, WireOutput::text, WireInput::text);
        add(
                kryo,
                2,
                float.class,
                (o, v) -> o.writeInt(Float.floatToRawIntBits(v)),
                i -> Float.intBitsToFloat(i.readInt()));
        add(
                kryo,
                8,
                double.class,
                (o, v) -> o.writeLong(Double.doubleToRawLongBits(v)),
                i -> Double.longBitsToDouble(i.readLong()));
        add(kryo, 40, BigInteger.class, (o, v) -> o.array(v.toByteArray()), NodeSerializers::bigInteger);
        add(
                kryo,
                41,
                BigDecimal.class,
                (o, v) -> {
                    o.writeInt(v.scale());
                    o.array(v.unscaledValue().toByteArray());
                },
                i -> {
                    int scale = i.readInt();
                    return new BigDecimal(bigInteger(i), scale);
                });
        for (Class<?> component : ArrayBytes.COMPONENTS) {
            addArray(kryo, 50 + ArrayBytes.COMPONENTS.indexOf(component), component.arrayType());
        }
    }

    private static <T> void addArray(Kryo kryo, int number, Class<T> type) {
        add(kryo, number, type, WireOutput::array, i -> type.cast(i.array(type.getComponentType())));
    }

    private static BigInteger bigInteger(WireInput in) {
        byte[] bytes = (byte[]) in.array(byte.class);
        if (bytes.length == 0) {
            throw new KryoException("found an integer without bytes");
        }
        return new BigInteger(bytes);
    }

    private static HeapNode.Value value(Kryo kryo, WireInput in) {
        Object value = kryo.readClassAndObject(in);
        if (value == null || !ObjectPolicy.isValue(value)) {
            throw new KryoException("found no plain value in the place of one");
        }
        return new HeapNode.Value(value);
    }

    private static void typed(WireOutput out, String type, int[] elements) {
        out.name(type);
        out.ints(elements);
    }

    private static void fields(WireOutput out, String signature, long[] primitives, int[] references) {
        out.name(signature);
        out.longs(primitives);
        out.ints(references);
    }

    private static void primitives(WireOutput out, HeapNode.Primitives node) {
        out.name(node.type());
        out.count(node.length());
        out.writeBoolean(node.tensor() != null);
        if (node.tensor() == null) {
            out.array(node.elements());
        } else {
            out.text(node.tensor());
        }
    }

    private static HeapNode.Primitives primitives(WireInput in) {
        String type = in.name();
        int length = in.readVarInt(true);
        if (in.readBoolean()) {
            return new HeapNode.Primitives(type, length, null, in.text());
        }
        Object elements = in.array(ArrayBytes.component(type));
        if (Array.getLength(elements) != length) {
            throw new KryoException("found " + Array.getLength(elements) + " elements, expected " + length);
        }
        return new HeapNode.Primitives(type, length, elements, null);
    }

    private static <T> void add(
            Kryo kryo, int number, Class<T> type, BiConsumer<WireOutput, T> writer, Function<WireInput, T> reader) {
        kryo.register(
                type,
                new Serializer<T>() {
                    @Override
                    public void write(Kryo k, Output output, T object) {
                        writer.accept((WireOutput) output, object);
                    }

                    @Override
                    public T read(Kryo k, Input input, Class<? extends T> t) {
                        return reader.apply((WireInput) input);
                    }
                },
                number);
    }
}
