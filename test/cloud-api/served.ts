/** The served application on Cloud API against the simulator of Meta's side: nothing between them is left out. */
import { randomUUID } from 'node:crypto';
import { type App, createApp } from '../../src/app.js';
import type { Clocks } from '../../src/clock.js';
import { systemClocks } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { modelFolderOfSources } from '../../src/kept-models.js';
import { silentLogger } from '../../src/log.js';
import type { AtStep } from '../../src/steps.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { testSecrets } from '../support/service.js';
import { type GraphSimulator, graphSettings, type SentMessage } from './graph-simulator/graph-simulator.js';
import type { Person } from './graph-simulator/posts.js';

export interface ServeOptions {
  readonly uri: string;
  readonly graphUrl: string;
  readonly clocks?: Clocks;
  readonly at?: AtStep;
  readonly env?: Readonly<Record<string, string>>;
}
export interface ServedCloudApi {
  readonly url: string;
  readonly app: App;
  readonly connection: Connection;
  stop(): Promise<void>;
}

export const serveCloudApi = async ({
  uri,
  graphUrl,
  clocks = systemClocks,
  at,
  env,
}: ServeOptions): Promise<ServedCloudApi> => {
  const config = readConfig({
    ...{ TRANSPORT: 'cloud-api', PORT: '0', WAIT_AFTER_LAST_MS: '150', WAIT_AT_MOST_MS: '600', LEASE_MS: '2000' },
    CLOUD_API_URL: graphUrl,
    CLOUD_API_PHONE_NUMBER_ID: graphSettings.phoneNumberId,
    CLOUD_API_TOKEN: graphSettings.token,
    CLOUD_API_APP_SECRET: graphSettings.appSecret,
    CLOUD_API_VERIFY_TOKEN: graphSettings.verifyToken,
    ...env,
  });
  const connection = await openDatabase(uri);
  const modelFolder = modelFolderOfSources(config.dataDir);
  const parts = { config, logger: silentLogger, clocks, connection, secrets: testSecrets, modelFolder };
  const app = await createApp({ ...parts, ...(at ? { at } : {}) });
  const { url } = await app.start();
  if (url === null) throw new Error('The service serves no pages.');
  return {
    url,
    app,
    connection,
    async stop() {
      await app.stop();
      await connection.close();
    },
  };
};

const patienceMs = 45_000;

/** Words that a sent message shows. */
export const wordsOf = ({ body }: SentMessage): string => {
  switch (body.type) {
    case 'text':
      return body.text.body;
    case 'interactive':
      return body.interactive.body.text;
    case 'template':
      return `[${body.template.name}]`;
    case 'audio':
      return '';
    case 'image':
      return body.image.caption ?? '';
    case 'video':
      return body.video.caption ?? '';
    case 'document':
      return body.document.caption ?? '';
  }
};

/** What can be tapped under a sent message. */
export const tapsOf = ({ body }: SentMessage): readonly { readonly id: string; readonly title: string }[] => {
  if (body.type !== 'interactive') return [];
  const { interactive } = body;
  if (interactive.type === 'button') return interactive.action.buttons.map(({ reply }) => reply);
  return interactive.type === 'list' ? interactive.action.sections.flatMap(({ rows }) => rows) : [];
};

/** A resident with WhatsApp: writes through Meta's webhook, reads what Meta's API was told to show. */
export const createCloudResident = (
  graph: GraphSimulator,
  person: Person = {
    phone: `7701${String(Math.random()).slice(2, 9).padEnd(7, '0')}`,
    userId: `KZ.${randomUUID().replaceAll('-', '')}`,
  },
) => {
  const name = person.phone ?? person.userId ?? '';
  let heard = 0;
  const got = (): readonly SentMessage[] => graph.sent.filter(({ to }) => to === name);
  const hears = async (): Promise<SentMessage> => {
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
      const next = got()[heard];
      if (next) {
        heard += 1;
        return next;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('The resident heard nothing.');
  };
  const asks = async (
    fields: Readonly<Record<string, unknown>> & { readonly type: string },
    quotes?: string,
  ): Promise<SentMessage> => {
    await graph.write(person, fields, quotes === undefined ? {} : { quotes });
    return hears();
  };
  return {
    person,
    name,
    got,
    hears,
    asks,
    says: (text: string, quotes?: string): Promise<SentMessage> => asks({ type: 'text', text: { body: text } }, quotes),
    /** Taps what holds the words under the last message that was heard. */
    async taps(words: string): Promise<SentMessage> {
      const last = got()[heard - 1];
      const tap = last && tapsOf(last).find(({ title }) => title.includes(words));
      if (!last || !tap) throw new Error(`The last message offers no “${words}”.`);
      const isList = last.body.type === 'interactive' && last.body.interactive.type === 'list';
      const reply = { id: tap.id, title: tap.title };
      const interactive = isList
        ? { type: 'list_reply', list_reply: reply }
        : { type: 'button_reply', button_reply: reply };
      return asks({ type: 'interactive', interactive }, last.id);
    },
  };
};
export type CloudResident = ReturnType<typeof createCloudResident>;
