/** Exercises and questions on this device, in the cache that the service worker keeps for the person. */
import { cacheOf } from "../worker/people";
import type { KeptQuestion, KeptSequence } from "./exercises";

export interface Kept {
  sequences: KeptSequence[];
  questions: KeptQuestion[];
  bytes: number;
  at: number;
}

const LISTS = {
  sequences: "/api/v1/practice/sequences/?page_size=100",
  questions: "/api/v1/practice/questions/?page_size=100&fields=id,category,text",
};
/** Pages that open without a connection. */
const PAGES = ["/practice/", "/practice/offline/"];
/** What the lists are kept under: no server answers there. */
const KEY = "/practice/kept.json";
const HOUR_MS = 60 * 60 * 1000;

export async function keptOf(owner: string): Promise<Kept | undefined> {
  const found = await (await cacheOf(owner)).match(KEY);
  return found ? ((await found.json()) as Kept) : undefined;
}

export function isOld(kept: Kept | undefined): boolean {
  return !kept || Date.now() - kept.at > HOUR_MS;
}

/** Downloads everything anew. Fails, and leaves what was there, where the connection does. */
export async function keep(owner: string): Promise<Kept> {
  const [sequences, questions] = await Promise.all([
    all<KeptSequence>(LISTS.sequences),
    all<KeptQuestion>(LISTS.questions),
  ]);
  const cache = await cacheOf(owner);
  await cache.addAll(PAGES);
  const bytes = new Blob([JSON.stringify({ sequences, questions })]).size;
  const kept: Kept = { sequences, questions, bytes, at: Date.now() };
  const headers = { "Content-Type": "application/json" };
  await cache.put(KEY, new Response(JSON.stringify(kept), { headers }));
  return kept;
}

export async function discard(owner: string): Promise<void> {
  const cache = await cacheOf(owner);
  await Promise.all([KEY, ...PAGES].map((each) => cache.delete(each)));
}

async function all<Item>(list: string): Promise<Item[]> {
  const found: Item[] = [];
  for (let next: string | null = list; next; ) {
    const response: Response = await fetch(next, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`${next}: ${response.status}`);
    const page = (await response.json()) as { results: Item[]; next: string | null };
    found.push(...page.results);
    next =
      page.next && new URL(page.next).search
        ? list.split("?")[0] + new URL(page.next).search
        : null;
  }
  return found;
}
