package dev.belay.weave;

import dev.belay.loop.MethodShape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Weaves one class file: loops first, then hooks. */
final class ClassWeaver {

    private final Selection selection;
    private final Optional<String> metric;
    private final ToIntFunction<MethodShape> register;
    private final BiConsumer<MethodKey, String> skipped;

    /**
     * @param metric name of the local variables whose values are reported
     * @param register gives a woven method its number
     * @param skipped takes methods that are left as they are, and why
     */
    ClassWeaver(
            Selection selection,
            Optional<String> metric,
            ToIntFunction<MethodShape> register,
            BiConsumer<MethodKey, String> skipped) {
        this.selection = selection;
        this.metric = metric;
        this.register = register;
        this.skipped = skipped;
    }

    /**
     * Returns the woven class, or null if nothing was woven.
     *
     * @param incoming the class as other agents left it
     * @param resource the class as it stands on the class path: hashes are taken of it
     * @param files whether its calls that open files are woven
     * @param classFiles finds the class files that the class may refer to, by internal name; null where there is none
     */
    byte[] weave(byte[] incoming, byte[] resource, boolean files, Function<String, byte[]> classFiles) {
        Set<String> tooLarge = new HashSet<>();
        while (true) {
            try {
                return weave(incoming, resource, files, classFiles, tooLarge);
            } catch (MethodTooLargeException e) {
                String method = e.getMethodName() + WovenCopy.original(e.getDescriptor());
                if (!tooLarge.add(method)) {
                    throw e;
                }
                // its hooks stay, so that the first step is seen and saving is refused there
                skipped.accept(
                        new MethodKey(e.getClassName(), method), "with points it would be larger than a method may be");
            }
        }
    }

    private byte[] weave(
            byte[] incoming,
            byte[] resource,
            boolean files,
            Function<String, byte[]> classFiles,
            Set<String> withoutPoints) {
        ClassReader reader =
                new ClassReader(StackMaps.missing(incoming) ? new StackMaps(classFiles).add(incoming) : incoming);
        ClassNode node = new ClassNode();
        reader.accept(node, ClassReader.EXPAND_FRAMES);
        boolean changed = false;
        for (MethodNode method : List.copyOf(node.methods)) {
            MethodKey key = new MethodKey(node.name, method.name + method.desc);
            if ((method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0) {
                changed |= (selection.holdsPoints(key) || selection.isBody(key))
                        && !withoutPoints.contains(key.nameAndDescriptor())
                        && points(node, method, key, resource);
                changed |= hooks(node, method, key);
            }
        }
        changed |= files && FileWeaver.weave(node);
        if (!changed) {
            return null;
        }
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    private boolean points(ClassNode node, MethodNode method, MethodKey key, byte[] resource) {
        try {
            ReturnValues.toLocal(method);
            MethodLoops loops = selection.loops(key, method);
            boolean body = selection.isBody(key);
            Calls calls = LambdaBodies.in(method, selection.calls(), selection::holdsPoints);
            if (!loops.havePoints(calls) && !body) {
                return false;
            }
            boolean copied = loops.areWorthwhile() && WovenCopy.possible(method);
            MethodNode woven = copied ? WovenCopy.of(method) : method;
            List<LocalMetrics> locals = locals(key, method, woven);
            PointPlan plan = new PointPlan(
                    node.name,
                    woven,
                    copied ? selection.loops(key, woven) : loops,
                    calls,
                    LambdaBodies.makesOnly(method, selection::isBody));
            String hash = CodeHash.of(resource, key.nameAndDescriptor()) + "-" + CodeHash.of(plan.shapes());
            Set<Integer> evadable = new WaysPast(woven, plan).heads();
            int number = register.applyAsInt(new MethodShape(
                    key.text(), hash, plan.shapes(), body, new LoopBounds(plan, calls, selection).all(), evadable));
            if (copied) {
                new MethodWeaver(woven, plan, WovenCopy.prologue(woven), body, evadable).weave();
                WovenCopy.redirect(node, method, woven, number);
                node.methods.add(woven);
            } else {
                new MethodWeaver(woven, plan, PointCode.enter(number, woven.maxLocals), body, evadable).weave();
            }
            locals.forEach(LocalMetrics::weave);
            return true;
        } catch (NotWeavable e) {
            skipped.accept(key, e.getMessage());
            return false;
        }
    }

    /** The variables of the method itself count, too: its copy runs only where a place is looked for. */
    private List<LocalMetrics> locals(MethodKey key, MethodNode method, MethodNode woven) {
        if (metric.isEmpty()) {
            return List.of();
        } else if (LocalMetrics.isNameless(method)) {
            skipped.accept(
                    key,
                    "its local variables have no names, so metric_for_best_model=" + metric.get()
                            + " cannot be one of them; compile its class with -g");
            return List.of();
        }
        return Stream.of(method, woven)
                .distinct()
                .map(m -> new LocalMetrics(m, metric.get()))
                .toList();
    }

    private boolean hooks(ClassNode node, MethodNode method, MethodKey key) {
        String framework = selection.birth(node.name);
        if (selection.isStep(key)) {
            StepHooks.step(method);
        } else if (selection.isEvaluation(key)) {
            StepHooks.evaluation(method);
        } else if (selection.measures(key) != null) {
            StepHooks.measurement(method, selection.measures(key));
        } else if (framework != null && method.name.equals("<init>")) {
            StepHooks.birth(method, framework);
        } else {
            return false;
        }
        return true;
    }
}
