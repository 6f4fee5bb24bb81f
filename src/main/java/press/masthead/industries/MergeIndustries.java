package press.masthead.industries;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** What hangs on an industry: how much it is, and how it becomes another's. */
final class MergeIndustries {
    private MergeIndustries() {}

    /** @param readers of its newsletter */
    record Weight(long rankings, long teams, long pieces, long readers) {}

    static Weight weight(Handle handle, long industry) {
        return handle.createQuery("""
                        select (select count(*) from industry_rank where industry_id = i.id) as rankings,
                               (select count(*) from team_industry_rank where industry_id = i.id) as teams,
                               (select count(*) from story_industry where industry_id = i.id) as pieces,
                               coalesce((select reader_count from newsletter n where n.id = i.newsletter_id), 0) as readers
                        from industry i where i.id = :id
                        """).bind("id", industry).mapTo(Weight.class).one();
    }

    static boolean isUsed(Handle handle, long industry) {
        return handle.createQuery("""
                        select exists (select from industry_rank where industry_id = :id)
                            or exists (select from team_industry_rank where industry_id = :id)
                            or exists (select from story_industry where industry_id = :id)
                            or exists (select from follow where industry_id = :id)
                            or exists (select from industry where merged_into = :id)
                            or exists (select from newsletter_industry ni join industry i on i.id = ni.industry_id
                                       where ni.industry_id = :id and ni.newsletter_id is distinct from i.newsletter_id)
                            or exists (select from industry i join subscription s on s.newsletter_id = i.newsletter_id where i.id = :id)
                            or exists (select from member_review where :id = any(industries))
                        """).bind("id", industry).mapTo(Boolean.class).one();
    }

    /**
     * Rankings (the better rank stays, and they are closed up), pieces, other newsletters that cover it, forewords and pins of
     * weeks that have not left. What was sent under its name keeps that name, so its row stays and says where it went.
     */
    static void move(Handle handle, long from, long into, Instant now) {
        rank(handle, "industry_rank", "reader_id", from, into);
        rank(handle, "team_industry_rank", "team_id", from, into);
        handle.createUpdate("""
                        insert into story_industry (story_id, industry_id, published_at)
                        select story_id, :into, published_at from story_industry where industry_id = :from on conflict do nothing
                        """).bind("from", from).bind("into", into).execute();
        handle.execute("delete from story_industry where industry_id = ?", from);
        handle.createUpdate("""
                        insert into follow (reader_id, industry_id, since)
                        select reader_id, :into, since from follow where industry_id = :from on conflict do nothing
                        """).bind("from", from).bind("into", into).execute();
        handle.execute("delete from follow where industry_id = ?", from);
        handle.createUpdate("""
                        insert into newsletter_industry (newsletter_id, industry_id)
                        select newsletter_id, :into from newsletter_industry where industry_id = :from on conflict do nothing
                        """).bind("from", from).bind("into", into).execute();
        handle.execute("delete from newsletter_industry where industry_id = ?", from);
        handle.createUpdate("""
                        insert into review_foreword as kept (edition_id, industry_id, text, by, at)
                        select f.edition_id, :into, f.text, f.by, f.at from review_foreword f
                        join edition e on e.id = f.edition_id and e.state in ('drafted', 'approved', 'missed')
                        where f.industry_id = :from
                        on conflict (edition_id, industry_id) do update set text = kept.text || E'\\n\\n' || excluded.text
                        """).bind("from", from).bind("into", into).execute();
        handle.createUpdate("""
                        insert into review_pin (edition_id, industry_id, story_id, by, at)
                        select p.edition_id, :into, p.story_id, p.by, p.at from review_pin p
                        join edition e on e.id = p.edition_id and e.state in ('drafted', 'approved', 'missed')
                        where p.industry_id = :from on conflict do nothing
                        """).bind("from", from).bind("into", into).execute();
        handle.createUpdate("""
                        update industry set merged_into = :into, retired_at = coalesce(retired_at, :now) where id = :from or merged_into = :from
                        """)
                .bind("from", from)
                .bind("into", into)
                .bind("now", now)
                .execute();
    }

    /** @param table of rankings; {@code whose} is its column beside the industry */
    private static void rank(Handle handle, String table, String whose, long from, long into) {
        handle.createUpdate("""
                        with both_ranked as (
                          update %1$s kept set rank = least(kept.rank, gone.rank) from %1$s gone
                          where kept.industry_id = :into and gone.industry_id = :from and gone.%2$s = kept.%2$s)
                        insert into %1$s (%2$s, industry_id, rank)
                        select %2$s, :into, rank from %1$s where industry_id = :from on conflict do nothing
                        """.formatted(table, whose))
                .bind("from", from)
                .bind("into", into)
                .execute();
        handle.execute("delete from " + table + " where industry_id = ?", from);
        handle.createUpdate("""
                        update %1$s r set rank = n.rank from (
                          select %2$s, industry_id, row_number() over (partition by %2$s order by rank, industry_id) as rank from %1$s
                          where %2$s in (select %2$s from %1$s where industry_id = :into)) n
                        where n.%2$s = r.%2$s and n.industry_id = r.industry_id and n.rank <> r.rank
                        """.formatted(table, whose)).bind("into", into).execute();
    }
}
