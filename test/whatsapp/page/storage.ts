/** What the page keeps in the profile: its session, who it is, and every message, in IndexedDB as the real page does. */

let opening: Promise<IDBDatabase> | undefined;
const open = (): Promise<IDBDatabase> => {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('simulated-whatsapp', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('kept');
      request.result.createObjectStore('messages');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
};

type StoreName = 'kept' | 'messages';

/** Resolves when the transaction is complete: what was written outlives the browser's death. */
const within = async <T>(
  name: StoreName,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> => {
  const transaction = (await open()).transaction(name, mode, mode === 'readwrite' ? { durability: 'strict' } : {});
  const request = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
  });
};

export const keep = (name: string, value: unknown) => within('kept', 'readwrite', (store) => store.put(value, name));
export const kept = (name: string): Promise<unknown> => within('kept', 'readonly', (store) => store.get(name));
export const keepMessage = (id: string, wire: unknown) =>
  within('messages', 'readwrite', (store) => store.put(JSON.parse(JSON.stringify(wire)), id));
export const keptMessages = (): Promise<unknown[]> => within('messages', 'readonly', (store) => store.getAll());
export const wipe = async (): Promise<void> => {
  await within('kept', 'readwrite', (store) => store.clear());
  await within('messages', 'readwrite', (store) => store.clear());
};
