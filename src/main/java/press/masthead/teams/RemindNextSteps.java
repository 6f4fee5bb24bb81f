package press.masthead.teams;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.publication.Publication;

/** On the morning of a next step's day, a letter to whose enquiry it is, or to all who mind the business. */
public final class RemindNextSteps implements Runnable {
    /** On the publication's clock. */
    private static final int FROM_HOUR = 7;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Publication publication;
    private final Enquiries enquiries;
    private final TeamLetters letters;

    public RemindNextSteps(Jdbi jdbi, Clock clock, Publication publication, Enquiries enquiries, TeamLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.publication = publication;
        this.enquiries = enquiries;
        this.letters = letters;
    }

    @Override
    public void run() {
        ZonedDateTime there = clock.instant().atZone(publication.settings().zone());
        LocalDate today = there.getHour() < FROM_HOUR ? there.toLocalDate().minusDays(1) : there.toLocalDate();
        while (jdbi.inTransaction(handle -> next(handle, today))) {}
    }

    private boolean next(Handle handle, LocalDate today) {
        Optional<Enquiry> due = enquiries.due(handle, today);
        due.ifPresent(enquiry -> to(handle, enquiry).forEach(staff -> letters.nextStep(handle, staff, enquiry)));
        return due.isPresent();
    }

    private List<TeamLetters.To> to(Handle handle, Enquiry enquiry) {
        return enquiry.ownerId()
                .flatMap(owner -> handle.createQuery("""
                                select r.email, r.name from staff s join reader r on r.id = s.reader_id where r.id = :owner
                                """)
                        .bind("owner", owner)
                        .mapTo(TeamLetters.To.class)
                        .findOne())
                .map(List::of)
                .orElseGet(() -> enquiries.business(handle));
    }
}
