// Whether someone sees or hears a session: its page is in front, its picture is in a small window, or its sound is on.
const PATIENCE = 5000;

/** @param tell told at once that someone attends, and after a while that nobody does */
export function attending(video: HTMLVideoElement, tell: (attended: boolean) => void): void {
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    const heard = !video.paused && !video.muted && video.volume > 0;
    if (!document.hidden || document.pictureInPictureElement === video || heard) tell(true);
    else timer = window.setTimeout(() => tell(false), PATIENCE);
  };
  document.addEventListener("visibilitychange", look);
  for (const event of ["play", "pause", "volumechange", "enterpictureinpicture", "leavepictureinpicture"]) video.addEventListener(event, look);
}
