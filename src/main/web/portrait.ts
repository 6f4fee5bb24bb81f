// An author's portrait, chosen from the library.
import { chosenPicture } from "./editor/chooser";

const field = document.querySelector<HTMLInputElement>("[data-portrait]");
if (field) {
  const shown = document.querySelector<HTMLImageElement>("[data-portrait-shown]")!;
  const none = document.querySelector<HTMLButtonElement>("[data-no-portrait]")!;
  document.querySelector("[data-choose-portrait]")!.addEventListener("click", async () => {
    const picture = await chosenPicture();
    if (!picture) return;
    field.value = picture.src.replace("/content/images/", "");
    shown.src = picture.src.replace("/content/images/", "/content/images/size/w300h300/");
    shown.hidden = none.hidden = false;
  });
  none.addEventListener("click", () => {
    field.value = "";
    shown.hidden = none.hidden = true;
  });
}
