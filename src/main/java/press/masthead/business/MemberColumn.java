package press.masthead.business;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A column of a file of members, and how other systems call it. */
enum MemberColumn {
    ADDRESS("the address", "address", "email", "emailaddress", "mail", "adresse", "courriel", "correo", "emailadresse"),
    NAME("the name", "name", "fullname", "membername", "nom", "nombre", "naam", "nome"),
    PLAN("the plan", "plan", "tier", "product", "planname", "membership"),
    UNTIL(
            "the last day",
            "until",
            "expires",
            "expiresat",
            "expiry",
            "enddate",
            "paiduntil",
            "validuntil",
            "expirationdate"),
    PAYS_BY("the way of paying", "paysby", "pays", "payment", "paymentmethod", "kind"),
    SOURCE("where they came from", "source", "campaign", "camefrom", "utmsource"),
    NEWSLETTERS("the newsletters", "newsletters", "newsletter", "lists"),
    JOINED_ON(
            "the first day",
            "joinedon",
            "joined",
            "createdat",
            "startdate",
            "since",
            "membersince",
            "signupdate",
            "created");

    /** In a sentence. */
    final String meaning;

    private final Set<String> known;

    MemberColumn(String meaning, String... known) {
        this.meaning = meaning;
        this.known = Set.of(known);
    }

    /** As one says it, and as the command takes it: {@code pays-by}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Above a field. */
    String label() {
        return switch (this) {
            case ADDRESS -> "Address";
            case NAME -> "Name";
            case PLAN -> "Plan";
            case UNTIL -> "Paid or given until";
            case PAYS_BY -> "How they pay";
            case SOURCE -> "Came from";
            case NEWSLETTERS -> "Newsletters";
            case JOINED_ON -> "Joined on";
        };
    }

    /** Under it: what is meant, and what happens without. */
    String hint() {
        return switch (this) {
            case ADDRESS -> "Must be there.";
            case NAME -> "May be missing.";
            case PLAN -> "A plan's name. Without it: the first one on offer.";
            case UNTIL -> "The last day, such as 2027-01-31. Must be there.";
            case PAYS_BY -> "Invoice or complimentary. Without it: invoice.";
            case SOURCE -> "Without it: “import”.";
            case NEWSLETTERS -> "Their names, with commas between them.";
            case JOINED_ON -> "Without it: today.";
        };
    }

    boolean isNeeded() {
        return this == ADDRESS || this == UNTIL;
    }

    static Optional<MemberColumn> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** Which place of the head row each column has, as far as its words tell. */
    static Map<MemberColumn, Integer> guess(List<String> head) {
        var places = new EnumMap<MemberColumn, Integer>(MemberColumn.class);
        for (int i = 0; i < head.size(); i++) {
            String word = head.get(i).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
            for (MemberColumn one : values()) if (one.known.contains(word)) places.putIfAbsent(one, i);
        }
        return places;
    }
}
