/** Letting people in: the phone at the door, what it decides without a connection, and who was there. */
@org.jspecify.annotations.NullMarked
package press.masthead.door;
