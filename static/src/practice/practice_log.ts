/** One practice under way: how its clock stands on this device, and what the server is told of it. */
import type { Outbox } from "./outbox";
import type { ClockState, NewlyWaiting, Operation, Practice } from "./practices";
import type { ClockFacts } from "./reckoning";

export type Change = Omit<Operation, "session">;

export class PracticeLog {
  private unsettled = 0;

  private constructor(
    private readonly outbox: Outbox,
    private practice: Practice,
  ) {}

  /**
   * The server's word counts, unless this device knows more: the page is a copy from before, or what happened here has
   * not been sent yet.
   */
  static async open(outbox: Outbox, name: string, facts: ClockFacts): Promise<PracticeLog> {
    const { practices } = outbox;
    const known = await practices.find(name);
    const unsent = (await practices.waiting()).some((each) => each.practice === known?.name);
    if (known && (unsent || known.rendered === facts.now)) return new PracticeLog(outbox, known);
    const practice: Practice = {
      owner: practices.owner,
      name: known?.name ?? name,
      id: facts.id,
      rendered: facts.now,
      clock: clockOf(facts),
      ended: false,
      changedAt: Date.now(),
    };
    await practices.put(practice);
    return new PracticeLog(outbox, practice);
  }

  get clock(): ClockState {
    return this.practice.clock;
  }

  get ended(): boolean {
    return this.practice.ended;
  }

  get name(): string {
    return this.practice.name;
  }

  /** Whether something happened here that the server may not have heard of. */
  get isAhead(): boolean {
    return this.unsettled > 0 || this.outbox.waiting > 0;
  }

  /** Stores where the clock stands with what the server is to hear of it, and sends what waits. */
  async note(clock: ClockState, ...changes: Change[]): Promise<void> {
    this.practice = { ...this.practice, clock };
    this.unsettled += changes.length;
    try {
      await this.outbox.practices.put(this.practice, ...changes.map((each) => this.news(each)));
      await this.outbox.drain();
    } finally {
      this.unsettled -= changes.length;
    }
  }

  /** Stores the end, and the take that was spoken. */
  async end(clock: ClockState, changes: Change[], take: string | undefined): Promise<void> {
    this.practice = { ...this.practice, clock, ended: true };
    const news = changes.map((change) => this.news(change));
    await this.outbox.practices.put(this.practice, ...news, ...(take ? [{ take }] : []));
  }

  /** Where the server shows how it went, once it knows; undefined where it does not. */
  async result(): Promise<string | undefined> {
    const { practices } = this.outbox;
    const id = (await practices.get(this.name))?.id;
    await practices.forget(this.name);
    return id ? `/practice/${id}/` : undefined;
  }

  private news(change: Change): NewlyWaiting {
    const { id, name } = this.practice;
    const session = String(id) === name && id !== null ? id : name;
    return { operation: { ...change, session } as Operation };
  }
}

export function clockOf(facts: ClockFacts): ClockState {
  return {
    spent: facts.elapsed,
    since: facts.paused ? null : Date.now(),
    step: facts.step,
    stepBegan: facts.stepBegan,
    took: facts.took,
  };
}
