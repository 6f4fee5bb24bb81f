// The board of questions, for whoever moderates: it hears what happens and puts each question where it belongs.
type Asked = { id: number; body: string; name: string; state: string; votes: number; answer: string; ahead: number; into?: number; anonymous?: boolean; gone?: boolean };

const ACTS: Record<string, [string, string][]> = {
  held: [["show", "Show"], ["queue", "Queue"], ["refuse", "Don’t show"], ["mute", "Mute who asked"]],
  open: [["answer", "Answer now"], ["queue", "Queue"], ["write", "Write"], ["merge", "Merge"], ["refuse", "Don’t show"], ["mute", "Mute who asked"]],
  queued: [["answer", "Answer now"], ["show", "Out of the queue"], ["write", "Write"], ["merge", "Merge"]],
  answering: [["done", "Answered"], ["queue", "Back to the queue"]],
  answered: [["write", "Write"], ["show", "Not answered yet"]],
  refused: [["show", "Show"]],
};

export function board(root: HTMLElement): void {
  const base = root.dataset.board!;
  const all = new Map<number, Asked>();
  const row = root.querySelector<HTMLTemplateElement>("[data-board-row]")!;
  const problem = root.querySelector<HTMLElement>("[data-board-problem]")!;

  async function act(id: number, what: string, fields: Record<string, string> = {}): Promise<void> {
    const answer = await fetch(`${base}/questions/${id}/${what}`, { method: "POST", body: new URLSearchParams(fields) }).catch(() => undefined);
    problem.hidden = !!answer?.ok;
    if (!answer?.ok) problem.textContent = answer ? "That did not work. Please reload the page." : "No connection just now.";
  }

  function made(one: Asked): HTMLElement {
    const li = (row.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    li.dataset.question = String(one.id);
    li.querySelector(".board-body")!.textContent = one.body;
    li.querySelector(".board-name")!.textContent = one.name || "No name";
    li.querySelector(".board-votes")!.textContent = one.votes === 1 ? "1 vote" : `${one.votes} votes`;
    const answer = li.querySelector<HTMLElement>(".board-answer")!;
    answer.textContent = one.answer;
    answer.hidden = !one.answer;
    const write = li.querySelector<HTMLFormElement>(".board-write")!;
    const merge = li.querySelector<HTMLFormElement>(".board-merge")!;
    const words = write.querySelector("textarea")!;
    words.value = one.answer;
    write.addEventListener("submit", (event) => { event.preventDefault(); void act(one.id, "write", { words: words.value }); });
    merge.addEventListener("submit", (event) => { event.preventDefault(); void act(one.id, "merge", { into: merge.querySelector("select")!.value }); });
    for (const [what, label] of ACTS[one.state] ?? []) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = what === "answer" || what === "done" || (what === "show" && one.state === "held") ? "button primary" : "button quiet";
      button.textContent = label;
      button.setAttribute("aria-label", `${label}: ${one.body}`);
      button.addEventListener("click", () => {
        if (what === "write") { write.hidden = !write.hidden; words.focus(); return; }
        if (what === "merge") { choices(merge, one); merge.hidden = !merge.hidden; return; }
        void act(one.id, what);
      });
      li.querySelector(".board-acts")!.append(button);
    }
    return li;
  }

  function choices(form: HTMLFormElement, but: Asked): void {
    form.querySelector("select")!.replaceChildren(...[...all.values()]
      .filter((one) => one.id !== but.id && ["open", "queued", "answering", "answered"].includes(one.state))
      .map((one) => new Option(one.body, String(one.id))));
  }

  function draw(): void {
    const busy = root.querySelector(".board-write:not([hidden]), .board-merge:not([hidden])")?.contains(document.activeElement);
    if (busy) return;
    let shown = 0;
    for (const group of root.querySelectorAll<HTMLElement>("[data-group]")) {
      const state = group.dataset.group!;
      const rows = [...all.values()].filter((one) => one.state === state)
        .sort((a, b) => state === "queued" ? a.ahead - b.ahead : b.votes - a.votes || a.id - b.id);
      group.querySelector("ol")!.replaceChildren(...rows.map(made));
      group.hidden = rows.length === 0;
      shown += rows.length;
    }
    root.querySelector<HTMLElement>("[data-board-empty]")!.hidden = shown > 0;
  }

  root.addEventListener("focusout", () => setTimeout(draw));
  let waits = false;
  new EventSource(`${base}/events`).addEventListener("question", (event) => {
    const one = JSON.parse(event.data) as Asked;
    if (one.gone) all.delete(one.id);
    else all.set(one.id, one);
    if (waits) return;
    waits = true;
    setTimeout(() => { waits = false; draw(); }, 50);
  });
}
