/** Takes of a practice that ended elsewhere: on another device, or while this one was off. */
import { joined } from "../recording/joined";
import { heldNames, settledOf } from "../recording/recovery";
import { type Take, TakeStore } from "../recording/take_store";
import type { Practices } from "./practices";

/** The lock that the clock of a practice holds while its page is open. */
export function clockLock(name: string): string {
  return `practice-clock-${name}`;
}

/** The parts of one practice in the order in which they were spoken, as one take; undefined where nothing was. */
export async function takeOf(
  store: TakeStore,
  owner: string,
  name: string,
): Promise<Take | undefined> {
  const own = (await store.takesOf(owner)).filter((take) => take.practice === name);
  const parts = await settledOf(own);
  return joined(
    store,
    parts.filter((take) => take.seconds > 0).sort((one, other) => one.startedAt - other.startedAt),
  );
}

/** Puts what was spoken in practices that have ended among what waits to be sent. */
export async function collectLeftTakes(practices: Practices): Promise<void> {
  const store = await TakeStore.open();
  try {
    const takes = (await store.takesOf(practices.owner)).filter((take) => take.practice);
    if (takes.length === 0) return;
    const busy = await heldNames();
    const queued = new Set((await practices.waiting()).map((each) => each.practice));
    for (const name of new Set(takes.map((take) => take.practice ?? ""))) {
      if (busy.has(clockLock(name)) || queued.has(name)) continue;
      await collect(practices, store, name);
    }
  } finally {
    store.close();
  }
}

async function collect(practices: Practices, store: TakeStore, name: string): Promise<void> {
  const known = await practices.get(name);
  const id = known?.id ?? (/^\d+$/.test(name) ? Number(name) : null);
  if (id === null) {
    if (!known) await setFree(practices, store, name);
    return;
  }
  const response = await fetch(`/api/v1/practice/sessions/${id}/`).catch(() => undefined);
  if (response?.status === 404) return setFree(practices, store, name);
  if (!response?.ok) return;
  const { completed_at: completedAt } = (await response.json()) as { completed_at: string | null };
  if (completedAt === null) return;
  const take = await takeOf(store, practices.owner, name);
  if (!take) return;
  const clock = { spent: 0, since: null, step: 0, stepBegan: 0, took: [] };
  const ended = { owner: practices.owner, name, id, rendered: 0, clock, changedAt: 0, ended: true };
  await practices.put(known ? { ...known, id, ended: true } : ended, { take: take.id });
}

/** The practice is gone, what was spoken is not: the recorder's page offers it. */
async function setFree(practices: Practices, store: TakeStore, name: string): Promise<void> {
  const takes = await store.takesOf(practices.owner);
  for (const take of takes.filter((each) => each.practice === name))
    await store.save({ ...take, practice: undefined });
}
