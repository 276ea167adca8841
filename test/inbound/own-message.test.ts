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

  it('is left what was asked before it and not answered yet, by whichever of the two the service heard first', async () => {
    const { store } = room.service;
    const resident = room.resident();
    await resident.says('Сәлеметсіз бе');
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    await resident.isAnsweredByPhone('Маска тағу міндетті.', 'own-late', minutesAgo(15));
    const asks = (externalId: string, sentAt: Date, late: boolean) =>
      room.service.core.intake.receive({
        ...{ externalId, from: [{ channel: 'web', id: resident.id }], sentAt, ...(late ? { late } : {}) },
        content: { kind: 'text', text: 'Маскасыз жүрсе қанша айыппұл салады?' },
      });
    await asks('asked-before', minutesAgo(20), false);
    await asks('asked-long-before', minutesAgo(300), true);
    const messages = await resident.settles();
    expect(messages.slice(1).map(({ outcome }) => outcome)).to.deep.equal([
      { kind: 'silence', reason: 'answered-by-phone' },
      { kind: 'silence', reason: 'answered-by-phone' },
    ]);
    expect(await store.tickets.openOf(await resident.conversationId())).to.deep.equal([]);
  });

  it('leaves danger and стоп to the bot all the same: both are answered though a person wrote after them', async () => {
    const resident = room.resident();
    await resident.says('Сәлеметсіз бе');
    await resident.isAnsweredByPhone('Тыңдап тұрмын', 'own-after-danger', new Date(Date.now() - 60_000));
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    for (const [text, words] of [
      ['адам тыныс алмай жатыр, өліп бара жатыр', /103/],
      ['тоқта', /жазбаймыз|мазаламаймыз/],
    ] as const) {
      await room.service.core.intake.receive({
        ...{ externalId: text, from: [{ channel: 'web', id: resident.id }], sentAt: minutesAgo(2) },
        content: { kind: 'text', text },
      });
      expect((await resident.hears()).text).to.match(words);
    }
    expect((await room.service.store.contacts.find(await resident.conversationId()))?.stopped).to.equal(true);
  });

  it('silences the bot from when it was written, not from when it was heard', async () => {
    const resident = room.resident();
    await resident.says('Сәлеметсіз бе');
    await resident.isAnsweredByPhone('Тыңдап тұрмын', 'own-of-yesterday', new Date(Date.now() - 24 * 3_600_000));
    expect(await resident.says('Маскасыз жүрсе қанша айыппұл салады?')).to.match(/бетперде/);
  });

  it('is none where a reply of ours is shown whose fate nobody knew: that is known by now', async () => {
    const { store, connection } = room.service;
    const resident = room.resident();
    await resident.says('42500 теңге кімге беріледі?');
    const [sent] = await store.outbox.latest(await resident.conversationId(), 1);
    const rows = connection.collection('outbox');
    for (const [status, externalId] of [
      ['uncertain', 'shown-later'],
      ['sent', 'arrived-by-a-person'],
    ] as const) {
      await rows.updateOne({ _id: sent?._id as never }, { $set: { status }, $unset: { externalId: 1 } });
      await resident.isAnsweredByPhone(sent?.text ?? '', externalId);
      expect(await store.outbox.find(sent?._id ?? '')).to.include({ status: 'sent', externalId });
    }
    await rows.updateOne(
      { _id: sent?._id as never },
      { $set: { status: 'failed', pastExternalIds: ['failed-late'] }, $unset: { externalId: 1 } },
    );
    await resident.isAnsweredByPhone(sent?.text ?? '', 'failed-late');
    const all = await store.outbox.latest(await resident.conversationId(), 9);
    expect(all.map(({ origin }) => origin)).to.deep.equal(['bot']);
    expect(await resident.says('Маскасыз жүрсе қанша айыппұл салады?')).to.match(/бетперде/);
  });

  it('does not pass for the second of two equal replies where it is the first, so that the second may still be a person’s to decide', async () => {
    const { store, connection } = room.service;
    const resident = room.resident();
    for (let asked = 0; asked < 2; asked += 1) await resident.says('Маскасыз жүрсе қанша айыппұл салады?');
    const [first, second] = await store.outbox.latest(await resident.conversationId(), 2);
    const text = first?.text ?? '';
    const rows = connection.collection('outbox');
    await rows.updateOne(
      { _id: second?._id as never },
      { $set: { text, status: 'uncertain' }, $unset: { externalId: 1 } },
    );
    await resident.isAnsweredByPhone(text, first?.externalId);
    expect((await store.outbox.find(second?._id ?? ''))?.status).to.equal('uncertain');
    await resident.isAnsweredByPhone(text, 'of-the-second');
    expect(await store.outbox.find(second?._id ?? '')).to.include({ status: 'sent', externalId: 'of-the-second' });
  });

  it('does not take what the outbox is sending for a word from the telephone', async () => {
    const resident = room.resident();
    await resident.says('42500 теңге кімге беріледі?');
    const [sent] = await room.service.store.outbox.latest(await resident.conversationId(), 1);
    await resident.isAnsweredByPhone(sent?.text ?? '', sent?.externalId);
    expect(await resident.says('Маскасыз жүрсе қанша айыппұл салады?')).to.match(/бетперде/);
  });
});
