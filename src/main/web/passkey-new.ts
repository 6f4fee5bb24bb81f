// Making a passkey on the device at hand.
import { complain, made, send } from "./passkey/credentials";

const part = document.querySelector<HTMLElement>("[data-passkey-new]");

if (part && window.PublicKeyCredential) {
  part.hidden = false;
  document.querySelector<HTMLElement>("[data-no-passkey]")!.hidden = true;
  part.querySelector("button")?.addEventListener("click", async () => {
    try {
      const { next } = await send("/account/passkeys", { signed: await made() });
      location.assign(next);
    } catch (error) {
      complain(part, error);
    }
  });
}
