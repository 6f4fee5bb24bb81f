/**
 * Mail as bytes on a wire: addresses, MIME, DKIM, SMTP. It knows letters and servers, and no newsroom word.
 *
 * <p>The way of a letter: a {@link press.masthead.platform.mail.FrozenMessage} is rendered once, its personal slots are
 * spliced into {@link press.masthead.platform.mail.Bytes}, {@link press.masthead.platform.mail.Dkim} signs those, and
 * {@link press.masthead.platform.mail.SmtpConnection} hands them to a server, whose answer becomes one
 * {@link press.masthead.platform.mail.Outcome}.
 */
@NullMarked
package press.masthead.platform.mail;

import org.jspecify.annotations.NullMarked;
