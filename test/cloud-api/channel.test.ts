/** The adapter alone against the strict simulator: files out and in, the pace under a burst, and a line that is down. */
import { expect } from 'chai';
import { systemClocks } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { silentLogger } from '../../src/log.js';
import { shapeReply } from '../../src/outbox/shape-reply.js';
import { type Connection, openDatabase } from '../../src/store/connect.js';
import { createStore } from '../../src/store/store.js';
import { type CloudApi, createCloudApi } from '../../src/transport/cloud-api/cloud-api.js';
import { cloudApiCapabilities } from '../../src/transport/cloud-api/message-body.js';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { type GraphSimulator, graphSettings, startGraphSimulator } from './graph-simulator/graph-simulator.js';

describe('transport/cloud-api alone', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let connection: Connection;
  let graph: GraphSimulator;
  const to = { channel: 'cloud-api', id: '77017770077' } as const;
  before(async () => {
    database = await createTestDatabase();
    connection = await openDatabase(database.uri);
    graph = await startGraphSimulator({ tellsStatuses: false });
    graph.opens(to.id);
  });
  after(async () => {
    await connection?.close();
    await graph?.stop();
    await database?.drop();
  });

  const channelAt = (url: string, perSecond = 80): CloudApi => {
    const { version } = readConfig({
      ...{ TRANSPORT: 'cloud-api', CLOUD_API_PHONE_NUMBER_ID: graphSettings.phoneNumberId },
      ...{ CLOUD_API_TOKEN: graphSettings.token, CLOUD_API_APP_SECRET: graphSettings.appSecret },
      CLOUD_API_VERIFY_TOKEN: graphSettings.verifyToken,
    }).cloudApi ?? { version: '' };
    return createCloudApi({
      settings: { ...graphSettings, url, version, perSecond },
      store: createStore(connection),
      ...{ clocks: systemClocks, logger: silentLogger },
      words: { listLabel: () => 'Таңдау', reopening: () => 'Жауап дайын.' },
    });
  };
  const message = (id: string, more = {}) =>
    shapeReply(cloudApiCapabilities, {
      id,
      text: 'Анықтама',
      choices: [],
      asksLocation: false,
      language: 'kk',
      ...more,
    });

  it('a file goes up first and out with its caption, and one that came in is brought whole, never larger than allowed', async () => {
    const channel = channelAt(graph.url);
    const bytes = Buffer.alloc(300_000, '%PDF');
    const file = { id: 'f', mimeType: 'application/pdf', name: 'анықтама.pdf', bytes };
    expect((await channel.send(to, message('with file', { file }))).kind).to.equal('accepted');
    const { body } = graph.sent.at(-1) ?? {};
    if (body?.type !== 'document') throw new Error('A document was expected.');
    expect(body.document).to.include({ caption: 'Анықтама', filename: 'анықтама.pdf' });
    expect(graph.file(body.document.id)?.bytes.equals(bytes)).to.equal(true);
    const wanted = { ref: body.document.id, mimeType: 'application/pdf' };
    const fetched = await channel.fetchFile?.(wanted, 1_000_000);
    expect(fetched?.kind === 'fetched' && Buffer.from(fetched.bytes).equals(bytes)).to.equal(true);
    expect(await channel.fetchFile?.(wanted, 1_000)).to.include({ kind: 'gone' });
    const lost = await channel.fetchFile?.({ ...wanted, ref: '404' }, 1_000);
    expect(lost, 'gone, or the token lost its rights: Meta says the same').to.include({ kind: 'retry' });
  });

  it('a file that does not get up is tried again as one try: nothing of the message can have left', async () => {
    const channel = channelAt(graph.url);
    const file = { id: 'f', mimeType: 'application/pdf', name: 'анықтама.pdf', bytes: Buffer.from('%PDF-1.7') };
    for (const fault of ['break', 'gateway-error', 'nonsense'] as const) {
      graph.uploadFaults.push(fault);
      const result = await channel.send(to, message(`upload-${fault}`, { file }));
      expect(result, fault).to.include({ kind: 'retry' }).and.not.have.property('busy');
    }
    expect(graph.sent.some(({ body }) => body.biz_opaque_callback_data?.startsWith('upload'))).to.equal(false);
  });

  it('a burst goes at once and what is more waits for its turn; nothing is refused for it', async () => {
    const channel = channelAt(graph.url, 20);
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, place) => channel.send(to, message(`burst-${place}`))),
    );
    const later = results.filter((result) => result.kind === 'retry');
    for (const result of later) expect(result).to.include({ busy: true });
    expect(results.length - later.length, 'a second’s worth, and two seconds in hand').to.be.within(20, 75);
    expect(graph.sent.filter(({ body }) => body.biz_opaque_callback_data?.startsWith('burst'))).to.have.length(
      results.length - later.length,
    );
  });

  it('what waits in hand when the number is told to slow down is not sent into the pause', async () => {
    const channel = channelAt(graph.url, 20);
    graph.faults.push({ kind: 'refuse', code: 130429 });
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, place) => channel.send(to, message(`paused-${place}`))),
    );
    for (const result of results)
      if (result.kind !== 'accepted') expect(result).to.include({ kind: 'retry', busy: true });
    // Without the pause 39 would leave within the two seconds; of a second's twenty the pause begins late where the machine is slow.
    expect(results.filter(({ kind }) => kind === 'accepted').length).to.be.at.most(34);
  });

  it('a line that is down is known to be that: tried again, no try lost; a line that breaks later is not', async () => {
    const silent = await startGraphSimulator();
    await silent.stop();
    const down = await channelAt(silent.url).send(to, message('down'));
    expect(down).to.include({ kind: 'retry', busy: true });
    graph.faults.push({ kind: 'take-and-break' });
    const broken = await channelAt(graph.url)
      .send(to, message('broken'))
      .catch((error: Error) => error.name);
    expect(broken).to.equal('NoAnswer');
  });
});
