/** Between the identity library and the database: its indexes are made in the background, and whoever goes on or ends can wait for them. */
import { type Connection, database } from '../../store/connect.js';

/** The connection's database for the library, and a function that waits until every index it began to make is made (or refused). */
export const withAwaitedIndexes = (connection: Connection) => {
  const making: Promise<unknown>[] = [];
  const plain = database(connection);
  const watched = Object.assign(Object.create(plain) as typeof plain, {
    collection(...named: Parameters<typeof plain.collection>) {
      const collection = plain.collection(...named);
      const createIndex = collection.createIndex.bind(collection);
      const kept = (...index: Parameters<typeof createIndex>): Promise<string> => {
        const made = createIndex(...index);
        making.push(made);
        return made;
      };
      collection.createIndex = kept as typeof createIndex;
      return collection;
    },
  });
  return { watched, indexesMade: async (): Promise<void> => void (await Promise.allSettled(making)) };
};
