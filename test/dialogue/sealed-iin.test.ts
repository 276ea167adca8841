/** A sealed copy of an IIN for an appeal: only after a yes, only for who answers, with a reason, for 72 hours, and nowhere else. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { systemClocks } from '../../src/clock.js';
import { createSealedIins } from '../../src/facts/appeals/sealed-iins.js';
import { createAudit } from '../../src/facts/audit/audit.js';
import { createResident } from '../support/resident.js';
import { testSecrets } from '../support/service.js';
import { createRoom, listed, type Room, unlistedIin, wrongIin } from './room.js';

describe('a sealed IIN', function () {
  this.timeout(240_000);
  let room: Room;
  before(async () => {
    room = await createRoom();
  });
  after(async () => {
    await room?.lookOver();
    await room?.close();
  });
  const sealedOf = async (resident: ReturnType<Room['resident']>) =>
    room.service.connection
      .collection('sealed_iins')
      .find({ conversationId: await resident.conversationId() })
      .toArray();
  /** As staff of a process whose clock is so many hours ahead. */
  const appeals = (hours = 0) => {
    const clock = { now: () => new Date(Date.now() + hours * 3_600_000) };
    const { store } = room.service;
    const audit = createAudit({ store, clock, newId: randomUUID, mask: (text) => text, keptDays: 30 });
    return createSealedIins({ store, audit, clocks: { ...systemClocks, real: clock }, secret: testSecrets.appeals });
  };
  const refusal = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'opened',
      (error: { code?: string }) => error.code ?? 'another error',
    );
  const words = {
    ru: {
      check: 'Проверьте меня по списку на 42500',
      person: 'позовите специалиста',
      offered: 'запечатанным',
      yes: 'да',
      again: 'Пришлите ИИН ещё раз',
      fault: 'контрольная цифра',
      done: 'ИИН запечатан',
      no: 'нет',
      declined: 'ИИН специалисту не передаю',
    },
    kk: {
      check: 'Мені 42500 тізімінен тексеріп беріңізші',
      person: 'маман керек',
      offered: 'мөрленген күйде',
      yes: 'иә',
      again: 'ЖСН-ді тағы бір рет жіберіңіз',
      fault: 'бақылау',
      done: 'ЖСН мөрленіп',
      no: 'жоқ',
      declined: 'ЖСН маманға берілмейді',
    },
  } as const;

  for (const language of ['ru', 'kk'] as const) {
    const say = words[language];
    it(`is offered where a refusal goes to a specialist, and made after a yes alone (${language})`, async () => {
      const resident = room.resident();
      const { iin } = listed('pay-42500', 'refused');
      await resident.says(say.check);
      await resident.says(iin);
      expect(await resident.says(say.person)).to.include(say.offered);
      expect(await sealedOf(resident), 'nothing before the yes').to.deep.equal([]);
      expect(await resident.says(say.yes)).to.include(say.again);
      expect((await resident.says(wrongIin(iin))).toLowerCase()).to.include(say.fault);
      expect(await sealedOf(resident), 'a faulty number').to.deep.equal([]);
      const { receipt, _id } = await room.openTicket(resident);
      expect(await resident.says(iin))
        .to.include(say.done)
        .and.to.include(receipt);
      const [sealed] = await sealedOf(resident);
      const ticket = await room.service.store.tickets.find(_id);
      expect(ticket?.messages).to.include(String(sealed?._id));
      const hours = (new Date(sealed?.expiresAt).getTime() - Date.now()) / 3_600_000;
      expect(hours).to.be.within(71.9, 72);
    });

    it(`is not made after a no, nor offered again for the same question (${language})`, async () => {
      const resident = room.resident();
      await resident.says(say.check);
      await resident.says(unlistedIin());
      expect(await resident.says(say.person)).to.include(say.offered);
      expect(await resident.says(say.no)).to.include(say.declined);
      expect(await resident.says(say.person)).not.to.include(say.offered);
      expect(await sealedOf(resident)).to.deep.equal([]);
    });
  }

  for (const [language, yes] of [
    ['ru', 'да'],
    ['kk', 'иә'],
  ] as const) {
    it(`and one in a photo's caption is looked up like any other, after consent (${language})`, async () => {
      const resident = room.resident();
      await resident.says({ ru: 'здравствуйте', kk: 'сәлеметсіз бе' }[language]);
      const { iin } = listed('pay-42500', 'paid');
      const asked = await resident.showsPhoto(`${iin.slice(0, 6)} ${iin.slice(6)}`);
      expect(asked).to.include(room.texts(language, 'bot:iinPrivacy.notice'));
      expect(await resident.says(yes)).to.match(/42\s500\s₸/u);
      const [photo] = (await resident.messages()).filter(({ kind }) => kind === 'media');
      expect(photo?.text).to.equal('⟨iin⟩');
    });
  }

  it('is opened by who has the ticket, with a reason that is written down first, and not after its term', async () => {
    const resident = room.resident();
    const { iin } = listed('pay-50000', 'refused');
    for (const text of [words.ru.check, iin, words.ru.person, 'да']) await resident.says(text);
    const { _id: ticketId } = await room.openTicket(resident);
    await room.tickets.claim(ticketId, 'aigerim');
    expect(await resident.says(iin), 'also while the specialist has the conversation').to.include(words.ru.done);
    const { store } = room.service;
    const ticket = await store.tickets.find(ticketId);
    const [sealed] = await appeals().ofTicket({ messages: ticket?.messages ?? [] });
    const message = sealed?.messageId ?? '';
    expect(await refusal(appeals().reveal(ticketId, message, 'aigerim', ' '))).to.equal('reason-missing');
    expect(await refusal(appeals().reveal(ticketId, message, 'serik', 'Сверить с реестром'))).to.equal('not-yours');
    expect(await store.audit.find({ action: 'iin-revealed', limit: 9 })).to.deep.equal([]);
    expect(await appeals().reveal(ticketId, message, 'aigerim', 'Сверить с реестром')).to.equal(iin);
    const [entry] = await store.audit.find({ action: 'iin-revealed', limit: 9 });
    expect(entry).to.deep.include({ by: 'aigerim', subject: `ticket:${ticketId}`, reason: 'Сверить с реестром' });
    expect(await refusal(appeals(73).reveal(ticketId, message, 'aigerim', 'Сверить с реестром'))).to.equal('gone');
    const indexes = await room.service.connection.collection('sealed_iins').indexes();
    expect(indexes.map((index) => index.expireAfterSeconds)).to.include(0);
  });

  it('stands in no export and is removed with all else that is kept of the resident', async () => {
    const resident = createResident(room.service);
    const { iin } = listed('pay-42500', 'refused');
    for (const text of [words.ru.check, iin, words.ru.person, 'да', iin]) await resident.says(text);
    const { contactRecords } = room.service.store;
    const contactId = await resident.conversationId();
    const kept = await contactRecords.read(contactId);
    expect(Object.keys(kept)).not.to.include('sealed_iins');
    expect((await contactRecords.erase(contactId)).sealed_iins).to.equal(1);
  });
});
