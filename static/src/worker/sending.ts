import { Practices } from "../practice/practices";
import { sendWaiting } from "../practice/sending";

declare const self: ServiceWorkerGlobalScope & {
  cookieStore?: { get(name: string): Promise<{ value?: string } | null> };
};

/** Sends what waits of `person`. Fails when it could not, upon which the browser tries again later. */
export async function sendWhatWaits(person: string): Promise<void> {
  if (!person || !self.cookieStore) return;
  const practices = await Practices.open(person);
  try {
    const token = async () => (await self.cookieStore?.get("csrftoken"))?.value ?? "";
    const sent = await sendWaiting(practices, token);
    if (sent.kind === "later") throw new Error("There is no connection yet.");
  } finally {
    practices.close();
  }
}
