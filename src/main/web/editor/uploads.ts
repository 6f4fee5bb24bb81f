// Sends one picture to the library: tells how far it is, and stops when asked to.
export interface Choice { id: number; src: string; thumb: string; width: number; height: number; alt: string; caption: string; credit: string }

export const MOST_BYTES = 25 * 1024 * 1024;

export interface Upload { done: Promise<Choice>; cancel(): void }

export class Cancelled extends Error {}

export function upload(fields: FormData, progress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const file = fields.get("picture");
  const done = new Promise<Choice>((resolve, reject) => {
    if (file instanceof File && file.size > MOST_BYTES) return reject(new Error("This picture is larger than 25 MB. Please send a smaller version."));
    request.open("POST", "/desk/pictures");
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", event => { if (event.lengthComputable) progress(event.loaded / event.total); });
    request.addEventListener("load", () => {
      let said: Record<string, unknown> = {};
      try { said = JSON.parse(request.responseText); } catch { /* the sentence below says it */ }
      if (request.status < 300) resolve(said as unknown as Choice);
      else reject(new Error(String(said.problem ?? said.message ?? "The picture could not be kept. Please try again.")));
    });
    request.addEventListener("error", () => reject(new Error("The server does not answer, so the picture was not kept. Please try again.")));
    request.addEventListener("abort", () => reject(new Cancelled()));
    request.send(fields);
  });
  return { done, cancel: () => request.abort() };
}
