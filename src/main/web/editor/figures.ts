// Pictures in the text: what they show and whom to credit are written where they stand; new ones come by drop and paste.
import { Node } from "prosemirror-model";
import { EditorState, NodeSelection, Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet, EditorView, NodeView } from "prosemirror-view";
import { schema } from "./schema";
import { Cancelled, Choice, Upload, upload } from "./uploads";

const { figure } = schema.nodes;

export function figureOf(picture: Choice): Node {
  return figure.create({
    src: picture.src.replace("/content/images/", "/content/images/size/w1000/"), alt: picture.alt,
    width: String(picture.width), height: String(picture.height), credit: picture.credit,
  }, picture.caption ? schema.text(picture.caption) : null);
}

/** A figure with fields for its alternative text and credit; its caption is text like any other. */
export class FigureView implements NodeView {
  dom = document.createElement("figure");
  contentDOM = document.createElement("figcaption");
  private image = document.createElement("img");
  private alt: HTMLInputElement;
  private credit: HTMLInputElement;

  constructor(private node: Node, private view: EditorView, private getPos: () => number | undefined) {
    const fields = document.createElement("div");
    fields.className = "figure-fields";
    fields.contentEditable = "false";
    this.alt = this.field(fields, "alt", "What it shows", "For readers who can't see it: who or what, doing what, where");
    this.credit = this.field(fields, "credit", "Credit", "Photo: Name / Agency");
    this.dom.append(this.image, this.contentDOM, fields);
    this.contentDOM.dataset.empty = "Caption";
    this.image.draggable = true;
    this.show(node);
  }

  private field(into: HTMLElement, name: string, label: string, placeholder: string) {
    const holder = into.appendChild(document.createElement("label"));
    holder.append(label);
    const input = holder.appendChild(document.createElement("input"));
    input.placeholder = placeholder;
    input.dir = "auto";
    input.addEventListener("input", () => {
      const pos = this.getPos();
      if (pos !== undefined) this.view.dispatch(this.view.state.tr.setNodeAttribute(pos, name, input.value));
    });
    input.addEventListener("keydown", event => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.view.focus();
    });
    return input;
  }

  private show(node: Node) {
    if (this.image.getAttribute("src") !== node.attrs.src) this.image.src = node.attrs.src;
    this.image.alt = node.attrs.alt;
    if (this.alt.value !== node.attrs.alt) this.alt.value = node.attrs.alt;
    if (this.credit.value !== node.attrs.credit) this.credit.value = node.attrs.credit;
    this.alt.classList.toggle("wanting", !node.attrs.alt.trim());
    this.contentDOM.classList.toggle("empty", node.content.size === 0);
  }

  update(node: Node) {
    if (node.type !== figure) return false;
    this.node = node;
    this.show(node);
    return true;
  }

  selectNode() { this.dom.classList.add("ProseMirror-selectednode"); }
  deselectNode() { this.dom.classList.remove("ProseMirror-selectednode"); }
  stopEvent(event: Event) { return (event.target as HTMLElement).closest?.(".figure-fields") !== null; }
  ignoreMutation(mutation: { target: globalThis.Node }) { return !this.contentDOM.contains(mutation.target); }
}

type Change = { add: { id: object; pos: number; dom: HTMLElement } } | { remove: object };
const key = new PluginKey<DecorationSet>("uploads");

/** Holds the place of each picture on its way, with how far it is and a way to stop it. */
export function uploadPlaces() {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(change, places) {
        places = places.map(change.mapping, change.doc);
        const said = change.getMeta(key) as Change | undefined;
        if (said && "add" in said) places = places.add(change.doc, [Decoration.widget(said.add.pos, said.add.dom, { id: said.add.id, side: 1 })]);
        if (said && "remove" in said) places = places.remove(places.find(undefined, undefined, spec => spec.id === said.remove));
        return places;
      },
    },
    props: {
      decorations(state) { return key.getState(state); },
      handlePaste: (view, event) => filesOf(event.clipboardData, true).some(file => (sendFile(view, file, view.state.selection.to), true)),
      handleDrop: (view, event) => {
        const files = filesOf(event.dataTransfer, false);
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (!files.length || !at) return false;
        event.preventDefault();
        for (const file of files) sendFile(view, file, at.pos);
        return true;
      },
    },
  });
}

/** Pictures among what was pasted or dropped; text that carries a rendering of itself as a picture is text. */
function filesOf(data: DataTransfer | null, pasted: boolean) {
  if (!data) return [];
  if (pasted && data.getData("text/plain").trim()) return [];
  return [...data.files].filter(file => file.type.startsWith("image/"));
}

const placeOf = (state: EditorState, id: object) => key.getState(state)?.find(undefined, undefined, spec => spec.id === id)[0]?.from;

export function sendFile(view: EditorView, file: File, pos: number) {
  const id = {};
  const dom = document.createElement("div");
  dom.className = "upload-place";
  dom.contentEditable = "false";
  const words = dom.appendChild(document.createElement("span"));
  words.textContent = file.name || "Picture";
  const bar = dom.appendChild(document.createElement("progress"));
  bar.max = 1;
  const stop = dom.appendChild(document.createElement("button"));
  stop.type = "button";
  stop.className = "button tiny";
  stop.textContent = "Cancel";

  const $pos = view.state.doc.resolve(pos);
  const at = $pos.depth ? $pos.after(1) : pos;
  const limit = view.state.doc.lastChild?.type.name === "footnotes" ? view.state.doc.content.size - view.state.doc.lastChild.nodeSize : view.state.doc.content.size;
  view.dispatch(view.state.tr.setMeta(key, { add: { id, pos: Math.min(at, limit), dom } } satisfies Change));
  const remove = () => view.dispatch(view.state.tr.setMeta(key, { remove: id } satisfies Change));

  const fields = new FormData();
  fields.set("picture", file);
  const sending: Upload = upload(fields, share => {
    bar.value = share;
    if (share === 1) words.textContent = "Looking at it…";
  });
  stop.addEventListener("click", () => sending.cancel());
  sending.done.then(picture => {
    const place = placeOf(view.state, id);
    remove();
    if (place === undefined) return;
    const change = view.state.tr.insert(place, figureOf(picture));
    view.dispatch(change.setSelection(NodeSelection.create(change.doc, place)).scrollIntoView());
    view.dom.querySelector<HTMLInputElement>("figure.ProseMirror-selectednode .figure-fields input")?.focus();
  }, (problem: Error) => {
    if (problem instanceof Cancelled) return remove();
    dom.classList.add("failed");
    dom.setAttribute("role", "alert");
    words.textContent = problem.message;
    bar.remove();
    stop.textContent = "Close";
    stop.addEventListener("click", remove);
  });
}
