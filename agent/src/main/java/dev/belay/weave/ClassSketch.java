package dev.belay.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.ClassReader;

/**
 * The little that is kept of every class on the class path, read from its constant pool alone: code is not looked at.
 *
 * @param supertypes internal names of its superclass and interfaces
 * @param called hashes of names and descriptors of all methods that it names, sorted
 */
record ClassSketch(String name, List<String> supertypes, long[] called) {

    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;

    static ClassSketch read(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        List<String> supertypes = new ArrayList<>(List.of(reader.getInterfaces()));
        if (reader.getSuperName() != null) {
            supertypes.add(0, reader.getSuperName().intern());
        }
        long[] called = new long[reader.getItemCount()];
        int count = 0;
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i); // after the tag; 0 for the second half of a long or double
            int tag = at == 0 ? 0 : classFile[at - 1];
            if (tag == METHOD || tag == INTERFACE_METHOD) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(at + 2));
                called[count++] = hash(
                        classFile,
                        reader.getItem(reader.readUnsignedShort(nameAndType)),
                        reader.getItem(reader.readUnsignedShort(nameAndType + 2)));
            }
        }
        long[] sorted = Arrays.copyOf(called, count);
        Arrays.sort(sorted);
        return new ClassSketch(reader.getClassName().intern(), List.copyOf(supertypes), sorted);
    }

    /**
     * Returns whether a class may call one of some methods; false is certain.
     *
     * @param methods what {@link #hashOf} returns for each, sorted
     */
    static boolean mayCallAny(byte[] classFile, long[] methods) {
        ClassReader reader = new ClassReader(classFile);
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            if (at > 0 && classFile[at - 1] == METHOD) {
                int owner = reader.getItem(reader.readUnsignedShort(reader.getItem(reader.readUnsignedShort(at))));
                int nameAndType = reader.getItem(reader.readUnsignedShort(at + 2));
                int name = reader.getItem(reader.readUnsignedShort(nameAndType));
                int descriptor = reader.getItem(reader.readUnsignedShort(nameAndType + 2));
                long hash = add(classFile, descriptor, add(classFile, name, add(classFile, owner, 17) * 31 + '.'));
                if (Arrays.binarySearch(methods, hash) >= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the hash of an owner, a dot, a name and a descriptor. */
    static long hashOf(String method) {
        return hash(method);
    }

    /** Returns whether the class may call a method; false is certain. */
    boolean mayCall(String nameAndDescriptor) {
        return Arrays.binarySearch(called, hash(nameAndDescriptor)) >= 0;
    }

    private static long hash(byte[] classFile, int name, int descriptor) {
        return add(classFile, descriptor, add(classFile, name, 17));
    }

    private static long add(byte[] classFile, int utf8, long before) {
        int length = (classFile[utf8] & 0xff) << 8 | classFile[utf8 + 1] & 0xff;
        long hash = before;
        for (int i = utf8 + 2; i < utf8 + 2 + length; i++) {
            hash = hash * 31 + (classFile[i] & 0xff);
        }
        return hash;
    }

    /** The same hash, of what the modified UTF-8 of class files makes of a name (JVMS 4.4.7). */
    private static long hash(String nameAndDescriptor) {
        long hash = 17;
        for (int i = 0; i < nameAndDescriptor.length(); i++) {
            char c = nameAndDescriptor.charAt(i);
            if (c != 0 && c < 0x80) {
                hash = hash * 31 + c;
            } else if (c < 0x800) {
                hash = (hash * 31 + (0xc0 | c >> 6)) * 31 + (0x80 | c & 0x3f);
            } else {
                hash = ((hash * 31 + (0xe0 | c >> 12)) * 31 + (0x80 | c >> 6 & 0x3f)) * 31 + (0x80 | c & 0x3f);
            }
        }
        return hash;
    }
}
