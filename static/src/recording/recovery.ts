import type { Take, TakeStore } from "./take_store";

function lockName(take: Take): string {
  return `take-${take.id}`;
}

/** Holds a name for as long as this page lives or until released, so that other tabs know that it is in use. */
export function holdName(name: string): () => Promise<void> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const released = navigator.locks?.request(name, () => held) ?? held;
  return () => {
    release();
    return released;
  };
}

/** Holds a take, so that another tab does not offer it. */
export function hold(take: Take): () => Promise<void> {
  return holdName(lockName(take));
}

/** The names that some tab holds. */
export async function heldNames(): Promise<Set<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.flatMap((lock) => lock.name ?? []));
}

/** Those takes that no tab is recording. */
export async function settledOf(takes: Take[]): Promise<Take[]> {
  const busy = await heldNames();
  return takes.filter((take) => !busy.has(lockName(take)));
}

/** The owner's newest take that no tab is working on: left over from a crash, a closed page or a failed sending. */
export async function leftOver(store: TakeStore, owner: string): Promise<Take | undefined> {
  const takes = await settledOf(await store.takesOf(owner));
  return takes.find((take) => !take.practice);
}
