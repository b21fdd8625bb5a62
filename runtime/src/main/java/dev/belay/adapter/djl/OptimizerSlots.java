package dev.belay.adapter.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.LocalParameterServer;
import ai.djl.training.ParameterServer;
import ai.djl.training.optimizer.Optimizer;
import dev.belay.state.Unsupported;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An optimizer's tensors and update counts, which DJL keeps in private maps by {@code Parameter.id}. */
final class OptimizerSlots {

    private static final String SLOT_TYPE =
            "java.util.Map<java.lang.String, java.util.Map<ai.djl.Device, " + "ai.djl.ndarray.NDArray>>";

    private final Map<String, Map<String, Map<Device, NDArray>>> slots = new LinkedHashMap<>();
    private final Map<String, Integer> updateCounts;

    @SuppressWarnings("unchecked")
    private OptimizerSlots(Optimizer optimizer) {
        updateCounts = (Map<String, Integer>) PrivateField.get(Optimizer.class, "updateCounts", optimizer);
        for (Class<?> c = optimizer.getClass(); c != Optimizer.class; c = c.getSuperclass()) {
            for (Field f : c.getDeclaredFields()) {
                if (isSlot(f)) {
                    slots.put(f.getName(), (Map<String, Map<Device, NDArray>>) PrivateField.get(f, optimizer));
                } else if (Map.class.isAssignableFrom(f.getType()) && !Modifier.isStatic(f.getModifiers())) {
                    throw new Unsupported(
                            "optimizer " + c.getName(),
                            "its map " + f.getName() + " may be keyed by Parameter.getId, which differs in every start;"
                                    + " declare it as Map<String, Map<Device, NDArray>>, as DJL's optimizers do");
                }
            }
        }
    }

    static boolean isSlot(Field field) {
        return Optimizer.class.isAssignableFrom(field.getDeclaringClass())
                && field.getGenericType().getTypeName().equals(SLOT_TYPE);
    }

    static OptimizerSlots of(ParameterServer server, TensorEngine engine) {
        return new OptimizerSlots(optimizer(server, engine));
    }

    static Optimizer optimizer(ParameterServer server, TensorEngine engine) {
        return server instanceof LocalParameterServer
                ? (Optimizer) PrivateField.get(LocalParameterServer.class, "optimizer", server)
                : engine.optimizer(server);
    }

    List<String> names() {
        return new ArrayList<>(slots.keySet());
    }

    /** Returns the slots that a parameter has; none before its first update. */
    Map<String, NDArray> live(String id) {
        Map<String, NDArray> live = new LinkedHashMap<>();
        slots.forEach((name, byId) -> {
            Map<Device, NDArray> byDevice = byId.get(id);
            if (byDevice != null && !byDevice.isEmpty()) {
                live.put(name, byDevice.values().iterator().next());
            }
        });
        return live;
    }

    /** Returns a slot; makes it as the optimizer would at the first update if it is not there. */
    NDArray slot(String name, Parameter parameter) {
        NDArray weight = parameter.getArray();
        return slots.get(name)
                .computeIfAbsent(parameter.getId(), id -> new ConcurrentHashMap<>())
                .computeIfAbsent(weight.getDevice(), device -> {
                    NDArray made = weight.zerosLike();
                    made.detach();
                    return made;
                });
    }

    void remove(String name, String id) {
        Map<Device, NDArray> removed = slots.get(name).remove(id);
        if (removed != null) {
            removed.values().forEach(NDArray::close);
        }
    }

    int updates(String id) {
        return updateCounts.getOrDefault(id, -1);
    }

    void setUpdates(String id, int count) {
        if (count < 0) {
            updateCounts.remove(id);
        } else {
            updateCounts.put(id, count);
        }
    }
}
