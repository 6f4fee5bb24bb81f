package press.masthead.pictures;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.storage.Files;

/** The picture library: rows in the database, bytes in storage. */
public final class Pictures {
    /** The widths that pages ask for, in pixels; another is answered with the next larger. */
    public static final List<Integer> WIDTHS = List.of(300, 600, 1000, 1600, 2000);

    private final Jdbi jdbi;
    private final Files files;
    private final Clock clock;
    /** One maker at a time for each picture, and not a lock for each picture that ever was. */
    private final List<ReentrantLock> makers =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    public Pictures(Jdbi jdbi, Files files, Clock clock) {
        this.jdbi = jdbi;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Takes a picture in: opened, turned upright, rid of everything but its pixels, written again. The same picture under
     * the same name is the same row.
     *
     * @param name what the file was called; its words lead the address
     * @param by the member of staff, or null when nobody was
     * @throws press.masthead.platform.web.Problem 422 when it is no picture, 413 when it is too large, 507 when the disk is
     *     full
     */
    public Picture add(
            Handle handle, String name, byte[] bytes, String alt, String caption, String credit, @Nullable Long by) {
        Pixels pixels = Pixels.read(bytes);
        byte[] clean = pixels.encoded(0.9);
        String kept = slug(name) + "-" + hash(clean) + (pixels.contentType().equals("image/png") ? ".png" : ".jpg");
        if (!files.has(key(kept))) files.put(key(kept), clean);
        return handle.createQuery("""
                        with added as (
                          insert into picture (name, content_type, width, height, alt, caption, credit, created_at, created_by)
                          values (:name, :type, :width, :height, :alt, :caption, :credit, :now, :by)
                          on conflict (name) do nothing
                          returning *)
                        select * from added union all select * from picture where name = :name limit 1
                        """)
                .bind("name", kept)
                .bind("type", pixels.contentType())
                .bind("width", pixels.image().getWidth())
                .bind("height", pixels.image().getHeight())
                .bind("alt", alt.strip())
                .bind("caption", caption.strip())
                .bind("credit", credit.strip())
                .bind("now", clock.instant())
                .bindByType("by", by, Long.class)
                .mapTo(Picture.class)
                .one();
    }

    /** As above, in a transaction of its own. */
    public Picture add(String name, byte[] bytes, String alt, String caption, String credit, @Nullable Long by) {
        return jdbi.inTransaction(handle -> add(handle, name, bytes, alt, caption, credit, by));
    }

    public Optional<Picture> byId(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from picture where id = :id")
                .bind("id", id)
                .mapTo(Picture.class)
                .findOne());
    }

    public Optional<Picture> byName(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from picture where name = :name")
                .bind("name", name)
                .mapTo(Picture.class)
                .findOne());
    }

    /**
     * The library, newest first.
     *
     * @param words each must appear in the alternative text, caption, credit or name; blank finds everything
     * @param before the id that the page begins under; {@link Long#MAX_VALUE} for the first page
     */
    public List<Picture> find(String words, long before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from picture
                        where id < :before
                          and (:words = '' or (alt || ' ' || caption || ' ' || credit || ' ' || name) ilike all
                               (select '%' || word || '%' from regexp_split_to_table(:words, '\\s+') word))
                        order by id desc limit :most
                        """)
                .bind("words", words.strip().replaceAll("([%_\\\\])", "\\\\$1"))
                .bind("before", before)
                .bind("most", most)
                .mapTo(Picture.class)
                .list());
    }

    /** The words and the focal point; the pixels never change. Published pages that show it are retired. */
    public void describe(long id, String alt, String caption, String credit, float focalX, float focalY) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            update picture set alt = :alt, caption = :caption, credit = :credit, focal_x = :x, focal_y = :y
                            where id = :id
                            """)
                    .bind("id", id)
                    .bind("alt", alt.strip())
                    .bind("caption", caption.strip())
                    .bind("credit", credit.strip())
                    .bind("x", Math.clamp(focalX, 0f, 1f))
                    .bind("y", Math.clamp(focalY, 0f, 1f))
                    .execute();
            handle.execute("select pg_notify('published', '')");
        });
    }

    /** The whole picture. */
    Optional<byte[]> whole(String name) {
        return Files.isName(name) ? files.get(key(name)) : Optional.empty();
    }

    /** The picture at the next width that is made, itself when it is narrower; made at the first question and kept. */
    Optional<byte[]> atWidth(String name, int asked) {
        if (!Files.isName(name)) return Optional.empty();
        int width = WIDTHS.stream().filter(w -> w >= asked).findFirst().orElse(WIDTHS.getLast());
        String key = "pictures/w" + width + "/" + name;
        var kept = files.get(key);
        return kept.isPresent() ? kept : make(name, width, key);
    }

    private Optional<byte[]> make(String name, int width, String key) {
        ReentrantLock maker = makers.get(Math.floorMod(name.hashCode(), makers.size()));
        maker.lock();
        try {
            var madeMeanwhile = files.get(key);
            if (madeMeanwhile.isPresent()) return madeMeanwhile;
            var whole = whole(name);
            if (whole.isEmpty()) return whole;
            Pixels pixels = Pixels.read(whole.get());
            if (pixels.image().getWidth() <= width) return whole;
            byte[] made = pixels.within(width, Integer.MAX_VALUE).encoded(0.82);
            files.put(key, made);
            return Optional.of(made);
        } finally {
            maker.unlock();
        }
    }

    private static String key(String name) {
        return "pictures/whole/" + name;
    }

    private static String slug(String fileName) {
        String bare = fileName.replaceFirst("^.*[/\\\\]", "").replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
        String plain = Normalizer.normalize(bare, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String cut = plain.substring(0, Math.min(60, plain.length())).replaceAll("-$", "");
        return cut.isEmpty() ? "picture" : cut;
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
