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
    NAME("the name", "name", "fullname", "membername", "nom", "nombre"),
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
