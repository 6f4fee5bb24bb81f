package press.masthead.plans;

/** How a membership is paid for. Stored by its lower-case name. */
public enum Payment {
    INVOICE,
    /** Not at all: the newsroom gave it. */
    COMPLIMENTARY
}
