// What a phone at the door keeps: its list, encrypted, with a key that can't be read out and is forgotten after the day; and what it has
// seen, until the server has it. The second holds codes and numbers, no names, so it may outlive the key.

export type Line = { id: number; n: number; name: string; host: string; why: string; ended: number; d: string };
export type Entered = { ticket: number; at: number; door: string };
export type List = {
  opening: string; door: string; until: number; publicKey: string; version: string; event: number;
  tickets: Line[]; entered: Entered[]; offset: number;
};
export type Seen = { id: string; code: string; ticket: number; at: number; said: string };

type Kept = { event: number; until: number; key: CryptoKey; iv: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer };

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const asked = indexedDB.open("door", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("list", { keyPath: "event" });
      asked.result.createObjectStore("seen", { keyPath: "id" }).createIndex("event", "event");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

function ask<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function within<T>(store: string, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await ask(work(db.transaction(store, mode).objectStore(store)));
  } finally {
    db.close();
  }
}

/** The server's key becomes one that no script can read out again. */
export function keyOf(base64: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes(base64), "AES-GCM", false, ["encrypt", "decrypt"]);
}

export async function keep(list: List, key: CryptoKey): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(list)));
  await within("list", "readwrite", (store) => store.put({ event: list.event, until: list.until, key, iv, sealed } satisfies Kept));
}

export async function kept(event: number): Promise<{ list: List; key: CryptoKey } | undefined> {
  const found: Kept | undefined = await within("list", "readonly", (store) => store.get(event));
  if (!found) return undefined;
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, found.key, found.sealed);
    return { list: JSON.parse(new TextDecoder().decode(plain)), key: found.key };
  } catch {
    return undefined;
  }
}

/** Forgets every list whose day is over: with its key gone, what is left of it on the disk is noise. */
export async function forgetOld(now: number): Promise<void> {
  const all: Kept[] = await within("list", "readonly", (store) => store.getAll());
  for (const one of all) if (one.until <= now) await forget(one.event);
}

export async function forget(event: number): Promise<void> {
  await within("list", "readwrite", (store) => store.delete(event));
  await caches.delete("door");
}

export function note(event: number, seen: Seen): Promise<unknown> {
  return within("seen", "readwrite", (store) => store.put({ ...seen, event }));
}

export function waiting(event: number): Promise<Seen[]> {
  return within("seen", "readonly", (store) => store.index("event").getAll(event));
}

export async function sent(ids: string[]): Promise<void> {
  const db = await open();
  const store = db.transaction("seen", "readwrite").objectStore("seen");
  await Promise.all(ids.map((id) => ask(store.delete(id))));
  db.close();
}

export function bytes(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64.replace(/-/g, "+").replace(/_/g, "/"));
  const into = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) into[i] = text.charCodeAt(i);
  return into;
}
