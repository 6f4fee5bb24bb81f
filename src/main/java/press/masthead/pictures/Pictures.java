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
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.platform.storage.Files;
import press.masthead.platform.web.Problem;

/** The picture library: rows in the database, bytes in storage. */
public final class Pictures {
    /** The widths that pages ask for, in pixels; another is answered with the next larger. */
    public static final List<Integer> WIDTHS = List.of(300, 600, 1000, 1600, 2000);

    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);

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
     * @throws press.masthead.platform.web.Problem 422 when it is no picture that can be taken, 507 when the disk is full;
     *     nothing is kept then
     */
    public Picture add(String name, byte[] bytes, String alt, String caption, String credit, @Nullable Long by) {
        Pixels pixels = Intake.open(bytes);
        return keep(
                name,
                pixels.encoded(0.9),
                Intake.Size.of(pixels.image()),
                pixels.contentType(),
                new About(alt, caption, credit),
                by);
    }

    /**
     * Takes in a JPEG that lies in this program, as it is: it holds nothing but its pixels, and opening a sample's dozens takes seconds.
     *
     * @throws press.masthead.platform.web.Problem 422 when it is none
     */
    public Picture addOurs(String name, byte[] jpeg, String alt, String caption, String credit) {
        return keep(name, jpeg, Intake.sizeOf(jpeg), "image/jpeg", new About(alt, caption, credit), null);
    }

    private record About(String alt, String caption, String credit) {}

    private Picture keep(String name, byte[] clean, Intake.Size size, String type, About about, @Nullable Long by) {
        String kept = slug(name) + "-" + hash(clean) + (type.equals("image/png") ? ".png" : ".jpg");
        if (!files.has(key(kept))) files.put(key(kept), clean);
        return jdbi.inTransaction(handle -> handle.createQuery("""
                        with added as (
                          insert into picture (name, content_type, width, height, alt, caption, credit, created_at, created_by)
                          values (:name, :type, :width, :height, :alt, :caption, :credit, :now, :by)
                          on conflict (name) do nothing
                          returning *)
                        select * from added union all select * from picture where name = :name limit 1
                        """)
                .bind("name", kept)
                .bind("type", type)
                .bind("width", size.width())
                .bind("height", size.height())
                .bind("alt", about.alt().strip())
                .bind("caption", about.caption().strip())
                .bind("credit", about.credit().strip())
                .bind("now", clock.instant())
                .bindByType("by", by, Long.class)
                .mapTo(Picture.class)
                .one());
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
     * @param without only those that lack this: {@code alt} or {@code credit}; empty for all
     * @param before the id that the page begins under; {@link Long#MAX_VALUE} for the first page
     */
    public List<Picture> find(String words, String without, long before, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from picture
                        where id < :before
                          and (:without <> 'alt' or alt = '') and (:without <> 'credit' or credit = '')
                          and (:words = '' or (alt || ' ' || caption || ' ' || credit || ' ' || name) ilike all
                               (select '%' || word || '%' from regexp_split_to_table(:words, '\\s+') word))
                        order by id desc limit :most
                        """)
                .bind("words", words.strip().replaceAll("([%_\\\\])", "\\\\$1"))
                .bind("without", without)
                .bind("before", before)
                .bind("most", most)
                .mapTo(Picture.class)
                .list());
    }

    /** Out of the library, for good; the database holds on to one that a story shows. */
    void remove(Picture picture) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from picture where id = :id")
                .bind("id", picture.id())
                .execute());
        files.remove(key(picture.name()));
        for (int width : WIDTHS)
            for (boolean webp : new boolean[] {false, true})
                files.remove(new Derived(width, Optional.empty(), webp).key(picture));
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

    /** The picture as JPEG or PNG, in a size as {@link Derived} has it: {@code w1000} or {@code w1600h1200}. */
    public Optional<byte[]> bytes(String name, String size) {
        return byName(name)
                .flatMap(picture -> derived(picture, Derived.asked(size, false)))
                .map(Made::bytes);
    }

    /** The whole picture. */
    Optional<byte[]> whole(String name) {
        return Files.isName(name) ? files.get(key(name)) : Optional.empty();
    }

    record Made(byte[] bytes, String contentType) {}

    /** The picture in this form; itself where it is narrower. Made at the first question and kept. */
    Optional<Made> derived(Picture picture, Derived form) {
        if (!Files.isName(picture.name())) return Optional.empty();
        String key = form.key(picture);
        var kept = files.get(key);
        return kept.isPresent()
                ? kept.map(bytes -> new Made(bytes, form.contentType(picture.contentType())))
                : make(picture, form, key);
    }

    private Optional<Made> make(Picture picture, Derived form, String key) {
        ReentrantLock maker = makers.get(Math.floorMod(picture.name().hashCode(), makers.size()));
        maker.lock();
        try {
            var madeMeanwhile = files.get(key);
            if (madeMeanwhile.isPresent())
                return madeMeanwhile.map(bytes -> new Made(bytes, form.contentType(picture.contentType())));
            Optional<Made> made = makeNow(picture, form);
            made.filter(fresh -> fresh.contentType().equals(form.contentType(picture.contentType())))
                    .ifPresent(fresh -> keepIfThereIsRoom(key, fresh.bytes()));
            return made;
        } finally {
            maker.unlock();
        }
    }

    private Optional<Made> makeNow(Picture picture, Derived form) {
        Optional<byte[]> whole = whole(picture.name());
        if (whole.isEmpty()) return Optional.empty();
        Pixels.MEMORY.acquireUninterruptibly();
        try {
            Pixels pixels = Pixels.kept(whole.get(), picture.contentType());
            if (form.shape().isPresent()) {
                var shape = form.shape().get();
                pixels = pixels.cut(shape.across(), shape.down(), picture.focalX(), picture.focalY());
            }
            Pixels small = pixels.within(form.width(), Integer.MAX_VALUE);
            Optional<byte[]> webp = form.webp() ? small.webp() : Optional.empty();
            return Optional.of(webp.map(bytes -> new Made(bytes, "image/webp"))
                    .orElseGet(() -> new Made(small.encoded(0.82), picture.contentType())));
        } finally {
            Pixels.MEMORY.release();
        }
    }

    /** A reader gets the picture on a full disk too; it is made again for the next one. */
    private void keepIfThereIsRoom(String key, byte[] made) {
        try {
            files.put(key, made);
        } catch (Problem full) {
            LOG.warn("{} was made and not kept: {}", key, full.sentence());
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
