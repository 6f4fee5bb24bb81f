// A live session as a viewer has it: pictures by hls.js, questions by server-sent events.
import { captions } from "./live/captions";
import { Player } from "./live/player";
import { windows } from "./live/windows";

type Asked = { id: number; body: string; name: string; state: string; votes: number; answer: string; ahead: number; own?: boolean; gone?: boolean };

const root = document.querySelector<HTMLElement>("[data-session]")!;
const base = root.dataset.session!;
const words = root.dataset;
const video = root.querySelector<HTMLVideoElement>("[data-video]");
let state = root.dataset.state!;
const player = video ? new Player(root, base) : undefined;
windows(root);

/** Chapters and links to a moment: #t=93 */
function seek(): void {
  const at = /^#t=(\d+)$/.exec(location.hash);
  if (!at || !video) return;
  const go = () => { video.currentTime = Number(at[1]); void video.play().catch(() => undefined); };
  if (video.readyState > 0) go();
  else video.addEventListener("loadedmetadata", go, { once: true });
}
addEventListener("hashchange", seek);

const left = root.querySelector<HTMLElement>("[data-left]");
function countdown(): void {
  if (!left || state !== "announced") return;
  const minutes = (new Date(words.starts!).getTime() - Date.now()) / 60000;
  // As the site itself writes a date.
  const tongue = document.documentElement.lang === "en" ? "en-GB" : `${document.documentElement.lang}-u-nu-latn`;
  const when = new Intl.DateTimeFormat(tongue, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(new Date(words.starts!));
  const say = new Intl.RelativeTimeFormat(tongue, { numeric: "always" });
  const rest = minutes > 2880 ? say.format(Math.round(minutes / 1440), "day") : minutes > 120 ? say.format(Math.round(minutes / 60), "hour") : minutes > 1 ? say.format(Math.round(minutes), "minute") : minutes > 0 ? say.format(Math.round(minutes * 60), "second") : words.soon!;
  left.querySelector("[data-rest]")!.textContent = rest;
  left.querySelector("[data-here]")!.textContent = when;
  setTimeout(countdown, minutes > 2 ? 10000 : 1000);
}

const list = root.querySelector<HTMLElement>("[data-questions]")!;
const row = root.querySelector<HTMLTemplateElement>("[data-question-row]")!;
const all = new Map<number, Asked>();
const voted = new Set<number>([...list.querySelectorAll<HTMLElement>("[data-voted]")].map((one) => Number(one.dataset.voted)));

function standing(one: Asked): string {
  if (one.state === "answering") return words.answering!;
  if (one.state === "answered") return words.answered!;
  if (one.state === "queued") return one.own ? (one.ahead === 0 ? words.next! : words.ahead!.replace("{count}", String(one.ahead))) : words.queued!;
  if (!one.own) return "";
  return one.state === "held" ? words.held! : one.state === "refused" ? words.refused! : one.state === "merged" ? words.merged! : words.asked!;
}

function made(one: Asked): HTMLElement {
  const li = (row.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  li.id = `question-${one.id}`;
  li.dataset.standing = one.state;
  li.querySelector(".live-body")!.textContent = one.body;
  li.querySelector(".live-name")!.textContent = one.own ? words.you! : one.name || words.nobody!;
  li.querySelector(".live-standing")!.textContent = standing(one);
  const answer = li.querySelector<HTMLElement>(".live-answer")!;
  answer.textContent = one.answer;
  answer.hidden = !one.answer;
  const button = li.querySelector<HTMLButtonElement>("button")!;
  button.querySelector(".live-votes")!.textContent = String(one.votes);
  button.setAttribute("aria-pressed", String(voted.has(one.id)));
  button.disabled = words.standing !== "ask" || !!one.own || !["open", "queued", "answering"].includes(one.state);
  button.addEventListener("click", () => void vote(one.id));
  return li;
}

async function vote(id: number): Promise<void> {
  const reply = await fetch(`${base}questions/${id}/vote`, { method: "POST", body: new URLSearchParams({ script: "yes" }) }).catch(() => undefined);
  if (!reply?.ok) return;
  if ((await reply.text()) === "yes") voted.add(id);
  else voted.delete(id);
  draw();
}

const ORDER = ["answering", "queued", "held", "open", "answered", "merged", "refused"];

function draw(): void {
  const focused = document.activeElement?.closest("[data-standing]")?.id;
  const rows = [...all.values()].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.state === "queued" ? a.ahead - b.ahead : b.votes - a.votes) || a.id - b.id);
  list.replaceChildren(...rows.map(made));
  root.querySelector<HTMLElement>("[data-none]")!.hidden = rows.length > 0;
  if (focused) document.getElementById(focused)?.querySelector("button")?.focus();
  const now = rows.find((one) => one.state === "answering");
  const banner = root.querySelector<HTMLElement>("[data-now]")!;
  banner.hidden = !now;
  const text = now?.body ?? "";
  if (banner.querySelector("strong")!.textContent !== text) banner.querySelector("strong")!.textContent = text;
}

const form = root.querySelector<HTMLFormElement>("[data-ask]");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  fields.set("script", "yes");
  const reply = await fetch(form.action, { method: "POST", body: fields }).catch(() => undefined);
  const said = form.querySelector<HTMLElement>("[data-said]")!;
  said.textContent = reply ? await reply.text() : words.offline!;
  said.className = reply?.ok ? "good" : "problem";
  said.hidden = false;
  if (reply?.ok) form.querySelector("textarea")!.value = "";
});

const caption = captions(root);

function listen(): void {
  const source = new EventSource(`${base}events`);
  let waits = false;
  // After a server's error the browser gives up; this does not, and a crowd does not come back all at once.
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(() => { all.clear(); listen(); }, 2000 + Math.random() * 4000);
  });
  source.addEventListener("question", (event) => {
    const one = JSON.parse(event.data) as Asked;
    if (one.gone) all.delete(one.id);
    else all.set(one.id, one);
    if (waits) return;
    waits = true;
    setTimeout(() => { waits = false; draw(); }, 30);
  });
  source.addEventListener("caption", (event) => caption((JSON.parse(event.data) as { words: string }).words));
  source.addEventListener("session", (event) => {
    const now = (JSON.parse(event.data) as { state: string }).state;
    if (now === state) return;
    const last = state;
    state = now;
    if (now === "live") {
      root.dataset.state = "live";
      void player?.play();
    } else if (last === "live" && now === "ended") {
      // The last seconds are still on their way.
      setTimeout(() => location.reload(), 6000);
    }
  });
}

if (list) {
  draw();
  listen();
  countdown();
  if (state === "live" || (state === "ended" && video)) void player?.play();
  seek();
}
