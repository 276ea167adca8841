/** What was written while nobody listened waits for a person, and two machines that answer each other come to an end. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { systemClock } from '../../src/clock.js';
import { createLateAnswers } from '../../src/facts/channel/late-answers.js';
import { createRoom, type Room } from '../dialogue/room.js';
import { soon } from '../support/visitor.js';

describe('messages that came late', () => {
  let room: Room;
  before(async () => {
    room = await createRoom({ WAIT_AFTER_LAST_MS: '500', WAIT_AT_MOST_MS: '1500' });
  });
  after(() => room.close());

  /** The channel shows what stood there since yesterday. */
  const finds = async (id: string, texts: readonly string[]): Promise<void> => {
    for (const text of texts) {
      await room.service.core.intake.receive({
        externalId: randomUUID(),
        from: [{ channel: 'web', id }],
        content: { kind: 'text', text },
        sentAt: new Date('2020-04-22T09:05:00Z'),
        late: true,
      });
    }
  };
  const late = () => createLateAnswers({ store: room.service.store, clock: systemClock });

  it('get one dated answer for all, which goes out when staff let it, once', async () => {
    const resident = room.resident();
    await finds(resident.id, ['Здравствуйте', 'Какой штраф за то, что без маски?']);
    const messages = await resident.settles();
    const outcomes = new Set(messages.map(({ outcome }) => JSON.stringify(outcome)));
    expect(outcomes.size, 'one outcome for both').to.equal(1);
    const ticket = await room.openTicket(resident);
    expect(ticket).to.include({ reason: 'came-late', status: 'waiting' });
    const [waiting] = await late().waiting();
    expect(waiting?.answers).to.deep.equal(messages.map(({ _id }) => _id));
    expect(waiting?.text).to.include('22.04.2020, 14:05').and.match(/маск/);
    const pressed = await Promise.all([
      late().release([waiting?._id ?? ''], 'admin'),
      late().release(['other'], 'admin'),
    ]);
    expect(pressed).to.deep.equal([1, 0]);
    expect((await resident.hears()).text).to.equal(waiting?.text);
    expect(await late().release([waiting?._id ?? ''], 'admin')).to.equal(0);
    expect((await room.service.store.tickets.find(ticket._id))?.status).to.equal('resolved');
    expect(await resident.says('Какой штраф за то, что без маски?'), 'and the bot answers again').to.match(/маск/);
  });

  it('leave an answer alone that a specialist has taken', async () => {
    const resident = room.resident();
    await finds(resident.id, ['Какой штраф за то, что без маски?']);
    await resident.settles();
    const ticket = await room.openTicket(resident);
    await room.service.store.transaction((session) =>
      room.service.store.tickets.change(
        session,
        ticket._id,
        { status: ['waiting'] },
        { status: 'claimed', claimedBy: 'x' },
      ),
    );
    const waiting = (await late().waiting()).find(({ ticketId }) => ticketId === ticket._id);
    expect(waiting?.text).to.match(/маск/);
    expect(await late().release([waiting?._id ?? ''], 'admin')).to.equal(0);
  });
});

describe('a machine that answers the bot', () => {
  let room: Room;
  before(async () => {
    room = await createRoom({ TURNS_IN_TEN_MINUTES: '8' });
  });
  after(() => room.close());

  it('is answered so often as a person could ask; then a person is told and nobody answers any more', async () => {
    const machine = room.resident();
    const { store } = room.service;
    // Another authority's bot: whatever it hears, it has something to say, even what sounds like danger.
    const replies = [
      'Ваше обращение принято. Какой штраф за то, что без маски?',
      'Если человек не дышит, умирает, звоните 103',
    ];
    await machine.writes(replies[0] ?? '');
    for (let turn = 1; turn < 20; turn += 1) {
      await machine.settles();
      await machine.writes(replies[turn % 2] ?? '');
    }
    const messages = await machine.settles();
    const rows = await store.outbox.latest(await machine.conversationId(), 100);
    expect(rows).to.have.length(8);
    expect(messages).to.have.length(20);
    expect(
      messages.slice(8).every(({ outcome }) => outcome?.kind === 'ticket' || outcome?.kind === 'silence'),
    ).to.equal(true);
    const tickets = await store.tickets.openOf(await machine.conversationId());
    expect(tickets.length, 'people see it').to.be.above(0);
    await soon(async () => (await store.outbox.counts()).queued === 0);
  });

  it('of its own kind is no exception: each says to the other what it hears, and both fall silent', async () => {
    const machines = [room.resident(), room.resident()] as const;
    /** What the bot answers this one, if it does. */
    const answerTo = async (machine: (typeof machines)[number], words: string): Promise<string | undefined> => {
      await machine.writes(words);
      const { outcome } = (await machine.settles()).at(-1) ?? {};
      if (!outcome || !('outboxId' in outcome) || outcome.outboxId === undefined) return undefined;
      return (await room.service.store.outbox.find(outcome.outboxId))?.text;
    };
    let words: string | undefined = 'Какой штраф за то, что без маски?';
    let turns = 0;
    while (words !== undefined && turns < 60) {
      words = await answerTo(machines[turns % 2] ?? machines[0], words);
      turns += 1;
    }
    expect(words, 'the last one hears nothing').to.equal(undefined);
    expect(turns).to.be.within(2, 17);
  });
});
