package press.masthead.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import press.masthead.billing.Begun;
import press.masthead.billing.Purchase;
import press.masthead.billing.StripeParts;
import press.masthead.localstripe.LocalStripe;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Origin;
import press.masthead.plans.Price;
import press.masthead.readers.Reader;

/**
 * A year of memberships by card on a Stripe that loses, doubles and delays what it tells, declines cards and does not always
 * answer: at its end, ledger and access are compared with what that Stripe itself holds, for each member and to the cent.
 */
public final class BillingBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration GRACE = Duration.ofDays(14);
    private static final Duration SLACK = Duration.ofHours(24);

    private final Room room;
    private final Random dice;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final List<Long> members = new ArrayList<>();
    private final Map<Long, Reader> people = new HashMap<>();

    /**
     * What it works with.
     *
     * @param timetable what the newsroom does by itself
     */
    public record Room(
            LocalStripe stripe,
            StripeParts parts,
            Jdbi jdbi,
            MovedClock clock,
            Memberships memberships,
            List<Price> prices,
            Runnable timetable) {}

    /**
     * What came of it.
     *
     * @param agreeing members whose access and money are what Stripe holds
     * @param differences in words, a few
     */
    public record Result(int members, int agreeing, long cents, long centsAgreeing, List<String> differences) {}

    public BillingBench(Room room, long seed) {
        this.room = room;
        dice = new Random(seed);
    }

    /** Lives through so many days with so many members, who come one after another. */
    public Result run(int subscriptions, int days) throws IOException, InterruptedException {
        List<Long> waiting = readers(subscriptions);
        int eachDay = Math.max(1, subscriptions / Math.max(1, days * 3 / 4));
        for (int day = 0; day < days; day++) {
            for (int i = 0; i < eachDay && !waiting.isEmpty(); i++) buy(waiting.removeLast());
            acts(Math.max(1, members.size() / 120));
            aDay();
        }
        for (int calm = 0; calm < 5; calm++) {
            room.stripe().advance(room.clock().instant());
            room.parts().sweep().run();
            room.parts().handleEvents().run();
            room.clock().pass(Duration.ofMinutes(30));
        }
        return compare();
    }

    private void aDay() {
        room.clock().pass(Duration.ofDays(1));
        room.stripe().advance(room.clock().instant());
        room.parts().handleEvents().run();
        room.timetable().run();
        room.parts().sweep().run();
        room.parts().handleEvents().run();
    }

    private List<Long> readers(int many) {
        return new ArrayList<>(room.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        insert into reader (email, email_key, created_at, confirmed_at)
                        select 'm' || n || '@reader.example', 'm' || n || '@reader.example', :now, :now
                        from generate_series(1, :many) n returning id
                        """)
                        .bind("now", room.clock().instant())
                        .bind("many", many)
                        .mapTo(Long.class)
                        .list()));
    }

    private Reader person(long id) {
        return people.computeIfAbsent(
                id,
                key -> new Reader(
                        key,
                        "m" + key + "@reader.example",
                        "",
                        "en",
                        Optional.of(room.clock().instant()),
                        Optional.empty()));
    }

    /** Chooses a price and a card, sometimes in two windows at once. */
    private void buy(long id) throws IOException, InterruptedException {
        Price price = room.prices().get(dice.nextInt(10) < 7 ? 0 : room.prices().size() - 1);
        var purchase = new Purchase(
                person(id), price.withTrial(dice.nextBoolean() ? 7 : 0), Optional.empty(), Origin.UNKNOWN, "");
        if (!(begin(purchase) instanceof Begun.Elsewhere(String url))) return;
        pay(url);
        if (!members.contains(id)) members.add(id);
        if (dice.nextInt(25) == 0) room.parts().handleEvents().run();
        if (dice.nextInt(25) == 0 && begin(purchase) instanceof Begun.Elsewhere(String second)) pay(second);
    }

    private Begun begin(Purchase purchase) {
        try {
            return room.parts().payments().begin(purchase);
        } catch (RuntimeException away) {
            return new Begun.Already();
        }
    }

    private void pay(String url) throws IOException, InterruptedException {
        post(url, "number", card(), "email", "m@reader.example");
    }

    private String card() {
        int fate = dice.nextInt(100);
        if (fate < 4) return "4000000000000341";
        if (fate < 7) return "4000000000000259";
        if (fate < 9) return "4000000000000002";
        return "4242424242424242";
    }

    /** What people do on a day: cancel, change their mind, another card, ask for their money, come back. */
    private void acts(int many) throws IOException, InterruptedException {
        for (int i = 0; i < many && !members.isEmpty(); i++) {
            long id = members.get(dice.nextInt(members.size()));
            Optional<Membership> membership = room.memberships().find(id);
            if (membership.isEmpty()) continue;
            try {
                act(id, membership.get());
            } catch (press.masthead.platform.web.Problem refused) {
                // As a page would say it; nothing has changed.
            }
        }
    }

    private void act(long id, Membership membership) throws IOException, InterruptedException {
        var payments = room.parts().payments();
        boolean runs = membership.endedAt().isEmpty();
        switch (dice.nextInt(8)) {
            case 0 -> {
                if (runs && membership.cancelledAt().isEmpty()) payments.cancel(membership, Because.READER);
            }
            case 1 -> {
                if (runs && membership.cancelledAt().isPresent()) payments.keep(membership, Because.READER);
            }
            case 2, 3 -> {
                if (runs) post(payments.cardPage(id).orElseThrow() + "/card", "number", card());
            }
            case 4 -> refund(id, dice.nextBoolean());
            case 5, 6 -> {
                if (!runs) buy(id);
            }
            default -> {}
        }
    }

    /** In Stripe's own dashboard, which tells us by an event or not at all. */
    private void refund(long reader, boolean all) throws IOException, InterruptedException {
        Optional<String> charge = room.jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select e.provider_ref from ledger_entry e join membership m on m.id = e.membership_id
                        where m.reader_id = :reader and e.kind = 'charge' order by e.id desc limit 1
                        """)
                        .bind("reader", reader)
                        .mapTo(String.class)
                        .findOne());
        if (charge.isEmpty()) return;
        String form = "charge=" + charge.get() + (all ? "" : "&amount=500");
        client.send(
                HttpRequest.newBuilder(URI.create(room.stripe().url() + "/v1/refunds"))
                        .header("Authorization", "Bearer sk_test_dashboard")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.discarding());
    }

    private HttpResponse<Void> post(String url, String... fields) throws IOException, InterruptedException {
        var form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2)
            form.append(i == 0 ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                        .build(),
                BodyHandlers.discarding());
    }

    /** What Stripe holds of one customer. */
    private static final class Truth {
        long cents;
        boolean reads;
    }

    private Result compare() throws IOException {
        Instant now = room.clock().instant();
        var readerOf = new HashMap<String, Long>();
        for (String text : room.stripe().all("customer")) {
            JsonNode customer = JSON.readTree(text);
            readerOf.put(
                    customer.path("id").asText(),
                    customer.at("/metadata/masthead_reader").asLong());
        }
        var truth = new HashMap<Long, Truth>();
        var chargeOwner = new HashMap<String, Long>();
        for (String text : room.stripe().all("charge")) {
            JsonNode charge = JSON.readTree(text);
            if (!charge.path("paid").asBoolean()) continue;
            long reader = readerOf.getOrDefault(charge.path("customer").asText(), 0L);
            chargeOwner.put(charge.path("id").asText(), reader);
            truth.computeIfAbsent(reader, key -> new Truth()).cents += charge.path("amount_captured")
                            .asLong()
                    - charge.path("amount_refunded").asLong();
        }
        for (String text : room.stripe().all("dispute")) {
            JsonNode dispute = JSON.readTree(text);
            long reader = chargeOwner.getOrDefault(dispute.path("charge").asText(), 0L);
            if (!dispute.path("status").asText().equals("won"))
                truth.computeIfAbsent(reader, key -> new Truth()).cents -=
                        dispute.path("amount").asLong();
        }
        Map<String, Instant> unpaid = unpaid();
        for (String text : room.stripe().all("subscription")) {
            JsonNode subscription = JSON.readTree(text);
            long reader = readerOf.getOrDefault(subscription.path("customer").asText(), 0L);
            Truth his = truth.computeIfAbsent(reader, key -> new Truth());
            his.reads |= reads(subscription, unpaid, now);
        }
        return against(truth, now);
    }

    private Map<String, Instant> unpaid() throws IOException {
        var unpaid = new HashMap<String, Instant>();
        for (String text : room.stripe().all("invoice")) {
            JsonNode invoice = JSON.readTree(text);
            if (!invoice.path("status").asText().equals("open")) continue;
            Instant from = Instant.ofEpochSecond(invoice.path("period_start").asLong());
            unpaid.merge(
                    invoice.at("/parent/subscription_details/subscription").asText(),
                    from,
                    (one, other) -> one.isBefore(other) ? one : other);
        }
        return unpaid;
    }

    private static boolean reads(JsonNode subscription, Map<String, Instant> unpaid, Instant now) {
        JsonNode item = subscription.at("/items/data/0");
        Instant end = Instant.ofEpochSecond(item.path("current_period_end").asLong());
        boolean ending = subscription.path("cancel_at").isNumber();
        return switch (subscription.path("status").asText()) {
            case "trialing", "active" -> now.isBefore(ending ? end : end.plus(SLACK));
            case "past_due", "unpaid" -> {
                Instant from = unpaid.getOrDefault(
                        subscription.path("id").asText(),
                        Instant.ofEpochSecond(item.path("current_period_start").asLong()));
                yield now.isBefore(ending ? from : from.plus(GRACE));
            }
            default -> false;
        };
    }

    private record Sum(long id, long sum) {}

    private Result against(Map<Long, Truth> truth, Instant now) {
        var ledger = new HashMap<Long, Long>();
        var reading = new HashSet<Long>();
        room.jdbi().useHandle(handle -> {
            handle.createQuery("""
                            select m.reader_id as id, sum(e.amount) as sum from ledger_entry e
                            join membership m on m.id = e.membership_id where e.provider = 'stripe' group by 1
                            """).mapTo(Sum.class).forEach(row -> ledger.put(row.id(), row.sum()));
            handle.createQuery("select reader_id from entitlement where since <= :now and until > :now")
                    .bind("now", now)
                    .mapTo(Long.class)
                    .forEach(reading::add);
        });
        Set<Long> all = new HashSet<>(truth.keySet());
        all.addAll(ledger.keySet());
        all.addAll(reading);
        int agreeing = 0;
        long cents = 0;
        long centsAgreeing = 0;
        var differences = new ArrayList<String>();
        for (long reader : all) {
            Truth his = truth.getOrDefault(reader, new Truth());
            long ours = ledger.getOrDefault(reader, 0L);
            boolean readsHere = reading.contains(reader);
            cents += Math.abs(his.cents);
            if (ours == his.cents) centsAgreeing += Math.abs(his.cents);
            if (ours == his.cents && readsHere == his.reads) agreeing++;
            else if (differences.size() < 20)
                differences.add("reader " + reader + ": Stripe holds " + his.cents + " and reads " + his.reads
                        + ", we hold " + ours + " and read " + readsHere);
        }
        return new Result(all.size(), agreeing, cents, centsAgreeing, differences);
    }
}
