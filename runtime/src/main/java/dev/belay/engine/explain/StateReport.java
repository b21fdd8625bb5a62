package dev.belay.engine.explain;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.state.StateAccount;
import dev.belay.state.StateAccount.Holding;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The part of a report that a capture is told of: {@code docs/explain.md} has the keys. */
public final class StateReport {

    private StateReport() {}

    /** Adds frames, fields, generators and tensors. */
    public static void add(Map<String, Object> report, StateAccount account, List<LoopFrame> stack) {
        List<Map<String, Object>> frames = new ArrayList<>();
        Iterator<StateAccount.Frame> accounted = account.frames().iterator();
        StateAccount.Frame next = accounted.hasNext() ? accounted.next() : null;
        for (LoopFrame live : stack) { // one of which nothing is known is left out
            if (next != null && next.method().equals(live.method().key())) {
                frames.add(frame(next, live));
                next = accounted.hasNext() ? accounted.next() : null;
            }
        }
        report.put("frames", frames);
        report.put(
                "statics", account.statics().stream().map(StateReport::holding).toList());
        report.put("fields", account.fields().stream().map(StateReport::holding).toList());
        report.put("generators", account.generators());
        report.put(
                "tensors", account.tensors().stream().map(StateReport::tensor).toList());
        report.put("objects", account.objects());
    }

    private static Map<String, Object> frame(StateAccount.Frame frame, LoopFrame live) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("method", live.method().readable());
        fields.put("line", frame.line());
        List<Map<String, Object>> locals = new ArrayList<>();
        PointShape at = live.at().orElseThrow();
        for (int i = 0; i < frame.locals().size(); i++) {
            Map<String, Object> local = holding(frame.locals().get(i));
            boolean isLocal = i < at.locals().size(); // or what a call of the JDK goes over
            local.put("declared", isLocal ? declared(at.locals().get(i).descriptor()) : local.get("type"));
            locals.add(local);
        }
        fields.put("locals", locals);
        return fields;
    }

    /** {@code [Ljava/util/List;} becomes {@code java.util.List[]}. */
    private static String declared(String descriptor) {
        int dimensions = descriptor.lastIndexOf('[') + 1;
        String element = descriptor.substring(dimensions);
        String name = switch (element.charAt(0)) {
            case 'L' -> element.substring(1, element.length() - 1).replace('/', '.');
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'S' -> "short";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'F' -> "float";
            default -> "double";
        };
        return name + "[]".repeat(dimensions);
    }

    private static Map<String, Object> holding(Holding holding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", holding.name());
        fields.put("type", holding.type());
        fields.put("treatment", holding.fate().name().toLowerCase(Locale.ROOT));
        fields.put("value", holding.text());
        fields.put("why", holding.why());
        fields.put("through", holding.through());
        fields.put("values", holding.values());
        fields.put("objects", holding.objects());
        fields.put("bytes", holding.bytes());
        return fields;
    }

    private static Map<String, Object> tensor(StateAccount.Tensor tensor) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", tensor.file());
        fields.put("name", tensor.name());
        fields.put("dtype", tensor.dtype());
        fields.put("shape", tensor.shape());
        fields.put("bytes", tensor.bytes());
        fields.put("constant", tensor.constant());
        return fields;
    }
}
