package press.masthead.wording;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import press.masthead.models.LargeModel;
import press.masthead.models.LargeModel.Reply;
import press.masthead.models.Spending;

/**
 * Has a large model say something in its own words out of numbered quotations. It is given them as data and must name one for each of
 * its sentences; a sentence that names none, or says what its quotations do not, is dropped. What it may cost at worst is taken from the
 * month before it is asked.
 */
public final class Wording {
    private final LargeModel model;
    private final Spending spending;

    public Wording(LargeModel model, Spending spending) {
        this.model = model;
        this.spending = spending;
    }

    /** @param quotations that say it, by their places in the list, from 0; one at least */
    public record Sentence(String text, List<Integer> quotations) {}

    /** What came of it. */
    public sealed interface Worded {
        /**
         * @param sentences one at least, each with what says it
         * @param tokens that were spent
         */
        record Said(List<Sentence> sentences, long tokens) implements Worded {}

        /** Not one of its sentences stands in what it was given. */
        record Unsupported(long tokens) implements Worded {}

        /** @param why a few words for the newsroom */
        record Failed(String why, long tokens) implements Worded {}

        /** The month's money is spent, so it was not asked. */
        record Spent() implements Worded {}
    }

    /** The model's name. */
    public String model() {
        return model.at().model();
    }

    /**
     * Asks once. Blocks; never call it within a transaction.
     *
     * @param rules that have it answer with {@code {"sentences": [{"text": "...", "quotations": [1]}]}}
     * @param data JSON in which the quotations stand, numbered from 1
     * @param mostTokens of its answer
     */
    public Worded word(String rules, String data, List<String> quotations, int mostTokens) {
        long worst = model.cost(LargeModel.tokens(rules + data) * 2, mostTokens);
        Optional<Spending.Taken> room = spending.take(worst);
        if (room.isEmpty()) return new Worded.Spent();
        Spending.Taken taken = room.get();
        return switch (model.ask(rules, data, mostTokens)) {
            case Reply.Failed failed -> {
                settle(taken, failed.tokensIn(), failed.tokensOut());
                spending.failed(failed.why());
                yield new Worded.Failed(failed.why(), failed.tokensIn() + failed.tokensOut());
            }
            case Reply.Said said -> {
                settle(taken, said.tokensIn(), said.tokensOut());
                long tokens = said.tokensIn() + said.tokensOut();
                List<Sentence> supported = Supported.of(said.text(), quotations);
                if (supported.isEmpty()) spending.failed("no sentence that its source supports");
                yield supported.isEmpty() ? new Worded.Unsupported(tokens) : new Worded.Said(supported, tokens);
            }
        };
    }

    private void settle(Spending.Taken taken, long tokensIn, long tokensOut) {
        spending.settle(taken, model.cost(tokensIn, tokensOut), tokensIn, tokensOut);
    }

    /** A text as JSON has it, with its marks. */
    public static String json(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
