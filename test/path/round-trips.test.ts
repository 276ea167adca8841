/** What a message costs: commands to the database from its arrival to its sent reply. A count, so that a slow machine changes nothing. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createTestDatabase, type TestDatabase } from '../support/engine.js';
import { type Service, startService } from '../support/service.js';

describe('the price of a message', function () {
  this.timeout(240_000);
  let database: TestDatabase;
  let service: Service;
  before(async () => {
    database = await createTestDatabase();
    service = await startService({ uri: database.uri });
  });
  after(async () => {
    await service.stop();
    await database.drop();
  });

  /** Hears of replies from the change stream, because asking would count. */
  const isAnswered = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = service.changes.on('outbox', ({ document }) => {
        if (document?.status !== 'sent') return;
        stop();
        resolve();
      });
      service.core.intake
        .receive({
          externalId: randomUUID(),
          from: [{ channel: 'web', id: 'aigul' }],
          content: { kind: 'text', text },
          sentAt: new Date(),
        })
        .catch(reject);
    });

  it('is at most 22 commands: 5 to take it in, 11 to settle it, 4 to send the reply, and 2 for news that comes late', async () => {
    await isAnswered('Сәлеметсіз бе');
    const questions = [
      '42500 теңге кімге беріледі?',
      'Маскасыз жүрсе қанша айыппұл салады?',
      '42500 теңге кімге беріледі?',
      'Маскасыз жүрсе қанша айыппұл салады?',
    ];
    const before = service.commands();
    for (const question of questions) await isAnswered(question);
    expect(service.commands() - before).to.be.within(16 * questions.length, 22 * questions.length);
  });
});
