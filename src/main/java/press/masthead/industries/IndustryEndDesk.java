package press.masthead.industries;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.desk.Complaint;
import press.masthead.industries.MergeIndustries.Weight;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** An industry is merged, retired, brought back or removed; what hangs on it is told before. */
public final class IndustryEndDesk {
    private static final int LONGEST_FAREWELL = 2_000;

    private final Jdbi jdbi;
    private final Industries industries;
    private final IndustryLife life;
    private final Html html;

    public IndustryEndDesk(Jdbi jdbi, Industries industries, IndustryLife life, Html html) {
        this.jdbi = jdbi;
        this.industries = industries;
        this.life = life;
        this.html = html;
    }

    record EndPage(
            Reader staff,
            String notice,
            Complaint complaint,
            Industry industry,
            List<Industry> others,
            Weight weight,
            boolean used,
            long into,
            boolean goodbye,
            String farewell) {}

    /** GET /desk/industries/{id}/end: what hangs on it, and the ways to end it */
    public void ways(Context ctx) {
        Visit.editor(ctx);
        Industry industry = IndustryDesk.industry(ctx, industries);
        show(ctx, 200, industry, Complaint.NONE, true, farewell(industry));
    }

    private static String farewell(Industry industry) {
        return "This is the last letter on " + industry.name()
                + ". Thank you for reading it. What we have published stays where it is, and the industries that you follow go on as before.";
    }

    private void show(
            Context ctx, int status, Industry industry, Complaint complaint, boolean goodbye, String farewell) {
        ctx.status(status);
        html.page(
                ctx,
                "industries/end",
                jdbi.withHandle(handle -> new EndPage(
                        Visit.editor(ctx),
                        Flash.take(ctx),
                        complaint,
                        industry,
                        industries.all().stream()
                                .filter(other -> other.id() != industry.id())
                                .toList(),
                        MergeIndustries.weight(handle, industry.id()),
                        MergeIndustries.isUsed(handle, industry.id()),
                        IndustryDesk.number(ctx.formParam("into")),
                        goodbye,
                        farewell)));
    }

    /** POST /desk/industries/{id}/merge: into, sure=yes */
    public void merge(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Industry from = IndustryDesk.industry(ctx, industries);
        Optional<Industry> into = industries
                .byId(IndustryDesk.number(ctx.formParam("into")))
                .filter(other -> other.id() != from.id() && !other.retired());
        if (into.isEmpty() || !"yes".equals(ctx.formParam("sure"))) {
            Complaint complaint = into.isEmpty()
                    ? new Complaint("into", "Choose the industry that takes it over.")
                    : new Complaint("sure", "A merge can’t be undone. Tick that you mean it.");
            show(ctx, 422, from, complaint, true, farewell(from));
            return;
        }
        life.merge(from, into.get(), editor.id());
        Flash.put(
                ctx,
                from.name() + " is part of " + into.get().name()
                        + " now. Rankings, pieces and readers have moved over.");
        ctx.redirect("/desk/industries/" + into.get().id(), HttpStatus.SEE_OTHER);
    }

    /** POST /desk/industries/{id}/retire: goodbye=yes with farewell, or goodbye=no */
    public void retire(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Industry industry = IndustryDesk.industry(ctx, industries);
        boolean goodbye = "yes".equals(ctx.formParam("goodbye"));
        String farewell = IndustryDesk.text(ctx.formParam("farewell"));
        if (goodbye && (farewell.isEmpty() || farewell.length() > LONGEST_FAREWELL)) {
            String sentence = farewell.isEmpty()
                    ? "Write the farewell, or choose to stop without one."
                    : "This farewell is longer than 2,000 characters.";
            show(ctx, 422, industry, new Complaint("farewell", sentence), true, farewell);
            return;
        }
        life.retire(industry, Optional.of(farewell).filter(words -> goodbye), editor.id());
        Flash.put(ctx, industry.name() + " is retired. You can bring it back here at any time.");
        ctx.redirect("/desk/industries/" + industry.id(), HttpStatus.SEE_OTHER);
    }

    /** POST /desk/industries/{id}/restore */
    public void restore(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Industry industry = IndustryDesk.industry(ctx, industries);
        if (!industry.retired()) throw Problem.stale(industry.name() + " is not retired.");
        life.bringBack(industry, editor.id());
        Flash.put(ctx, industry.name() + " is back, with everyone who ranked it and everyone who reads its letter.");
        ctx.redirect("/desk/industries/" + industry.id(), HttpStatus.SEE_OTHER);
    }

    /** POST /desk/industries/{id}/remove: one that nothing was ever filed under */
    public void remove(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Industry industry = IndustryDesk.industry(ctx, industries);
        life.remove(industry, editor.id());
        Flash.put(ctx, industry.name() + " is gone.");
        ctx.redirect("/desk/industries", HttpStatus.SEE_OTHER);
    }
}
