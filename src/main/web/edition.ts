// An edition put in order by drag or by its arrows, saved by itself, with what was taken out at hand. Without this script each
// button posts the whole form and does the same.
import Sortable from "sortablejs";

const form = document.querySelector<HTMLFormElement>("form[data-edition=open]");
if (form) open(form);

function open(form: HTMLFormElement) {
  const list = form.querySelector<HTMLElement>("[data-order]")!;
  const said = form.querySelector<HTMLElement>("[data-said]")!;
  const saving = form.querySelector<HTMLElement>("[data-saving]")!;
  const problem = form.querySelector<HTMLElement>("[data-problem]")!;
  const revision = form.elements.namedItem("revision") as HTMLInputElement;
  const subject = form.elements.namedItem("subject") as HTMLInputElement | null; // none where each letter has its own

  // One save after the other: each one rests on the revision that the last has made.
  let queue: Promise<unknown> = Promise.resolve();
  let timer = 0;
  let waiting = false;

  function soon(wait: number) {
    waiting = true;
    saving.textContent = "";
    clearTimeout(timer);
    timer = window.setTimeout(() => save(), wait);
  }

  function save(extra: Record<string, string> = {}): Promise<boolean> {
    clearTimeout(timer);
    waiting = false;
    const saved = queue.then(() => post(extra));
    queue = saved.catch(() => false);
    return saved.catch(() => {
      tell("This could not be saved just now. Press Save to try again.");
      waiting = true;
      return false;
    });
  }

  async function post(extra: Record<string, string>): Promise<boolean> {
    saving.textContent = "Saving…";
    const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    for (const [name, value] of Object.entries(extra)) fields.set(name, value);
    const response = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: fields });
    const answer = (await response.json()) as { revision?: number; subject?: string; message?: string; said?: string };
    if (!response.ok || answer.revision === undefined) {
      tell(answer.message ?? "This could not be saved.");
      return false;
    }
    revision.value = String(answer.revision);
    if (subject) subject.placeholder = answer.subject ?? "";
    tell("");
    saving.textContent = "Saved";
    if (answer.said) said.textContent = answer.said;
    for (const frame of document.querySelectorAll<HTMLIFrameElement>("[data-preview]")) {
      const inside = frame.contentWindow;
      if (inside) frame.src = frame.src.replace(/\?.*|$/, `?r=${answer.revision}`);
    }
    return true;
  }

  function tell(sentence: string) {
    problem.hidden = sentence === "";
    problem.querySelector("span")!.textContent = sentence;
    if (sentence) saving.textContent = "";
  }

  const items = () => [...list.querySelectorAll<HTMLElement>("[data-item]:not([hidden])")];
  const place = (item: HTMLElement) => `place ${items().indexOf(item) + 1} of ${items().length}`;

  function move(item: HTMLElement, step: -1 | 1, button: HTMLElement) {
    const all = items();
    const other = all[all.indexOf(item) + step];
    if (!other) return;
    if (step < 0) other.before(item);
    else other.after(item);
    item.classList.remove("moved");
    void item.offsetWidth;
    item.classList.add("moved");
    button.focus();
    said.textContent = `${item.dataset.name}: ${place(item)}`;
    soon(400);
  }

  function takeOut(item: HTMLElement) {
    const note = document.createElement("li");
    note.className = "taken-out";
    const words = document.createElement("span");
    words.textContent = `Taken out: ${item.dataset.name}`;
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "link-button";
    undo.textContent = "Put it back";
    undo.addEventListener("click", () => {
      fields(item, false);
      item.hidden = false;
      note.remove();
      item.querySelector<HTMLElement>("button")?.focus();
      said.textContent = `${item.dataset.name} is back, ${place(item)}`;
      soon(0);
    });
    note.append(words, undo);
    fields(item, true);
    item.hidden = true;
    item.after(note);
    undo.focus();
    said.textContent = words.textContent;
    soon(0);
  }

  function fields(item: HTMLElement, out: boolean) {
    for (const field of item.querySelectorAll<HTMLInputElement>("input, textarea")) field.disabled = out;
  }

  /** Saves with a button's wish, and takes the list over as the server shows it then. */
  async function wish(name: string, value: string): Promise<boolean> {
    if (!(await save({ [name]: value }))) return false;
    const page = new DOMParser().parseFromString(await (await fetch(form.action)).text(), "text/html");
    const fresh = page.querySelector("[data-order]");
    if (fresh) list.replaceChildren(...fresh.children);
    return fresh !== null;
  }

  /** The stories of one event become items of their own, or one of them goes under the story above it. */
  async function regroup(button: HTMLButtonElement) {
    const { name, value } = button;
    const item = button.closest<HTMLElement>("[data-item]")!;
    const above = items()[items().indexOf(item) - 1];
    const key = (name === "part" ? item : above ?? item).querySelector<HTMLInputElement>("input[name=item]")!.value;
    if (!(await wish(name, value))) return;
    const lead = items().find(other => other.querySelector<HTMLInputElement>("input[name=item]")?.value === key);
    lead?.classList.add("moved");
    lead?.querySelector<HTMLElement>("[name=part], [name=up]")?.focus();
    said.textContent = name === "part" ? "Each is an item of its own now" : `Now under ${lead?.dataset.name}`;
  }

  /** A large model tells an item shorter; it may take its time, so the rest is saved meanwhile. */
  async function write(button: HTMLButtonElement) {
    const key = button.value.split(":")[1];
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    button.textContent = said.textContent = "Writing…";
    const part = () => list.querySelector<HTMLElement>(`[data-shorter="${key}"]`);
    const here = document.activeElement === button;
    try {
      const response = await fetch(`${form.action}/shorter`, { method: "POST", body: new URLSearchParams({ item: key }) });
      if (!response.ok) throw new Error(response.headers.get("Content-Type")?.includes("json") ? (await response.json()).message : "");
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-shorter]");
      const stays = !here || document.activeElement !== button && document.activeElement !== document.body;
      if (fresh) part()?.replaceWith(fresh);
      said.textContent = "Written. Look at it beside its sources.";
      if (!stays) part()?.querySelector<HTMLElement>("button")?.focus();
    } catch (failed) {
      const note = document.createElement("p");
      note.className = "error";
      note.setAttribute("role", "alert");
      note.textContent = (failed as Error).message || "The language model could not be asked just now. The text is as it was.";
      part()?.querySelector(".error")?.remove();
      part()?.append(note);
      button.textContent = "Write it shorter";
      button.removeAttribute("aria-disabled");
      said.textContent = "";
    }
  }

  /** Takes what was written, takes it back, or leaves it. */
  async function shorten(button: HTMLButtonElement) {
    const key = button.value.split(":")[1];
    if (await wish("shorter", button.value)) list.querySelector<HTMLElement>(`[data-shorter="${key}"] button`)?.focus();
  }

  async function add(name: string, value: string) {
    if (!(await wish(name, value))) return;
    form.querySelector("[data-none]")?.remove();
    const last = items().at(-1);
    last?.classList.add("moved");
    last?.scrollIntoView({ block: "nearest", behavior: "smooth" });
    const field = last?.querySelector<HTMLElement>("input[type=text], input:not([type]), textarea");
    if (name !== "add") field?.focus({ preventScroll: true });
    said.textContent = `${last?.dataset.name} is in, at the end`;
    await find();
  }

  async function find() {
    const words = form.querySelector<HTMLInputElement>("#find")!.value;
    const kind = form.querySelector<HTMLSelectElement>("#kind")!.value;
    const response = await fetch(`${form.action}/found?${new URLSearchParams({ find: words, kind })}`);
    if (!response.ok) return;
    const found = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("found");
    if (found) document.getElementById("found")!.replaceChildren(...found.children);
  }

  form.addEventListener("click", event => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name]");
    if (!button) return;
    const item = button.closest<HTMLElement>("[data-item]");
    if (item && (button.name === "up" || button.name === "down")) move(item, button.name === "up" ? -1 : 1, button);
    else if (item && button.name === "remove") takeOut(item);
    else if (item && (button.name === "part" || button.name === "join")) void regroup(button);
    else if (button.name === "shorter") void (button.value.startsWith("write:") ? write(button) : shorten(button));
    else if (button.name === "then" && button.value === "") void save();
    else if (button.name === "add" || button.name.startsWith("add-")) void add(button.name, button.value);
    else return;
    event.preventDefault();
  });

  let searching = 0;
  form.addEventListener("input", event => {
    const field = event.target as HTMLElement;
    if (!field.matches("[data-find]")) return soon(900);
    clearTimeout(searching);
    searching = window.setTimeout(() => void find(), 250);
  });
  form.addEventListener("keydown", event => {
    const field = event.target as HTMLElement;
    if (event.key === "Enter" && field instanceof HTMLInputElement) event.preventDefault();
    const leave = field.closest("[data-shorter]")?.querySelector<HTMLButtonElement>("[value^='leave:']");
    if (event.key === "Escape" && leave) void shorten(leave);
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  });

  // A button that does more than save goes after what is still being saved, with the revision that this has made.
  let state: "here" | "leaving" | "left" = "here";
  form.addEventListener("submit", event => {
    if (state === "leaving") {
      state = "left";
      return;
    }
    event.preventDefault();
    if (state === "left") return;
    const button = event.submitter as HTMLButtonElement | null;
    clearTimeout(timer);
    // Not at once: as long as this event is told about, the form takes no second submission.
    void queue.then(() => setTimeout(() => {
      state = "leaving";
      waiting = false;
      form.dataset.confirmed = "yes"; // whoever had to be asked has been
      form.requestSubmit(button);
    }));
  });
  window.addEventListener("pageshow", () => (state = "here"));
  window.addEventListener("beforeunload", event => {
    if (waiting) event.preventDefault();
  });

  new Sortable(list, {
    draggable: "[data-item]",
    filter: "button, a, input, textarea, label",
    preventOnFilter: false,
    animation: 140,
    delay: 120,
    delayOnTouchOnly: true,
    onEnd: ({ item }) => {
      said.textContent = `${item.dataset.name}: ${place(item)}`;
      soon(0);
    },
  });
}
