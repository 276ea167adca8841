import { Writable } from 'node:stream';
import { expect } from 'chai';
import { systemClock } from '../../src/clock.js';
import { createLogger, silentLogger } from '../../src/log.js';
import { createReceivePost } from '../../src/transport/cloud-api/receive-post.js';
import type { TransportHandlers } from '../../src/transport/contract.js';
import { graphSettings } from './graph-simulator/graph-simulator.js';
import { errorsPost, messageOf, messagesPost, signed, statusPost } from './graph-simulator/posts.js';

const { phoneNumberId, appSecret } = graphSettings;

describe('transport/cloud-api/receive-post', () => {
  const people = [{ phone: '77010000001' }, { phone: '77010000002' }] as const;
  const post = JSON.stringify(
    messagesPost(
      phoneNumberId,
      people[0],
      Array.from({ length: 6 }, (_, place) =>
        messageOf(people[place % 2 === 0 ? 0 : 1], `wamid.${place}`, new Date(), {
          type: 'text',
          text: { body: `${place}` },
        }),
      ),
    ),
  );
  const body = Buffer.from(post);
  const signature = signed(post, appSecret);

  const deaf: TransportHandlers = {
    onMessage: async () => ({ answering: false }),
    onDelivery: async () => undefined,
    onEdit: async () => undefined,
    onOwnMessage: async () => undefined,
    onRenamed: async () => undefined,
  };

  it('a post that was not stored whole is not acknowledged, and keeps each resident’s order when it comes again', async () => {
    let isAway = true;
    const stored: string[] = [];
    const marked: string[] = [];
    const handlers: TransportHandlers = {
      ...deaf,
      async onMessage({ externalId }) {
        // The database is away for the second message of the first resident.
        if (isAway && externalId === 'wamid.2') throw new Error('The database is away.');
        const answering = !stored.includes(externalId);
        if (answering) stored.push(externalId);
        return { answering };
      },
    };
    const receive = createReceivePost({
      ...{ settings: { phoneNumberId, appSecret }, clock: systemClock, logger: silentLogger },
      onTaken: ({ externalId }) => marked.push(externalId),
    });
    expect(await receive(body, signature, handlers)).to.equal(500);
    expect(stored, 'nothing of theirs after what failed').to.have.members(['wamid.0', 'wamid.1', 'wamid.3', 'wamid.5']);
    isAway = false;
    expect(await receive(body, signature, handlers)).to.equal(200);
    const ofFirst = stored.filter((id) => ['wamid.0', 'wamid.2', 'wamid.4'].includes(id));
    expect(ofFirst).to.deep.equal(['wamid.0', 'wamid.2', 'wamid.4']);
    expect(marked, 'the last of each is marked as read once').to.have.members(['wamid.5', 'wamid.4']);
    expect(await receive(body, signature, handlers)).to.equal(409);
  });

  it('what is older than half an hour is late when it comes; a mark on an old answer is not', async () => {
    const now = new Date('2026-06-01T10:00:00Z');
    const written = (id: string, minutesAgo: number, fields: Record<string, unknown> & { type: string }) =>
      messageOf(people[0], id, new Date(now.getTime() - minutesAgo * 60_000), fields);
    const text = { type: 'text', text: { body: 'Сәлем' } };
    const mark = { type: 'reaction', reaction: { message_id: 'wamid.0', emoji: '👍' } };
    const posted = [written('old', 31, text), written('mark', 31, mark), written('fresh', 29, text)];
    const payload = JSON.stringify(messagesPost(phoneNumberId, people[0], posted));
    const late = new Map<string, boolean | undefined>();
    const receive = createReceivePost({
      ...{ settings: { phoneNumberId, appSecret }, clock: { now: () => now }, logger: silentLogger },
      onTaken: () => undefined,
    });
    const onMessage: TransportHandlers['onMessage'] = async (message) => {
      late.set(message.externalId, message.late);
      return { answering: false };
    };
    expect(await receive(Buffer.from(payload), signed(payload, appSecret), { ...deaf, onMessage })).to.equal(200);
    expect(Object.fromEntries(late)).to.deep.equal({ old: true, mark: undefined, fresh: undefined });
  });

  it('what Meta reports of the account, and of a template, wakes a human with code and words, and with nobody’s number', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      write(line, _encoding, done) {
        lines.push(String(line));
        done();
      },
    });
    const receive = createReceivePost({
      ...{ settings: { phoneNumberId, appSecret }, clock: systemClock, onTaken: () => undefined },
      logger: createLogger({ level: 'info', stream, readable: false }),
    });
    const told = async (payload: object): Promise<string> => {
      const text = JSON.stringify(payload);
      expect(await receive(Buffer.from(text), signed(text, appSecret), deaf)).to.equal(200);
      return lines.splice(0).join('');
    };
    const account = await told(errorsPost(phoneNumberId, 131031, 'Account of 77010000001 has been locked'));
    expect(account).to.include('"level":"error"').and.include('131031: Account of').and.not.include('77010000001');
    const news = { id: 'wamid.t', status: 'failed', to: people[0].phone, at: new Date() } as const;
    expect(await told(statusPost(phoneNumberId, { ...news, errorCode: 132015 })))
      .to.include('"level":"error"')
      .and.include('CLOUD_API_TEMPLATE');
    expect(await told(statusPost(phoneNumberId, { ...news, errorCode: 131026 })), 'one resident’s').to.equal('');
  });
});
