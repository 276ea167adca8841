/** After a specialist's answer, through the real service: how the resident rates it, what reopens a question, and what does not. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createRoom, type Room } from './room.js';

describe('after a specialist’s answer', function () {
  this.timeout(90_000);
  let room: Room;
  before(async () => {
    room = await createRoom();
  });
  after(async () => {
    try {
      await room.lookOver();
    } finally {
      await room.close();
    }
  });
  type Resident = ReturnType<Room['resident']>;
  /** Asks for a person, is answered, and the ticket is resolved; the resident heard all of it. */
  const answered = async (resident: Resident, asks: string): Promise<string> => {
    await resident.says(asks);
    const { _id: ticketId } = await room.openTicket(resident);
    const request = { text: 'Бригада в пути.', requestId: randomUUID(), staffId: 'aigul' };
    await room.tickets.reply(ticketId, request);
    expect((await resident.hears()).text).to.equal('Бригада в пути.');
    await room.tickets.resolve(ticketId, 'aigul');
    expect((await resident.hears()).text).to.include('👍');
    return ticketId;
  };
  const ticket = (id: string) => room.service.store.tickets.find(id);

  it('is rated by one tap, in its own language, and once more by a bare thumb; nobody is asked twice', async () => {
    const resident = room.resident();
    const id = await answered(resident, 'соедините со специалистом');
    expect(await resident.taps('👍')).to.include('Спасибо за оценку');
    expect(await ticket(id)).to.include({ rating: 'good', status: 'resolved' });
    expect(await resident.says('👎🏽')).to.include('что осталось неясным');
    expect((await ticket(id))?.rating).to.equal('bad');
    // Who was not helped writes what is missing: that opens it again.
    expect(await resident.says('соедините со специалистом')).to.include((await ticket(id))?.receipt ?? '');
    expect(await ticket(id))
      .to.include({ status: 'waiting' })
      .and.not.have.property('claimedBy');
    await room.tickets.resolve(id, 'aigul');
  });

  it('takes no number, amount or cry for help for a rating, and what was asked meanwhile stays open', async () => {
    const resident = room.resident();
    const id = await answered(resident, 'маманмен сөйлескім келеді');
    expect(await resident.says('мәзір')).to.match(/1/);
    expect(await resident.says('👍')).to.include('рахмет');
    // The menu is still open: its number picks from it.
    expect(await resident.says('1')).to.not.match(/рахмет|👍/);
    await resident.says('42500');
    expect(await resident.says('жедел жәрдем керек, тыныс ала алмай жатыр')).to.include('103');
    expect((await ticket(id))?.rating).to.equal('good');
    for (const open of await room.openTickets(resident)) await room.tickets.resolve(open._id, 'aigul');
  });

  it('a thumb that nobody asked for rates nothing', async () => {
    const resident = room.resident();
    expect(await resident.says('👍'))
      .to.not.include('оценку')
      .and.not.include('Бағаңызға');
  });

  it('is reopened by what the bot cannot settle and by a quote of the answer; a new question is simply answered', async () => {
    const resident = room.resident();
    const id = await answered(resident, 'соедините со специалистом');
    await resident.says('Когда придут 42500?');
    expect((await ticket(id))?.status).to.equal('resolved');
    expect(await resident.quotes('Бригада', 'её всё ещё нет')).to.include('Снова открыл');
    expect(await ticket(id)).to.include({ status: 'waiting' });
    expect((await ticket(id))?.messages).to.have.length(2);
    // Four days later it is a new question.
    await room.tickets.resolve(id, 'aigul');
    const early = new Date(Date.now() - 73 * 3_600_000);
    await room.service.connection
      .collection('tickets')
      .updateOne({ _id: id as never }, { $set: { resolvedAt: early } });
    expect(await resident.says('соедините со специалистом')).to.not.include('Снова открыл');
    expect((await room.openTicket(resident))._id).to.not.equal(id);
  });

  it('while a specialist holds the conversation the bot is silent and says to staff what it would have answered', async () => {
    const resident = room.resident();
    await resident.says('соедините со специалистом');
    const { _id: id } = await room.openTicket(resident);
    await room.tickets.claim(id, 'aigul');
    await resident.writes('Когда придут 42500?');
    const last = (await resident.settles()).at(-1);
    expect(last?.outcome).to.deep.equal({ kind: 'silence', reason: 'held-by-specialist' });
    expect(last?.understood?.wouldSay).to.match(/По состоянию на/);
    await resident.writes('соедините со специалистом');
    expect((await resident.settles()).at(-1)?.understood).to.not.have.property('wouldSay');
    await room.tickets.release(id, 'aigul');
  });

  it('стоп is kept while a specialist holds the conversation and under a quoted answer: only asked answers come after it', async () => {
    const resident = room.resident();
    await resident.says('соедините со специалистом');
    const { _id: id } = await room.openTicket(resident);
    await room.tickets.claim(id, 'aigul');
    const stopped = async () => (await room.service.store.contacts.find(await resident.conversationId()))?.stopped;
    expect(await resident.says('стоп')).to.match(/сами мы вам писать не будем/);
    expect(await stopped()).to.equal(true);
    await room.tickets.release(id, 'aigul');

    const quoting = room.resident();
    await answered(quoting, 'соедините со специалистом');
    expect(await quoting.quotes('Бригада', 'стоп')).to.match(/сами мы вам писать не будем/);
  });
});
