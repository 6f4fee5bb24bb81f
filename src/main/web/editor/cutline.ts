// The membership line: one at most, and shown where it would fall by itself when nobody has drawn it.
import { Node } from "prosemirror-model";
import { Command, Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { schema } from "./schema";

const { cut, paragraph } = schema.nodes;

function lineIn(doc: Node) {
  let found = -1;
  doc.forEach((node, pos) => { if (node.type === cut) found = pos; });
  return found;
}

/** Puts the line after the block in which the cursor stands; an older one gives way. */
export const drawLine: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const old = lineIn(state.doc);
  if ($from.depth === 0 && old < 0) return false;
  if (!dispatch) return true;
  const change = state.tr;
  const at = $from.depth ? $from.after(1) : old;
  if ($from.depth) change.insert(at, cut.create());
  if (old >= 0) change.delete(change.mapping.map(old), change.mapping.map(old) + 1);
  dispatch(change.scrollIntoView());
  return true;
};

/** Says in the text where the free part ends when no line is drawn: after the first paragraph. */
export function impliedLine(restricted: () => boolean) {
  return new Plugin({
    props: {
      decorations(state) {
        if (!restricted() || lineIn(state.doc) >= 0) return null;
        let at = -1;
        state.doc.forEach((node, pos) => { if (at < 0 && node.type === paragraph) at = pos + node.nodeSize; });
        if (at < 0 || at >= state.doc.content.size) at = 0;
        const dom = document.createElement("p");
        dom.className = "implied-line";
        dom.textContent = "What follows is for members. Draw the line elsewhere with “Members from here”.";
        return DecorationSet.create(state.doc, [Decoration.widget(at, dom, { side: -1, key: "implied-" + at })]);
      },
    },
  });
}
