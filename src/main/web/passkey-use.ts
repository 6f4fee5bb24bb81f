// Signing in with a passkey: by its button, or offered by the browser where the address is typed.
import { complain, send, signed } from "./passkey/credentials";

const part = document.querySelector<HTMLElement>("[data-passkey]");

/** The browser's own offer and the button can both be answered; the second would end what the first has begun. */
let signing = false;

async function finish(part: HTMLElement, proof: string) {
  if (signing) return;
  signing = true;
  try {
    await carry(part, proof);
  } catch (error) {
    signing = false;
    throw error;
  }
}

async function carry(part: HTMLElement, proof: string) {
  const form = part.closest("form");
  const field = form?.querySelector<HTMLInputElement>("input[name=fresh-passkey]");
  if (form && field) {
    field.value = proof;
    form.submit();
    return;
  }
  const { next } = await send("/signin/passkey", { signed: proof, next: part.dataset.next ?? "" });
  location.assign(next);
}

if (part && window.PublicKeyCredential) {
  let offered = new AbortController();
  part.hidden = false;
  part.querySelector("button")?.addEventListener("click", async () => {
    offered.abort();
    try {
      await finish(part, await signed());
    } catch (error) {
      complain(part, error);
    }
  });
  if (document.querySelector("[autocomplete~=webauthn]") && (await PublicKeyCredential.isConditionalMediationAvailable?.())) {
    try {
      await finish(part, await signed("conditional", offered.signal));
    } catch (error) {
      complain(part, error);
    }
  }
}
