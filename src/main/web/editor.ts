// The story editor: a ProseMirror view over the body's textarea, which stays the form's field and works without script.
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule, smartQuotes, ellipsis, emDash } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { DOMParser, DOMSerializer, Node } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem } from "prosemirror-schema-list";
import { EditorState } from "prosemirror-state";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { assist } from "./editor/assist";
import { ChartView } from "./editor/charts";
import { drawLine, impliedLine } from "./editor/cutline";
import { FigureView, uploadPlaces } from "./editor/figures";
import { addFootnote, backToMark, footnoteKeeper } from "./editor/footnotes";
import { keepCountries } from "./editor/countries";
import { keepOrdered } from "./editor/ordered";
import { tidyPasted } from "./editor/paste";
import { keepSaved } from "./editor/saving";
import { schema } from "./editor/schema";
import { directionOfLanguage, fieldsByAccess, fieldsByKind, leadPicture } from "./editor/side";
import { link, toolbar } from "./editor/toolbar";

const { nodes, marks } = schema;
const WORDS_A_MINUTE = 240;

const keys = keymap({
  "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo, "Mod-b": toggleMark(marks.strong), "Mod-i": toggleMark(marks.em), "Mod-k": link,
  "Mod-Alt-2": setBlockType(nodes.heading, { level: 2 }), "Mod-Alt-3": setBlockType(nodes.heading, { level: 3 }), "Mod-Alt-0": setBlockType(nodes.paragraph),
  "Mod-Alt-f": addFootnote, "Mod-Alt-m": drawLine,
  Enter: chainCommands(backToMark, splitListItem(nodes.list_item)),
  Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.list_item)), "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
  "Shift-Enter": chainCommands(exitCode, (state, dispatch) => { dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create())); return true; }),
});

const rules = inputRules({ rules: [...smartQuotes, ellipsis, emDash,
  textblockTypeInputRule(/^##\s$/, nodes.heading, { level: 2 }), textblockTypeInputRule(/^###\s$/, nodes.heading, { level: 3 }),
  wrappingInputRule(/^\s*>\s$/, nodes.blockquote), wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list), wrappingInputRule(/^1\.\s$/, nodes.ordered_list)] });

function start(form: HTMLFormElement, body: HTMLTextAreaElement) {
  const source = new window.DOMParser().parseFromString(body.value.replace(/<!--\s*members\s*-->/, '<hr data-cut="">'), "text/html").body;
  const place = document.createElement("div");
  place.className = "prose";
  body.before(place);
  body.hidden = true;
  const saving = keepSaved(form);
  const access = form.querySelector<HTMLSelectElement>("[name=access]")!;
  const counted = form.querySelector<HTMLElement>("[data-words]")!;
  const count = (doc: Node) => {
    const words = doc.textBetween(0, doc.content.size, " ", " ").split(/\s+/).filter(word => word).length;
    const minutes = Math.max(1, Math.ceil(words / WORDS_A_MINUTE));
    counted.textContent = words === 0 ? "No words yet" : `${words.toLocaleString()} ${words === 1 ? "word" : "words"} · ${minutes} min to read`;
  };
  let helper: { later(): void } | null = null;
  const view: EditorView = new EditorView(place, {
    state: EditorState.create({
      doc: DOMParser.fromSchema(schema).parse(source),
      plugins: [history(), dropCursor(), gapCursor(), rules, keys, keymap(baseKeymap), footnoteKeeper(), uploadPlaces(), impliedLine(() => access.value !== "public"), tableEditing()],
    }),
    nodeViews: { figure: (node, view, getPos) => new FigureView(node, view, getPos), chart: (node, view, getPos) => new ChartView(node, view, getPos) },
    transformPastedHTML: tidyPasted,
    attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-label", dir: "auto" },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      tools.show(view.state);
      if (!transaction.docChanged) return;
      const holder = document.createElement("div");
      holder.append(DOMSerializer.fromSchema(schema).serializeFragment(view.state.doc.content));
      body.value = view.state.doc.textContent || holder.querySelector("img, hr, table, figure") ? holder.innerHTML : "";
      count(view.state.doc);
      saving.changed();
      helper?.later();
    },
  });
  const tools = toolbar(view);
  place.before(tools.dom);
  tools.show(view.state);
  count(view.state.doc);
  access.addEventListener("change", () => view.dispatch(view.state.tr));
  fieldsByAccess(form, access);
  document.getElementById("body-label")?.addEventListener("click", () => view.focus());

  // Enter in the headline and the standfirst goes on to what comes next.
  for (const [name, next] of [["title", () => form.querySelector<HTMLElement>("#standfirst")!.focus()], ["standfirst", () => view.focus()]] as const)
    form.querySelector<HTMLElement>("#" + name)!.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      next();
    });
  for (const list of form.querySelectorAll<HTMLElement>("[data-ordered]")) keepOrdered(list, saving.changed);
  for (const list of form.querySelectorAll<HTMLElement>("[data-countries]")) keepCountries(list);
  leadPicture(form, saving.changed);
  fieldsByKind(form);
  helper = assist(form, { plain: () => view.state.doc.textBetween(0, view.state.doc.content.size, "\n", " "), focus: () => view.focus(),
    selected: () => view.state.doc.textBetween(view.state.selection.from, view.state.selection.to, " ", " ") || String(window.getSelection()),
    bare: () => place.querySelector<HTMLInputElement>(".figure-fields input.wanting") }, saving.changed);
  directionOfLanguage(form);
}

const form = document.querySelector<HTMLFormElement>("form[data-editor]");
const body = form?.querySelector<HTMLTextAreaElement>("[data-body]");
if (form && body) start(form, body);
