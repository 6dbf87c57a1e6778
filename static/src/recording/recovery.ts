import type { Take, TakeStore } from "./take_store";

function lockName(take: Take): string {
  return `take-${take.id}`;
}

/** Holds a take for as long as this page lives or until released, so that another tab does not offer it. */
export function hold(take: Take): () => void {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  if (navigator.locks) void navigator.locks.request(lockName(take), () => held);
  return release;
}

/** The owner's newest take that no tab is working on: left over from a crash, a closed page or a failed sending. */
export async function leftOver(store: TakeStore, owner: string): Promise<Take | undefined> {
  const takes = await store.takesOf(owner);
  if (!navigator.locks) return takes[0];
  const { held = [] } = await navigator.locks.query();
  const busy = new Set(held.map((lock) => lock.name));
  return takes.find((take) => !busy.has(lockName(take)));
}
