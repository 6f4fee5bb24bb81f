// The studio: picture and sound are checked, then recorded in short parts and sent to the server as they come.
import { board } from "./live/board";
import { LITTLE_ROOM, program } from "./live/program";
import { canStage, type Layout, Stage } from "./live/stage";
import { Sender, type Told } from "./live/sender";

/** After so long without a picture for viewers the journalist is told. */
const UNSEEN = 8000;

document.querySelectorAll<HTMLElement>("[data-board]").forEach(board);
const page = document.querySelector<HTMLElement>("[data-studio]");
if (page) studio(page);

function studio(root: HTMLElement): void {
  const base = root.dataset.studio!;
  const part = <T extends HTMLElement>(name: string): T => root.querySelector<T>(`[data-${name}]`)!;
  const preview = part<HTMLVideoElement>("preview");
  const camera = part<HTMLSelectElement>("camera");
  const microphone = part<HTMLSelectElement>("microphone");
  const go = part<HTMLButtonElement>("go");
  const end = part<HTMLButtonElement>("end");
  const level = part<HTMLMeterElement>("level");
  const layout = part<HTMLSelectElement>("layout");
  let picture: MediaStreamTrack | undefined;
  let stage: Stage | undefined;
  let shared: MediaStreamTrack | undefined;
  let voice: MediaStream | undefined;
  let mixed: MediaStreamAudioDestinationNode | undefined;
  let audio: AudioContext | undefined;
  let source: MediaStreamAudioSourceNode | undefined;
  let recorder: MediaRecorder | undefined;
  let sender: Sender | undefined;
  let began = 0;
  let took = 0;
  let told: Told = { waiting: 0, trouble: "", seen: true, littleRoom: false, full: false };
  let ended = false;

  const problem = (text: string) => { part("problem").textContent = text; part("problem").hidden = !text; };

  function sentence(error: unknown): string {
    const name = error instanceof Error ? error.name : "";
    if (name === "NotAllowedError") return "The browser may not use camera and microphone. Allow it beside the page’s address, then try again.";
    if (name === "NotFoundError" || name === "OverconstrainedError") return "No camera or no microphone was found. Plug one in, then try again.";
    if (name === "NotReadableError") return "Another program uses the camera. Close it, then try again.";
    return "Picture and sound can’t be had. Please try again.";
  }

  /** One track of sound for the whole recording, whichever microphone it comes from. */
  function hear(stream: MediaStream): void {
    audio ??= new AudioContext();
    void audio.resume();
    mixed ??= audio.createMediaStreamDestination();
    source?.disconnect();
    source = audio.createMediaStreamSource(stream);
    source.connect(mixed);
    const meter = audio.createAnalyser();
    source.connect(meter);
    const samples = new Float32Array(meter.fftSize);
    const mine = source;
    const measure = () => {
      if (source !== mine) return;
      meter.getFloatTimeDomainData(samples);
      level.value = Math.min(1, Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length) * 4);
      if (level.value > 0.05) part("level-hint").textContent = "We hear you.";
      setTimeout(measure, 100);
    };
    measure();
  }

  async function check(): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        video: { deviceId: camera.value || undefined, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25 } },
        audio: { deviceId: microphone.value || undefined },
      });
      voice?.getTracks().forEach((track) => track.stop());
      voice = stream;
      hear(new MediaStream(stream.getAudioTracks()));
      const filmed = stream.getVideoTracks()[0];
      if (stage) void stage.film(filmed);
      else show(filmed);
      await list();
      part("intro").textContent = "Looks good? Then go live.";
      part("screen").hidden = !canStage || !("getDisplayMedia" in navigator.mediaDevices);
      problem("");
    } catch (error) {
      problem(sentence(error));
    }
  }

  function show(track: MediaStreamTrack): void {
    picture = track;
    preview.srcObject = new MediaStream([track]);
    void preview.play();
    go.disabled = false;
    if (recorder) void take();
  }

  async function list(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    for (const [select, kind, track] of [[camera, "videoinput", voice?.getVideoTracks()[0]], [microphone, "audioinput", voice?.getAudioTracks()[0]]] as const) {
      const found = devices.filter((one) => one.kind === kind);
      select.replaceChildren(...found.map((one, n) => new Option(one.label || `No. ${n + 1}`, one.deviceId)));
      const used = track?.getSettings().deviceId;
      if (used) select.value = used;
      select.disabled = found.length < 2;
    }
  }

  async function screen(): Promise<void> {
    try {
      const track = (await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: 15 }, audio: false })).getVideoTracks()[0];
      shared?.stop();
      shared = track;
      track.addEventListener("ended", () => { if (shared === track) part("layouts").hidden = true; });
      if (!stage) {
        stage = new Stage();
        void stage.film(voice!.getVideoTracks()[0]);
        show(stage.track);
      }
      void stage.show(track);
      layout.value = stage.layout = "both";
      part("layouts").hidden = false;
      problem("");
    } catch {
      problem("Your screen is not shown.");
    }
  }

  /** Begins a recording, and ends the one before it where there is one; the server puts them together. */
  async function take(over = false): Promise<void> {
    if (ended) return;
    const asked = new URLSearchParams({ over: over ? "yes" : "no", go: recorder ? "no" : "yes" });
    const reply = await fetch(`${base}/takes?${asked}`, { method: "POST", headers: { Accept: "application/json" } }).catch(() => undefined);
    if (reply?.status === 409 && !recorder) {
      const text = await plain(reply);
      if (text.startsWith("Someone else") && confirm(`${text} Do you want to go on in their place?`)) return take(true);
      go.disabled = false;
      return problem(text);
    }
    if (reply?.status === 409) return replaced("Someone else went on in your place, or ended the session. What you sent is kept.");
    if (reply?.status === 422) return replaced(await plain(reply));
    if (!reply?.ok) {
      if (recorder) {
        if (reply?.status === 507) told = { ...told, trouble: await plain(reply), full: true };
        say();
        setTimeout(() => void take(over), 2000);
        return;
      }
      go.disabled = false;
      return problem(reply ? await plain(reply) : "No connection. Please try again.");
    }
    const { take: number } = (await reply.json()) as { take: number };
    const last = recorder;
    const mine = new Sender(`${base}/takes/${number}`, (now) => { told = now; say(); }, () => { if (!ended) void take(); });
    const kind = ["video/webm;codecs=vp8,opus", "video/webm;codecs=h264,opus", "video/webm"].find((one) => MediaRecorder.isTypeSupported(one));
    const next = new MediaRecorder(new MediaStream([picture!, ...mixed!.stream.getAudioTracks()]), { mimeType: kind, videoBitsPerSecond: 2_500_000, audioBitsPerSecond: 96_000 });
    next.addEventListener("dataavailable", (event) => mine.add(event.data));
    if (last && last.state !== "inactive") last.stop();
    next.start(500);
    recorder = next;
    sender = mine;
    took = Date.now();
    began ||= took;
    root.dataset.onAir = "yes";
    const badge = document.querySelector<HTMLElement>("[data-state-now] .badge");
    if (badge) { badge.textContent = root.dataset.liveBadge!; badge.dataset.state = "bad"; }
    part("intro").textContent = "";
    go.hidden = true;
    end.hidden = false;
    problem("");
    say();
  }

  /** Nothing more is recorded here, and why. */
  function replaced(why: string): void {
    if (recorder && recorder.state !== "inactive") recorder.stop();
    recorder = undefined;
    root.dataset.onAir = "no";
    go.hidden = false;
    go.disabled = false;
    end.hidden = true;
    part("status").textContent = "";
    problem(why);
  }

  /** The sentence that the server answers with. */
  async function plain(reply: Response): Promise<string> {
    const answer = (await reply.json().catch(() => ({}))) as { message?: string };
    return answer.message || "That did not work. Please try again.";
  }

  function say(): void {
    if (!recorder || ended) return;
    const seconds = Math.floor((Date.now() - began) / 1000);
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const unseen = !told.seen && Date.now() - took > UNSEEN;
    part("status").textContent = told.trouble || (unseen ? `You are live, ${clock}. Viewers see nothing yet.` : "") || (told.waiting > 6 ? `You are live, ${clock}. The connection is slow: ${Math.round(told.waiting / 2)} seconds wait to be sent.` : `You are live, ${clock}`);
    root.dataset.onAir = told.full ? "no" : "yes";
    if (told.littleRoom) problem(LITTLE_ROOM);
    else if (part("problem").textContent === LITTLE_ROOM) problem("");
  }

  async function finish(): Promise<void> {
    const lost = told.full ? ` The last ${Math.ceil(told.waiting / 2)} seconds are not kept, because the disk is full.` : "";
    if (!confirm(end.dataset.sure + lost)) return;
    ended = true;
    end.disabled = true;
    part("status").textContent = "Sending the last seconds…";
    const last = recorder;
    if (last && last.state !== "inactive") await new Promise((done) => { last.addEventListener("stop", done); last.stop(); });
    await sender?.empty();
    for (;;) {
      const reply = await fetch(`${base}/end`, { method: "POST" }).catch(() => undefined);
      if (reply && (reply.ok || reply.status === 409)) break;
      await new Promise((done) => setTimeout(done, 1000));
    }
    location.reload();
  }

  program(part("program"), base, (live) => { if (!recorder && !ended) end.hidden = !live; });
  setInterval(say, 1000);
  part("check").addEventListener("click", () => void check());
  part("screen").addEventListener("click", () => void screen());
  layout.addEventListener("change", () => { if (stage) stage.layout = layout.value as Layout; });
  camera.addEventListener("change", () => void check());
  microphone.addEventListener("change", () => void check());
  go.addEventListener("click", () => { go.disabled = true; void take(); });
  end.addEventListener("click", () => void finish());
  addEventListener("beforeunload", (event) => { if (recorder && !ended) event.preventDefault(); });
}
