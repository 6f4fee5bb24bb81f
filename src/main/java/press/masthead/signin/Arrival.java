package press.masthead.signin;

import io.javalin.http.Context;

/**
 * What is done with someone who has come back from an identity provider: answers the request, with a page or a redirect. It
 * is asked before anybody is signed in, so that a test signs nobody in and a team can give a seat first.
 */
@FunctionalInterface
public interface Arrival {
    void arrived(Context ctx, Vouched vouched);
}
