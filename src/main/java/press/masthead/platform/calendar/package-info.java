/** Entries for calendars, as RFC 5545 writes them and RFC 5546 sends them; knows no newsroom word. */
package press.masthead.platform.calendar;
