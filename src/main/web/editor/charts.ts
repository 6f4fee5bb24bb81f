// Charts in the text: a table and how it is drawn, made in a dialog; the server draws them, here as on the page.
import { Node } from "prosemirror-model";
import { Command, NodeSelection, TextSelection, Transaction } from "prosemirror-state";
import { EditorView, NodeView } from "prosemirror-view";
import { schema } from "./schema";

interface Plot { kind: string; title: string; description: string; source: string; unit: string; table: string }
interface Drawn { shown: string; table: string }

const PAUSE = 350;
const none: Plot = { kind: "lines", title: "", description: "", source: "", unit: "", table: "" };

async function draw(plot: Plot): Promise<Drawn> {
  const language = document.querySelector<HTMLInputElement>("form[data-editor] [name=language]")?.value ?? "en";
  const answer = await fetch("/desk/charts/preview", { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ ...plot, language }) });
  const said = await answer.json().catch(() => ({})) as Record<string, string>;
  if (!answer.ok) throw new Error(said.problem ?? said.message ?? "The chart could not be drawn. Please try again.");
  return { shown: said.shown, table: said.table };
}

/** Drawings of charts that stand in the text have ids of their own, so that two don't name each other. */
let drawings = 0;
const apart = (html: string) => { const n = ++drawings; return html.replaceAll("chart-0", `chart-d${n}`); };

/** A chart in the text: as readers see it, and a button to change it. */
export class ChartView implements NodeView {
  dom = document.createElement("div");
  private drawing = this.dom.appendChild(document.createElement("div"));

  constructor(private node: Node, private view: EditorView, private getPos: () => number | undefined) {
    this.dom.className = "chart-block";
    this.dom.contentEditable = "false";
    const change = this.dom.appendChild(document.createElement("button"));
    change.type = "button";
    change.className = "button tiny";
    change.textContent = "Change the chart";
    change.addEventListener("click", () => this.change());
    this.dom.addEventListener("dblclick", () => this.change());
    this.show();
  }

  private async show() {
    const shown = this.node;
    this.drawing.setAttribute("aria-label", "Chart: " + shown.attrs.title);
    try {
      const drawn = await draw(shown.attrs as Plot);
      if (shown === this.node) this.drawing.innerHTML = apart(drawn.shown);
    } catch (problem) {
      this.drawing.textContent = `${shown.attrs.title}: ${(problem as Error).message}`;
    }
  }

  private async change() {
    const plot = await chosenChart(this.node.attrs as Plot);
    const pos = this.getPos();
    if (plot && pos !== undefined) this.view.dispatch(this.view.state.tr.setNodeMarkup(pos, null, plot));
    this.view.focus();
  }

  update(node: Node) {
    if (node.type !== schema.nodes.chart) return false;
    const same = node.eq(this.node);
    this.node = node;
    if (!same) this.show();
    return true;
  }

  selectNode() { this.dom.classList.add("ProseMirror-selectednode"); }
  deselectNode() { this.dom.classList.remove("ProseMirror-selectednode"); }
  stopEvent(event: Event) { return event.type !== "mousedown" || (event.target as HTMLElement).closest("button, summary, a") !== null; }
  ignoreMutation() { return true; }
}

/** One writes on below a new chart: where no paragraph follows, there is one now. */
function onBelow(change: Transaction) {
  let after = -1;
  change.mapping.maps[change.mapping.maps.length - 1].forEach((_from, _to, start, end) =>
    change.doc.nodesBetween(start, end, (node, pos) => { if (node.type === schema.nodes.chart) after = pos + node.nodeSize; }));
  if (after < 0) return change;
  if (!change.doc.resolve(after).nodeAfter?.isTextblock) change.insert(after, schema.nodes.paragraph.create());
  return change.setSelection(TextSelection.create(change.doc, after + 1));
}

export const addChart: Command = (state, dispatch, view) => {
  if (!dispatch || !view) return true;
  chosenChart(none).then(plot => {
    if (plot) {
      const change = view.state.tr.replaceSelectionWith(schema.nodes.chart.create(plot));
      view.dispatch(onBelow(change).scrollIntoView());
    }
    view.focus();
  });
  return true;
};

export const isChart = (selection: unknown) => selection instanceof NodeSelection && selection.node.type === schema.nodes.chart;

/** A file's words, whatever program wrote it; null for a file that is no text, as a picture or a spreadsheet itself. */
async function wordsOf(file: File) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function chosenChart(began: Plot): Promise<Plot | null> {
  const dialog = document.getElementById("chart-dialog") as HTMLDialogElement;
  const form = dialog.querySelector("form")!;
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement;
  const problem = dialog.querySelector<HTMLElement>("[data-chart-problem]")!;
  const drawing = dialog.querySelector<HTMLElement>("[data-chart-drawing]")!;
  const take = dialog.querySelector<HTMLButtonElement>("[data-chart-take]")!;
  const over = new AbortController();
  const { signal } = over;
  let waiting = 0;
  let asked = 0;
  let chosen: Plot | null = null;

  const plot = (): Plot => ({ kind: field("kind").value, title: field("title").value.trim(), description: field("description").value.trim(), source: field("source").value.trim(), unit: field("unit").value.trim(), table: field("table").value });
  const say = (words: string) => { problem.textContent = words; problem.hidden = !words; };

  /** Draws what there is; a title may still be missing while someone looks at the figures. */
  async function show() {
    const mine = ++asked;
    if (!field("table").value.trim()) { drawing.replaceChildren(); say(""); return; }
    try {
      const drawn = await draw({ ...plot(), title: plot().title || "Untitled" });
      if (mine !== asked) return;
      drawing.innerHTML = apart(drawn.shown);
      say("");
    } catch (failure) {
      if (mine !== asked) return;
      drawing.replaceChildren();
      say((failure as Error).message);
    }
  }
  const later = (pause: number) => { clearTimeout(waiting); waiting = window.setTimeout(show, pause); };

  async function send(event: SubmitEvent) {
    if ((event.submitter as HTMLButtonElement | null)?.value === "no") return;
    event.preventDefault();
    take.disabled = true;
    try {
      const drawn = await draw(plot());
      chosen = { ...plot(), table: drawn.table };
      dialog.close();
    } catch (failure) {
      say((failure as Error).message);
    } finally {
      take.disabled = false;
    }
  }

  return new Promise(resolve => {
    for (const name of ["kind", "title", "description", "source", "unit", "table"] as const) field(name).value = began[name];
    form.addEventListener("input", () => later(PAUSE), { signal });
    form.addEventListener("submit", send, { signal });
    field("file").addEventListener("change", async () => {
      const file = field("file").files?.[0];
      if (!file) return;
      field("file").value = "";
      if (file.size > 1024 * 1024) return say("This file is larger than 1 MB.");
      const words = await wordsOf(file);
      if (words === null) return say("This is not a CSV file. Save the sheet as CSV and choose that file.");
      field("table").value = words;
      later(0);
    }, { signal });
    dialog.addEventListener("close", () => {
      over.abort();
      clearTimeout(waiting);
      asked++;
      drawing.replaceChildren();
      say("");
      resolve(chosen);
    }, { once: true });
    dialog.showModal();
    later(0);
  });
}
