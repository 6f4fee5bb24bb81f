// The picture and the sound by hls.js: in the quality that the line allows or the viewer chose, or the sound alone.
import Hls from "hls.js";
import { attending } from "./attending";

const AUTO = "-1";
const SOUND = "sound";
/** Seconds behind what is live from which someone has gone back by themselves. */
const BACK = 12;

export class Player {
  private readonly video: HTMLVideoElement;
  private readonly choice: HTMLSelectElement | null;
  private media = "";
  /** The address elsewhere that is played instead; empty where pictures are our own. */
  private outside = "";
  private hls: Hls | undefined;
  private chosen = AUTO;
  /** The list of the sound alone, which hls.js leaves out where there are pictures. */
  private sound = "";
  private attended = true;
  private timer = 0;

  /** @param root the session's element, whose data holds the words */
  constructor(private readonly root: HTMLElement, private readonly base: string) {
    this.video = root.querySelector<HTMLVideoElement>("[data-video]")!;
    this.choice = root.querySelector<HTMLSelectElement>("[data-quality]");
    this.choice?.addEventListener("change", () => this.choose(this.choice!.value));
    root.querySelector("[data-edge]")?.addEventListener("click", () => this.edge());
    attending(this.video, (attended) => this.attend(attended));
  }

  async play(): Promise<void> {
    if (this.hls) return;
    await this.pass();
    if (!Hls.isSupported()) {
      this.video.src = this.source();
      return;
    }
    this.load(-1);
    void this.video.play().catch(() => {
      this.video.muted = true;
      void this.video.play().catch(() => undefined);
    });
  }

  /** The address of the pictures for the next minutes. */
  private async pass(): Promise<void> {
    const reply = await fetch(`${this.base}pass`);
    if (!reply.ok) throw new Error("no pass");
    const given = (await reply.json()) as { base: string; seconds: number; outside: string };
    this.media = given.base;
    this.outside = given.outside;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.renew(), given.seconds * 500);
  }

  private async renew(): Promise<void> {
    try {
      await this.pass();
    } catch {
      this.timer = window.setTimeout(() => void this.renew(), 5000);
    }
  }

  private source(): string {
    if (this.chosen === SOUND && this.sound) return this.sound;
    return this.outside || `${this.media}master.m3u8`;
  }

  /** Whatever address a player still has, it asks by the newest pass. */
  private fresh(url: string): string {
    return this.outside ? url : url.replace(/\/live\/media\/\d+\/[^/]+\//, this.media);
  }

  /** @param at seconds from which to play; -1 where what is live, or the beginning, is meant */
  private load(at: number): void {
    // Where hls.js minds subtitles it empties every text track of the video as it begins, our transcript among them.
    const minds = this.outside && !this.video.querySelector("track");
    const hls = new Hls({
      ...(minds ? {} : { subtitleTrackController: undefined, subtitleStreamController: undefined, timelineController: undefined }),
      enableWorker: false, liveSyncDurationCount: 3, liveMaxLatencyDurationCount: 12, maxLiveSyncPlaybackRate: 1.1, backBufferLength: 120, startPosition: at,
      manifestLoadingMaxRetry: 1000, manifestLoadingMaxRetryTimeout: 2000, levelLoadingMaxRetry: 1000, levelLoadingMaxRetryTimeout: 2000, fragLoadingMaxRetry: 20, fragLoadingMaxRetryTimeout: 2000,
      xhrSetup: (xhr, url) => xhr.open("GET", this.fresh(url), true),
    });
    this.hls = hls;
    hls.on(Hls.Events.ERROR, (_, error) => {
      if (!error.fatal || this.hls !== hls) return;
      if (error.type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
      else {
        this.end();
        setTimeout(() => void this.play().catch(() => setTimeout(() => void this.play(), 3000)), 1500);
      }
    });
    // hls.js itself hears of it first, and has its levels by then.
    hls.on(Hls.Events.MANIFEST_LOADED, (_, found) => {
      if (this.chosen === SOUND) return;
      this.sound = found.levels.find((one) => !one.height && !one.videoCodec)?.url ?? "";
      this.offer();
      if (this.chosen !== AUTO) hls.nextLevel = Number(this.chosen);
    });
    hls.loadSource(this.source());
    hls.attachMedia(this.video);
  }

  private end(): void {
    this.hls?.destroy();
    this.hls = undefined;
  }

  /** By hand, or by itself; the largest first. */
  private offer(): void {
    if (!this.choice || !this.hls) return;
    const pictures = this.hls.levels.map((one, n) => new Option(one.height ? `${one.height}p` : this.root.dataset.sound, String(n))).reverse();
    const sound = this.sound && this.hls.levels.some((one) => one.height) ? [new Option(this.root.dataset.sound, SOUND)] : [];
    this.choice.replaceChildren(new Option(this.root.dataset.auto, AUTO), ...pictures, ...sound);
    this.choice.value = this.chosen;
    this.choice.closest("label")!.hidden = false;
  }

  private choose(next: string): void {
    const last = this.chosen;
    this.chosen = next;
    this.root.querySelector<HTMLElement>("[data-sound-alone]")!.hidden = next !== SOUND;
    if (!this.hls) return;
    if (next !== SOUND && last !== SOUND) {
      this.hls.nextLevel = Number(next);
      return;
    }
    // From pictures to the sound, or back: another list, at the same moment. Two lists of what is live count their seconds each for itself.
    const edge = this.hls.liveSyncPosition;
    const back = edge ? edge - this.video.currentTime : 0;
    const at = edge ? -1 : this.video.currentTime;
    const paused = this.video.paused;
    this.end();
    this.load(at);
    this.video.addEventListener("loadedmetadata", () => {
      if (back > BACK && this.hls?.liveSyncPosition) this.video.currentTime = Math.max(0, this.hls.liveSyncPosition - back);
      if (!paused) void this.video.play().catch(() => undefined);
    }, { once: true });
  }

  private edge(): void {
    if (this.hls?.liveSyncPosition) this.video.currentTime = this.hls.liveSyncPosition;
  }

  /** What nobody sees or hears is not fetched, and so not counted as watched. */
  private attend(attended: boolean): void {
    if (attended === this.attended) return;
    this.attended = attended;
    if (attended) this.hls?.startLoad(this.hls.liveSyncPosition ? -1 : this.video.currentTime);
    else this.hls?.stopLoad();
  }
}
