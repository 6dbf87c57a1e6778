import { finished, openDatabase, settled, writing } from "../storage/database";

/** Turns that the server has not said it holds, in this browser's IndexedDB: what was said survives a reload. */
export interface Turn {
  /** `client_id`: however often the turn is sent, it is one turn. */
  id: string;
  owner: string;
  /** The tutor session it belongs to. */
  session: string;
  at: number;
  /** What was typed; undefined where it was spoken. */
  text?: string;
  /** Whether the learner has finished it. */
  done: boolean;
  /** Whether all of its sound went over the WebSocket while it was spoken. */
  streamed: boolean;
}

interface Part {
  turn: string;
  number: number;
  pcm: ArrayBuffer;
}

const TURNS = "turns";
const PARTS = "parts";

function allOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
}

export class TurnStore {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(name = "verbalcoach-conversations"): Promise<TurnStore> {
    return new TurnStore(
      await openDatabase(name, 1, (database) => {
        database.createObjectStore(TURNS, { keyPath: "id" });
        database.createObjectStore(PARTS, { keyPath: ["turn", "number"] });
      }),
    );
  }

  async save(turn: Turn): Promise<void> {
    const transaction = writing(this.database, [TURNS]);
    transaction.objectStore(TURNS).put(turn);
    await finished(transaction);
  }

  /** Stores the next piece of a spoken turn. */
  async append(turn: string, number: number, pcm: ArrayBuffer): Promise<void> {
    const transaction = writing(this.database, [PARTS]);
    const part: Part = { turn, number, pcm };
    transaction.objectStore(PARTS).put(part);
    await finished(transaction);
  }

  /** The turns of `owner` in `session` that wait, in the order in which they were said. */
  async waiting(owner: string, session: string): Promise<Turn[]> {
    const turns: Turn[] = await settled(
      this.database.transaction(TURNS).objectStore(TURNS).getAll(),
    );
    return turns
      .filter((turn) => turn.owner === owner && turn.session === session)
      .sort((one, other) => one.at - other.at);
  }

  /** What was spoken in a turn, piece by piece. */
  async soundOf(turn: string): Promise<ArrayBuffer[]> {
    const parts: Part[] = await settled(
      this.database.transaction(PARTS).objectStore(PARTS).getAll(allOf(turn)),
    );
    return parts.map((part) => part.pcm);
  }

  /** The server holds it, or it was never said. */
  async forget(turn: string): Promise<void> {
    const transaction = writing(this.database, [TURNS, PARTS]);
    transaction.objectStore(TURNS).delete(turn);
    transaction.objectStore(PARTS).delete(allOf(turn));
    await finished(transaction);
  }
}
