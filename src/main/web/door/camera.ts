// Reads codes from the camera: with the browser's own detector where there is one, else with a decoder that comes along.
import decodeQR from "../vendor/qr/decode.js";

type Detector = { detect(image: CanvasImageSource): Promise<{ rawValue: string }[]> };

declare const BarcodeDetector: { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> };

async function detector(): Promise<Detector | undefined> {
  try {
    if ((await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return new BarcodeDetector({ formats: ["qr_code"] });
  } catch {
    // none here
  }
  return undefined;
}

/** Starts the camera and tells each code that it sees. Returns what stops it. */
export async function watch(video: HTMLVideoElement, seen: (code: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
  video.srcObject = stream;
  await video.play();
  const own = await detector();
  const canvas = document.createElement("canvas");
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  let on = true;
  const look = async () => {
    if (!on) return;
    try {
      if (own) for (const found of await own.detect(video)) seen(found.rawValue);
      else if (drawing && video.videoWidth) {
        // Half a megapixel is enough for a code in the hand, and quick enough for an old phone.
        const scale = Math.min(1, 800 / Math.max(video.videoWidth, video.videoHeight));
        canvas.width = Math.round(video.videoWidth * scale);
        canvas.height = Math.round(video.videoHeight * scale);
        drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
        seen(decodeQR(drawing.getImageData(0, 0, canvas.width, canvas.height)));
      }
    } catch {
      // no code in this picture
    }
    setTimeout(look, 120);
  };
  void look();
  return () => {
    on = false;
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}
