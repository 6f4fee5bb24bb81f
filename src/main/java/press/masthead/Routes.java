package press.masthead;

import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpResponseException;
import java.util.List;
import press.masthead.access.Visit;
import press.masthead.platform.web.Guard;
import press.masthead.platform.web.Problem;
import press.masthead.site.OneAddress;

/** Every address that Masthead answers, in one place. */
final class Routes {
    private Routes() {}

    static void add(RoutesConfig routes, Newsroom n) {
        routes.before(new Guard(path -> path.startsWith("/unsubscribe/")));
        routes.before(n.config.proxies());
        routes.before(n.sessions::recognise);
        routes.beforeMatched(new OneAddress());

        routes.get("/", n.frontPage::front);
        routes.get("/page/{page}/", n.listPages::later);
        routes.get("/topic/{slug}/", n.listPages::topic);
        routes.get("/topic/{slug}/page/{page}/", n.listPages::topic);
        routes.get("/industry/{slug}/", n.listPages::industry);
        routes.get("/industry/{slug}/page/{page}/", n.listPages::industry);
        routes.get("/author/{slug}/", n.listPages::author);
        routes.get("/author/{slug}/page/{page}/", n.listPages::author);
        routes.get("/memos/", n.listPages::memos);
        routes.get("/memos/page/{page}/", n.listPages::memos);
        routes.get("/reports/", n.listPages::reports);
        routes.get("/reports/page/{page}/", n.listPages::reports);
        routes.get("/archive/", n.archivePages::all);
        routes.get("/archive/{year}/{month}/", n.archivePages::month);
        routes.get("/search/", n.searchPages::search);

        for (String of : List.of("/", "/topic/{slug}/", "/industry/{slug}/", "/author/{slug}/")) {
            routes.get(of + "rss/", n.feeds::rss);
            routes.get(of + "atom/", n.feeds::atom);
            routes.get(of + "feed.json", n.feeds::json);
        }
        routes.get("/sitemap.xml", n.sitemaps::all);
        routes.get("/sitemap-news.xml", n.sitemaps::news);
        routes.get("/sitemap-{part}.xml", n.sitemaps::part);
        routes.get("/opensearch.xml", n.openSearch::describe);
        routes.get("/robots.txt", n.sitemaps::robots);
        routes.get("/assets/*", n.themeAssets::asset);
        routes.get("/favicon.ico", n.themeAssets::icon);
        routes.get("/content/emblems/{name}", n.drawings::show);
        routes.get("/content/images/size/{size}/{name}", n.picturePages::atWidth);
        routes.get("/content/images/size/{size}/format/{format}/{name}", n.picturePages::inFormat);
        routes.get("/content/images/{name}", n.picturePages::whole);

        for (String form : List.of("/signin", "/pro/trial")) routes.before(form, n.signOnGate);
        routes.get("/signin/", n.signInPages::form);
        routes.post("/signin", n.signInPages::ask);
        routes.get("/signin/{token}", n.signInPages::link);
        routes.post("/signin/read", n.wallPages::register);
        routes.post("/signin/{token}", n.signInPages::use);
        routes.post("/signin/{token}/again", n.signInPages::again);
        routes.get("/signin/oidc/callback", n.providerPages::callback);
        routes.get("/signin/oidc/{id}", n.providerPages::start);
        routes.post("/signout", n.signInPages::leave);

        routes.get("/pro/", n.proPages::plan);
        routes.post("/pro/trial", n.proPages::trial);
        routes.get("/pro/teams/", n.enquiryPages::form);
        routes.post("/pro/teams", n.enquiryPages::ask);
        routes.before("/seat/join/*", n.teamDoor);
        routes.get("/seat/join/", n.seatPages::offer);
        routes.post("/seat/join", n.seatPages::join);
        routes.get("/seat/domain/{token}", n.domainPages::asked);
        routes.post("/seat/domain/{token}", n.domainPages::confirm);
        routes.get("/seat/{token}", n.seatPages::invitation);
        routes.post("/seat/{token}", n.seatPages::take);
        routes.post("/seat/{token}/sign-in", n.seatPages::signIn);

        routes.before("/team/*", n.teamDoor);
        routes.get("/team/", n.teamPages::list);
        routes.get("/team/{team}/", n.teamPages::overview);
        routes.post("/team/{team}/managers", n.teamPages::appoint);
        routes.post("/team/{team}/managers/remove", n.teamPages::dismiss);
        routes.get("/team/{team}/invite/", n.invitePages::form);
        routes.post("/team/{team}/invite", n.invitePages::paste);
        routes.post("/team/{team}/invite/file", n.invitePages::file);
        routes.get("/team/{team}/invite/{report}/", n.invitePages::report);
        routes.get("/team/{team}/seats/{seat}/", n.teamPages::seat);
        routes.post("/team/{team}/seats/{seat}/again", n.invitePages::again);
        routes.post("/team/{team}/seats/{seat}/end", n.invitePages::end);
        routes.post("/team/{team}/seats/{seat}/hand-on", n.invitePages::handOn);
        routes.get("/team/{team}/requests/{request}/", n.requestPages::request);
        routes.post("/team/{team}/requests/{request}", n.requestPages::decide);
        routes.get("/team/{team}/domains/", n.domainPages::list);
        routes.post("/team/{team}/domains", n.domainPages::add);
        routes.post("/team/{team}/domains/{domain}/check", n.domainPages::check);
        routes.post("/team/{team}/domains/{domain}/letter", n.domainPages::letter);
        routes.post("/team/{team}/domains/{domain}/joining", n.domainPages::joining);
        routes.post("/team/{team}/domains/{domain}/remove", n.domainPages::remove);
        routes.get("/team/{team}/sign-on/", n.signOnPages::wizard);
        routes.post("/team/{team}/sign-on", n.signOnPages::keep);
        routes.get("/team/{team}/sign-on/test", n.signOnPages::test);
        routes.post("/team/{team}/sign-on/open", n.signOnPages::open);
        routes.post("/team/{team}/sign-on/remove", n.signOnPages::remove);
        routes.get("/team/{team}/usage/", n.usagePages::page);
        routes.get("/team/{team}/usage.csv", n.usagePages::csv);
        routes.get("/team/{team}/usage.pdf", n.usagePages::pdf);
        routes.get("/team/{team}/contract.pdf", n.contractPaper::ofManager);
        routes.get("/team/{team}/contract/", n.contractPages::contract);
        routes.post("/team/{team}/contract/renew", n.contractPages::renew);
        routes.post("/team/{team}/contract/seats", n.contractPages::addSeats);
        routes.get("/team/{team}/contract/invoices/{number}", n.contractPages::invoice);

        routes.get("/account/", n.accountPages::account);
        routes.get("/account/invoices/{number}", n.membershipPages::invoice);
        routes.post("/account/newsletters", n.joinPages::choose);
        routes.post("/account/details", n.accountPages::details);
        routes.post("/account/industries", n.accountPages::industries);
        routes.post("/account/sessions/end", n.accountPages::endSessions);
        routes.get("/account/gifts", n.giftPages::given);
        routes.post("/account/gifts/{id}/end", n.giftPages::end);
        routes.get("/account/export", n.dataPages::offerCopy);
        routes.post("/account/export", n.dataPages::copy);
        routes.get("/account/delete", n.dataPages::delete);
        routes.post("/account/delete", n.dataPages::delete);
        routes.post("/account/confirm", n.dataPages::confirm);
        routes.post("/account/cancel", n.membershipPages::cancel);
        routes.post("/account/resume", n.membershipPages::resume);

        routes.get("/newsletters/", n.joinPages::hub);
        routes.post("/newsletters/join", n.joinPages::join);
        routes.post("/newsletters/choose", n.joinPages::choose);
        routes.get("/newsletters/confirm/{token}", n.joinPages::confirmation);
        routes.post("/newsletters/confirm/{token}", n.joinPages::confirm);
        routes.get("/newsletters/{slug}/", n.newsletterPages::newsletter);
        routes.get("/newsletters/{slug}/{day}/", n.newsletterPages::edition);
        routes.get("/unsubscribe/{token}", n.unsubscribePages::ask);
        routes.post("/unsubscribe/{token}", n.unsubscribePages::leave);
        routes.post("/unsubscribe/{token}/undo", n.unsubscribePages::undo);

        routes.post("/read/{slug}/", n.readPages::opened);

        routes.get("/static/{file}", n.staticFiles);

        routes.get("/mailbox/", n.mailboxPages::list);
        routes.get("/mailbox/{id}", n.mailboxPages::letter);
        routes.get("/mailbox/{id}/html", n.mailboxPages::body);
        routes.get("/mailbox/{id}/source", n.mailboxPages::raw);
        routes.get("/mailbox/api/letters", n.mailboxPages::api);
        routes.post("/mailbox/empty", n.mailboxPages::empty);

        routes.get("/desk/", ctx -> ctx.redirect("/desk/stories"));
        routes.get("/desk/stories", n.storyDesk::list);
        routes.get("/desk/stories/new", n.storyEditor::blank);
        routes.post("/desk/stories/new", n.storyEditor::create);
        routes.get("/desk/stories/{id}", n.storyEditor::edit);
        routes.post("/desk/stories/{id}", n.storyEditor::save);
        routes.post("/desk/stories/{id}/merge", n.storyEditor::merge);
        routes.post("/desk/stories/{id}/correct", n.storyEditor::correct);
        routes.get("/desk/access", n.accessDesk::any);
        routes.get("/desk/stories/{id}/access", n.accessDesk::look);
        routes.get("/desk/stories/{id}/access/page", n.accessDesk::page);
        routes.get("/desk/stories/{id}/history", n.storyVersions::history);
        routes.post("/desk/stories/{id}/restore", n.storyVersions::restore);
        routes.get("/desk/editions", n.weekDesk::week);
        routes.get("/desk/editions/{id}", n.editionDesk::edition);
        routes.post("/desk/editions/{id}", n.editionDesk::save);
        routes.get("/desk/editions/{id}/found", n.editionDesk::found);
        routes.post("/desk/editions/{id}/reopen", n.editionDesk::reopen);
        routes.get("/desk/editions/{id}/send", n.editionDesk::confirm);
        routes.post("/desk/editions/{id}/send", n.editionDesk::send);
        routes.post("/desk/editions/{id}/test", n.editionDesk::test);
        routes.post("/desk/editions/{id}/letters", n.editionDesk::letters);
        routes.get("/desk/editions/{id}/letters/{state}", n.editionLook::names);
        routes.get("/desk/editions/{id}/look", n.editionLook::look);
        routes.get("/desk/editions/{id}/preview", n.editionLook::preview);
        routes.get("/desk/editions/{id}/preview.txt", n.editionLook::previewText);
        routes.get("/desk/newsletters", n.newsletterDesk::list);
        routes.get("/desk/newsletters/new", n.newsletterDesk::blank);
        routes.post("/desk/newsletters/new", n.newsletterDesk::create);
        routes.get("/desk/newsletters/holidays", n.newsletterDesk::holidays);
        routes.post("/desk/newsletters/holidays", n.newsletterDesk::saveHolidays);
        routes.get("/desk/newsletters/{id}", n.newsletterDesk::form);
        routes.post("/desk/newsletters/{id}", n.newsletterDesk::save);
        routes.post("/desk/newsletters/{id}/archive", n.newsletterDesk::archive);
        routes.post("/desk/newsletters/{id}/restore", n.newsletterDesk::restore);
        routes.get("/desk/readers", n.readerListDesk::list);
        routes.get("/desk/readers/{id}", n.readerDesk::one);
        routes.get("/desk/readers/{id}/letters", n.readerDesk::letters);
        routes.post("/desk/readers/{id}/give", n.readerDesk::give);
        routes.post("/desk/readers/{id}/end", n.readerDesk::end);
        routes.post("/desk/readers/{id}/invoices/{number}/paid", n.readerDesk::paid);
        routes.get("/desk/teams", n.teamDesk::list);
        routes.get("/desk/teams/enquiries", n.enquiryDesk::board);
        routes.get("/desk/teams/enquiries/{id}", n.enquiryDesk::one);
        routes.post("/desk/teams/enquiries/{id}/move", n.enquiryDesk::move);
        routes.post("/desk/teams/enquiries/{id}/note", n.enquiryDesk::note);
        routes.post("/desk/teams/enquiries/{id}/next", n.enquiryDesk::next);
        routes.get("/desk/teams/contracts/new", n.teamDesk::blank);
        routes.post("/desk/teams/contracts/new", n.teamDesk::drawUp);
        routes.get("/desk/teams/{id}", n.teamDesk::one);
        routes.get("/desk/teams/{id}/contracts/{contract}", n.contractPaper::ofStaff);
        routes.post("/desk/teams/{id}/seats", n.teamDesk::addSeats);
        routes.post("/desk/teams/{id}/renew", n.teamDesk::renew);
        routes.post("/desk/teams/{id}/managers", n.teamDesk::appoint);
        routes.post("/desk/teams/{id}/managers/remove", n.teamDesk::dismiss);
        routes.post("/desk/teams/{id}/invoices/{number}/paid", n.teamDesk::paid);
        routes.get("/desk/settings", n.settingsDesk::form);
        routes.post("/desk/settings", n.settingsDesk::save);
        routes.get("/desk/settings/access", n.freeReadingDesk::form);
        routes.post("/desk/settings/access", n.freeReadingDesk::save);
        routes.get("/desk/settings/look", n.lookDesk::form);
        routes.post("/desk/settings/promotion", n.lookDesk::promote);
        routes.post("/desk/settings/look/{emblem}", n.lookDesk::take);
        routes.post("/desk/settings/look/{emblem}/remove", n.lookDesk::remove);
        routes.get("/desk/staff", n.staffDesk::list);
        routes.post("/desk/staff", n.staffDesk::invite);
        routes.post("/desk/staff/{id}", n.staffDesk::change);
        routes.post("/desk/staff/{id}/remove", n.staffDesk::remove);
        routes.get("/desk/authors", n.authorDesk::list);
        routes.get("/desk/authors/new", n.authorDesk::blank);
        routes.post("/desk/authors/new", n.authorDesk::save);
        routes.get("/desk/authors/{id}", n.authorDesk::form);
        routes.post("/desk/authors/{id}", n.authorDesk::save);
        routes.post("/desk/authors/{id}/remove", n.authorDesk::remove);
        routes.get("/desk/topics", n.topicDesk::list);
        routes.post("/desk/topics", n.topicDesk::order);
        routes.get("/desk/topics/new", n.topicDesk::blank);
        routes.post("/desk/topics/new", n.topicDesk::save);
        routes.get("/desk/topics/{id}", n.topicDesk::form);
        routes.post("/desk/topics/{id}", n.topicDesk::save);
        routes.post("/desk/topics/{id}/remove", n.topicDesk::remove);
        routes.get("/desk/industries", n.industryDesk::list);
        routes.post("/desk/industries", n.industryDesk::order);
        routes.get("/desk/industries/new", n.industryDesk::blank);
        routes.post("/desk/industries/new", n.industryDesk::save);
        routes.get("/desk/industries/{id}", n.industryDesk::form);
        routes.post("/desk/industries/{id}", n.industryDesk::save);
        routes.post("/desk/industries/{id}/remove", n.industryDesk::remove);
        routes.get("/desk/pictures", n.pictureDesk::library);
        routes.post("/desk/pictures", n.pictureDesk::add);
        routes.get("/desk/pictures.json", n.pictureDesk::choices);
        routes.get("/desk/pictures/{id}", n.pictureDesk::one);
        routes.post("/desk/pictures/{id}", n.pictureDesk::describe);
        routes.post("/desk/pictures/{id}/remove", n.pictureDesk::remove);

        // Last: an address that nothing above has claimed is a story's.
        routes.get("/{slug}/", n.storyPages::story);
        routes.post("/{slug}/free", n.wallPages::free);
        routes.post("/{slug}/gift", n.giftPages::give);
        routes.post("/{slug}/gift/open", n.giftPages::open);

        routes.exception(Problem.class, n.errorPages::problem);
        routes.exception(Visit.StaffOnly.class, n.errorPages::staffOnly);
        routes.exception(HttpResponseException.class, n.errorPages::http);
        routes.exception(Exception.class, n.errorPages::unexpected);
    }
}
