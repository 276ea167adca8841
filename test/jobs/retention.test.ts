/** What is past its term goes, and nothing else: not what an open ticket is about, what waits for a person, or a wish to be left alone. */
import { expect } from 'chai';
import { createRetentionJob } from '../../src/jobs/retention-job.js';
import { database } from '../../src/store/connect.js';
import { createRoom, type Room } from '../dialogue/room.js';
import type { TestResident } from '../support/resident.js';

describe('what is past its term', function () {
  this.timeout(240_000);
  let room: Room;
  before(async () => {
    room = await createRoom();
  });
  after(() => room?.close());
  const inStore = (name: string) => database(room.service.connection).collection<{ _id: string }>(name);
  const count = (name: string, query: object): Promise<number> => inStore(name).countDocuments(query as never);
  const dayMs = 86_400_000;
  /** Makes all of a conversation older than it is. */
  const age = async (conversationId: string, days: number): Promise<void> => {
    const at = new Date(Date.now() - days * dayMs);
    await inStore('messages').updateMany({ conversationId } as never, { $set: { receivedAt: at } });
    await inStore('outbox').updateMany({ conversationId } as never, {
      $set: { createdAt: at, position: at.getTime() },
    });
    await inStore('tickets').updateMany({ conversationId, status: 'resolved' } as never, { $set: { resolvedAt: at } });
    await inStore('conversations').updateOne({ _id: conversationId }, { $set: { lastMessageAt: at } });
  };
  const run = async (): Promise<void> => {
    const { store } = room.service;
    const job = createRetentionJob({ store, clock: { now: () => new Date() }, messageDays: 100, ticketDays: 200 });
    await Promise.all([job.run(), job.run()]);
  };
  const left = async (id: string) => ({
    messages: await count('messages', { conversationId: id }),
    replies: await count('outbox', { conversationId: id }),
    tickets: await count('tickets', { conversationId: id }),
    contact: await count('contacts', { _id: id }),
  });
  const asks = async (...texts: readonly string[]): Promise<{ resident: TestResident; id: string }> => {
    const resident = room.resident();
    for (const text of texts) await resident.says(text);
    return { resident, id: await resident.conversationId() };
  };
  const resolve = (id: string) =>
    inStore('tickets').updateMany({ conversationId: id } as never, {
      $set: { status: 'resolved', resolvedAt: new Date() },
    });

  it('goes, with a resident of whom nothing else is left', async () => {
    const question = '42500 теңге кімге беріледі?';
    const [gone, young, open, resolved, stopped] = [
      await asks(question),
      await asks(question),
      await asks('позовите специалиста', 'не пришли деньги'),
      await asks('позовите специалиста'),
      await asks(question, 'стоп'),
    ];
    await resolve(resolved.id);
    await room.service.store.notes.add({
      ...{
        _id: 'note',
        ticketId: String(
          await inStore('tickets')
            .findOne({ conversationId: resolved.id } as never)
            .then((ticket) => ticket?._id),
        ),
      },
      ...{ conversationId: resolved.id, staffId: 'ed', kind: 'note', text: 'позвонить', at: new Date() },
    });
    for (const { id } of [gone, open, resolved, stopped]) await age(id, 150);
    await age(young.id, 50);
    const [youngBefore, openBefore] = [await left(young.id), await left(open.id)];
    await run();

    expect(await left(gone.id)).to.deep.equal({ messages: 0, replies: 0, tickets: 0, contact: 0 });
    expect(await count('contact_aliases', { contactId: gone.id })).to.equal(0);
    expect(await left(young.id), 'not that old').to.deep.equal(youngBefore);
    expect(await left(open.id), 'an open ticket').to.deep.equal(openBefore);
    expect(openBefore.tickets).to.equal(1);
    expect(await left(resolved.id), 'a ticket has a term of its own').to.deep.include({
      messages: 0,
      replies: 0,
      tickets: 1,
      contact: 1,
    });
    expect(await left(stopped.id), 'wishes to be left alone').to.deep.include({ messages: 0, replies: 0, contact: 1 });

    await age(resolved.id, 250);
    await age(open.id, 250);
    await run();
    expect(await left(resolved.id)).to.deep.equal({ messages: 0, replies: 0, tickets: 0, contact: 0 });
    expect(await count('ticket_notes', { conversationId: resolved.id })).to.equal(0);
    expect(await left(open.id)).to.deep.equal(openBefore);

    // Who was forgotten is a new resident, and is answered.
    expect(await gone.resident.says(question)).to.include('42');
  });

  it('stays where it was not settled, waits for a person, or is not on its way out yet', async () => {
    const { id } = await asks('Сәлем', '42500 қашан түседі?');
    await age(id, 150);
    const rows = await inStore('messages')
      .find({ conversationId: id } as never)
      .toArray();
    const replies = await inStore('outbox')
      .find({ conversationId: id } as never)
      .toArray();
    const [one, other] = rows;
    await inStore('messages').updateOne({ _id: one?._id ?? '' }, { $unset: { settledAt: '' } } as never);
    await inStore('messages').updateOne({ _id: other?._id ?? '' }, {
      $set: { parked: { error: 'x', at: new Date() } },
    } as never);
    await inStore('outbox').updateOne({ _id: replies[0]?._id ?? '' }, { $set: { status: 'uncertain' } } as never);
    await run();
    expect(await left(id)).to.deep.include({ messages: 2, replies: 1, contact: 1 });
  });
});
