// The row of tools above the text: one tab stop, moved along with the arrow keys; each says whether it is in force.
import { setBlockType, toggleMark, wrapIn, lift } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { MarkType, NodeType } from "prosemirror-model";
import { wrapInList } from "prosemirror-schema-list";
import { Command, EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { addChart, isChart } from "./charts";
import { chosenPicture } from "./chooser";
import { drawLine } from "./cutline";
import { figureOf } from "./figures";
import { addFootnote } from "./footnotes";
import { schema } from "./schema";
import { addTable, tableBar } from "./tabletools";

const { nodes, marks } = schema;

const hasMark = (type: MarkType) => ({ selection: { from, $from, to, empty }, storedMarks, doc }: EditorState) =>
  empty ? Boolean(type.isInSet(storedMarks ?? $from.marks())) : doc.rangeHasMark(from, to, type);

const within = (type: NodeType, attrs: Record<string, unknown> = {}) => ({ selection: { $from } }: EditorState) => {
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type === type) return Object.entries(attrs).every(([name, value]) => node.attrs[name] === value);
  }
  return false;
};

/** The same button again takes it back. */
const either = (on: (state: EditorState) => boolean, back: Command, forth: Command): Command => (state, dispatch, view) =>
  (on(state) ? back : forth)(state, dispatch, view);

const headed = (level: number) => either(within(nodes.heading, { level }), setBlockType(nodes.paragraph), setBlockType(nodes.heading, { level }));
const wrapped = (type: NodeType) => either(within(type), lift, wrapIn(type));
const listed = (type: NodeType) => either(within(type), lift, wrapInList(type));

/** Asks for the address in a dialog; without one the link goes. */
export const link: Command = (state, dispatch, view) => {
  const { from, to, empty, $from } = state.selection;
  const old = $from.marks().find(mark => mark.type === marks.link) ?? $from.nodeAfter?.marks.find(mark => mark.type === marks.link);
  if (empty && !old) return false;
  if (!view || !dispatch) return true;
  const dialog = document.getElementById("link-dialog") as HTMLDialogElement;
  const field = dialog.querySelector("input")!;
  field.value = old?.attrs.href ?? "";
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    view.focus();
    if (dialog.returnValue !== "yes") return;
    const href = addressOf(field.value.trim());
    let [start, end] = [from, to];
    if (empty) {
      const at = $from.parent.childAfter($from.parentOffset);
      const before = $from.parent.childBefore($from.parentOffset);
      const piece = at.node && old!.isInSet(at.node.marks) ? at : before;
      start = $from.start() + piece.offset;
      end = start + (piece.node?.nodeSize ?? 0);
    }
    const change = view.state.tr.removeMark(start, end, marks.link);
    view.dispatch(href ? change.addMark(start, end, marks.link.create({ href })) : change);
  }, { once: true });
  dialog.showModal();
  field.select();
  return true;
};

/** "example.org/page" is meant as an address too. */
function addressOf(typed: string) {
  if (!typed) return "";
  if (/^(https?:\/\/|mailto:|tel:|\/|#)/i.test(typed)) return typed;
  return /^[^\s@]+@[^\s@]+$/.test(typed) ? "mailto:" + typed : "https://" + typed.replace(/^\w+:\/*/, "");
}

const picture: Command = (state, dispatch, view) => {
  if (!dispatch || !view) return true;
  chosenPicture().then(choice => {
    if (choice) view.dispatch(view.state.tr.replaceSelectionWith(figureOf(choice)).scrollIntoView());
    view.focus();
  });
  return true;
};

const rule: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.rule.create()).scrollIntoView());
  return true;
};

interface Tool { name: string; sign: string; run: Command; on?: (state: EditorState) => boolean; keys?: string; look?: string }

const tools: Tool[] = [
  { name: "Heading", sign: "H2", run: headed(2), on: within(nodes.heading, { level: 2 }), keys: "Ctrl Alt 2" },
  { name: "Smaller heading", sign: "H3", run: headed(3), on: within(nodes.heading, { level: 3 }), keys: "Ctrl Alt 3" },
  { name: "Bold", sign: "B", run: toggleMark(marks.strong), on: hasMark(marks.strong), keys: "Ctrl B", look: "bold" },
  { name: "Italic", sign: "I", run: toggleMark(marks.em), on: hasMark(marks.em), keys: "Ctrl I", look: "italic" },
  { name: "Link", sign: "Link", run: link, on: hasMark(marks.link), keys: "Ctrl K" },
  { name: "List", sign: "• List", run: listed(nodes.bullet_list), on: within(nodes.bullet_list) },
  { name: "Numbered list", sign: "1. List", run: listed(nodes.ordered_list), on: within(nodes.ordered_list) },
  { name: "Quote", sign: "“ ”", run: wrapped(nodes.blockquote), on: within(nodes.blockquote) },
  { name: "Pull quote", sign: "Pull quote", run: wrapped(nodes.pull_quote), on: within(nodes.pull_quote) },
  { name: "Picture", sign: "Picture", run: picture },
  { name: "Table", sign: "Table", run: addTable, on: within(nodes.table) },
  { name: "Chart", sign: "Chart", run: addChart, on: state => isChart(state.selection) },
  { name: "Footnote", sign: "Note¹", run: addFootnote, keys: "Ctrl Alt F" },
  { name: "Code", sign: "Code", run: either(within(nodes.code_block), setBlockType(nodes.paragraph), setBlockType(nodes.code_block)), on: within(nodes.code_block) },
  { name: "Rule", sign: "—", run: rule },
  { name: "Membership line", sign: "Members from here", run: drawLine, keys: "Ctrl Alt M" },
  { name: "Undo", sign: "↶", run: undo, keys: "Ctrl Z" },
  { name: "Redo", sign: "↷", run: redo, keys: "Ctrl Y" },
];

export function toolbar(view: EditorView) {
  const dom = document.createElement("div");
  dom.className = "tool-rows";
  const bar = dom.appendChild(document.createElement("div"));
  bar.className = "toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Formatting");
  const buttons = tools.map((tool, index) => {
    const button = bar.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "button tiny" + (tool.look ? " " + tool.look : "");
    button.title = tool.keys ? `${tool.name} (${tool.keys})` : tool.name;
    button.setAttribute("aria-label", tool.name);
    button.textContent = tool.sign;
    button.tabIndex = index === 0 ? 0 : -1;
    button.addEventListener("mousedown", event => event.preventDefault());
    button.addEventListener("click", () => { tool.run(view.state, view.dispatch, view); if (!document.querySelector("dialog[open]")) view.focus(); });
    return button;
  });
  bar.addEventListener("keydown", event => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const way = getComputedStyle(bar).direction === "rtl" ? -step : step;
    const next = buttons[(buttons.indexOf(document.activeElement as HTMLButtonElement) + way + buttons.length) % buttons.length];
    buttons.forEach(button => { button.tabIndex = button === next ? 0 : -1; });
    next.focus();
  });
  const table = tableBar(view);
  dom.append(table.dom);
  return {
    dom,
    show(state: EditorState) {
      tools.forEach((tool, at) => { if (tool.on) buttons[at].setAttribute("aria-pressed", String(tool.on(state))); });
      table.show(state);
    },
  };
}
