// Footnotes: a mark in the text and a note at the end, held together by a key and numbered by the order of the marks.
import { Fragment, Node, Slice } from "prosemirror-model";
import { Command, Plugin, TextSelection, Transaction } from "prosemirror-state";
import { schema } from "./schema";

const { footnote, footnotes, footnote_mark } = schema.nodes;

let made = 0;
const freshKey = () => `n${Date.now().toString(36)}${made++}`;

interface Mark { pos: number; key: string; number: string }

function marksOf(doc: Node): Mark[] {
  const found: Mark[] = [];
  doc.descendants((node, pos) => {
    if (node.type === footnote_mark) found.push({ pos, key: node.attrs.key, number: node.attrs.number });
    return node.type !== footnotes;
  });
  return found;
}

const notesOf = (doc: Node): Node[] => doc.lastChild?.type === footnotes ? doc.lastChild.children as Node[] : [];

const inLine = (marks: Mark[], notes: Node[]) => marks.length === notes.length && marks.every((mark, at) =>
  mark.number === String(at + 1) && notes[at].attrs.key === mark.key && notes[at].attrs.number === mark.number);

/** Brings marks and notes into line after each change. What a note said is remembered, so that a mark which was cut and is pasted finds it again. */
export function footnoteKeeper() {
  const remembered = new Map<string, Fragment>();
  return new Plugin({
    appendTransaction(_, before, now) {
      if (before.doc.eq(now.doc)) return null;
      for (const note of [...notesOf(before.doc), ...notesOf(now.doc)]) remembered.set(note.attrs.key, note.content);
      let marks = marksOf(now.doc);
      const notes = notesOf(now.doc);
      if (inLine(marks, notes)) return null;

      const change: Transaction = now.tr;
      const has = new Set(notes.map(note => note.attrs.key));
      const had = new Set(notesOf(before.doc).map(note => note.attrs.key));
      const marked = new Set(marksOf(before.doc).map(mark => mark.key));
      // A note that somebody took out takes its mark along.
      for (const mark of [...marks].reverse())
        if (!has.has(mark.key) && had.has(mark.key) && marked.has(mark.key)) change.delete(mark.pos, mark.pos + 1);
      // A mark that was copied gets a note of its own, which begins with the same words.
      const seen = new Set<string>();
      marks = marksOf(change.doc);
      marks.forEach((mark, at) => {
        if (seen.has(mark.key)) {
          const key = freshKey();
          remembered.set(key, remembered.get(mark.key) ?? Fragment.empty);
          mark.key = key;
        }
        seen.add(mark.key);
        change.setNodeMarkup(mark.pos, null, { key: mark.key, number: String(at + 1) });
      });
      replaceNotes(change, marks.map((mark, at) => footnote.create({ key: mark.key, number: String(at + 1) }, remembered.get(mark.key))), now.selection);
      return change;
    },
    props: {
      // What comes from another story brings its notes along under keys that are not taken here.
      transformPasted(slice, view) {
        const taken = new Set(marksOf(view.state.doc).map(mark => mark.key));
        const names = new Map<string, string>();
        slice.content.descendants(node => {
          if (node.type !== footnote) return true;
          const key = taken.has(node.attrs.key) ? freshKey() : node.attrs.key;
          names.set(node.attrs.key, key);
          remembered.set(key, node.content);
          return false;
        });
        return new Slice(renamed(slice.content, names), slice.openStart, Math.min(slice.openEnd, slice.openStart || slice.openEnd));
      },
    },
  });
}

function renamed(content: Fragment, names: Map<string, string>): Fragment {
  const kept: Node[] = [];
  content.forEach(node => {
    if (node.type === footnotes) return;
    if (node.type === footnote_mark) kept.push(footnote_mark.create({ ...node.attrs, key: names.get(node.attrs.key) ?? node.attrs.key }));
    else kept.push(node.isText ? node : node.copy(renamed(node.content, names)));
  });
  return Fragment.from(kept);
}

/** Writes the list of notes anew; a cursor that stands in one of them stays in it. */
function replaceNotes(change: Transaction, list: Node[], selection: { $from: { depth: number; node(depth: number): Node; parentOffset: number } }) {
  const { $from } = selection;
  const inside = $from.depth > 1 && $from.node(1).type === footnotes ? { key: $from.node(2).attrs.key, offset: $from.parentOffset } : null;
  const end = change.doc.content.size;
  const last = change.doc.lastChild!;
  const from = last.type === footnotes ? end - last.nodeSize : end;
  if (list.length) change.replaceWith(from, end, footnotes.create(null, list));
  else if (from < end) change.delete(from, end);
  const at = inside ? list.findIndex(note => note.attrs.key === inside.key) : -1;
  if (at < 0) return;
  const start = list.slice(0, at).reduce((pos, note) => pos + note.nodeSize, from + 1);
  change.setSelection(TextSelection.create(change.doc, start + 1 + Math.min(inside!.offset, list[at].content.size)));
}

/** Puts a mark where the cursor is and the cursor into its note. */
export const addFootnote: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  if (!$from.parent.inlineContent || !$to.parent.canReplaceWith($to.index(), $to.index(), footnote_mark)) return false;
  if ($from.depth > 0 && $from.node(1).type === footnotes) return false;
  if (!dispatch) return true;
  const key = freshKey();
  const change = state.tr.insert($to.pos, footnote_mark.create({ key }));
  const end = change.doc.content.size;
  if (change.doc.lastChild!.type === footnotes) change.insert(end - 1, footnote.create({ key }));
  else change.insert(end, footnotes.create(null, footnote.create({ key })));
  dispatch(change.setSelection(TextSelection.create(change.doc, change.doc.content.size - 2)).scrollIntoView());
  return true;
};

/** In a note, Enter leads back to its mark. */
export const backToMark: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.depth < 2 || $from.node(2).type !== footnote) return false;
  const mark = marksOf(state.doc).find(found => found.key === $from.node(2).attrs.key);
  if (!mark) return false;
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, mark.pos + 1)).scrollIntoView());
  return true;
};
