/** Puts the service worker to work for who is signed in, and lets it forget them once they are not. */
export async function tellWorker(person: string): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  const registration = person
    ? await serviceWorker.register("/sw.js").catch(() => undefined)
    : await serviceWorker.getRegistration();
  const worker = registration?.active ?? registration?.waiting ?? registration?.installing;
  worker?.postMessage({ person });
}
