/**
 * Pages come from the network. Of a person's pages only those of practice are kept: choosing, the clock of the open
 * session, and the clock that needs no server; they are shown when there is no connection.
 */
import { cacheOf, forgetPeople, personHere } from "./people";
import { offlinePage } from "./shell";

const HOME = "/practice/";
const WITHOUT_SERVER = "/practice/offline/";
const START = "/practice/start/";
const CLOCK = /^\/practice\/\d+\/$/;
const PERSON = /<body[^>]*\sdata-person="(\d+)"/;

export async function answer(event: FetchEvent, url: URL): Promise<Response> {
  const { request } = event;
  const sent = request.method === "POST" && url.pathname === START ? request.clone() : undefined;
  try {
    const response = await fetch(request);
    if (request.method === "GET" && isKept(url.pathname))
      event.waitUntil(keep(url.pathname, response.clone()));
    return response;
  } catch {
    if (sent) return startWithoutServer(sent, url);
    const kept = request.method === "GET" ? await keptPage(url.pathname) : undefined;
    return kept ?? (await offlinePage());
  }
}

/** Signing out empties what is kept, whether or not the server can be told. */
export async function forgetAfterSignOut(request: Request): Promise<Response> {
  await forgetPeople();
  return fetch(request).catch(() => offlinePage());
}

function isKept(path: string): boolean {
  return path === HOME || path === WITHOUT_SERVER || CLOCK.test(path);
}

/** Keeps the page for the person that it names, if it names one. */
async function keep(path: string, response: Response): Promise<void> {
  if (!response.ok || response.redirected || response.type !== "basic") return;
  const html = await response.clone().text();
  const person = PERSON.exec(html)?.[1];
  if (!person) return;
  await forgetPeople(person);
  const cache = await cacheOf(person);
  if (CLOCK.test(path)) {
    await forgetClocks(cache);
    if (!html.includes("<practice-timer")) return;
  }
  await cache.put(path, response);
}

async function forgetClocks(cache: Cache): Promise<void> {
  for (const request of await cache.keys())
    if (CLOCK.test(new URL(request.url).pathname)) await cache.delete(request);
}

async function keptPage(path: string): Promise<Response | undefined> {
  const person = await personHere();
  if (!person || !isKept(path)) return undefined;
  return (await cacheOf(person)).match(path, { ignoreVary: true });
}

async function startWithoutServer(sent: Request, url: URL): Promise<Response> {
  if (!(await keptPage(WITHOUT_SERVER))) return offlinePage();
  const wanted = new URL(WITHOUT_SERVER, url);
  const form = await sent.formData();
  for (const name of ["sequence", "kind", "question"]) {
    const value = form.get(name);
    if (name === "sequence" || value) wanted.searchParams.set(name, String(value ?? ""));
  }
  return Response.redirect(wanted.href, 303);
}
