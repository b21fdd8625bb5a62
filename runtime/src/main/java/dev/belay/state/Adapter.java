package dev.belay.state;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Knows the state of one framework's live objects. Found by {@link java.util.ServiceLoader} and loaded by one small
 * loader per class loader of the framework, so that it links against the framework that the program brought.
 *
 * <p>Order of a capture: {@link #settle}, {@link #refusal} for every resource met, {@link #roots}, {@link #capture}. Order of a resume:
 * {@link #prepare}, {@link #roots} (bound to the fresh objects and filled), {@link #restore}, and last of all {@link #restoreRandom}.
 */
public interface Adapter {

    /** How the object graph treats an object. */
    enum Role {
        /** Not a class of this framework. */
        UNKNOWN,
        /** Plain data: fields are saved and filled in place. */
        STATE,
        /** A live object that stays the fresh program's; only {@link #stateFields} of it are saved. */
        RESOURCE
    }

    /** Returns the framework's name, as in its descriptor. */
    String framework();

    /** Returns the role of a class of this framework; {@link Role#UNKNOWN} for others. */
    Role role(Class<?> type);

    /** Returns the fields of a resource class that are plain state, saved and filled in place. */
    List<Field> stateFields(Class<?> type);

    /** Returns whether a field that a program's subclass of a resource adds is saved by {@link #capture}. */
    default boolean savesItself(Field field) {
        return false;
    }

    /** Returns why an object cannot be captured exactly, as {@code <why>; <what to do>}; empty if it can. */
    Optional<String> refusal(Object object);

    /** Returns who knows what live objects hold outside of their fields; empty if none of them holds anything. */
    default Optional<Contents> contents() {
        return Optional.empty();
    }

    /** Brings the framework's own threads to rest; called before the program's threads are looked at. */
    default void settle() {
        // most frameworks start none
    }

    /** A framework object was constructed on the calling thread (see the descriptor's {@code births}). */
    void born(Object object);

    /**
     * The framework measured something on the training thread (see the descriptor's {@code measures}).
     *
     * @param by what measured it
     * @param result what it returned
     */
    default void measured(Object by, Object result) {
        // most frameworks are asked only when a step or an epoch has ended
    }

    /** The framework began an evaluation pass over one batch, on the training thread. */
    default void evaluated() {
        // only who tells training from validation by it wants to know
    }

    /** Returns whether it measures something of this name. */
    default boolean measures(String name) {
        return false;
    }

    /** A step has ended; returns what was measured in it, by the names that people know. */
    default Map<String, Double> metricsOfStep() {
        return Map.of();
    }

    /** An epoch has ended; returns what was measured in it, of validation with {@code eval_} before the name. */
    default Map<String, Double> metricsOfEpoch() {
        return Map.of();
    }

    /** Returns how many samples a training batch has, where it is known. */
    default OptionalLong batchSize() {
        return OptionalLong.empty();
    }

    /** Returns what must be equal in a resumed run: versions, native libraries, thread settings. */
    Map<String, String> fingerprint();

    /** Makes what the saved program had and the restarted one has not made yet; called each time before anything is bound. */
    default void prepare(RestoreSource source) {
        // most frameworks make everything before their loops
    }

    /** Returns objects whose graphs are state, by a name that is the same in every life of the program. */
    Map<String, Object> roots();

    /**
     * Hands out tensors as views of live memory, and small values. Called on the training thread at a point.
     *
     * @throws Unsupported if something cannot be captured exactly
     */
    void capture(CaptureSink sink);

    /** Fills the fresh program's tensors and framework objects in place; random generators excepted. */
    void restore(RestoreSource source);

    /**
     * Fills the parameters of the program's models from a checkpoint of another place, and nothing else.
     *
     * @return how many parameters were filled
     * @throws Unsupported if the models are not those of the checkpoint
     */
    int loadModel(RestoreSource source);

    /** Sets the framework's random generators, after everything else that might draw from them. */
    void restoreRandom(RestoreSource source);
}
