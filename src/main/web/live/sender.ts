// Sends what is recorded in order, one part after another, each until it has arrived: a break in the connection delays it and loses nothing.
type Answer = { next: number; again: boolean; seen: boolean; littleRoom: boolean };
/** @property seen whether viewers were given anything of it; @property full whether the server has no room for more */
export type Told = { waiting: number; trouble: string; seen: boolean; littleRoom: boolean; full: boolean };

export class Sender {
  private readonly parts: Blob[] = [];
  private first = 0;
  private sending = false;
  private full = false;
  private asked = false;
  private wake: (() => void) | undefined;

  /** @param again called once, when the server makes no more pictures of this recording and wants another */
  constructor(private readonly address: string, private readonly tell: (told: Told) => void, private readonly again: () => void) {}

  add(part: Blob): void {
    if (part.size === 0) return;
    this.parts.push(part);
    void this.send();
  }

  /** Resolves when all of it has arrived, or the server has no room for the rest. */
  async empty(): Promise<void> {
    while (this.parts.length > 0 && !this.full) await new Promise<void>((done) => { this.wake = done; });
  }

  private another(): void {
    if (this.asked) return;
    this.asked = true;
    this.again();
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    let pause = 250;
    while (this.parts.length > 0) {
      try {
        const reply = await fetch(`${this.address}/${this.first}`, {
          method: "POST", body: this.parts[0], headers: { "Content-Type": "application/octet-stream" }, signal: AbortSignal.timeout(15000),
        });
        this.full = reply.status === 507;
        if (this.full) throw new Error("The server’s disk is full: nothing more is recorded, and what was received until now is safe.");
        if (reply.status === 422) {
          // It can't be read, and never will be.
          this.parts.length = 0;
          this.another();
          break;
        }
        if (reply.status === 401 || reply.status === 403) throw new Error("You are signed out. Sign in again in another tab; nothing is lost.");
        if (!reply.ok) throw new Error("The server is busy. Trying again.");
        const answer = (await reply.json()) as Answer;
        const arrived = Math.max(0, answer.next - this.first);
        this.parts.splice(0, arrived);
        this.first += arrived;
        pause = arrived > 0 ? 250 : Math.min(4000, pause * 2);
        this.tell({ waiting: this.parts.length, trouble: "", seen: answer.seen, littleRoom: answer.littleRoom, full: false });
        if (answer.again) this.another();
        if (arrived === 0) await wait(pause);
      } catch (error) {
        const known = error instanceof Error && !(error instanceof TypeError) && error.name === "Error" ? error.message : "No connection. Recording goes on; it is sent when there is one again.";
        this.tell({ waiting: this.parts.length, trouble: known, seen: true, littleRoom: false, full: this.full });
        if (this.full) this.wake?.();
        await wait(pause);
        pause = Math.min(4000, pause * 2);
      }
    }
    this.sending = false;
    this.wake?.();
  }
}

const wait = (time: number) => new Promise<void>((done) => setTimeout(done, time));
