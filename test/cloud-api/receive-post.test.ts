import { expect } from 'chai';
import { systemClock } from '../../src/clock.js';
import { silentLogger } from '../../src/log.js';
import { createReceivePost } from '../../src/transport/cloud-api/receive-post.js';
import type { TransportHandlers } from '../../src/transport/contract.js';
import { graphSettings } from './graph-simulator/graph-simulator.js';
import { messageOf, messagesPost, signed } from './graph-simulator/posts.js';

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

  it('a post that was not stored whole is not acknowledged, and keeps each resident’s order when it comes again', async () => {
    let isAway = true;
    const stored: string[] = [];
    const marked: string[] = [];
    const handlers: TransportHandlers = {
      async onMessage({ externalId }) {
        // The database is away for the second message of the first resident.
        if (isAway && externalId === 'wamid.2') throw new Error('The database is away.');
        const answering = !stored.includes(externalId);
        if (answering) stored.push(externalId);
        return { answering };
      },
      onDelivery: async () => undefined,
      onEdit: async () => undefined,
      onOwnMessage: async () => undefined,
      onRenamed: async () => undefined,
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
});
