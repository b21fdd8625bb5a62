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
            out.count(a.point());
            out.ints(a.values());
            out.longs(a.counts());
        }
        out.count(frame.completed().size());
        for (FrameImage.CompletedImage c : frame.completed()) {
            out.count(c.call());
            write(out, c.frame());
        }
        out.count(frame.bodies().size());
        for (FrameImage.BodyImage b : frame.bodies()) {
            out.count(b.call());
            out.name(b.method());
            out.count(b.ordinal());
            out.ints(b.arguments());
            out.writeInt(b.result());
        }
    }

    /** @param bodies whether the format has them */
    static FrameImage read(WireInput in, boolean bodies) {
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
        List<FrameImage.CompletedImage> completed = new ArrayList<>();
        for (int n = in.count(9); n > 0; n--) {
            completed.add(new FrameImage.CompletedImage(in.readVarInt(true), read(in, bodies)));
        }
        return new FrameImage(
                method, codeHash, point, line, names, locals, arrivals, completed, bodies ? bodies(in) : List.of());
    }

    private static List<FrameImage.BodyImage> bodies(WireInput in) {
        List<FrameImage.BodyImage> bodies = new ArrayList<>();
        for (int n = in.count(8); n > 0; n--) {
            bodies.add(new FrameImage.BodyImage(
                    in.readVarInt(true), in.name(), in.readVarInt(true), in.ints(), in.readInt()));
        }
        return bodies;
    }
}
