package press.masthead.industries;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.desk.Audit;
import press.masthead.platform.web.Problem;

/**
 * What becomes of an industry: begun, changed, merged, retired, brought back, taken away. Its newsletter follows, and what members
 * ranked and were sent is kept.
 */
public final class IndustryLife {
    private final Jdbi jdbi;
    private final Industries industries;
    private final IndustryLetters letters;
    private final Audit audit;
    private final Clock clock;

    public IndustryLife(Jdbi jdbi, Industries industries, IndustryLetters letters, Audit audit, Clock clock) {
        this.jdbi = jdbi;
        this.industries = industries;
        this.letters = letters;
        this.audit = audit;
        this.clock = clock;
    }

    /** Adds it at the end, with a newsletter of its own. */
    void begin(Industry industry, long by) {
        jdbi.useTransaction(handle -> {
            long id = industries.add(handle, industry);
            beginLetter(handle, Industries.byId(handle, id).orElseThrow());
            done(handle, by, "added the industry " + industry.name());
        });
    }

    /** Gives every industry that has none a newsletter of its own. */
    public void beginLetters(Handle handle) {
        handle.createQuery(
                        "select id from industry where newsletter_id is null and retired_at is null order by position, id")
                .mapTo(Long.class)
                .list()
                .forEach(id -> beginLetter(handle, Industries.byId(handle, id).orElseThrow()));
    }

    private void beginLetter(Handle handle, Industry industry) {
        handle.execute(
                "update industry set newsletter_id = ? where id = ?", letters.begin(handle, industry), industry.id());
    }

    /** For an industry that was there before industries had newsletters. */
    void beginLetter(Industry industry, long by) {
        jdbi.useTransaction(handle -> {
            hold(handle, industry.id());
            if (newsletter(handle, industry.id()).isPresent())
                throw Problem.stale("This industry has a newsletter of its own already.");
            beginLetter(handle, industry);
            done(handle, by, "began the newsletter of " + industry.name());
        });
    }

    void change(Industry before, Industry now, long by) {
        jdbi.useTransaction(handle -> {
            hold(handle, before.id());
            industries.change(handle, before, now);
            newsletter(handle, before.id()).ifPresent(letter -> letters.follow(handle, letter, before, now));
            done(handle, by, "changed the industry " + now.name());
        });
    }

    /** It is ranked and filed under no more; its page, what it holds and who ranked it stay. */
    void retire(Industry industry, Optional<String> farewell, long by) {
        jdbi.useTransaction(handle -> {
            hold(handle, industry.id());
            int retired = handle.execute(
                    "update industry set retired_at = ? where id = ? and retired_at is null",
                    clock.instant(),
                    industry.id());
            if (retired == 0) throw Problem.stale(industry.name() + " is retired already.");
            newsletter(handle, industry.id()).ifPresent(letter -> letters.stop(handle, letter, farewell));
            done(handle, by, "retired the industry " + industry.name());
        });
    }

    void bringBack(Industry industry, long by) {
        jdbi.useTransaction(handle -> {
            hold(handle, industry.id());
            handle.execute("update industry set retired_at = null where id = ? and merged_into is null", industry.id());
            newsletter(handle, industry.id()).ifPresent(letter -> letters.goOn(handle, letter));
            done(handle, by, "brought the industry " + industry.name() + " back");
        });
    }

    /** Everything of the one becomes the other's, and its address leads there. */
    void merge(Industry from, Industry into, long by) {
        jdbi.useTransaction(handle -> {
            hold(handle, Math.min(from.id(), into.id()));
            hold(handle, Math.max(from.id(), into.id()));
            MergeIndustries.move(handle, from.id(), into.id(), clock.instant());
            OptionalLong gone = newsletter(handle, from.id());
            OptionalLong kept = newsletter(handle, into.id());
            if (gone.isPresent() && kept.isPresent()) letters.merge(handle, gone.getAsLong(), kept.getAsLong());
            else if (gone.isPresent()) {
                handle.execute("update industry set newsletter_id = null where id = ?", from.id());
                handle.execute("update industry set newsletter_id = ? where id = ?", gone.getAsLong(), into.id());
                letters.follow(handle, gone.getAsLong(), from, into);
            }
            done(handle, by, "merged the industry " + from.name() + " into " + into.name());
        });
    }

    /** @throws Problem 422 when anything was ever filed under it, ranked, or sent under its name */
    void remove(Industry industry, long by) {
        jdbi.useTransaction(handle -> {
            hold(handle, industry.id());
            if (MergeIndustries.isUsed(handle, industry.id()))
                throw Problem.invalid("Stories, letters or members’ rankings carry " + industry.name()
                        + ", so it can’t be removed. Retire it instead: nothing is lost then.");
            OptionalLong letter = newsletter(handle, industry.id());
            handle.execute("delete from newsletter_industry where industry_id = ?", industry.id());
            handle.execute("delete from industry where id = ?", industry.id());
            letter.ifPresent(id -> letters.remove(handle, id));
            done(handle, by, "removed the industry " + industry.name());
        });
    }

    private static void hold(Handle handle, long industry) {
        boolean found = handle.createQuery("select id from industry where id = :id for update")
                .bind("id", industry)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        if (!found) throw Problem.notFound("There is no such industry.");
    }

    private static OptionalLong newsletter(Handle handle, long industry) {
        return handle.createQuery("select newsletter_id from industry where id = :id and newsletter_id is not null")
                .bind("id", industry)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private void done(Handle handle, long by, String what) {
        audit.note(handle, by, what);
        industries.announce(handle);
        handle.execute("select pg_notify('published', '')");
    }
}
