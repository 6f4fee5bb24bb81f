// What a story may be made of, as the editor holds it: the same as the server's cleaning lets through.
import { DOMOutputSpec, Fragment, MarkSpec, Node, NodeSpec, Schema } from "prosemirror-model";
import { bulletList, listItem, orderedList } from "prosemirror-schema-list";
import { tableNodes } from "prosemirror-tables";

const attr = (dom: HTMLElement, name: string) => dom.getAttribute(name) ?? "";

// Each block may go its own way: a quotation in Arabic inside an English story.
const own = { dir: { default: null }, lang: { default: null } };
const ownFrom = (dom: HTMLElement) => ({ dir: dom.getAttribute("dir"), lang: dom.getAttribute("lang") });
const ownTo = (node: Node) => ({ ...(node.attrs.dir ? { dir: node.attrs.dir } : {}), ...(node.attrs.lang ? { lang: node.attrs.lang } : {}) });

/** A block of one element, with its own direction and language. */
function block(tag: string, spec: NodeSpec, fixed: Record<string, string> = {}): NodeSpec {
  const selector = fixed.class ? `${tag}.${fixed.class}` : tag;
  return {
    ...spec, attrs: { ...own, ...spec.attrs },
    parseDOM: [{ tag: selector, getAttrs: ownFrom }],
    toDOM: node => [tag, { ...fixed, ...ownTo(node) }, 0],
  };
}

/** A picture's own address, without the width at which it happens to be shown. */
export const pictureAddress = /^\/content\/images\/(size\/w\d+\/)?[a-z0-9][a-z0-9._-]*$/;

const heading: NodeSpec = {
  group: "block", content: "inline*", defining: true, attrs: { ...own, level: { default: 2 }, id: { default: null } },
  parseDOM: [["h1", 2], ["h2", 2], ["h3", 3], ["h4", 4], ["h5", 4], ["h6", 4]].map(([tag, level]) => ({
    tag: tag as string, getAttrs: (dom: HTMLElement) => ({ ...ownFrom(dom), level, id: dom.getAttribute("id") }),
  })),
  toDOM: node => ["h" + node.attrs.level, { ...(node.attrs.id ? { id: node.attrs.id } : {}), ...ownTo(node) }, 0],
};

const figure: NodeSpec = {
  group: "block", content: "inline*", isolating: true, marks: "link em strong code lang",
  attrs: { src: {}, alt: { default: "" }, width: { default: "" }, height: { default: "" }, credit: { default: "" } },
  parseDOM: [{
    tag: "figure:has(img)",
    getAttrs: (dom: HTMLElement) => {
      const image = dom.querySelector("img")!;
      if (!pictureAddress.test(attr(image, "src"))) return false;
      return {
        src: attr(image, "src"), alt: attr(image, "alt"), width: attr(image, "width"), height: attr(image, "height"),
        credit: dom.querySelector("figcaption .credit")?.textContent?.trim() ?? "",
      };
    },
    contentElement: (dom: HTMLElement) => {
      const caption = (dom.querySelector("figcaption") ?? document.createElement("figcaption")).cloneNode(true) as HTMLElement;
      caption.querySelector(".credit")?.remove();
      return caption;
    },
  }, {
    tag: "img[src]",
    getAttrs: (dom: HTMLElement) => pictureAddress.test(attr(dom, "src"))
      ? { src: attr(dom, "src"), alt: attr(dom, "alt"), width: attr(dom, "width"), height: attr(dom, "height") } : false,
  }],
  toDOM: node => {
    const { credit, ...image } = node.attrs;
    const dom = document.createElement("figure");
    const picture = dom.appendChild(document.createElement("img"));
    for (const [name, value] of Object.entries(image)) if (value || name === "alt") picture.setAttribute(name, String(value));
    const caption = dom.appendChild(document.createElement("figcaption"));
    const words = caption.appendChild(document.createElement("span"));
    if (credit) {
      caption.append(" ");
      const by = caption.appendChild(document.createElement("span"));
      by.className = "credit";
      by.textContent = credit;
    }
    return { dom, contentDOM: words };
  },
};

/** A chart with its figures, kept as the server keeps it: nothing of it is drawn here. */
const chart: NodeSpec = {
  group: "block", atom: true, draggable: true,
  attrs: { kind: { default: "lines" }, title: { default: "" }, description: { default: "" }, source: { default: "" }, unit: { default: "" }, table: { default: "" } },
  parseDOM: [{
    tag: "figure[data-chart]", priority: 70,
    getAttrs: (dom: HTMLElement) => {
      const words = (selector: string) => dom.querySelector(selector)?.textContent?.trim() ?? "";
      return { kind: dom.dataset.chart, unit: dom.dataset.unit ?? "", title: words("figcaption"), description: words(":scope > p"), source: words("cite"), table: words("pre") };
    },
    getContent: () => Fragment.empty,
  }],
  toDOM: ({ attrs }) => {
    const dom = document.createElement("figure");
    dom.dataset.chart = attrs.kind;
    dom.dataset.unit = attrs.unit;
    for (const [tag, text] of [["figcaption", attrs.title], ["p", attrs.description], ["cite", attrs.source], ["pre", attrs.table]])
      if (text) dom.appendChild(document.createElement(tag)).textContent = text;
    return dom;
  },
};

/** A table of its own kind in each cell, with its caption as one of its attributes. */
const tables = tableNodes({
  tableGroup: "block", cellContent: "(paragraph | bullet_list | ordered_list)+",
  cellAttributes: {
    scope: { default: null, getFromDOM: dom => dom.getAttribute("scope"), setDOMAttr: (value, attrs) => { if (value) attrs.scope = value; } },
    dir: { default: null, getFromDOM: dom => dom.getAttribute("dir"), setDOMAttr: (value, attrs) => { if (value) attrs.dir = value; } },
  },
});
tables.table.attrs = { ...own, caption: { default: "" } };
tables.table.parseDOM = [{
  tag: "table",
  getAttrs: (dom: HTMLElement) => {
    const caption = dom.querySelector("caption") ?? dom.closest("figure")?.querySelector("figcaption");
    return { ...ownFrom(dom), caption: caption?.textContent?.trim() ?? "" };
  },
}, { tag: "caption", ignore: true }];
tables.table.toDOM = node => node.attrs.caption
  ? ["table", ownTo(node), ["caption", node.attrs.caption], ["tbody", 0]]
  : ["table", ownTo(node), ["tbody", 0]];

const nodes: Record<string, NodeSpec> = {
  doc: { content: "block+ footnotes?" },
  paragraph: block("p", { group: "block", content: "inline*" }),
  heading,
  blockquote: block("blockquote", { group: "block", content: "(paragraph | bullet_list | ordered_list)+", defining: true }),
  pull_quote: block("aside", { group: "block", content: "paragraph+", defining: true }, { class: "pull-quote" }),
  bullet_list: { ...bulletList, group: "block", content: "list_item+", attrs: own, parseDOM: [{ tag: "ul", getAttrs: ownFrom }], toDOM: node => ["ul", ownTo(node), 0] },
  ordered_list: {
    ...orderedList, group: "block", content: "list_item+", attrs: { ...own, order: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (dom: HTMLElement) => ({ ...ownFrom(dom), order: Number(dom.getAttribute("start") ?? 1) }) }],
    toDOM: node => ["ol", { ...(node.attrs.order === 1 ? {} : { start: node.attrs.order }), ...ownTo(node) }, 0],
  },
  list_item: { ...listItem, content: "paragraph block*" },
  code_block: { group: "block", content: "text*", marks: "", code: true, defining: true, parseDOM: [{ tag: "pre", preserveWhitespace: "full" }], toDOM: () => ["pre", 0] },
  figure,
  chart,
  ...tables,
  cut: { group: "block", atom: true, parseDOM: [{ tag: "hr[data-cut]", priority: 60 }], toDOM: () => ["hr", { "data-cut": "" }] },
  rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
  footnotes: {
    content: "footnote+", isolating: true, selectable: false,
    parseDOM: [{ tag: "section.footnotes", priority: 60 }],
    toDOM: () => ["section", { class: "footnotes" }, ["ol", 0]],
  },
  // A note and its mark have a key in common; numbers follow the order of the marks and are written anew: see footnotes.ts.
  footnote: {
    content: "inline*", attrs: { key: { default: "" }, number: { default: "" } }, isolating: true,
    parseDOM: [{
      tag: "section.footnotes li", priority: 60,
      getAttrs: (dom: HTMLElement) => {
        const number = attr(dom, "id").replace(/^fn/, "");
        return { key: dom.dataset.note ?? number, number };
      },
      contentElement: (dom: HTMLElement) => {
        const words = dom.cloneNode(true) as HTMLElement;
        words.querySelectorAll('a[href^="#fnref"]').forEach(back => back.remove());
        return words.querySelector("p") ?? words;
      },
    }],
    toDOM: ({ attrs: { key, number } }) => ["li", { id: "fn" + number, "data-note": key }, ["p", 0], ["a", { href: "#fnref" + number }, "↩"]],
  },
  footnote_mark: {
    group: "inline", inline: true, atom: true, attrs: { key: { default: "" }, number: { default: "" } },
    parseDOM: [{
      tag: "sup:has(a[href^='#fn'])", priority: 60,
      getAttrs: (dom: HTMLElement) => {
        const number = /^#fn(\d+)$/.exec(attr(dom.querySelector("a")!, "href"))?.[1];
        return number ? { key: dom.dataset.note ?? number, number } : false;
      },
      getContent: () => Fragment.empty,
    }],
    toDOM: ({ attrs: { key, number } }) => ["sup", { "data-note": key }, ["a", { href: "#fn" + number, id: "fnref" + number }, number]],
  },
  hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  text: { group: "inline" },
};

const simple = (tag: string, ...also: string[]): MarkSpec => ({ parseDOM: [tag, ...also].map(name => ({ tag: name })), toDOM: (): DOMOutputSpec => [tag, 0] });

const marks: Record<string, MarkSpec> = {
  link: {
    attrs: { href: {} }, inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom: HTMLElement) => /^(https?:|mailto:|tel:|\/|#)/i.test(attr(dom, "href")) ? { href: attr(dom, "href") } : false }],
    toDOM: mark => ["a", { href: mark.attrs.href }, 0],
  },
  em: simple("em", "i"),
  strong: simple("strong", "b"),
  strike: simple("s", "del", "strike"),
  sub: simple("sub"),
  sup: simple("sup"),
  code: { ...simple("code"), code: true },
  cite: simple("cite"),
  quoted: simple("q"),
  lang: {
    attrs: { lang: { default: null }, dir: { default: null } },
    parseDOM: [{ tag: "span[lang], span[dir]", getAttrs: (dom: HTMLElement) => ({ lang: dom.getAttribute("lang"), dir: dom.getAttribute("dir") }) }],
    toDOM: mark => ["span", { ...(mark.attrs.lang ? { lang: mark.attrs.lang } : {}), ...(mark.attrs.dir ? { dir: mark.attrs.dir } : {}) }, 0],
  },
};

export const schema = new Schema({ nodes, marks });
