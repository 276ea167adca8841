/** A synonym that staff publish in one process is understood in the next message, which another process answers. */
import { expect } from 'chai';
import { type App, createApp } from '../../src/app.js';
import { systemClocks } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { createLexicon } from '../../src/facts/lexicon/lexicon.js';
import { modelFolderOfSources } from '../../src/kept-models.js';
import { silentLogger } from '../../src/log.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore } from '../../src/store/store.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { testSecrets } from '../support/service.js';
import { visitChat } from '../support/visitor.js';

/** A training is waited for, also where other tests run beside it. */
const patienceMs = 90_000;

describe('a published synonym', function () {
  this.timeout(2 * patienceMs);
  let database: TestDatabase;
  const connections: Connection[] = [];
  const apps: App[] = [];
  let url: string;

  /** An application of its own on a connection of its own, as another process has it. */
  const start = async (roles: string): Promise<string | null> => {
    const connection = await openDatabase(database.uri);
    connections.push(connection);
    const app = await createApp({
      config: readConfig({ ROLES: roles, PORT: '0', WAIT_AFTER_LAST_MS: '50', WAIT_AT_MOST_MS: '100' }),
      logger: silentLogger,
      clocks: systemClocks,
      connection,
      secrets: testSecrets,
      modelFolder: modelFolderOfSources(readConfig({}).dataDir),
    });
    apps.push(app);
    return (await app.start()).url;
  };
  before(async () => {
    database = await createTestDatabase();
    url = (await start('web')) ?? '';
    await start('worker,sender');
  });
  after(async () => {
    for (const app of apps) await app.stop();
    for (const connection of connections) await connection.close();
    await database?.drop();
  });

  it('is known to the process that answers, though another one published it', async () => {
    const [connection] = connections;
    if (!connection) throw new Error('Nothing was started.');
    const store = createStore(connection);
    const lexicon = createLexicon({ store, clocks: systemClocks });
    const answer = (await store.articles.find('volunteer-help'))?.published?.answer.ru ?? '';
    const words =
      answer
        .split('*')
        .find((part) => part.trim().length > 20)
        ?.trim()
        .slice(0, 40) ?? '';
    expect(words).to.have.length.above(20);
    /** What a resident who writes for the first time hears. */
    const hears = async (): Promise<string> => {
      const { post, page } = await visitChat(url);
      await post({ text: 'дружинником хочу', lang: 'ru' });
      for (const until = Date.now() + 15_000; Date.now() < until; ) {
        const shown = await page();
        if (shown.includes('class="entry theirs')) return shown;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('The resident heard nothing.');
    };
    expect(await hears()).to.not.include(words);
    const concept = await lexicon.find('volunteer');
    if (!concept) throw new Error('No concept.');
    const more = { ...concept.words, ru: [...concept.words.ru, 'дружинник'] };
    await lexicon.publish('volunteer', { name: concept.name, words: more }, 'staff-1', concept.version);
    let heard = '';
    for (const until = Date.now() + patienceMs; !heard.includes(words) && Date.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      heard = await hears();
    }
    expect(heard).to.include(words);
  });
});
