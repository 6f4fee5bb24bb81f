package press.masthead.platform.web;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers HEAD as RFC 9110 section 9.3.2 asks: the status and headers that GET would have. What is inside sees a GET; the
 * server, which knows better, sends no content.
 */
final class HeadAsGet extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!request.getMethod().equals("HEAD")) return super.handle(request, response, callback);
        var asked = new Request.Wrapper(request) {
            @Override
            public String getMethod() {
                return "GET";
            }
        };
        return super.handle(asked, response, callback);
    }
}
