package dev.belay.state;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads the frames of a loop position. */
final class FrameCodec {

    private FrameCodec() {}

    static void write(Output out, FrameImage frame) {
        out.writeString(frame.method());
        out.writeString(frame.codeHash());
        out.writeVarInt(frame.point(), true);
        out.writeVarInt(frame.line(), true);
        out.writeVarInt(frame.names().size(), true);
        frame.names().forEach(out::writeString);
        writeInts(out, frame.locals());
        out.writeVarInt(frame.arrivals().size(), true);
        for (FrameImage.ArrivalImage a : frame.arrivals()) {
            out.writeVarInt(a.head(), true);
            writeInts(out, a.scalars());
            out.writeVarInt(a.counts().length, true);
            for (long c : a.counts()) {
                out.writeVarLong(c, false);
            }
        }
    }

    static FrameImage read(Input in) {
        String method = in.readString();
        String codeHash = in.readString();
        int point = in.readVarInt(true);
        int line = in.readVarInt(true);
        List<String> names = new ArrayList<>();
        for (int n = in.readVarInt(true); n > 0; n--) {
            names.add(in.readString());
        }
        int[] locals = readInts(in);
        List<FrameImage.ArrivalImage> arrivals = new ArrayList<>();
        for (int n = in.readVarInt(true); n > 0; n--) {
            int head = in.readVarInt(true);
            int[] scalars = readInts(in);
            long[] counts = new long[in.readVarInt(true)];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = in.readVarLong(false);
            }
            arrivals.add(new FrameImage.ArrivalImage(head, scalars, counts));
        }
        return new FrameImage(method, codeHash, point, line, names, locals, arrivals);
    }

    static void writeInts(Output out, int[] values) {
        out.writeVarInt(values.length, true);
        for (int v : values) {
            out.writeVarInt(v, false);
        }
    }

    static int[] readInts(Input in) {
        int[] values = new int[in.readVarInt(true)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readVarInt(false);
        }
        return values;
    }

    static void writeLongs(Output out, long[] values) {
        out.writeVarInt(values.length, true);
        for (long v : values) {
            out.writeLong(v);
        }
    }

    static long[] readLongs(Input in) {
        long[] values = new long[in.readVarInt(true)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }
}
