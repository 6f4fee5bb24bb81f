// A program such as OBS in place of the browser: its key, and how it is getting on.
type State = { live: boolean; trouble: string; littleRoom: boolean; state: string };

export const LITTLE_ROOM = "The server’s disk is nearly full. Please end soon; what was received is safe.";

/** @param onAir told whenever it is known whether a program is live */
export function program(root: HTMLElement, base: string, onAir: (live: boolean) => void): void {
  const make = root.querySelector<HTMLButtonElement>("[data-make]");
  if (!make) return;
  const key = root.querySelector<HTMLInputElement>("[data-key]")!;
  const hint = root.querySelector<HTMLElement>("[data-key-hint]")!;
  const said = root.querySelector<HTMLElement>("[data-program-state]")!;

  make.addEventListener("click", async () => {
    if (make.dataset.again === "true" && !confirm(make.dataset.sure)) return;
    const reply = await fetch(`${base}/key`, { method: "POST" }).catch(() => undefined);
    if (!reply?.ok) {
      said.textContent = "No key could be made. Please try again.";
      return;
    }
    key.value = ((await reply.json()) as { key: string }).key;
    hint.textContent = "Copy it now: it is not shown again.";
    root.querySelector<HTMLButtonElement>("[data-copy=key]")!.hidden = false;
    make.dataset.again = "true";
    make.textContent = "Make a new key";
  });

  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-copy]"))
    button.addEventListener("click", async () => {
      const field = root.querySelector<HTMLInputElement>(`#${button.dataset.copy}`)!;
      field.select();
      const before = "Copy";
      button.textContent = (await navigator.clipboard.writeText(field.value).then(() => true, () => document.execCommand("copy"))) ? "Copied" : "Press Ctrl+C";
      setTimeout(() => { button.textContent = before; }, 2000);
    });

  async function look(): Promise<void> {
    const reply = await fetch(`${base}/program`).catch(() => undefined);
    if (reply?.ok) {
      const now = (await reply.json()) as State;
      const text = now.live ? `Live: pictures are coming in.${now.littleRoom ? ` ${LITTLE_ROOM}` : ""}` : now.trouble;
      if (said.textContent !== text) said.textContent = text;
      onAir(now.live);
    }
    setTimeout(() => void look(), 2500);
  }
  void look();
}
