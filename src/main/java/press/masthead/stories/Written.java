package press.masthead.stories;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import press.masthead.platform.web.Times;

/**
 * A story as it stands in the newsroom.
 *
 * @param id 0 before it was first saved
 * @param revision which saving this is, from 1; 0 before the first
 * @param state {@code draft}, {@code review}, {@code scheduled}, {@code published} or {@code withdrawn}
 * @param publishedAt when it was, or is due to be
 * @param publishedZone the zone that a due time was meant in
 * @param embargoUntil until when nobody may publish it
 * @param savedBy whoever saved last, by name; may be empty
 */
record Written(
        long id,
        int revision,
        String state,
        int words,
        Optional<Instant> publishedAt,
        Optional<String> publishedZone,
        Optional<Instant> embargoUntil,
        Optional<String> embargoZone,
        Instant updatedAt,
        String savedBy,
        Draft draft) {

    /** Before anything of it was saved. */
    static Written fresh(Draft draft) {
        return new Written(
                0,
                0,
                "draft",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                "",
                draft);
    }

    /** The same story with another text in its form, begun from the revision given. */
    Written holding(int otherRevision, Draft other) {
        return new Written(
                id,
                otherRevision,
                state,
                words,
                publishedAt,
                publishedZone,
                embargoUntil,
                embargoZone,
                updatedAt,
                savedBy,
                other);
    }

    /** Whether it came with the program ({@link FirstPages}) and nobody has saved it since. */
    boolean isToBeReplaced() {
        return revision == 1 && draft.details().contains("\"to_be_replaced\"");
    }

    boolean isNew() {
        return id == 0;
    }

    boolean isPublished() {
        return state.equals("published");
    }

    boolean isScheduled() {
        return state.equals("scheduled");
    }

    /** Where its form is sent. */
    String address() {
        return isNew() ? "/desk/stories/new" : "/desk/stories/" + id;
    }

    /** The zone whose clock its times are shown by. */
    ZoneId zone(ZoneId usual) {
        return (isScheduled() ? publishedZone : embargoZone).map(ZoneId::of).orElse(usual);
    }

    /** When it is due, as a form shows it; empty when it is not. */
    String dueField(Times times) {
        return isScheduled() ? publishedAt.map(in(times)::field).orElse("") : "";
    }

    /** Until when it is embargoed, as a form shows it; empty when it is not. */
    String embargoField(Times times) {
        return embargoUntil.map(in(times)::field).orElse("");
    }

    private Times in(Times times) {
        return new Times(zone(times.zone()), times.now());
    }

    /** The due time and the embargo in words, each by the clock it was meant in. */
    String plans(Times times) {
        Times own = in(times);
        String due = isScheduled()
                ? publishedAt
                        .map(at -> "Appears " + own.full(at) + " (" + own.zone().getId() + "). ")
                        .orElse("")
                : "";
        return due
                + embargoUntil
                        .filter(until -> until.isAfter(times.now()))
                        .map(until -> "Under embargo until " + own.full(until) + " ("
                                + own.zone().getId() + ").")
                        .orElse("");
    }
}
