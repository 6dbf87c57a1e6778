/**
 * Practices as this device knows them, and what of them still has to reach the server: both in one IndexedDB, so that
 * a change and the news of it are stored together or not at all.
 */
import { finished, openDatabase, settled, writing } from "../storage/database";
import type { OfflineExercise } from "./exercises";

/** Where the clock stands; `since` is the moment it was last set going, by this device's clock. */
export interface ClockState {
  spent: number;
  since: number | null;
  step: number;
  stepBegan: number;
  took: number[];
}

export interface Practice {
  owner: string;
  /** The server's number as text, or a name of this device's own for what began without a connection. */
  name: string;
  /** The server's number; null until it has heard of the practice. */
  id: number | null;
  /** The rendering of the page that the clock goes on from: a copy of the same page knows no more than this. */
  rendered: number;
  clock: ClockState;
  ended: boolean;
  changedAt: number;
  /** What is practised, for a page that no server has written. */
  exercise?: OfflineExercise;
}

interface Numbered {
  owner: string;
  name: string;
  id: number;
}

/** One change of a practice, as `POST practice/sync/` takes it. */
export interface Operation {
  op: "start" | "pause" | "resume" | "step" | "complete";
  session: string | number;
  at?: string;
  [more: string]: unknown;
}

/** One thing that waits to be sent: a change, or the take that was spoken. */
export interface Waiting {
  id: number;
  owner: string;
  practice: string;
  /** Makes a change happen once, however often it is sent. */
  key: string;
  operation?: Operation;
  take?: string;
}

export type NewlyWaiting = Omit<Waiting, "id" | "owner" | "practice" | "key">;

const PRACTICES = "practices";
/** The server's numbers, apart from what happens here: neither waits for the other, nor overwrites it. */
const NUMBERS = "numbers";
const WAITING = "waiting";
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

export class Practices {
  private constructor(
    private readonly database: IDBDatabase,
    readonly owner: string,
  ) {}

  static async open(owner: string, name = "verbalcoach-practice"): Promise<Practices> {
    const database = await openDatabase(name, 2, (older) => {
      if (!older.objectStoreNames.contains(PRACTICES)) {
        older.createObjectStore(PRACTICES, { keyPath: ["owner", "name"] });
        older.createObjectStore(WAITING, { keyPath: "id", autoIncrement: true });
      }
      older.createObjectStore(NUMBERS, { keyPath: ["owner", "name"] });
    });
    return new Practices(database, owner);
  }

  async get(name: string): Promise<Practice | undefined> {
    const transaction = this.database.transaction([PRACTICES, NUMBERS]);
    const [practice, number] = await Promise.all([
      settled<Practice | undefined>(transaction.objectStore(PRACTICES).get([this.owner, name])),
      settled<Numbered | undefined>(transaction.objectStore(NUMBERS).get([this.owner, name])),
    ]);
    return practice && { ...practice, id: practice.id ?? number?.id ?? null };
  }

  /** The practice of that name, or the one that the server has come to know by that number. */
  async find(name: string): Promise<Practice | undefined> {
    const named = await this.get(name);
    if (named) return named;
    const numbers: Numbered[] = await settled(this.read(NUMBERS).getAll());
    const number = numbers.find((each) => each.owner === this.owner && String(each.id) === name);
    return number && (await this.get(number.name));
  }

  /** The newest practice that began without a server and has not ended. */
  async unfinished(): Promise<Practice | undefined> {
    const all: Practice[] = await settled(this.read(PRACTICES).getAll());
    return all
      .filter((each) => each.owner === this.owner && each.exercise && !each.ended)
      .sort((one, other) => other.changedAt - one.changedAt)[0];
  }

  /** Stores how the practice stands and, with it, what the server is to hear. */
  async put(practice: Practice, ...news: NewlyWaiting[]): Promise<void> {
    // Not `strict`: a page left at once is likelier than a power cut, and does not wait for the disk.
    const transaction = this.database.transaction([PRACTICES, WAITING], "readwrite");
    transaction.objectStore(PRACTICES).put({ ...practice, changedAt: Date.now() });
    for (const each of news) {
      const key = crypto.randomUUID();
      const waiting = { ...each, owner: this.owner, practice: practice.name, key };
      transaction.objectStore(WAITING).add(waiting);
    }
    transaction.commit();
    await finished(transaction);
  }

  /** The server calls the practice of that name `id`. */
  async number(name: string, id: number): Promise<void> {
    const transaction = writing(this.database, [NUMBERS]);
    const numbered: Numbered = { owner: this.owner, name, id };
    transaction.objectStore(NUMBERS).put(numbered);
    await finished(transaction);
  }

  /** What waits to be sent, in the order in which it happened. */
  async waiting(): Promise<Waiting[]> {
    const all: Waiting[] = await settled(this.read(WAITING).getAll());
    return all.filter((each) => each.owner === this.owner);
  }

  /** Puts `changed` in the place of something that waits. */
  async change(changed: Waiting): Promise<void> {
    const transaction = writing(this.database, [WAITING]);
    transaction.objectStore(WAITING).put(changed);
    await finished(transaction);
  }

  async settle(sent: Waiting): Promise<void> {
    const transaction = writing(this.database, [WAITING]);
    transaction.objectStore(WAITING).delete(sent.id);
    await finished(transaction);
  }

  /** Forgets how a practice stood once all of it was sent, and whatever nobody touched for a month. */
  async forget(name?: string): Promise<void> {
    const busy = new Set((await this.waiting()).map((each) => each.practice));
    const all: Practice[] = await settled(this.read(PRACTICES).getAll());
    const transaction = writing(this.database, [PRACTICES, NUMBERS]);
    for (const each of all) {
      if (each.owner !== this.owner || busy.has(each.name)) continue;
      if (each.name === name || each.changedAt < Date.now() - KEPT_MS)
        for (const store of [PRACTICES, NUMBERS])
          transaction.objectStore(store).delete([each.owner, each.name]);
    }
    await finished(transaction);
  }

  close(): void {
    this.database.close();
  }

  private read(store: string): IDBObjectStore {
    return this.database.transaction(store).objectStore(store);
  }
}
