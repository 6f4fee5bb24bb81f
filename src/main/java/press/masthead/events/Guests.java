package press.masthead.events;

import org.jdbi.v3.core.Handle;

/** What has to happen to those who come when an event changes; always in the transaction that changes it. */
public interface Guests {
    /** Seats that are taken: by those who come, by offers that wait for a word, by seats that wait to be paid. */
    int seatsTaken(Handle handle, long event);

    /** Time, place or title changed. */
    void moved(Handle handle, Event before, Event now);

    /** There may be room for those in line. */
    void roomChanged(Handle handle, Event event);

    /** It is off. */
    void calledOff(Handle handle, Event event);
}
