// The first word on a ticket, said by the phone alone. The last word is the server's, once it has heard of every door.
import { bytes, type Entered, type Line, type List } from "./store";

export type Word = { said: "in" | "already" | "cancelled" | "other" | "forged" | "unknown"; line?: Line; first?: Entered };

/** Looks tickets up by a part of their code's hash, and says who is in as far as this phone knows. */
export class Judge {
  private byDigest = new Map<string, Line>();
  private byId = new Map<number, Line>();
  private inside = new Map<number, Entered>();

  constructor(readonly list: List) {
    this.lines(list.tickets);
    this.entered(list.entered);
  }

  lines(lines: Line[]): void {
    this.list.tickets = lines;
    this.byDigest = new Map(lines.map((line) => [line.d, line]));
    this.byId = new Map(lines.map((line) => [line.id, line]));
  }

  /** What the server knows; what only this phone has seen so far stays. */
  entered(entered: Entered[]): void {
    for (const one of entered) this.inside.set(one.ticket, one);
  }

  /** All of it as it is to be kept, with what nobody else knows yet. */
  get state(): List {
    return { ...this.list, entered: [...this.inside.values()] };
  }

  get count(): number {
    return this.inside.size;
  }

  since(ticket: number): Entered | undefined {
    return this.inside.get(ticket);
  }

  line(ticket: number): Line | undefined {
    return this.byId.get(ticket);
  }

  async code(text: string, at: number): Promise<Word> {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const line = this.byDigest.get(btoa(String.fromCharCode(...new Uint8Array(hash, 0, 12))));
    return line ? this.ticket(line, at) : this.stranger(text);
  }

  ticket(line: Line, at: number): Word {
    if (line.why && line.ended <= at) return { said: "cancelled", line };
    const first = this.inside.get(line.id);
    if (first) return { said: "already", line, first };
    this.inside.set(line.id, { ticket: line.id, at, door: this.list.door });
    return { said: "in", line };
  }

  /** Not on the list: for another event, newer than the list, or nothing that was signed. */
  private async stranger(text: string): Promise<Word> {
    const parts = /^M1\.([A-Za-z0-9_-]{27})\.([A-Za-z0-9_-]{86})$/.exec(text);
    if (!parts) return { said: "forged" };
    const said = bytes(parts[1]);
    const event = Number(new DataView(said.buffer).getBigInt64(0));
    if ((await this.signed(said, bytes(parts[2]))) === false) return { said: "forged" };
    return { said: event === this.list.event ? "unknown" : "other" };
  }

  /** Whether we signed it; undefined where this browser can't say (no Ed25519), and the server will. */
  private async signed(said: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean | undefined> {
    try {
      const key = await crypto.subtle.importKey("spki", bytes(this.list.publicKey), "Ed25519", false, ["verify"]);
      return await crypto.subtle.verify("Ed25519", key, signature, said);
    } catch {
      return undefined;
    }
  }
}
