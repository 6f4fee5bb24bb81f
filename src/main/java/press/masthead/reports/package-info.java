/** Trend reports: the charts in their text, their typeset copies, who took one, and where their covers are shown. */
@org.jspecify.annotations.NullMarked
package press.masthead.reports;
