package press.masthead.books;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import press.masthead.publication.Settings;

/** An invoice as the theme's page shows it to whoever owes it: a reader in the account, a manager under the contract. */
public final class InvoicePage {
    private InvoicePage() {}

    /** In a word or two. */
    public static String word(Invoice.State state) {
        return switch (state) {
            case OPEN -> "Open";
            case OVERDUE -> "Overdue";
            case PAID -> "Paid";
            case VOID -> "Nothing owed";
        };
    }

    /**
     * @param zone whose calendar its days are of
     * @param at the page's own address, under which its papers lie
     */
    public static HashMap<String, Object> of(
            Invoice invoice,
            List<InvoiceLine> lines,
            List<CreditNote> notes,
            Settings settings,
            ZoneId zone,
            Instant now,
            String at) {
        Invoice.State state = invoice.state(now);
        var context = new HashMap<String, Object>();
        context.put("zone", zone.getId());
        context.put("title", "Invoice " + invoice.label());
        context.put("number", invoice.label());
        context.put("pdf", at + "/pdf");
        context.put("state", word(state));
        context.put("open", state == Invoice.State.OPEN || state == Invoice.State.OVERDUE);
        context.put("overdue", state == Invoice.State.OVERDUE);
        context.put("issued_at", invoice.issuedAt());
        context.put("due_at", invoice.dueAt());
        invoice.paidAt().ifPresent(paid -> context.put("paid_at", paid));
        context.put("email", invoice.email());
        put(context, "name", invoice.name());
        put(context, "company", invoice.billed().company());
        put(context, "vat_number", invoice.billed().vatNumber());
        put(context, "reference", invoice.reference());
        context.put(
                "lines",
                lines.stream()
                        .map(line -> Map.<String, Object>of("what", line.what(), "amount", line.amount()))
                        .toList());
        context.put("publication", settings.name());
        context.put("from", invoice.periodFrom());
        context.put("until", invoice.periodUntil());
        context.put("amount", invoice.amount());
        context.put("currency", invoice.currency());
        if (invoice.taxed().isDue()) {
            context.put("tax_label", invoice.taxed().label());
            context.put("tax", invoice.taxed().tax());
        }
        if (invoice.taxed().reverseCharge()) context.put("reverse_charge", true);
        context.put("credit_notes", notes.stream().map(note -> row(note, at)).toList());
        put(context, "paying", settings.paying());
        return context;
    }

    /** A receipt in the same shape: what was given back stands where credit notes do. */
    public static Map<String, Object> of(
            Receipt receipt, List<Receipts.GivenBack> back, Settings settings, ZoneId zone, Instant now, String at) {
        var context = of(
                receipt.shown(),
                List.of(new InvoiceLine(receipt.what(), receipt.amount())),
                List.of(),
                settings,
                zone,
                now,
                at);
        context.put("title", "Receipt " + receipt.label());
        context.put("number", receipt.label());
        context.put("receipt", true);
        context.remove("paying");
        context.put(
                "given_back",
                back.stream()
                        .map(one -> Map.<String, Object>of("at", one.at(), "amount", one.amount()))
                        .toList());
        return context;
    }

    private static void put(Map<String, Object> context, String name, String value) {
        if (!value.isEmpty()) context.put(name, value);
    }

    private static Map<String, Object> row(CreditNote note, String at) {
        return Map.of(
                "number", note.label(),
                "at", note.issuedAt(),
                "amount", note.amount(),
                "url", at + "/credit/" + note.number());
    }
}
