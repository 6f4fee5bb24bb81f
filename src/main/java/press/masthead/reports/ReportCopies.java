package press.masthead.reports;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.access.Answer;
import press.masthead.pictures.Pictures;
import press.masthead.platform.storage.Files;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.stories.ReportCover;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.stories.Teaser;

/** Typeset copies of reports: set once for each version and kept, then stamped for whoever takes one. */
public final class ReportCopies {
    private static final Logger LOG = LoggerFactory.getLogger(ReportCopies.class);

    /** Counted up when paper looks another way, so that kept copies are set anew. */
    private static final String LOOK = "2";

    private final Reports reports;
    private final Stories stories;
    private final Pictures pictures;
    private final Files files;
    private final Publication publication;
    private final BiFunction<String, String, String> words;
    private final Supplier<String> url;
    private final Clock clock;
    private final ReportPaper paper;
    private final List<ReentrantLock> makers =
            Stream.generate(ReentrantLock::new).limit(16).toList();

    public ReportCopies(
            Reports reports,
            Stories stories,
            Pictures pictures,
            Files files,
            Publication publication,
            BiFunction<String, String, String> words,
            Supplier<String> url,
            Html html,
            Clock clock) {
        this.reports = reports;
        this.stories = stories;
        this.pictures = pictures;
        this.files = files;
        this.publication = publication;
        this.words = words;
        this.url = url;
        this.clock = clock;
        paper = new ReportPaper(html);
    }

    /** A copy with the reader's name and the day on each page, and a note that they took it; without a name for someone unknown. */
    public byte[] take(Teaser report, Optional<Reader> reader, Answer.Open pass) {
        ReportCover cover = stories.cover(report.card().id());
        String version =
                version(report, cover, reports.stand(report.card().id()).revision());
        byte[] kept = kept(report, cover, version, pass);
        reader.ifPresent(who -> reports.noteTaken(report.card().id(), who.id(), version));
        return Stamp.on(kept, line(report.card(), reader));
    }

    private byte[] kept(Teaser report, ReportCover cover, String version, Answer.Open pass) {
        long story = report.card().id();
        ReentrantLock maker = makers.get(Math.floorMod(Long.hashCode(story), makers.size()));
        // One at a time for each report: who waits finds it kept.
        maker.lock();
        try {
            Reports.Stand stand = reports.stand(story);
            Optional<byte[]> kept = stand.version()
                    .filter(version::equals)
                    .flatMap(same -> stand.file())
                    .flatMap(files::get);
            if (kept.isPresent()) return kept.get();
            byte[] made = make(report, cover, pass);
            keep(story, version, made);
            stand.file().filter(old -> !old.equals(file(story, version))).ifPresent(files::remove);
            return made;
        } finally {
            maker.unlock();
        }
    }

    /** On a full disk the reader gets their copy too; it is made again for the next one. */
    private void keep(long story, String version, byte[] made) {
        try {
            files.put(file(story, version), made);
            reports.keep(story, version, file(story, version), Stamp.pages(made));
        } catch (Problem full) {
            LOG.warn("The copy of report {} was made and not kept: {}", story, full.sentence());
        }
    }

    private static String file(long story, String version) {
        return "reports/" + story + "-" + version + ".pdf";
    }

    private byte[] make(Teaser report, ReportCover cover, Answer.Open pass) {
        StoryCard card = report.card();
        boolean pictured = card.pictureName().isPresent();
        var set = new ReportPaper.Paper(
                card.title(),
                cover.subtitle(),
                card.standfirst(),
                String.join(", ", card.authorNames()),
                String.join(", ", card.topicNames()),
                publication.settings().name(),
                url.get(),
                day(card.publishedAt(), card.language()),
                card.language(),
                card.direction().equals("rtl"),
                card.pictureName().orElse(""),
                card.pictureAlt().orElse(""),
                pictured && cover.caption().isEmpty() ? card.pictureCaption().orElse("") : cover.caption(),
                pictured && cover.credit().isEmpty() ? card.pictureCredit().orElse("") : cover.credit(),
                report.cut() ? report.opening() + stories.rest(card.id(), pass) : report.opening(),
                List.of(),
                corrections(report),
                words);
        return paper.pdf(
                set,
                name -> name.equals("cover")
                        ? card.pictureName().flatMap(picture -> pictures.bytes(picture, "w1600h1200"))
                        : pictures.bytes(name, "w1000"));
    }

    private List<String> corrections(Teaser report) {
        var corrections = new ArrayList<String>();
        for (int i = 0; i < report.correctionTexts().size(); i++)
            corrections.add(day(report.correctionTimes().get(i), report.card().language()) + ": "
                    + report.correctionTexts().get(i));
        return corrections;
    }

    private String line(StoryCard card, Optional<Reader> reader) {
        String day = day(clock.instant(), card.language());
        String site = publication.settings().name();
        String line = reader.map(who -> {
                    String name = who.name().isBlank() || !Stamp.canWrite(who.name()) ? who.email() : who.name();
                    return words.apply("Copy for {name}, {day}", card.language())
                                    .replace("{name}", name)
                                    .replace("{day}", day)
                            + " · " + site;
                })
                .orElse(site + " · " + day);
        return line.codePoints()
                .filter(letter -> Stamp.canWrite(Character.toString(letter)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String day(Instant at, String language) {
        Locale latin = new Locale.Builder()
                .setLocale(Locale.forLanguageTag(language))
                .setUnicodeLocaleKeyword("nu", "latn")
                .build();
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .localizedBy(latin)
                .format(at.atZone(publication.settings().zone()));
    }

    /** Names everything that stands on the pages: what has the same version looks the same. */
    private String version(Teaser report, ReportCover cover, int revision) {
        StoryCard card = report.card();
        String all = String.join(
                "\n",
                LOOK,
                Integer.toString(revision),
                publication.settings().name(),
                url.get(),
                card.pictureName() + "" + card.pictureAlt() + card.pictureCaption() + card.pictureCredit(),
                cover.toString(),
                card.authorNames().toString(),
                card.publishedAt().toString(),
                report.correctionTexts().toString());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
