package press.masthead.editions;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import press.masthead.newsletters.Farewell;
import press.masthead.newsletters.Newsletter;

/** A newsletter's last letter: an edition like any other, with words alone, that leaves at once. */
public final class SendFarewell implements Farewell {
    private final SendEdition sendEdition;
    private final Clock clock;

    public SendFarewell(SendEdition sendEdition, Clock clock) {
        this.sendEdition = sendEdition;
        this.clock = clock;
    }

    @Override
    public void send(Handle handle, Newsletter newsletter, String words) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), newsletter.zone());
        String subject = "Goodbye from " + newsletter.name();
        long id = handle.createQuery("""
                        insert into edition as e (newsletter_id, day, due_at, subject, subject_by_hand, drafted_at, since, edited_at)
                        select :newsletter, min(d.day)::date, :now, :subject, true, :now, :now, :now
                        from generate_series(cast(:today as date), cast(:today as date) + 30, interval '1 day') d(day)
                        where not exists (select from edition s where s.newsletter_id = :newsletter and s.day = d.day::date
                                          and s.state in ('sending', 'sent'))
                        on conflict (newsletter_id, day) do update set due_at = :now, subject = :subject, subject_by_hand = true,
                          edited_at = :now, state = 'drafted', top = '', note = '', revision = e.revision + 1
                        returning id
                        """)
                .bind("newsletter", newsletter.id())
                .bind("today", today)
                .bind("subject", subject)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one();
        Items.write(handle, id, List.of(new EditionForm.Entry.Block("text", "", words, 0, "", false)));
        sendEdition.send(handle, id);
    }
}
