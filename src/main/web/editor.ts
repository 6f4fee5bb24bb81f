// The story editor: a ProseMirror view over the body's textarea, which stays the form's field and works without script.
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule, smartQuotes, ellipsis, emDash } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { DOMParser, DOMSerializer, Node, Schema } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { Command, EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { chosenPicture } from "./editor/pictures";
import { keepSaved } from "./editor/saving";

type Attrs = Record<string, string | null>;
const attr = (dom: HTMLElement, name: string) => dom.getAttribute(name) ?? "";

const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { group: "block", content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      group: "block", content: "inline*", attrs: { level: { default: 2 } }, defining: true,
      parseDOM: [{ tag: "h1", attrs: { level: 2 } }, { tag: "h2", attrs: { level: 2 } }, { tag: "h3", attrs: { level: 3 } }, { tag: "h4", attrs: { level: 3 } }],
      toDOM: node => ["h" + node.attrs.level, 0],
    },
    blockquote: { group: "block", content: "paragraph+", parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
    pull_quote: { group: "block", content: "paragraph+", parseDOM: [{ tag: "aside.pull-quote" }], toDOM: () => ["aside", { class: "pull-quote" }, 0] },
    bullet_list: { group: "block", content: "list_item+", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    ordered_list: { group: "block", content: "list_item+", parseDOM: [{ tag: "ol" }], toDOM: () => ["ol", 0] },
    list_item: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    figure: {
      group: "block", content: "inline*", isolating: true,
      attrs: { src: {}, alt: { default: "" }, width: { default: "" }, height: { default: "" } },
      parseDOM: [{ tag: "figure", getAttrs: (dom: HTMLElement) => {
        const image = dom.querySelector("img");
        return image ? { src: attr(image, "src"), alt: attr(image, "alt"), width: attr(image, "width"), height: attr(image, "height") } : false;
      }, contentElement: (dom: HTMLElement) => dom.querySelector("figcaption") ?? dom.appendChild(document.createElement("figcaption")) }],
      toDOM: node => ["figure", ["img", { ...node.attrs, loading: "lazy" }], ["figcaption", 0]],
    },
    cut: { group: "block", atom: true, parseDOM: [{ tag: "hr[data-cut]", priority: 60 }], toDOM: () => ["hr", { "data-cut": "" }] },
    rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    // Tables, and whatever else the cleaning allows and this editor has no tool for, are kept as they are.
    kept: {
      group: "block", atom: true, attrs: { html: {} },
      parseDOM: [{ tag: "table", getAttrs: (dom: HTMLElement) => ({ html: dom.outerHTML }) }, { tag: "pre", getAttrs: (dom: HTMLElement) => ({ html: dom.outerHTML }) }],
      toDOM: node => {
        const holder = document.createElement("template");
        holder.innerHTML = node.attrs.html;
        return holder.content.firstElementChild as HTMLElement;
      },
    },
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
    text: { group: "inline" },
  },
  marks: {
    link: {
      attrs: { href: {} }, inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom: HTMLElement) => ({ href: attr(dom, "href") }) }],
      toDOM: mark => ["a", { href: mark.attrs.href }, 0],
    },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    sup: { parseDOM: [{ tag: "sup" }], toDOM: () => ["sup", 0] },
    credit: { parseDOM: [{ tag: "span.credit" }], toDOM: () => ["span", { class: "credit" }, 0] },
  },
});
const { nodes, marks } = schema;

const insert = (node: () => Node): Command => (state, dispatch) => {
  if (dispatch) dispatch(state.tr.replaceSelectionWith(node()).scrollIntoView());
  return true;
};

const link: Command = (state, dispatch, view) => {
  if (marks.link.isInSet(state.selection.$from.marks()) || state.doc.rangeHasMark(state.selection.from, state.selection.to, marks.link))
    return toggleMark(marks.link)(state, dispatch);
  if (state.selection.empty) return false;
  const href = window.prompt("Address of the link", "https://");
  if (href && /^(https?:\/\/|\/|mailto:)/.test(href)) toggleMark(marks.link, { href })(state, dispatch);
  view?.focus();
  return true;
};

const figure: Command = (state, dispatch, view) => {
  chosenPicture().then(picture => {
    if (!picture || !view) return;
    const words = [picture.caption ? schema.text(picture.caption + " ") : null, picture.credit ? schema.text(picture.credit, [marks.credit.create()]) : null];
    const attrs: Attrs = { src: picture.large, alt: picture.alt, width: String(picture.width), height: String(picture.height) };
    view.dispatch(view.state.tr.replaceSelectionWith(nodes.figure.create(attrs, words.filter(word => word !== null))).scrollIntoView());
    view.focus();
  });
  return true;
};

const tools: [string, string, Command][] = [
  ["Heading", "H2", setBlockType(nodes.heading, { level: 2 })],
  ["Smaller heading", "H3", setBlockType(nodes.heading, { level: 3 })],
  ["Paragraph", "¶", setBlockType(nodes.paragraph)],
  ["Bold", "B", toggleMark(marks.strong)],
  ["Italic", "I", toggleMark(marks.em)],
  ["Link", "Link", link],
  ["List", "• List", wrapInList(nodes.bullet_list)],
  ["Numbered list", "1. List", wrapInList(nodes.ordered_list)],
  ["Quote", "“ Quote", wrapIn(nodes.blockquote)],
  ["Pull quote", "Pull quote", wrapIn(nodes.pull_quote)],
  ["Picture", "Picture", figure],
  ["Rule", "—", insert(() => nodes.rule.create())],
  ["Membership line", "Members from here", insert(() => nodes.cut.create())],
  ["Undo", "↶", undo],
  ["Redo", "↷", redo],
];

function toolbar(view: EditorView) {
  const bar = document.createElement("div");
  bar.className = "toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Formatting");
  tools.forEach(([name, sign, command], index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.title = name;
    button.setAttribute("aria-label", name);
    button.textContent = sign;
    button.tabIndex = index === 0 ? 0 : -1;
    button.addEventListener("mousedown", event => event.preventDefault());
    button.addEventListener("click", () => { command(view.state, view.dispatch, view); view.focus(); });
    bar.append(button);
  });
  bar.addEventListener("keydown", event => {
    const buttons = [...bar.querySelectorAll("button")];
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    buttons[(buttons.indexOf(document.activeElement as HTMLButtonElement) + step + buttons.length) % buttons.length].focus();
  });
  return bar;
}

const form = document.querySelector<HTMLFormElement>("form[data-editor]");
const body = form?.querySelector<HTMLTextAreaElement>("[data-body]");
if (form && body) {
  const source = document.createElement("div");
  source.innerHTML = new window.DOMParser().parseFromString(body.value.replace(/<!--\s*members\s*-->/, '<hr data-cut="">'), "text/html").body.innerHTML;
  const place = document.createElement("div");
  place.className = "prose";
  body.before(place);
  body.hidden = true;
  const counted = form.querySelector<HTMLElement>("[data-words]")!;
  const count = (doc: Node) => {
    const words = doc.textBetween(0, doc.content.size, " ", " ").trim().split(/\s+/).filter(word => word).length;
    counted.textContent = words === 1 ? "1 word" : `${words.toLocaleString()} words`;
  };
  const saving = keepSaved(form);
  const view = new EditorView(place, {
    state: EditorState.create({
      doc: DOMParser.fromSchema(schema).parse(source),
      plugins: [
        history(), dropCursor(), gapCursor(),
        inputRules({ rules: [...smartQuotes, ellipsis, emDash,
          textblockTypeInputRule(/^##\s$/, nodes.heading, { level: 2 }), textblockTypeInputRule(/^###\s$/, nodes.heading, { level: 3 }),
          wrappingInputRule(/^\s*>\s$/, nodes.blockquote), wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list), wrappingInputRule(/^1\.\s$/, nodes.ordered_list)] }),
        keymap({
          "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo, "Mod-b": toggleMark(marks.strong), "Mod-i": toggleMark(marks.em), "Mod-k": link,
          "Mod-Alt-2": setBlockType(nodes.heading, { level: 2 }), "Mod-Alt-3": setBlockType(nodes.heading, { level: 3 }),
          Enter: splitListItem(nodes.list_item), Tab: sinkListItem(nodes.list_item), "Shift-Tab": liftListItem(nodes.list_item),
          "Shift-Enter": chainCommands(exitCode, (state, dispatch) => { dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create())); return true; }),
        }),
        keymap(baseKeymap),
      ],
    }),
    attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-label", dir: "auto" },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      if (!transaction.docChanged) return;
      const holder = document.createElement("div");
      holder.append(DOMSerializer.fromSchema(schema).serializeFragment(view.state.doc.content));
      body.value = holder.innerHTML;
      count(view.state.doc);
      saving.changed();
    },
  });
  place.before(toolbar(view));
  count(view.state.doc);

  const shown = form.querySelector<HTMLImageElement>("[data-picture-shown]")!;
  const field = form.querySelector<HTMLInputElement>("[data-picture]")!;
  const none = form.querySelector<HTMLButtonElement>("[data-no-picture]")!;
  form.querySelector("[data-choose-picture]")?.addEventListener("click", async () => {
    const picture = await chosenPicture();
    if (!picture) return;
    field.value = String(picture.id);
    shown.src = picture.thumb;
    shown.alt = picture.alt;
    shown.hidden = none.hidden = false;
    saving.changed();
  });
  none.addEventListener("click", () => {
    field.value = "";
    shown.hidden = none.hidden = true;
    saving.changed();
  });
}
