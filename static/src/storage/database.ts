/** IndexedDB with promises: what every store of this browser is made of. */

export function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Opens the database; `upgrade` makes its stores where this version is not there yet. */
export async function openDatabase(
  name: string,
  version: number,
  upgrade: (database: IDBDatabase) => void,
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => upgrade(request.result);
  const database = await settled(request);
  // Another tab with a newer version would wait for this one for ever.
  database.onversionchange = () => database.close();
  return database;
}

/** `strict`: on the disk before it counts as stored. */
export function writing(database: IDBDatabase, stores: string[]): IDBTransaction {
  return database.transaction(stores, "readwrite", { durability: "strict" });
}
