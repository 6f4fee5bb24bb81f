/** Live video sessions: what is announced, who may watch, what is asked and answered, and the recording afterwards. */
@org.jspecify.annotations.NullMarked
package press.masthead.live;
