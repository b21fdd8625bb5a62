package dev.belay.state;

import java.util.ArrayList;
import java.util.List;

/** The static fields that a checkpoint names, in the restarted program. */
final class StaticFields {

    private final HeapImage image;
    private final TypeResolver types;

    StaticFields(HeapImage image, TypeResolver types) {
        this.image = image;
        this.types = types;
    }

    /**
     * @param initialize whether classes that the program did not use yet are initialised; otherwise they are left out
     * @throws Unsupported if a field is not one of the program's that a capture would save
     */
    List<StaticField> fields(boolean initialize) {
        List<StaticField> fields = new ArrayList<>();
        for (String name : image.statics().keySet()) {
            String owner = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            if (!initialize && !types.knows(owner)) {
                continue; // its loader is yet to be made
            }
            Class<?> type = types.named(owner);
            if (ObjectPolicy.isJdk(type) || type.getName().startsWith("dev.belay.")) {
                throw new Unsupported(
                        "static field " + name, "it is not the program's; the checkpoint is damaged or foreign");
            } else if (initialize || HeapAccess.initialized(type)) {
                fields.add(find(types.initialized(type.getName()), name));
            }
        }
        return fields;
    }

    private static StaticField find(Class<?> type, String name) {
        return StaticField.of(type).stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Unsupported(
                        "static field " + name, "the program no longer has it; resume with the old program"));
    }
}
