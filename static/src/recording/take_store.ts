import { finished, openDatabase, settled, writing } from "../storage/database";

/**
 * Takes that are not yet safe on the server, in this browser's IndexedDB.
 * A take's audio arrives in chunks of about a second, each stored as it comes, so a crash costs one second at most.
 */
export interface Take {
  id: string;
  /** The Idempotency-Key of the request that sends it, the same for every retry. */
  key: string;
  /** Who recorded it: another account on the same device is never shown it. */
  owner: string;
  mimeType: string;
  startedAt: number;
  seconds: number;
  finished: boolean;
  /** The practice it was spoken in (see practice/practices.ts); the recorder's page offers only takes without one. */
  practice?: string;
}

export interface Chunk {
  take: string;
  number: number;
  data: ArrayBuffer;
  /** Loudness from 0 to 1 at even steps within the chunk, for drawing. */
  levels: number[];
}

const TAKES = "takes";
const CHUNKS = "chunks";

/** Every chunk number there can be, for one take. */
function allOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
}

export class TakeStore {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(name = "verbalcoach"): Promise<TakeStore> {
    return new TakeStore(
      await openDatabase(name, 1, (database) => {
        database.createObjectStore(TAKES, { keyPath: "id" });
        database.createObjectStore(CHUNKS, { keyPath: ["take", "number"] });
      }),
    );
  }

  async save(take: Take): Promise<void> {
    const transaction = this.write([TAKES]);
    transaction.objectStore(TAKES).put(take);
    await finished(transaction);
  }

  /** Stores a chunk and how long its take has become, both or neither. */
  async append(take: Take, chunk: Chunk): Promise<void> {
    const transaction = this.write([TAKES, CHUNKS]);
    transaction.objectStore(TAKES).put(take);
    transaction.objectStore(CHUNKS).put(chunk);
    await finished(transaction);
  }

  /** The owner's takes that hold any sound, newest first. */
  async takesOf(owner: string): Promise<Take[]> {
    const transaction = this.database.transaction([TAKES, CHUNKS]);
    const takes: Take[] = await settled(transaction.objectStore(TAKES).getAll());
    const chunks = transaction.objectStore(CHUNKS);
    const counts = await Promise.all(takes.map((take) => settled(chunks.count(allOf(take.id)))));
    return takes
      .filter((take, index) => take.owner === owner && (counts[index] ?? 0) > 0)
      .sort((one, other) => other.startedAt - one.startedAt);
  }

  /** The whole take as one file, with the levels to draw it by. */
  async read(take: Take): Promise<{ audio: Blob; levels: number[] }> {
    const chunks: Chunk[] = await settled(
      this.database.transaction(CHUNKS).objectStore(CHUNKS).getAll(allOf(take.id)),
    );
    const parts = chunks.map((chunk) => chunk.data);
    return {
      audio: new Blob(parts, { type: take.mimeType }),
      levels: chunks.flatMap((chunk) => chunk.levels),
    };
  }

  async delete(id: string): Promise<void> {
    const transaction = this.write([TAKES, CHUNKS]);
    transaction.objectStore(TAKES).delete(id);
    transaction.objectStore(CHUNKS).delete(allOf(id));
    await finished(transaction);
  }

  /** Puts one take in the place of its parts, all or nothing. */
  async replace(parts: string[], whole: Take, data: ArrayBuffer): Promise<void> {
    const transaction = this.write([TAKES, CHUNKS]);
    transaction.objectStore(TAKES).put(whole);
    transaction.objectStore(CHUNKS).put({ take: whole.id, number: 0, data, levels: [] });
    for (const id of parts) {
      transaction.objectStore(TAKES).delete(id);
      transaction.objectStore(CHUNKS).delete(allOf(id));
    }
    await finished(transaction);
  }

  close(): void {
    this.database.close();
  }

  private write(stores: string[]): IDBTransaction {
    return writing(this.database, stores);
  }
}
