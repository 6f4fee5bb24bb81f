package press.masthead.billing;

import press.masthead.books.Receipt;
import press.masthead.plans.Money;
import press.masthead.plans.Price;
import press.masthead.platform.mail.Letterhead;

/** What letters say of a price, in the language of whom they go to. */
final class PriceWords {
    private PriceWords() {}

    /** Such as "The Parallel PRO": what is sold, which has no other name in another language. */
    static String what(Letterhead from, Price price) {
        return from.name() + " " + price.plan().name();
    }

    /** Such as "USD 300.00 a year". */
    static String price(Letterhead from, Price price) {
        String money = price.money().words();
        return switch (price.interval()) {
            case MONTH -> from.t("{price} a month", "price", money);
            case YEAR -> from.t("{price} a year", "price", money);
        };
    }

    /** What a receipt says of its tax behind a sum: such as ", of which USD 4.20 are VAT 21 %"; empty where there is none. */
    static String tax(Letterhead from, Receipt receipt) {
        if (receipt.taxed().reverseCharge()) return from.t(", without tax (reverse charge)");
        return receipt.taxed().isDue()
                ? from.t(
                        ", of which {sum} are {tax}",
                        "sum",
                        Money.words(receipt.taxed().tax(), receipt.currency()),
                        "tax",
                        receipt.taxed().label())
                : "";
    }

    /** How much time a gift gives. */
    static String months(Letterhead from, int months) {
        return switch (months) {
            case 1 -> from.t("one month");
            case 2 -> from.t("two months");
            case 3 -> from.t("three months");
            case 12 -> from.t("a year");
            default -> from.t("{months} months", "months", Integer.toString(months));
        };
    }

    /** Such as "free week" or "14 free days". */
    static String trial(Letterhead from, Price price) {
        return switch (price.trialDays()) {
            case 0 -> "";
            case 1 -> from.t("free day");
            case 7 -> from.t("free week");
            default -> from.t("{days} free days", "days", Integer.toString(price.trialDays()));
        };
    }
}
