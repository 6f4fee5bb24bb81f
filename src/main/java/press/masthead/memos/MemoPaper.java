package press.masthead.memos;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import press.masthead.access.Answer;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Pdf;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.stories.MemoNotes;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.stories.Teaser;
import press.masthead.topics.Country;

/** A memo as a PDF with the name of whoever takes it on each page; only for those who may read all of it. */
public final class MemoPaper {
    private final Stories stories;
    private final Publication publication;
    private final Html html;
    private final Clock clock;
    private final Supplier<String> url;
    private final BiFunction<String, String, String> words;

    /** @param words a word of the site and a language to the word in that language */
    public MemoPaper(
            Stories stories,
            Publication publication,
            Html html,
            Clock clock,
            Supplier<String> url,
            BiFunction<String, String, String> words) {
        this.stories = stories;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
        this.url = url;
        this.words = words;
    }

    /**
     * What the paper shows.
     *
     * @param body cleaned HTML without pictures
     * @param filed topics, countries and industries by name
     */
    record Paper(
            String publication,
            StoryCard card,
            String address,
            List<String> filed,
            MemoNotes notes,
            String body,
            List<String> corrections,
            String reader,
            Times times,
            BiFunction<String, String, String> words) {
        /** The site's word in the memo's language. */
        String t(String word) {
            return words.apply(word, card.language());
        }

        String published() {
            return times.full(card.publishedAt());
        }

        String today() {
            return times.day(times.now());
        }

        String confidence() {
            return notes.confidence()
                    .map(level -> switch (level) {
                        case "high" -> t("High") + ". " + t("Documents or several independent sources say so.");
                        case "moderate" ->
                            t("Moderate") + ". " + t("The facts are known; what follows from them is judgement.");
                        default -> t("Low") + ". " + t("Much rests on few sources or on what is still to happen.");
                    })
                    .orElse("");
        }
    }

    /** GET /{slug}/memo.pdf */
    public void send(Context ctx) {
        Visit visit = Visit.of(ctx);
        String slug = ctx.pathParam("slug");
        Optional<Reader> reader = visit.reader();
        if (reader.isEmpty()) {
            ctx.redirect(
                    "/signin/?next=" + URLEncoder.encode("/" + slug + "/", StandardCharsets.UTF_8),
                    HttpStatus.SEE_OTHER);
            return;
        }
        Teaser memo = stories.teaser(slug)
                .filter(teaser -> teaser.card().kind().equals("memo"))
                .orElseThrow(() -> Problem.notFound("There is no memo at this address."));
        Instant now = clock.instant();
        switch (Paywall.ask(visit.standing(), memo.card().rule(), now, Meter.OFF, Gift.NONE)) {
            case Answer.Open pass ->
                Pdf.send(ctx, slug, Pdf.of(html.text("memos/paper", paper(memo, pass, reader.get(), now))));
            case Answer.SignIn() -> throw refused();
            case Answer.Upgrade() -> throw refused();
            case Answer.Closed() -> throw refused();
        }
    }

    private static Problem refused() {
        return Problem.forbidden("The PDF of this memo is for members.");
    }

    private Paper paper(Teaser memo, Answer.Open pass, Reader reader, Instant now) {
        StoryCard card = memo.card();
        List<String> filed = new ArrayList<>(card.topicNames());
        memo.countries()
                .forEach(code -> Country.of(code).ifPresent(country -> filed.add(country.name(card.language()))));
        filed.addAll(memo.industryNames());
        String whole = memo.opening() + (memo.cut() ? stories.rest(card.id(), pass) : "");
        return new Paper(
                publication.settings().name(),
                card,
                url.get() + card.path(),
                filed,
                stories.notes(card.id(), pass),
                withoutPictures(whole),
                memo.correctionTexts(),
                reader.name().isBlank() ? reader.email() : reader.name() + " (" + reader.email() + ")",
                new Times(publication.settings().zone(), now),
                words);
    }

    /** Paper fetches nothing. */
    private static String withoutPictures(String body) {
        Document document = Jsoup.parseBodyFragment(body);
        document.outputSettings().prettyPrint(false);
        document.select("figure:has(img), img, picture, iframe, video, audio, hr[data-cut]")
                .remove();
        return document.body().html();
    }
}
