package press.masthead.archive;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import press.masthead.access.Standing;
import press.masthead.readers.Reader;
import press.masthead.search.Search;
import press.masthead.search.SearchAway;
import press.masthead.search.Texts;
import press.masthead.stories.Stories;

/** Puts a question to the archive, as far as the asker may read it, and keeps what came of it. */
final class AskArchive {
    private final Search search;
    private final Library library;
    private final Questions questions;
    private final AskRules rules;
    private final Optional<Compose> compose;
    /** Reading sentences takes a processor for a third of a second. */
    private final Semaphore hands =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()), true);

    /** @param compose where a large model is connected */
    AskArchive(
            Search search,
            Stories stories,
            Questions questions,
            AskRules rules,
            Optional<Compose> compose,
            Clock clock) {
        this.search = search;
        this.questions = questions;
        this.rules = rules;
        this.compose = compose;
        library = new Library(search, stories, clock);
    }

    Library library() {
        return library;
    }

    /** What came of asking. */
    sealed interface Result {
        record Kept(Asked asked) implements Result {}

        /** The month's questions are used up. */
        record Spent() implements Result {}

        /** There is no index yet. */
        record NotReady() implements Result {}

        /** There is one and it can't be asked. */
        record Away() implements Result {}
    }

    /** @param after the asker's own question before this one; none to begin anew */
    Result ask(Reader reader, Standing standing, String text, Optional<Asked> after) {
        if (rules.use(reader.id()).asked() >= rules.settings().aMonth()) return new Result.Spent();
        String meant = FollowUp.meant(text, after.map(Asked::meant));
        var asking = new Asking(meant, search::rarity);
        Optional<Answer> answer;
        try {
            answer = answer(asking, standing);
        } catch (SearchAway e) {
            return new Result.Away();
        }
        if (answer.isEmpty()) return new Result.NotReady();
        if (rules.spend(reader.id()).isEmpty()) return new Result.Spent();
        return new Result.Kept(questions.add(
                reader.id(), after, text, meant, Texts.language(text), outcome(reader, asking, answer.get())));
    }

    private Optional<Answer> answer(Asking asking, Standing standing) {
        hands.acquireUninterruptibly();
        try {
            return library.find(asking, standing).map(sources -> new Extract(asking, search.meaning()).answer(sources));
        } finally {
            hands.release();
        }
    }

    private Questions.Outcome outcome(Reader reader, Asking asking, Answer answer) {
        return switch (answer) {
            case Answer.Found found -> {
                List<Questions.Quoted> worded = worded(reader, asking, found);
                yield new Questions.Outcome(worded.isEmpty() ? quoted(found) : worded, List.of(), !worded.isEmpty());
            }
            case Answer.Absent absent -> new Questions.Outcome(List.of(), absent.near(), false);
        };
    }

    private static List<Questions.Quoted> quoted(Answer.Found found) {
        var quotes = new ArrayList<Questions.Quoted>();
        for (Answer.Quote quote : found.quotes())
            quotes.add(new Questions.Quoted(quotes.size(), 0, quote.text(), quote.piece(), quote.text()));
        return quotes;
    }

    /** In a large model's words; empty where there is none, its limits are reached, or it said nothing that can be used. */
    private List<Questions.Quoted> worded(Reader reader, Asking asking, Answer.Found found) {
        if (compose.isEmpty()
                || rules.use(reader.id()).tokens() >= rules.settings().tokensMonth()) return List.of();
        Compose.Answered worded = compose.get().word(asking.text(), found.quotes());
        if (worded.tokens() > 0) rules.spendTokens(reader.id(), worded.tokens());
        return worded.quotes();
    }
}
