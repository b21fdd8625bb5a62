package dev.belay.store;

import java.util.Map;

/**
 * What the caller says about a checkpoint.
 *
 * @param step updates done
 * @param epoch epochs done, with a fraction; NaN where unknown
 * @param parent seq of the checkpoint that this one continues, or 0
 * @param fingerprint what a resume is compared with
 * @param notes the caller's own
 */
public record ManifestInfo(
        long step, double epoch, long parent, Map<String, String> fingerprint, Map<String, String> notes) {

    public ManifestInfo {
        fingerprint = Map.copyOf(fingerprint);
        notes = Map.copyOf(notes);
    }
}
