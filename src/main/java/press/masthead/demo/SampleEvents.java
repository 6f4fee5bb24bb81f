package press.masthead.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jdbi.v3.core.Handle;

/** Two evenings of the sample: one that members can register for, one that has been. */
final class SampleEvents {
    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    private SampleEvents() {}

    static void write(Handle handle, Instant now) {
        Instant next = now.atZone(ZONE)
                .toLocalDate()
                .plusDays(23)
                .atTime(LocalTime.of(19, 0))
                .atZone(ZONE)
                .toInstant();
        Instant last = now.atZone(ZONE)
                .toLocalDate()
                .minusDays(19)
                .atTime(LocalTime.of(18, 0))
                .atZone(ZONE)
                .toInstant();
        handle.createUpdate("""
                        insert into event (slug, title, announcement, city, starts_at, ends_at, zone, place, address, details, programme,
                                           speakers, access, capacity, plus_one, questions, currency, uid, state, created_at, published_at)
                        values ('an-evening-with-the-energy-desk', 'An evening with the energy desk',
                                'What the winter will cost, and who decides it. Dinner at one long table with the people who report on it.',
                                'Sarrin Free Port', :from, :until, :zone, 'The Lantern House', '9 Lantern Quay',
                                'The house has a lift and a ramp. Tell us what you do not eat when you register.',
                                E'19:00 Drinks\\n19:30 Dinner\\n21:00 Questions to the desk',
                                E'Lena Horvat, energy correspondent\\nIvo Castellan, reporter',
                                'member', 40, true, array['What do you not eat?'], 'USD', 'sample-evening@parallel.example',
                                'published', :now, :now)
                        """)
                .bind("from", next)
                .bind("until", next.plus(Duration.ofHours(3)))
                .bind("zone", ZONE.getId())
                .bind("now", now)
                .execute();
        handle.createUpdate("""
                        insert into event (slug, title, announcement, city, starts_at, ends_at, zone, place, access, capacity, currency, uid,
                                           state, recording_url, papers, created_at, published_at)
                        values ('the-border-levy-explained', 'The border levy, explained',
                                'A briefing for everyone, with the two reporters who read all nine hundred pages.', 'Sarrin Free Port',
                                :from, :until, :zone, 'The old customs hall', 'public', 120, 'USD', 'sample-briefing@parallel.example',
                                'published', '/border-levy-vote/', '', :before, :before)
                        """)
                .bind("from", last)
                .bind("until", last.plus(Duration.ofHours(2)))
                .bind("zone", ZONE.getId())
                .bind("before", last.minus(Duration.ofDays(30)))
                .execute();
        handle.createUpdate("""
                        with coming as (
                          insert into registration (event_id, reader_id, seats, state, asked_at, confirmed_at, plan, questions, answers)
                          select e.id, r.id, 1, 'confirmed', :now, :now, 'pro', array['What do you not eat?'], array['']
                          from event e, reader r where e.slug = 'an-evening-with-the-energy-desk' and r.email_key = 'cleo@reader.example'
                          returning id, event_id, reader_id)
                        insert into ticket (event_id, registration_id, number, reader_id, name, email, issued_at)
                        select c.event_id, c.id, 1, c.reader_id, r.name, r.email, :now from coming c join reader r on r.id = c.reader_id
                        """).bind("now", now).execute();
    }
}
