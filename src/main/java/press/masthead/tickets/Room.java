package press.masthead.tickets;

import java.util.OptionalInt;

/**
 * How much room is left for one person at one moment, with the event's row locked.
 *
 * @param planMost, teamMost how many may come by their plan, from their team; none where nothing was decided
 */
record Room(int capacity, int taken, OptionalInt planMost, int planTaken, OptionalInt teamMost, int teamTaken) {
    boolean fits(int seats) {
        return capacity - taken >= seats
                && (planMost.isEmpty() || planMost.getAsInt() - planTaken >= seats)
                && (teamMost.isEmpty() || teamMost.getAsInt() - teamTaken >= seats);
    }

    /** Whether there is a seat in the house, and their plan's or team's share is what is used up. */
    boolean onlyShareIsFull(int seats) {
        return capacity - taken >= seats && !fits(seats);
    }
}
