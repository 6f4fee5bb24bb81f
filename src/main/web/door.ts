// The door: a code or a name, and at once a word in letters that are read at arm's length. Works without a connection; settles when there
// is one again.
import { watch } from "./door/camera";
import { Judge, type Word } from "./door/judge";
import { forget, forgetOld, keep, kept, keyOf, note, sent, waiting, type Entered, type Line, type List, type Seen } from "./door/store";

type Settled = {
  time: number; version: string; entered: Entered[];
  words: { id: string; ticket: number; verdict: string; said: string; first: number; door: string }[];
};

const page = document.querySelector<HTMLElement>("[data-door]")!;
const base = page.dataset.door!;
const event = Number(page.dataset.event);
const zone = page.dataset.zone!;
const part = <T extends HTMLElement>(name: string): T => page.querySelector<T>(`[data-${name}]`)!;
const verdict = part("verdict");
const search = part<HTMLInputElement>("search");

let judge: Judge | undefined;
let key: CryptoKey | undefined;
let stop: (() => void) | undefined;
let best = Number.POSITIVE_INFINITY;
let settling = false;
/** When the server last answered this page; what changed since is what it answers. */
let since = 0;
const words = new Map<string, Settled["words"][number]>();

/** Our time, whatever this phone's clock says. */
const now = () => Math.round(Date.now() + (judge?.list.offset ?? 0));
const hour = (at: number) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(at);
const called = (line: Line) => line.name || (line.host ? `Guest of ${line.host}` : "Guest");

async function post(path: string, body: unknown): Promise<Response> {
  const answer = await fetch(base + path, {
    method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" }, redirect: "manual",
    signal: AbortSignal.timeout(8000),
  });
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) throw new SignedOut();
  return answer;
}

class SignedOut extends Error {}

/** The shortest way there and back tells our clock's lead best: the answer was written about half way. */
function measure(began: number, ended: number, time: number): void {
  const took = ended - began;
  if (!judge || took > best) return;
  best = took;
  judge.list.offset = time - (began + ended) / 2;
}

async function open(): Promise<void> {
  say("status", "Opening the door…");
  const began = Date.now();
  const answer = await post("/open", {});
  if (!answer.ok) throw new Error((await answer.text()) || "The door can't be opened.");
  const list = await answer.json();
  const ended = Date.now();
  key = await keyOf(list.key);
  delete list.key;
  begin({ ...list, offset: list.time - (began + ended) / 2 } as List);
  await save();
}

function begin(list: List): void {
  judge = new Judge(list);
  part("closed").hidden = true;
  part("open").hidden = false;
  say("name", list.door);
  results();
  counted();
}

async function save(): Promise<void> {
  if (judge && key) await keep(judge.state, key);
}

function say(name: string, text: string): void {
  part(name).textContent = text;
}

async function counted(): Promise<void> {
  if (!judge) return;
  const good = judge.list.tickets.filter((line) => !line.why).length;
  say("count", `${judge.count} of ${good} in`);
  const left = (await waiting(event)).length;
  say("status", navigator.onLine ? (left ? `${left} to settle` : "On line") : left ? `No connection, ${left} to settle` : "No connection");
  page.dataset.line = navigator.onLine ? "on" : "off";
}

const WORDS: Record<string, string> = { in: "Welcome", already: "Already in", cancelled: "Not good any more", other: "Another event", forged: "Not our ticket", unknown: "Not on this list yet" };

/** One clear sentence for each. */
function sentence(word: Word): string {
  const who = word.line ? `${called(word.line)}, No. ${String(word.line.n).padStart(4, "0")}` : "";
  switch (word.said) {
    case "in": return who;
    case "already": return `${who}. This ticket came in at ${hour(word.first!.at)} by ${word.first!.door}.`;
    case "cancelled": {
      const why: Record<string, string> = { guest: "was given back", "handed on": "was handed on to someone else", staff: "was taken back by the organisers", event: "was for an event that is off" };
      return `${who}. This ticket ${why[word.line!.why] ?? "has ended"}.`;
    }
    case "other": return "This ticket is for another event.";
    case "forged": return "This code is none of our tickets.";
    case "unknown": return "This ticket is newer than the list on this phone. Find a connection, or ask the organisers.";
  }
}

function show(word: Word, began: number): void {
  verdict.dataset.said = word.said;
  say("word", WORDS[word.said]);
  say("sentence", sentence(word));
  verdict.dataset.took = String(Math.round((performance.now() - began) * 10) / 10);
  verdict.hidden = false;
  navigator.vibrate?.(word.said === "in" ? 60 : [90, 60, 90]);
}

async function remember(seen: Seen): Promise<void> {
  await note(event, seen);
  await save();
  await counted();
  results();
  void settle();
}

async function scanned(code: string): Promise<void> {
  if (!judge) return;
  const began = performance.now();
  const at = now();
  const word = await judge.code(code, at);
  show(word, began);
  await remember({ id: crypto.randomUUID(), code, ticket: 0, at, said: word.said });
}

async function pressed(line: Line): Promise<void> {
  if (!judge) return;
  const began = performance.now();
  const at = now();
  const word = judge.ticket(line, at);
  show(word, began);
  await remember({ id: crypto.randomUUID(), code: "", ticket: line.id, at, said: word.said });
}

/** The camera sees the same code many times; only a new one, or the same after a pause, is a scan. */
let last = "";
let lastAt = 0;
function seen(code: string): void {
  const at = performance.now();
  const same = code === last && at - lastAt < 2500;
  last = code;
  lastAt = at;
  if (!same) void scanned(code);
}

const plain = (text: string) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

function results(): void {
  const list = part("results");
  list.replaceChildren();
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  if (!judge || !words.length) return;
  const found = judge.list.tickets.filter((line) => words.every((word) => plain(`${line.name} ${line.host} ${line.n}`).includes(word))).slice(0, 20);
  if (!found.length) {
    const none = document.createElement("li");
    none.textContent = "Nobody on the list is called that.";
    list.append(none);
  }
  for (const line of found) {
    const row = document.createElement("li");
    const name = document.createElement("span");
    const inside = judge.since(line.id);
    name.append(Object.assign(document.createElement("strong"), { textContent: called(line) }));
    name.append(Object.assign(document.createElement("small"), {
      textContent: `No. ${String(line.n).padStart(4, "0")}${line.host && line.name ? `, with ${line.host}` : ""}${line.why ? ", not good any more" : inside ? `, in since ${hour(inside.at)}` : ""}`,
    }));
    row.append(name);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Let in" });
    button.setAttribute("aria-label", `Let in ${called(line)}`);
    button.addEventListener("click", () => void pressed(line));
    row.append(button);
    list.append(row);
  }
}

/** Tells what was seen, hears the last word, and shows where it differs from the first. */
async function settle(): Promise<void> {
  if (settling || !judge || !navigator.onLine) return;
  settling = true;
  try {
    const mine = (await waiting(event)).slice(0, 2000);
    const began = Date.now();
    const answer = await post("/settle", { opening: judge.list.opening, since, scans: mine.map(({ id, code, ticket, at, said }) => ({ id, code, ticket, at, said })) });
    if (answer.status === 410) throw new SignedOut();
    if (!answer.ok) return;
    const settled: Settled = await answer.json();
    measure(began, Date.now(), settled.time);
    since = settled.time;
    await sent(mine.map((one) => one.id));
    judge.entered(settled.entered);
    if (settled.version !== judge.list.version) await refresh(settled.version);
    for (const word of settled.words) words.set(word.id, word);
    differ();
    await save();
    part("again").hidden = true;
  } catch (trouble) {
    if (trouble instanceof SignedOut) part("again").hidden = false;
  } finally {
    settling = false;
    await counted();
    results();
  }
}

async function refresh(version: string): Promise<void> {
  const answer = await fetch(base + "/list", { redirect: "manual", signal: AbortSignal.timeout(8000) });
  if (!answer.ok || !judge) return;
  judge.lines((await answer.json()).tickets);
  judge.list.version = version;
}

/** Someone was told "welcome" here and had come in elsewhere before: the earlier scan stands, and both are named. */
function differ(): void {
  const list = part("differ");
  const wrong = [...words.values()].filter((word) => word.said === "in" && word.verdict !== "in");
  const late = [...words.values()].filter((word) => word.said === "unknown");
  list.replaceChildren();
  for (const word of wrong) {
    const line = judge?.line(word.ticket);
    const row = document.createElement("li");
    row.textContent = word.verdict === "already"
      ? `${line ? called(line) : "A guest"}, No. ${String(line?.n ?? 0).padStart(4, "0")}, was let in here too: this ticket first came in at ${hour(word.first)} by ${word.door}.`
      : `${line ? called(line) : "A guest"} was let in here on a ticket that was no longer good.`;
    list.append(row);
  }
  for (const word of late) {
    const line = judge?.line(word.ticket);
    const row = document.createElement("li");
    row.textContent = `${line ? called(line) : "A guest"}, whose ticket was not on this list: ${word.verdict === "in" ? "it is good" : "it is not good"}.`;
    list.append(row);
  }
  part("differs").hidden = !list.childElementCount;
}

async function start(): Promise<void> {
  await forgetOld(Date.now());
  const found = await kept(event);
  if (found) {
    key = found.key;
    begin(found.list);
    void settle();
  } else say("status", navigator.onLine ? "Closed" : "No connection");
}

part("begin").addEventListener("click", async () => {
  try {
    await open();
  } catch (trouble) {
    say("status", trouble instanceof SignedOut ? "Please sign in again." : navigator.onLine && trouble instanceof Error ? trouble.message : "The door is opened with a connection; afterwards it works without.");
  }
});
part("camera").addEventListener("click", async () => {
  const video = part<HTMLVideoElement>("video");
  if (stop) {
    stop();
    stop = undefined;
  } else
    try {
      stop = await watch(video, seen);
    } catch {
      say("status", "The camera can't be used. Search by name, or allow it in the browser's settings.");
    }
  video.hidden = !stop;
  part("camera").textContent = stop ? "Stop the camera" : "Scan codes";
});
part("leave").addEventListener("click", async () => {
  await settle();
  if ((await waiting(event)).length) {
    say("status", "Some scans are not settled yet. Find a connection first.");
    return;
  }
  stop?.();
  await forget(event);
  location.reload();
});
search.addEventListener("input", results);
search.form?.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  // Scanners that type, and people who paste, end a code with Enter.
  if (search.value.startsWith("M1.")) {
    void scanned(search.value.trim());
    search.value = "";
    results();
  }
});
addEventListener("online", () => void settle());
addEventListener("offline", () => void counted());
setInterval(() => void settle(), 10_000);
setInterval(() => void over(), 60_000);

/** The day is over: the key goes, also on a page that was left open. */
async function over(): Promise<void> {
  if (judge && Date.now() > judge.list.until) {
    await settle();
    await forget(event);
    location.reload();
  }
}

await navigator.serviceWorker?.register("/desk/events/door-worker.js", { scope: "/desk/events/" }).catch(() => undefined);
await start();
page.dataset.ready = "yes";
