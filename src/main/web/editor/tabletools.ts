// The tools that appear while the cursor stands in a table.
import { Command, EditorState, TextSelection } from "prosemirror-state";
import {
  addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, findTable, isInTable, mergeCells, splitCell, toggleHeaderColumn, toggleHeaderRow,
} from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { schema } from "./schema";

const { table, table_row, table_cell, table_header, paragraph } = schema.nodes;

/** Three columns under a head, three rows. */
export const addTable: Command = (state, dispatch) => {
  if (isInTable(state)) return false;
  if (!dispatch) return true;
  const row = (cell: typeof table_cell) => table_row.create(null, [0, 1, 2].map(() => cell.create(null, paragraph.create())));
  const made = table.create(null, [row(table_header), row(table_cell), row(table_cell)]);
  const change = state.tr.replaceSelectionWith(made);
  let first = -1;
  change.mapping.maps[change.mapping.maps.length - 1].forEach((_from, _to, start, end) =>
    change.doc.nodesBetween(start, end, (node, pos) => { if (node.type === table && first < 0) first = pos; }));
  if (first >= 0) change.setSelection(TextSelection.near(change.doc.resolve(first + 4)));
  dispatch(change.scrollIntoView());
  return true;
};

const tools: [string, string, Command][] = [
  ["Row above", "Row ↑", addRowBefore], ["Row below", "Row ↓", addRowAfter],
  ["Column before", "← Column", addColumnBefore], ["Column after", "Column →", addColumnAfter],
  ["Delete row", "Delete row", deleteRow], ["Delete column", "Delete column", deleteColumn],
  ["Header row", "Header row", toggleHeaderRow], ["Header column", "Header column", toggleHeaderColumn],
  ["Merge cells", "Merge", mergeCells], ["Split cell", "Split", splitCell],
  ["Delete table", "Delete table", deleteTable],
];

/** A second row of the toolbar; the caption is a field in it. */
export function tableBar(view: EditorView) {
  const bar = document.createElement("div");
  bar.className = "toolbar table-tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Table");
  const label = bar.appendChild(document.createElement("label"));
  label.append("Caption ");
  const caption = label.appendChild(document.createElement("input"));
  caption.dir = "auto";
  caption.addEventListener("input", () => {
    const found = findTable(view.state.selection.$from);
    if (found) view.dispatch(view.state.tr.setNodeAttribute(found.pos, "caption", caption.value));
  });
  const buttons = tools.map(([name, sign, command]) => {
    const button = bar.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "button tiny";
    button.textContent = sign;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("mousedown", event => event.preventDefault());
    button.addEventListener("click", () => { command(view.state, view.dispatch, view); view.focus(); });
    return button;
  });
  return {
    dom: bar,
    show(state: EditorState) {
      const found = isInTable(state) ? findTable(state.selection.$from) : null;
      bar.hidden = !found;
      if (!found) return;
      if (document.activeElement !== caption) caption.value = found.node.attrs.caption;
      tools.forEach(([, , command], at) => { buttons[at].disabled = !command(state); });
    },
  };
}
