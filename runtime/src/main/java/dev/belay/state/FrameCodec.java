package dev.belay.state;

import java.util.ArrayList;
import java.util.List;

/** Writes and reads the frames of a loop position. */
final class FrameCodec {

    private FrameCodec() {}

    static void write(WireOutput out, FrameImage frame) {
        out.name(frame.method());
        out.name(frame.codeHash());
        out.count(frame.point());
        out.count(frame.line());
        out.count(frame.names().size());
        frame.names().forEach(out::name);
        out.ints(frame.locals());
        out.count(frame.arrivals().size());
        for (FrameImage.ArrivalImage a : frame.arrivals()) {
            out.count(a.head());
            out.ints(a.scalars());
            out.longs(a.counts());
        }
    }

    static FrameImage read(WireInput in) {
        String method = in.name();
        String codeHash = in.name();
        int point = in.readVarInt(true);
        int line = in.readVarInt(true);
        List<String> names = new ArrayList<>();
        for (int n = in.count(1); n > 0; n--) {
            names.add(in.name());
        }
        int[] locals = in.ints();
        List<FrameImage.ArrivalImage> arrivals = new ArrayList<>();
        for (int n = in.count(3); n > 0; n--) {
            arrivals.add(new FrameImage.ArrivalImage(in.readVarInt(true), in.ints(), in.longs()));
        }
        return new FrameImage(method, codeHash, point, line, names, locals, arrivals);
    }
}
