/** A person answers from the telephone itself: their words join the conversation, and the bot keeps out of it. */
import { expect } from 'chai';
import { createRoom, type Room } from '../dialogue/room.js';

describe('an answer from the telephone', () => {
  let room: Room;
  before(async () => {
    room = await createRoom();
  });
  after(() => room.close());

  it('answers the ticket that waits, once, however often the channel shows it', async () => {
    const resident = room.resident();
    await resident.says('Соедините с оператором, мне не отвечают на обращение');
    await resident.isAnsweredByPhone('Здравствуйте, ваш ИИН 900101300017 проверен', 'own-1');
    await resident.isAnsweredByPhone('Здравствуйте, ваш ИИН 900101300017 проверен', 'own-1');
    const ticket = await room.openTicket(resident);
    expect(ticket.status).to.equal('answered');
    const rows = await room.service.store.outbox.latest(await resident.conversationId(), 10);
    const byPhone = rows.filter((row) => row.origin === 'phone');
    expect(byPhone.map((row) => row.text)).to.deep.equal(['Здравствуйте, ваш ИИН ⟨iin⟩ проверен']);
    expect(byPhone[0]?.answers).to.deep.equal(ticket.messages);
  });

  it('silences the bot there: a question goes to the inbox, thanks to nobody, and danger is answered all the same', async () => {
    const resident = room.resident();
    await resident.says('Сәлеметсіз бе');
    await resident.isAnsweredByPhone('Сәлеметсіз бе, тыңдап тұрмын');
    await resident.writes('42500 теңге кімге беріледі?');
    await resident.settles();
    await resident.writes('рахмет');
    const messages = await resident.settles();
    const ticket = await room.openTicket(resident);
    expect(ticket.reason).to.equal('answered-by-phone');
    expect(messages.map((message) => message.outcome)).to.deep.equal([
      messages[0]?.outcome,
      { kind: 'ticket', ticketId: ticket._id },
      { kind: 'silence', reason: 'answered-by-phone' },
    ]);
    expect(await resident.says('адам тыныс алмай жатыр, өліп бара жатыр')).to.include('103');
  });

  it('leaves other residents to the bot, and this one again when the time is over', async () => {
    const other = room.resident();
    expect(await other.says('42500 теңге кімге беріледі?')).to.include('42');
    const resident = room.resident();
    await resident.says('Сәлеметсіз бе');
    await resident.isAnsweredByPhone('Тыңдап тұрмын');
    const { connection } = room.service;
    await connection.db
      ?.collection('conversations')
      .updateOne(
        { _id: (await resident.conversationId()) as never },
        { $set: { phoneUntil: new Date(Date.now() - 1) } },
      );
    expect(await resident.says('Маскасыз жүрсе қанша айыппұл салады?')).to.match(/бетперде/);
  });

  it('does not take what the outbox is sending for a word from the telephone', async () => {
    const resident = room.resident();
    await resident.says('42500 теңге кімге беріледі?');
    const [sent] = await room.service.store.outbox.latest(await resident.conversationId(), 1);
    await resident.isAnsweredByPhone(sent?.text ?? '', sent?.externalId);
    expect(await resident.says('Маскасыз жүрсе қанша айыппұл салады?')).to.match(/бетперде/);
  });
});
