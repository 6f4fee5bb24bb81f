package press.masthead.teams;

/**
 * How full a team is.
 *
 * @param bought seats of the contract that runs; 0 when none does
 * @param used seats that someone sits on
 * @param pending seats that an open invitation holds
 * @param courtesy people who read on beyond the contract to the end of their week
 */
record Room(int bought, int used, int pending, int courtesy) {
    int left() {
        return Math.max(0, bought - used - pending);
    }

    boolean isFull() {
        return left() == 0;
    }
}
