package press.masthead.themes;

/** What Ghost puts where a theme brings no partial of its own. */
final class Defaults {
    private Defaults() {}

    static final String NAVIGATION = """
            <ul class="nav">
            {{#foreach navigation}}
              <li class="nav-{{slug}}{{#if current}} nav-current{{/if}}"><a href="{{url}}"{{#if current}} aria-current="page"{{/if}}>{{label}}</a></li>
            {{/foreach}}
            </ul>
            """;

    static final String PAGINATION = """
            <nav class="pagination" aria-label="{{t "Pages"}}">
              {{#if prev}}<a class="newer-posts" rel="prev" href="{{page_url prev}}">{{t "Newer"}}</a>{{/if}}
              <span class="page-number">{{t "Page {page} of {pages}" page=page pages=pages}}</span>
              {{#if next}}<a class="older-posts" rel="next" href="{{page_url next}}">{{t "Older"}}</a>{{/if}}
            </nav>
            """;

    static final String CONTENT_CTA = """
            <aside class="gh-post-upgrade-cta"><div class="gh-post-upgrade-cta-content">
              <h2>{{t "This is for members"}}</h2>
              <p><a class="gh-btn" href="/pro/">{{t "See the plan"}}</a></p>
              <p>{{t "Already a member?"}} <a href="/signin/">{{t "Sign in"}}</a></p>
            </div></aside>
            """;
}
