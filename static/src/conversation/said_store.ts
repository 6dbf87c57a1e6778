import { finished, openDatabase, settled } from "../storage/database";
import type { SaidItem } from "./realtime_turns";

/** A turn of a talk with a realtime model that the server does not hold yet. */
export interface SaidRow extends SaidItem {
  owner: string;
  session: string;
  /** The page that wrote it: its name is held as long as it lives. */
  page: string;
  at: number;
}

const SAID = "said";

/** Such turns in this browser's IndexedDB: what was said survives a reload. */
export class SaidStore {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(name = "verbalcoach-realtime"): Promise<SaidStore> {
    return new SaidStore(
      await openDatabase(name, 1, (database) => {
        database.createObjectStore(SAID, { keyPath: ["session", "id"] });
      }),
    );
  }

  async save(row: SaidRow): Promise<void> {
    const transaction = this.database.transaction(SAID, "readwrite");
    transaction.objectStore(SAID).put(row);
    // At once: the page may be gone before the browser would do it by itself.
    transaction.commit();
    await finished(transaction);
  }

  async forget(row: SaidRow): Promise<void> {
    const transaction = this.database.transaction(SAID, "readwrite");
    transaction.objectStore(SAID).delete([row.session, row.id]);
    await finished(transaction);
  }

  /** What `owner` said in `session`, oldest first. */
  async saidIn(owner: string, session: string): Promise<SaidRow[]> {
    const rows: SaidRow[] = await settled(
      this.database.transaction(SAID).objectStore(SAID).getAll(),
    );
    return rows
      .filter((row) => row.owner === owner && row.session === session)
      .sort((one, other) => one.at - other.at);
  }
}
