/** The service worker: keeps the pages of practice at hand, and sends what waits once there is a connection. */
import { answer, forgetAfterSignOut } from "./pages";
import { personHere } from "./people";
import { sendWhatWaits } from "./sending";
import { clearOldShells, keepShell, staticFile } from "./shell";

declare const self: ServiceWorkerGlobalScope;

interface WokenEvent extends ExtendableEvent {
  readonly tag: string;
}

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(clearOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (request.method === "POST" && url.pathname === "/accounts/logout/")
      event.respondWith(forgetAfterSignOut(request));
    else event.respondWith(answer(event, url));
  } else if (request.method === "GET" && url.pathname.startsWith("/static/")) {
    event.respondWith(staticFile(request));
  }
});

self.addEventListener("sync" as "message", (event) => {
  const { tag } = event as unknown as WokenEvent;
  if (tag === "practice-outbox")
    event.waitUntil(personHere().then((person) => sendWhatWaits(person)));
});
