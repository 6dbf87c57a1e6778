import { forgetPeople } from "../worker/people";

/** Puts the service worker to work for who is signed in; what is kept of anybody else is forgotten. */
export async function prepareFor(person: string): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await forgetPeople(person);
  if (person) await navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}
