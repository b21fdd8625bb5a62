package dev.belay.files;

import java.io.FileDescriptor;
import jdk.internal.access.JavaIOFileDescriptorAccess;
import jdk.internal.access.SharedSecrets;

/** The numbers inside of file descriptors. */
final class Descriptors {

    private static final JavaIOFileDescriptorAccess ACCESS = SharedSecrets.getJavaIOFileDescriptorAccess();

    private Descriptors() {}

    static int number(FileDescriptor descriptor) {
        return ACCESS.get(descriptor);
    }

    static void set(FileDescriptor descriptor, int number) {
        ACCESS.set(descriptor, number);
    }

    static boolean appends(FileDescriptor descriptor) {
        return ACCESS.getAppend(descriptor);
    }

    /** @param cleaned whether {@code one} is closed with its number when it becomes unreachable */
    static void exchange(FileDescriptor one, FileDescriptor other, boolean cleaned) {
        ACCESS.unregisterCleanup(one); // it remembers the number
        int number = ACCESS.get(one);
        ACCESS.set(one, ACCESS.get(other));
        ACCESS.set(other, number);
        if (cleaned) {
            ACCESS.registerCleanup(one);
        }
    }
}
