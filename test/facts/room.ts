/** A migrated store with the project's own content, on a database of its own, with clocks that the test moves. */

import { importContent } from '../../src/facts/content/import-content.js';
import { readPack } from '../../src/facts/content/read-pack.js';
import { projectRoot } from '../../src/project-root.js';
import { openDatabase } from '../../src/store/connect.js';
import { createStore } from '../../src/store/store.js';
import { createTestDatabase } from '../support/engine.js';

export const listsSecret = 'c'.repeat(64);
export const contentFolder = `${projectRoot}/content`;

export const openRoom = async (withContent = true) => {
  const database = await createTestDatabase();
  const connection = await openDatabase(database.uri);
  const store = createStore(connection);
  await store.migrate();
  // Ahead of the engine's own clock, by which it removes what is over.
  const at = { business: new Date('2020-04-24T10:00:00+05:00'), real: new Date('2050-01-01T00:00:00Z') };
  const clocks = { business: { now: () => new Date(at.business) }, real: { now: () => new Date(at.real) } };
  const pack = await readPack(contentFolder);
  if (withContent) await importContent({ pack, store, clocks, secret: listsSecret, overwrite: false });
  return {
    uri: database.uri,
    store,
    clocks,
    at,
    pack,
    connection,
    async close() {
      await connection.close();
      await database.drop();
    },
  };
};
export type Room = Awaited<ReturnType<typeof openRoom>>;
