package press.masthead.editions;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import press.masthead.deliveries.Audience;
import press.masthead.newsletters.Newsletter;
import press.masthead.plans.Memberships;
import press.masthead.platform.mail.LetterWords;
import press.masthead.publication.Publication;
import press.masthead.subscriptions.UnsubscribeLinks;

/** Who gets an edition, and which of its messages. */
public final class EditionReaders {
    private final Memberships memberships;
    private final UnsubscribeLinks links;
    private final Publication publication;

    public EditionReaders(Memberships memberships, UnsubscribeLinks links, Publication publication) {
        this.publication = publication;
        this.memberships = memberships;
        this.links = links;
    }

    /** The confirmed readers of the newsletter; of one for members, those who are members at this moment. */
    Audience of(Handle handle, Newsletter newsletter) {
        List<Long> readers = handle.createQuery("""
                        select s.reader_id from subscription s join reader r on r.id = s.reader_id
                        where s.newsletter_id = :newsletter and r.confirmed_at is not null
                        """)
                .bind("newsletter", newsletter.id())
                .mapTo(Long.class)
                .list();
        Set<Long> members = memberships.reading(handle, readers);
        if (newsletter.isForMembers())
            readers = readers.stream().filter(members::contains).toList();
        return audience(newsletter, readers, members);
    }

    /** One person alone, as a member or as everyone else. */
    Audience only(Newsletter newsletter, long reader, boolean member) {
        return audience(newsletter, List.of(reader), member ? Set.of(reader) : Set.of());
    }

    /** The seal of each one's unsubscribe link is made here, a microsecond each. */
    private Audience audience(Newsletter newsletter, Collection<Long> readers, Set<Long> members) {
        Long[] ids = readers.toArray(Long[]::new);
        String[] tokens = new String[ids.length];
        String[] variants = new String[ids.length];
        for (int i = 0; i < ids.length; i++) {
            tokens[i] = links.token(newsletter.id(), ids[i]);
            variants[i] = members.contains(ids[i]) ? FreezeEdition.MEMBERS : FreezeEdition.EVERYONE;
        }
        return new Audience(
                """
                select r.id as reader_id, r.email as address, r.name, whom.variant, whom.token,
                       jsonb_build_object('greeting', :hello || case when btrim(r.name) = '' then '.' else ', ' || split_part(btrim(r.name), ' ', 1) || '.' end) as personal
                from unnest(:readers, :tokens, :variants) as whom (reader_id, token, variant) join reader r on r.id = whom.reader_id
                """,
                Map.of(
                        "readers",
                        ids,
                        "tokens",
                        tokens,
                        "variants",
                        variants,
                        "hello",
                        EditionLetter.hello(
                                newsletter,
                                LetterWords.in(publication.settings().language()))));
    }
}
