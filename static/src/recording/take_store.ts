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

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Every chunk number there can be, for one take. */
function allOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
}

export class TakeStore {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(name = "verbalcoach"): Promise<TakeStore> {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(TAKES, { keyPath: "id" });
      request.result.createObjectStore(CHUNKS, { keyPath: ["take", "number"] });
    };
    return new TakeStore(await settled(request));
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

  close(): void {
    this.database.close();
  }

  /** `strict`: on the disk before it counts as stored. */
  private write(stores: string[]): IDBTransaction {
    return this.database.transaction(stores, "readwrite", { durability: "strict" });
  }
}
