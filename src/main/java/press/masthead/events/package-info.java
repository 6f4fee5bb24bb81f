/** Where people meet: what everyone is told of it, and what those who may come are told. */
@org.jspecify.annotations.NullMarked
package press.masthead.events;
