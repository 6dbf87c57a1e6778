/** How a practice stands by the server's word, reckoned into this device's time: pure. */
import type { ClockState } from "./practices";

/** A session as `/ws/practice/` and the API tell it. */
export interface SessionState {
  session_id: number;
  client_id: string | null;
  started_at: string;
  paused_at: string | null;
  completed_at: string | null;
  steps: { number: number; completed: boolean; seconds: number | null }[];
  pauses: { started_at: string; ended_at: string | null }[];
}

/** Any message: an event of one session, or the snapshot with the current one and those that changed since. */
export interface PracticeMessage {
  type: string;
  id: number | null;
  seq: number;
  now: string;
  session: SessionState | null;
  changed?: SessionState[];
}

/** Apart by less than this two clocks show the same: messages take a moment. */
const SAME_SECONDS = 2;
/** A difference that so much outdoes an earlier one is a clock that was set. */
const SET_MS = 5000;

/** How far the server's clock is ahead of this device's, as told by the message that took least time. */
export class ServerClock {
  private ahead: number | undefined;

  hear(server: number, here: number): void {
    const ahead = server - here;
    const known = this.ahead;
    if (known === undefined || ahead > known || known - ahead > SET_MS) this.ahead = ahead;
  }

  /** This device's time at a moment of the server's; both in milliseconds. */
  here(server: number): number {
    return server - (this.ahead ?? 0);
  }
}

export function clockFrom(session: SessionState, server: ServerClock, here: number): ClockState {
  const began = at(session.started_at);
  const breaks = session.pauses.reduce(
    (sum, each) => sum + (each.ended_at ? at(each.ended_at) - at(each.started_at) : 0),
    0,
  );
  const until = session.paused_at ? server.here(at(session.paused_at)) : here;
  const done = session.steps.filter((step) => step.completed);
  return {
    spent: Math.max(0, until - server.here(began) - breaks) / 1000,
    since: session.paused_at ? null : here,
    step: done.length,
    stepBegan: session.steps.reduce((sum, step) => sum + (step.seconds ?? 0), 0),
    took: done.map((step) => step.seconds ?? 0),
  };
}

/** Whether both clocks show the same at the moment `here`. */
export function agree(one: ClockState, other: ClockState, here: number): boolean {
  return (
    (one.since === null) === (other.since === null) &&
    one.took.length === other.took.length &&
    Math.abs(shown(one, here) - shown(other, here)) < SAME_SECONDS
  );
}

function shown(clock: ClockState, here: number): number {
  return clock.spent + (clock.since === null ? 0 : Math.max(0, here - clock.since) / 1000);
}

function at(moment: string): number {
  return Date.parse(moment);
}
