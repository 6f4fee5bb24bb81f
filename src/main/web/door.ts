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
/** What is said here in the language of whoever stands at the door, by its English words; nothing where that is English. */
const table = JSON.parse(page.dataset.words!) as Record<string, string>;
const t = (english: string, places: Record<string, string | number> = {}) =>
  (table[english] ?? english).replace(/\{(\w+)\}/g, (_, name: string) => String(places[name]));
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
const called = (line: Line) => line.name || (line.host ? t("Guest of {host}", { host: line.host }) : t("Guest"));
const numbered = (line: Line) => String(line.n).padStart(4, "0");
/** The server calls them Door 1, Door 2. */
const doorOf = (name: string) => t("Door {n}", { n: name.replace(/\D/g, "") });

async function post(path: string, body: unknown): Promise<Response> {
  const answer = await fetch(base + path, {
    method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", Accept: "application/json" }, redirect: "manual",
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
  say("status", t("Opening the door…"));
  const began = Date.now();
  const answer = await post("/open", {});
  if (!answer.ok) throw new Error(t(((await answer.json().catch(() => ({}))) as { message?: string }).message || "The door can’t be opened."));
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
  say("name", doorOf(list.door));
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
  say("count", t("{count} of {all} in", { count: judge.count, all: good }));
  const count = (await waiting(event)).length;
  if (navigator.onLine) say("status", count ? t("{count} to settle", { count }) : t("On line"));
  else say("status", count ? t("No connection, {count} to settle", { count }) : t("No connection"));
  page.dataset.line = navigator.onLine ? "on" : "off";
}

/** The word in large letters. */
function large(said: Word["said"]): string {
  switch (said) {
    case "in": return t("Welcome");
    case "already": return t("Already in");
    case "cancelled": return t("Not good any more");
    case "other": return t("Another event");
    case "forged": return t("Not our ticket");
    case "unknown": return t("Not on this list yet");
  }
}

function ended(why: string): string {
  switch (why) {
    case "guest": return t("This ticket was given back.");
    case "handed on": return t("This ticket was handed on to someone else.");
    case "staff": return t("This ticket was taken back by the organisers.");
    case "event": return t("This ticket was for an event that is off.");
    default: return t("This ticket has ended.");
  }
}

/** One clear sentence for each. */
function sentence(word: Word): string {
  const who = word.line ? t("{who}, No. {n}", { who: called(word.line), n: numbered(word.line) }) : "";
  switch (word.said) {
    case "in": return who;
    case "already": return `${who}. ${t("This ticket came in at {hour} by {door}.", { hour: hour(word.first!.at), door: doorOf(word.first!.door) })}`;
    case "cancelled": return `${who}. ${ended(word.line!.why)}`;
    case "other": return t("This ticket is for another event.");
    case "forged": return t("This code is none of our tickets.");
    case "unknown": return t("This ticket is newer than the list on this phone. Find a connection, or ask the organisers.");
  }
}

function show(word: Word, began: number): void {
  verdict.dataset.said = word.said;
  say("word", large(word.said));
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
    none.textContent = t("Nobody on the list is called that.");
    list.append(none);
  }
  for (const line of found) {
    const row = document.createElement("li");
    const name = document.createElement("span");
    const inside = judge.since(line.id);
    name.append(Object.assign(document.createElement("strong"), { textContent: called(line) }));
    name.append(Object.assign(document.createElement("small"), {
      textContent: [
        t("No. {n}", { n: numbered(line) }),
        line.host && line.name ? t("with {host}", { host: line.host }) : "",
        line.why ? t("not good any more") : inside ? t("in since {hour}", { hour: hour(inside.at) }) : "",
      ].filter(Boolean).join(document.documentElement.lang === "ar" ? "، " : ", "),
    }));
    row.append(name);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: t("Let in") });
    button.setAttribute("aria-label", t("Let in {who}", { who: called(line) }));
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
  const told = (text: string) => list.append(Object.assign(document.createElement("li"), { textContent: text }));
  for (const word of wrong) {
    const line = judge?.line(word.ticket);
    const who = line ? called(line) : t("A guest");
    told(word.verdict === "already"
      ? t("{who}, No. {n}, was let in here too: this ticket first came in at {hour} by {door}.", { who, n: line ? numbered(line) : "", hour: hour(word.first), door: doorOf(word.door) })
      : t("{who} was let in here on a ticket that was no longer good.", { who }));
  }
  for (const word of late) {
    const line = judge?.line(word.ticket);
    const who = line ? called(line) : t("A guest");
    told(word.verdict === "in" ? t("{who}, whose ticket was not on this list: it is good.", { who }) : t("{who}, whose ticket was not on this list: it is not good.", { who }));
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
  } else say("status", navigator.onLine ? t("Closed") : t("No connection"));
}

part("begin").addEventListener("click", async () => {
  try {
    await open();
  } catch (trouble) {
    say("status", trouble instanceof SignedOut ? t("Please sign in again.") : navigator.onLine && trouble instanceof Error ? trouble.message : t("The door is opened with a connection; afterwards it works without."));
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
      say("status", t("The camera can’t be used. Search by name, or allow it in the browser’s settings."));
    }
  video.hidden = !stop;
  part("camera").textContent = stop ? t("Stop the camera") : t("Scan codes");
});
part("leave").addEventListener("click", async () => {
  await settle();
  if ((await waiting(event)).length) {
    say("status", t("Some scans are not settled yet. Find a connection first."));
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
