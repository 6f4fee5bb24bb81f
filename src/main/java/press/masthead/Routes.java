package press.masthead;

import io.javalin.config.RoutesConfig;
import press.masthead.platform.web.Guard;
import press.masthead.platform.web.Problem;

/** Every address that Masthead answers, in one place. */
final class Routes {
    private Routes() {}

    static void add(RoutesConfig routes, Newsroom n) {
        routes.before(new Guard(path -> path.startsWith("/unsubscribe/")));

        routes.get("/static/{file}", n.staticFiles);

        routes.get("/mailbox/", n.mailboxPages::list);
        routes.get("/mailbox/{id}", n.mailboxPages::letter);
        routes.get("/mailbox/{id}/html", n.mailboxPages::body);
        routes.get("/mailbox/{id}/source", n.mailboxPages::raw);
        routes.get("/mailbox/api/letters", n.mailboxPages::api);
        routes.post("/mailbox/empty", n.mailboxPages::empty);

        routes.exception(
                Problem.class, (problem, ctx) -> ctx.status(problem.status()).result(problem.sentence()));
    }
}
