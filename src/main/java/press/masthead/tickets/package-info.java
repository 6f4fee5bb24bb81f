/** Who comes to an event: registering, the waiting list, tickets, letters and money. */
@org.jspecify.annotations.NullMarked
package press.masthead.tickets;
