/** Pictures and sound from a browser to many: received, made into HLS (RFC 8216), given out under signed addresses. */
@org.jspecify.annotations.NullMarked
package press.masthead.broadcast;
