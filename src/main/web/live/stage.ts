// A screen and a camera in one picture. The camera's frames are the beat, so that it goes on while this page lies behind the window that is shown.
export type Layout = "both" | "screen" | "camera" | "swapped";

type Frames = { readable: ReadableStream<VideoFrame> };
declare const MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack }) => Frames;
declare const MediaStreamTrackGenerator: new (init: { kind: "video" }) => MediaStreamTrack & { writable: WritableStream<VideoFrame> };

const WIDTH = 1280;
const HEIGHT = 720;
const SMALL = 0.26;
const MARGIN = 24;

export const canStage = "MediaStreamTrackProcessor" in globalThis && "MediaStreamTrackGenerator" in globalThis;

export class Stage {
  readonly track = new MediaStreamTrackGenerator({ kind: "video" });
  layout: Layout = "both";
  private readonly canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  private readonly pen = this.canvas.getContext("2d", { alpha: false })!;
  private screen: VideoFrame | undefined;
  private camera = 0;
  private shown = 0;

  /** Another camera takes the place of the one before. */
  async film(camera: MediaStreamTrack): Promise<void> {
    const mine = ++this.camera;
    const from = new MediaStreamTrackProcessor({ track: camera }).readable.getReader();
    const to = this.track.writable.getWriter();
    for (;;) {
      const { value: frame, done } = await from.read();
      if (done || !frame) break;
      if (mine !== this.camera) { frame.close(); break; }
      this.draw(frame);
      const made = new VideoFrame(this.canvas, { timestamp: frame.timestamp });
      frame.close();
      await to.write(made).catch(() => made.close());
    }
    to.releaseLock();
    void from.cancel();
  }

  /** Another screen takes the place of the one before; when it ends, the camera is left. */
  async show(screen: MediaStreamTrack): Promise<void> {
    const mine = ++this.shown;
    const from = new MediaStreamTrackProcessor({ track: screen }).readable.getReader();
    for (;;) {
      const { value: frame, done } = await from.read();
      if (done || !frame) break;
      if (mine !== this.shown) { frame.close(); break; }
      this.screen?.close();
      this.screen = frame;
    }
    void from.cancel();
    if (mine !== this.shown) return;
    this.screen?.close();
    this.screen = undefined;
  }

  private draw(camera: VideoFrame): void {
    this.pen.fillStyle = "#000";
    this.pen.fillRect(0, 0, WIDTH, HEIGHT);
    const large = this.screen && (this.layout === "both" || this.layout === "screen") ? this.screen : camera;
    this.put(large, 0, 0, WIDTH, HEIGHT);
    const small = this.layout === "both" ? camera : this.layout === "swapped" ? this.screen : undefined;
    if (!small || !this.screen) return;
    const width = WIDTH * SMALL;
    const height = (width * small.displayHeight) / small.displayWidth;
    this.put(small, WIDTH - width - MARGIN, HEIGHT - height - MARGIN, width, height);
  }

  /** All of it, in the middle of the place. */
  private put(frame: VideoFrame, x: number, y: number, width: number, height: number): void {
    const scale = Math.min(width / frame.displayWidth, height / frame.displayHeight);
    const w = frame.displayWidth * scale;
    const h = frame.displayHeight * scale;
    this.pen.drawImage(frame, x + (width - w) / 2, y + (height - h) / 2, w, h);
  }
}
