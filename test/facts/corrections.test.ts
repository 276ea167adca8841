/** Putting it right, on the real engine: everybody who was given it since then, in their language, each once; nobody who said стоп. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { CorrectionError, createCorrections } from '../../src/facts/corrections/corrections.js';
import type { Language } from '../../src/language.js';
import type { OutboxDocument } from '../../src/store/outbox.js';
import { openRoom, type Room } from './room.js';

describe('facts/corrections', function () {
  this.timeout(240_000);
  let room: Room;
  let corrections: ReturnType<typeof createCorrections>;
  before(async () => {
    room = await openRoom(false);
    const { store, clocks } = room;
    corrections = createCorrections({ store, clocks, newId: randomUUID, mask: (text) => text.replaceAll('9', '•') });
  });
  after(() => room.close());
  const hour = 3_600_000;
  /** A resident who was answered with the article so many hours ago. */
  const answered = async (
    article: string,
    language: Language,
    hoursAgo: number,
    more: Partial<OutboxDocument> = {},
  ) => {
    const { store } = room;
    const at = new Date(room.at.real.getTime() - hoursAgo * hour);
    const id = await store.contacts.resolve([{ channel: 'web', id: randomUUID() }], at, randomUUID);
    const address = { channel: 'web', id } as const;
    await store.transaction(async (session) => {
      await store.conversations.expectMessage(session, id, address, at);
      await store.outbox.insert(session, [
        {
          ...{
            _id: randomUUID(),
            conversationId: id,
            address,
            text: 'Қате',
            choices: [],
            asksLocation: false,
            language,
          },
          ...{ answers: [], origin: 'bot', article, status: 'sent', position: at.getTime(), attempts: 1 },
          ...{ nextAttemptAt: at, createdAt: at, sentAt: at, ...more },
        },
      ]);
    });
    return id;
  };
  const texts = { kk: 'Түзету: 9 сәуірден.', ru: 'Уточнение: с 9 апреля.' };
  const got = async (conversationId: string) =>
    (await room.store.outbox.latest(conversationId, 20)).filter(({ correction }) => correction !== undefined);

  it('goes to whoever was given the article since then, in the language they read, once, however often it is posted', async () => {
    const article = 'pay-42500-when';
    const kk = await answered(article, 'kk', 1);
    const ru = await answered(article, 'ru', 2);
    const held = await answered(article, 'ru', 2, { status: 'held' });
    const switched = await answered(article, 'kk', 2);
    const [before, other, never, stopped] = [
      await answered(article, 'kk', 48),
      await answered('mask-rule', 'kk', 1),
      await answered(article, 'kk', 1, { status: 'draft' }),
      await answered(article, 'ru', 1),
    ];
    await room.store.transaction(async (session) => {
      await room.store.contacts.change(session, switched, { language: 'ru' });
      await room.store.contacts.change(session, stopped, { stopped: true });
    });
    const request = {
      source: { kind: 'article', id: article } as const,
      since: new Date(room.at.real.getTime() - 24 * hour),
      ...{ texts, requestId: randomUUID(), staffId: 'lead' },
    };
    expect(await corrections.recipients(request.source, request.since)).to.deep.include({ stopped: 1 });
    await Promise.all([corrections.send(request), corrections.send(request)]);
    const rows = await Promise.all([kk, ru, held, switched].map(got));
    expect(rows.map((one) => one.map(({ text }) => text))).to.deep.equal([
      ['Түзету: • сәуірден.'],
      ['Уточнение: с • апреля.'],
      ['Уточнение: с • апреля.'],
      ['Уточнение: с • апреля.'],
    ]);
    expect((await Promise.all([before, other, never, stopped].map(got))).flat()).to.deep.equal([]);
    expect(await corrections.find(request.requestId)).to.include({ finished: true, count: 4, stopped: 1 });
    expect((await corrections.of(request.source)).map(({ _id }) => _id)).to.deep.equal([request.requestId]);
    // A process that died half way is made good: who has it gets nothing more.
    await room.connection
      .collection('corrections')
      .updateOne({ _id: request.requestId as never }, { $set: { finished: false } });
    await room.connection.collection('outbox').deleteOne({ correction: request.requestId, conversationId: ru });
    room.at.real = new Date(room.at.real.getTime() + hour);
    await answered(article, 'kk', 0);
    await corrections.finish(room.at.real);
    expect((await Promise.all([kk, ru, held, switched].map(got))).map((one) => one.length)).to.deep.equal([1, 1, 1, 1]);
    expect([...(await corrections.states(request.requestId))]).to.deep.equal([['queued', 4]]);
  });

  it('refuses a language without words, and a source that nobody was given', async () => {
    await answered('two-words', 'ru', 1);
    const request = (id: string) => ({
      source: { kind: 'article', id } as const,
      since: new Date(room.at.real.getTime() - 24 * hour),
      ...{ texts: { kk: 'Тек қазақша' }, requestId: randomUUID(), staffId: 'lead' },
    });
    const code = (work: Promise<void>) =>
      work.then(
        () => 'done',
        (error: unknown) => (error instanceof CorrectionError ? error.code : error),
      );
    expect(await code(corrections.send(request('two-words')))).to.equal('empty-text');
    expect(await code(corrections.send(request('nobody-got-this')))).to.equal('nobody');
  });
});
