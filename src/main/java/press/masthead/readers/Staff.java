package press.masthead.readers;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.readers.Reader.Role;

/** Those who work here: who they are, what they may do, and under which name they write. */
public final class Staff {
    private final Jdbi jdbi;

    public Staff(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Someone who works here.
     *
     * @param authorId the author whose name stands over what they write
     * @param present whether they have ever signed in
     */
    public record Member(long id, String email, String name, Role role, Optional<Long> authorId, boolean present) {
        public String shownName() {
            return name.isBlank() ? email : name;
        }
    }

    public List<Member> all() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select r.id, r.email, r.name, s.role, s.author_id, r.confirmed_at is not null as present
                        from staff s join reader r on r.id = s.reader_id
                        order by array_position(array['owner', 'editor', 'reporter', 'business'], s.role), lower(r.name), r.id
                        """).mapTo(Member.class).list());
    }

    public Optional<Member> byId(long id) {
        return all().stream().filter(member -> member.id() == id).findFirst();
    }

    /** From now on they work here; false when they did before. */
    public boolean employ(Handle handle, long reader, Role role, Optional<Long> author) {
        return handle.createUpdate("""
                        insert into staff (reader_id, role, author_id) values (:reader, :role, :author)
                        on conflict (reader_id) do nothing
                        """)
                        .bind("reader", reader)
                        .bind("role", role)
                        .bind("author", author)
                        .execute()
                == 1;
    }

    public void change(Handle handle, long reader, Role role, Optional<Long> author) {
        handle.createUpdate("update staff set role = :role, author_id = :author where reader_id = :reader")
                .bind("reader", reader)
                .bind("role", role)
                .bind("author", author)
                .execute();
    }

    /** From their next request on they are a reader like any other. */
    public void dismiss(Handle handle, long reader) {
        handle.createUpdate("delete from staff where reader_id = :reader")
                .bind("reader", reader)
                .execute();
    }

    /** Whether nobody would own the newsroom without this one; asks one at a time. */
    public boolean isLastOwner(Handle handle, long reader) {
        handle.execute("select pg_advisory_xact_lock(hashtext('staff.owner'))");
        return handle.createQuery("""
                        select exists (select from staff where reader_id = :reader and role = 'owner')
                           and not exists (select from staff where reader_id <> :reader and role = 'owner')
                        """)
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one();
    }
}
