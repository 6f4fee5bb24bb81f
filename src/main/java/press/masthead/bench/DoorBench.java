package press.masthead.bench;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import press.masthead.door.Scans;
import press.masthead.door.Settle;
import press.masthead.tickets.Ticket;
import press.masthead.tickets.TicketSeal;

/**
 * An evening at four doors, fifty times over: 3,000 tickets, some shown twice, some given back meanwhile, codes of another event and of
 * nobody; phones whose clocks are wrong, which lose their connection and come back in any order. Each last word is worked out again by a
 * model of a few lines that knows nothing of the code that is measured.
 */
public final class DoorBench {
    private static final int TICKETS = 3_000;
    private static final int DOORS = 4;
    private static final int SEEDS = 50;
    private static final double LIMIT_MS = 200;
    private static final Duration EVENING = Duration.ofMinutes(90);

    private final Jdbi jdbi;
    private final TicketSeal seal;
    private final Scans scans;
    private final Settle settle;
    private final Clock clock;
    private final List<Long> took = new ArrayList<>();

    public DoorBench(Jdbi jdbi, TicketSeal seal, Scans scans, Settle settle, Clock clock) {
        this.jdbi = jdbi;
        this.seal = seal;
        this.scans = scans;
        this.settle = settle;
        this.clock = clock;
    }

    /** Someone at a door, at a true moment. @param ticket which of the list; -1 for another event's code, -2 for nobody's */
    private record Arrival(long at, int door, int ticket) {}

    private record Shown(UUID id, int door, int ticket, long at, String said) {}

    /** @return how many last words were wrong */
    public int run() throws IOException {
        long event = event("door");
        List<Ticket> tickets = tickets(event);
        List<String> codes = tickets.stream().map(seal::code).toList();
        String foreign = seal.code(new Ticket(1, event("elsewhere"), 0, 1, Optional.empty(), "", "", "", true));
        int wrong = 0;
        int shown = 0;
        int toldOtherwise = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            var random = new Random(seed);
            clear(event);
            Map<Integer, Long> ended = giveBack(tickets, random);
            List<Shown> all = evening(event, codes, foreign, random);
            Map<UUID, String> right = model(all, ended);
            shown += all.size();
            List<Scans.Settled> settled = scans.settled(event);
            if (settled.size() != all.size()) wrong += Math.abs(settled.size() - all.size());
            for (Scans.Settled one : settled) {
                String should = right.getOrDefault(one.id(), "nothing");
                if (!one.verdict().equals(should)) wrong++;
                if (!one.said().equals(should)) toldOtherwise++;
            }
        }
        report(wrong, shown, toldOtherwise);
        return wrong;
    }

    private void report(int wrong, int shown, int toldOtherwise) throws IOException {
        long[] times = took.stream().mapToLong(Long::longValue).sorted().toArray();
        double p99 = times[times.length * 99 / 100] / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%d evenings of %d tickets over %d doors: %d scans, %d first words put right afterwards, %d wrong last words%n",
                SEEDS,
                TICKETS,
                DOORS,
                shown,
                toldOtherwise,
                wrong);
        System.out.printf(
                Locale.ROOT,
                "a phone tells what it has seen, dozens of scans at a time, and hears what became of them: median %.1f ms, 99 in 100 under %.1f ms (%d times)%n",
                times[times.length / 2] / 1e6,
                p99,
                times.length);
        System.out.printf(
                Locale.ROOT,
                "door ratio=%.2f ours=%.1f limit=%.0f unit=ms wrong=%d rss_mb=%d%n",
                p99 / LIMIT_MS,
                p99,
                LIMIT_MS,
                wrong,
                Tools.residentMegabytes());
    }

    private long event(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into event (slug, title, starts_at, ends_at, zone, capacity, uid, state, created_at)
                        values (:slug, :slug, :from, :until, 'Europe/Zurich', 5000, :slug, 'published', :from) returning id
                        """)
                .bind("slug", slug)
                .bind("from", clock.instant().minus(EVENING))
                .bind("until", clock.instant().plus(EVENING))
                .mapTo(Long.class)
                .one());
    }

    private List<Ticket> tickets(long event) {
        return jdbi.inTransaction(handle -> {
            long registration = handle.createQuery("""
                            insert into registration (event_id, seats, state, asked_at) values (:event, 1, 'confirmed', now()) returning id
                            """)
                    .bind("event", event)
                    .mapTo(Long.class)
                    .one();
            handle.createUpdate("""
                            insert into ticket (event_id, registration_id, number, name, issued_at)
                            select :event, :registration, n, 'Guest ' || n, now() from generate_series(1, :count) n
                            """)
                    .bind("event", event)
                    .bind("registration", registration)
                    .bind("count", TICKETS)
                    .execute();
            return handle.createQuery("""
                            select id, event_id, registration_id, number, reader_id, name, email, why, true as good
                            from ticket where event_id = :event order by number
                            """)
                    .bind("event", event)
                    .mapTo(Ticket.class)
                    .list();
        });
    }

    private void clear(long event) {
        jdbi.useTransaction(handle -> {
            handle.execute("delete from door_opening where event_id = ?", event);
            handle.execute(
                    "update ticket set cancelled_at = null, why = '' where event_id = ? and cancelled_at is not null",
                    event);
        });
    }

    /** One in thirty is given back at some moment of the evening. */
    private Map<Integer, Long> giveBack(List<Ticket> tickets, Random random) {
        var ended = new HashMap<Integer, Long>();
        jdbi.useTransaction(handle -> {
            var batch = handle.prepareBatch("update ticket set cancelled_at = :at, why = 'guest' where id = :id");
            for (int i = 0; i < tickets.size(); i++)
                if (random.nextInt(30) == 0) {
                    long at = start() + random.nextLong(EVENING.toMillis());
                    ended.put(i, at);
                    batch.bind("at", Instant.ofEpochMilli(at))
                            .bind("id", tickets.get(i).id())
                            .add();
                }
            batch.execute();
        });
        return ended;
    }

    private long start() {
        return clock.millis() - EVENING.toMillis();
    }

    /** What a phone knows and has not told yet. */
    private static final class Phone {
        final UUID opening;
        /** How far its reckoning of our clock is off once it was measured: half of what the way there and back varied. */
        final long error;

        final Set<Integer> inside = new HashSet<>();
        final List<Settle.Seen> untold = new ArrayList<>();
        boolean connected = true;
        long since;

        Phone(UUID opening, long error) {
            this.opening = opening;
            this.error = error;
        }
    }

    private List<Shown> evening(long event, List<String> codes, String foreign, Random random) {
        List<Phone> phones = jdbi.inTransaction(handle -> {
            var opened = new ArrayList<Phone>();
            for (int i = 0; i < DOORS; i++)
                opened.add(new Phone(scans.open(handle, event, Optional.empty()).id(), random.nextLong(-400, 400)));
            return opened;
        });
        var all = new ArrayList<Shown>();
        var byId = new HashMap<Long, Integer>();
        List<Arrival> arrivals = arrivals(random);
        int since = 0;
        for (Arrival one : arrivals) {
            Phone phone = phones.get(one.door());
            long at = one.at() + phone.error;
            String code = one.ticket() == -1
                    ? foreign
                    : one.ticket() == -2 ? "M1." + "A".repeat(27) + "." + "B".repeat(86) : codes.get(one.ticket());
            String said = first(phone, one.ticket());
            UUID id = new UUID(random.nextLong(), random.nextLong());
            phone.untold.add(new Settle.Seen(id, code, 0, at, said));
            all.add(new Shown(id, one.door(), one.ticket(), at, said));
            if (++since % 150 == 0) {
                for (Phone each : phones) each.connected = random.nextInt(3) > 0;
                for (Phone each : phones) if (each.connected) tell(event, each, byId);
            }
        }
        Collections.shuffle(phones, random);
        for (Phone each : phones) tell(event, each, byId);
        // A word that got lost is told again; nothing comes of it.
        tell(event, phones.getFirst(), byId);
        return all;
    }

    private List<Arrival> arrivals(Random random) {
        var arrivals = new ArrayList<Arrival>();
        for (int ticket = 0; ticket < TICKETS; ticket++) {
            long at = start() + random.nextLong(EVENING.toMillis());
            arrivals.add(new Arrival(at, random.nextInt(DOORS), ticket));
            if (random.nextInt(12) == 0)
                arrivals.add(new Arrival(at + random.nextLong(-240_000, 240_000), random.nextInt(DOORS), ticket));
            if (random.nextInt(50) == 0)
                arrivals.add(new Arrival(at + 1, random.nextInt(DOORS), random.nextBoolean() ? -1 : -2));
        }
        arrivals.sort(Comparator.comparingLong(Arrival::at));
        return arrivals;
    }

    private static String first(Phone phone, int ticket) {
        if (ticket < 0) return ticket == -1 ? "other" : "forged";
        // What was given back after the list was handed out, the phone does not know.
        return phone.inside.add(ticket) ? "in" : "already";
    }

    private void tell(long event, Phone phone, Map<Long, Integer> byId) {
        long before = System.nanoTime();
        Settle.Answer answer = settle.run(event, phone.opening, List.copyOf(phone.untold), phone.since);
        took.add(System.nanoTime() - before);
        phone.since = answer.time();
        phone.untold.clear();
        for (Settle.Entered one : answer.entered()) phone.inside.add(index(one.ticket(), byId));
    }

    private int index(long ticket, Map<Long, Integer> byId) {
        return byId.computeIfAbsent(
                ticket,
                id -> jdbi.withHandle(handle -> handle.createQuery("select number from ticket where id = :id")
                                .bind("id", id)
                                .mapTo(Integer.class)
                                .one())
                        - 1);
    }

    /** Of each ticket's showings the earliest stands, if the ticket was good by then. */
    private static Map<UUID, String> model(List<Shown> all, Map<Integer, Long> ended) {
        var right = new HashMap<UUID, String>();
        var best = new HashMap<Integer, Shown>();
        for (Shown one : all)
            if (one.ticket() >= 0 && (!best.containsKey(one.ticket()) || earlier(one, best.get(one.ticket()))))
                best.put(one.ticket(), one);
        for (Shown one : all)
            if (one.ticket() < 0) right.put(one.id(), one.ticket() == -1 ? "other" : "forged");
            else if (one.at() >= ended.getOrDefault(one.ticket(), Long.MAX_VALUE)) right.put(one.id(), "cancelled");
            else right.put(one.id(), one == best.get(one.ticket()) ? "in" : "already");
        return right;
    }

    private static boolean earlier(Shown one, Shown other) {
        return one.at() != other.at()
                ? one.at() < other.at()
                : Arrays.compareUnsigned(bytes(one.id()), bytes(other.id())) < 0;
    }

    private static byte[] bytes(UUID id) {
        return java.nio.ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
