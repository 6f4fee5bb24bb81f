package press.masthead.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import press.masthead.platform.web.Problem;

class DrawingsTest {
    @Test
    void a_drawing_keeps_its_shapes_and_colours_and_nothing_that_acts_or_fetches() {
        assertThat(Drawings.clean("""
                        <?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x "y">]>
                        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" onload="a()" style="fill:url(//evil.example)">
                        <script>alert(1)</script><image href="//evil.example/a.png"/><foreignObject><p>x</p></foreignObject>
                        <use href="#a"/><a href="javascript:b()"><path d="M0 0h8"/></a><set attributeName="href" to="c"/>
                        <g fill="url(#fade)"><circle cx="4" cy="4" r="2" fill="#c8402f" onclick="d()" mask="url(https://evil.example)"/></g></svg>"""))
                .contains("viewBox=\"0 0 8 8\"", "url(#fade)", "#c8402f", "<circle")
                .doesNotContain("script", "evil", "onload", "onclick", "style", "href", "foreignObject", "ENTITY");
    }

    @Test
    void what_is_no_drawing_is_refused_in_one_sentence() {
        assertThatThrownBy(() -> Drawings.clean("<html><body>hello</body></html>"))
                .isInstanceOf(Problem.class)
                .hasMessage("This file is not a drawing that we can open. Please send an SVG with a viewBox.");
    }
}
