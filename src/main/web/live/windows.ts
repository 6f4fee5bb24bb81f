// The picture in a small window of its own, and on the whole screen together with its captions.
export function windows(root: HTMLElement): void {
  const video = root.querySelector<HTMLVideoElement>("[data-video]");
  const stage = root.querySelector<HTMLElement>("[data-stage]");
  if (!video || !stage) return;

  const small = root.querySelector<HTMLButtonElement>("[data-inside]");
  if (small && document.pictureInPictureEnabled) {
    small.hidden = false;
    small.addEventListener("click", () => void (document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture()));
    const pressed = () => small.setAttribute("aria-pressed", String(document.pictureInPictureElement === video));
    video.addEventListener("enterpictureinpicture", pressed);
    video.addEventListener("leavepictureinpicture", pressed);
  }

  const whole = () => void (document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen());
  const full = root.querySelector<HTMLButtonElement>("[data-full]");
  if (full && document.fullscreenEnabled) {
    full.hidden = false;
    full.addEventListener("click", whole);
    // The browser's own button would leave out what lies over the picture.
    video.setAttribute("controlslist", "nofullscreen");
  }

  // While the picture or what is over it has the focus: on the whole screen no other button can be reached.
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "f" && full && !full.hidden) whole();
    else if (event.key === "c") root.querySelector<HTMLButtonElement>("[data-captions]:not([hidden])")?.click();
  });
}
