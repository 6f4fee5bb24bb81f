package press.masthead.newsletters;

import java.time.Clock;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import press.masthead.industries.Industry;
import press.masthead.industries.IndustryLetters;
import press.masthead.publication.Publication;
import press.masthead.publication.Settings;

/** The weekly newsletter that each industry has of its own, for members: it carries that industry's pieces. */
public final class IndustryNewsletters implements IndustryLetters {
    private final Farewell farewell;
    private final Clock clock;

    public IndustryNewsletters(Farewell farewell, Clock clock) {
        this.farewell = farewell;
        this.clock = clock;
    }

    static String nameOf(Industry industry) {
        return industry.name() + " weekly";
    }

    private static String slugOf(Industry industry) {
        return industry.slug() + "-weekly";
    }

    /** They are spread over the days from Monday to Thursday, so that an editor has a few each morning and Friday is the review's. */
    private static String day(Handle handle) {
        long before = handle.createQuery("select count(*) from industry where newsletter_id is not null")
                .mapTo(Long.class)
                .one();
        return DayOfWeek.of((int) (before % 4) + 1).name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    @Override
    public long begin(Handle handle, Industry industry) {
        Settings settings = Publication.settings(handle);
        long id = handle.createQuery("""
                        insert into newsletter (slug, name, description, sender_name, audience, slot, days, at, zone, release, position, cadence_since)
                        values (:slug, :name, :description, :sender, 'members', 'weekly', :days, '07:00', :zone, 'waits',
                                (select coalesce(max(position), 0) + 1 from newsletter), :now)
                        returning id
                        """)
                .bind("slug", free(handle, slugOf(industry)))
                .bind("name", nameOf(industry))
                .bind("description", industry.description())
                .bind("sender", settings.name())
                .bindArray("days", String.class, List.of(day(handle)))
                .bind("zone", settings.zone().getId())
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one();
        handle.execute("insert into newsletter_industry (newsletter_id, industry_id) values (?, ?)", id, industry.id());
        return id;
    }

    /** The address, or where another newsletter stands or stood there, the same with a number. */
    private static String free(Handle handle, String slug) {
        return handle.createQuery("""
                        select w.slug from generate_series(1, 99) n(n)
                        cross join lateral (select case when n = 1 then :slug else :slug || '-' || n end as slug) w
                        where not exists (select from newsletter where slug = w.slug)
                          and not exists (select from former_newsletter_slug where slug = w.slug)
                        order by n limit 1
                        """).bind("slug", slug).mapTo(String.class).one();
    }

    @Override
    public void follow(Handle handle, long newsletter, Industry before, Industry now) {
        Newsletters.hold(handle, newsletter);
        Newsletter letter = Newsletters.byId(handle, newsletter).orElseThrow();
        boolean moves = letter.slug().equals(slugOf(before)) && !before.slug().equals(now.slug());
        String slug = moves ? free(handle, slugOf(now)) : letter.slug();
        handle.createUpdate(
                        "update newsletter set name = :name, description = :description, slug = :slug where id = :id")
                .bind("name", letter.name().equals(nameOf(before)) ? nameOf(now) : letter.name())
                .bind(
                        "description",
                        letter.description().equals(before.description()) ? now.description() : letter.description())
                .bind("slug", slug)
                .bind("id", newsletter)
                .execute();
        if (moves) NewsletterSettings.rememberSlug(handle, newsletter, letter.slug(), slug);
    }

    @Override
    public void stop(Handle handle, long newsletter, Optional<String> words) {
        Newsletters.hold(handle, newsletter);
        Newsletter letter = Newsletters.byId(handle, newsletter).orElseThrow();
        if (letter.active() && letter.readerCount() > 0) words.ifPresent(said -> farewell.send(handle, letter, said));
        active(handle, newsletter, false);
    }

    @Override
    public void goOn(Handle handle, long newsletter) {
        Newsletters.hold(handle, newsletter);
        active(handle, newsletter, true);
    }

    private void active(Handle handle, long newsletter, boolean active) {
        handle.createUpdate(
                        "update newsletter set active = :active, cadence_since = :now where id = :id and active <> :active")
                .bind("active", active)
                .bind("now", clock.instant())
                .bind("id", newsletter)
                .execute();
    }

    /** Each move is written down as what it is, so that a reader can see why a letter comes. */
    @Override
    public void merge(Handle handle, long from, long into) {
        Newsletters.hold(handle, Math.min(from, into));
        Newsletters.hold(handle, Math.max(from, into));
        handle.createUpdate("""
                        with joined as (
                          insert into subscription (newsletter_id, reader_id, since, source)
                          select :into, s.reader_id, :now, s.source from subscription s where s.newsletter_id = :from
                          order by s.reader_id on conflict do nothing
                          returning newsletter_id, reader_id)
                        insert into subscription_event (newsletter_id, reader_id, what, cause, at)
                        select newsletter_id, reader_id, 'joined', 'merged', :now from joined
                        """)
                .bind("from", from)
                .bind("into", into)
                .bind("now", clock.instant())
                .execute();
        handle.createUpdate("""
                        with gone as (delete from subscription where newsletter_id = :from returning reader_id)
                        insert into subscription_event (newsletter_id, reader_id, what, cause, at)
                        select :from, reader_id, 'left', 'merged', :now from gone
                        """).bind("from", from).bind("now", clock.instant()).execute();
        active(handle, from, false);
    }

    @Override
    public void remove(Handle handle, long newsletter) {
        Newsletters.hold(handle, newsletter);
        handle.execute(
                "delete from edition where newsletter_id = ? and state in ('drafted', 'approved', 'skipped', 'missed')",
                newsletter);
        int gone = handle.execute("""
                delete from newsletter n where id = ? and reader_count = 0 and not exists (select from edition where newsletter_id = n.id)
                """, newsletter);
        if (gone == 0) active(handle, newsletter, false);
    }
}
