package press.masthead;

import java.time.Duration;
import press.masthead.platform.jobs.Jobs;

/** All recurring work, in one place. */
final class Timetable {
    private Timetable() {}

    static void add(Jobs jobs, Newsroom n) {
        jobs.every(Duration.ofSeconds(1), "carry-post", n.carryPost);
        jobs.every(Duration.ofSeconds(5), "publish-due", n.publishDue);
        jobs.every(Duration.ofSeconds(5), "reconcile-deliveries", n.reconciler);
        jobs.every(Duration.ofSeconds(5), "send-due-editions", n.sendDue);
        jobs.every(Duration.ofSeconds(5), "send-memo-alerts", n.sendAlerts);
        jobs.every(Duration.ofSeconds(10), "send-daily-memo-letters", n.sendDailyLetters);
        jobs.every(Duration.ofSeconds(5), "offer-free-seats", n.line);
        jobs.every(Duration.ofSeconds(30), "remind-of-live-sessions", n.liveReminders);
        jobs.every(Duration.ofSeconds(30), "tell-guests", n.tellGuests);
        jobs.every(Duration.ofSeconds(5), "take-out-withdrawn", n.takeOutWithdrawn);
        jobs.every(Duration.ofSeconds(30), "draft-editions", n.draftEditions);

        jobs.onEachNode(Duration.ofSeconds(5), "write-live-minutes", n.attendance::write);
        jobs.onEachNode(Duration.ofSeconds(5), "mend-recordings", n.broadcast::mend);
        jobs.onEachNode(Duration.ofSeconds(5), "write-opens", n.readership::write);
        jobs.onEachNode(Duration.ofSeconds(5), "write-team-reading", n.teamUsage::write);

        jobs.every(Duration.ofMinutes(1), "end-trials", n.endTrials);
        jobs.every(Duration.ofMinutes(1), "end-memberships", n.endMemberships);
        jobs.every(Duration.ofMinutes(5), "remind-trials", n.remindTrials);
        jobs.every(Duration.ofMinutes(1), "end-courtesy-seats", n.endCourtesies);
        jobs.every(Duration.ofMinutes(10), "mind-team-contracts", n.mindContracts);
        jobs.every(Duration.ofMinutes(10), "remind-of-next-steps", n.remindNextSteps);
        jobs.every(Duration.ofMinutes(1), "deliver-gift-memberships", n.buyGiftMembership);
        jobs.every(Duration.ofMinutes(5), "remind-invoices", n.remindInvoices);
        jobs.every(Duration.ofMinutes(1), "finish-erasures", n.deleteAccount::finish);

        n.stripe.ifPresent(stripe -> {
            jobs.every(Duration.ofSeconds(1), "handle-stripe-events", stripe.handleEvents());
            jobs.every(Duration.ofMinutes(1), "end-at-stripe", stripe.sweep()::endLeftAlive);
            jobs.every(Duration.ofHours(1), "sweep-stripe", stripe.sweep());
            jobs.every(Duration.ofSeconds(10), "give-back-for-seats", n.cardTickets);
        });
        jobs.every(Duration.ofHours(1), "forget-old-stripe-events", n.stripeEvents::forgetOld);
        jobs.every(Duration.ofMinutes(5), "business-movements", n.movements);
        jobs.every(Duration.ofSeconds(1), "import-members", n.importMembers);
        jobs.every(Duration.ofMinutes(5), "check-books", n.checkBooks);

        jobs.every(Duration.ofHours(1), "forget-names-on-old-invoices", n.invoices::forgetNames);
        jobs.every(Duration.ofHours(1), "forget-lines-of-old-imports", n.importMembers::forget);
        jobs.every(Duration.ofHours(1), "forget-names-on-old-receipts", n.receipts::forgetNames);
        jobs.every(Duration.ofHours(1), "forget-guests-answers", n.registrations::forgetAnswers);
        jobs.every(Duration.ofHours(1), "forget-old-quotes", n.quotes::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-seals", n.memberships::forgetSeals);
        jobs.every(Duration.ofHours(1), "forget-old-sessions", n.sessions::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-meters", n.meters::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-gifts", n.gifts::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-questions-counted", n.askPages::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-signin-links", n.signIn::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-passkey-tries", n.passkeys::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-address-changes", n.emailChange::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-trips", n.trips::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-joinings", n.joining::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-limits", n.limits::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-caught-letters", n.mailbox::forgetOld);
        jobs.every(Duration.ofHours(1), "forget-old-story-changes", n.searchIndex::forgetOld);
    }
}
