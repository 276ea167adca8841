/** Conversations through the real service where a list, a specialist or the staff's switch decides: IINs, receipts, danger, modes, end dates. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createRoom, listed, type Room, unlistedIin, wrongIin } from './room.js';

describe('a conversation that meets lists and specialists', function () {
  this.timeout(240_000);
  let room: Room;
  before(async () => {
    // Two halves of a number, or the parts of a question, may come slowly on a busy machine.
    room = await createRoom({ WAIT_AFTER_LAST_MS: '1500', WAIT_AT_MOST_MS: '4000' });
  });
  after(async () => {
    try {
      await room.lookOver();
    } finally {
      await room.close();
    }
  });
  afterEach(async () => {
    room.setClock('2020-04-23T10:00:00+05:00');
    await room.service.store.settings.setMode('answers', new Date(), 'test');
  });

  for (const [status, words] of [
    ['approved', /одобрен/i],
    ['paid', /выплачен|перечислен/i],
    ['in-review', /рассмотрени|рассматрива/i],
    ['refused', /отказ/i],
  ] as const) {
    it(`checks a person of the sample list whose state is ${status}`, async () => {
      const resident = room.resident();
      expect(await resident.says('проверьте, есть ли я в списке 42500')).to.match(/12 цифр/);
      expect(await resident.says(listed('pay-42500', status).iin)).to.match(words);
    });
  }

  it('names a fault twice, then offers a person, and tells who stands in no list', async () => {
    const resident = room.resident();
    await resident.says('42500 тізімінде бармын ба, тексеріңізші');
    const iin = unlistedIin();
    expect(await resident.says(wrongIin(iin))).not.to.match(/\*маман\*/);
    expect(await resident.says(wrongIin(iin))).to.match(/\*маман\*/);
    expect(await resident.says(iin)).to.match(/жоқ/);
  });

  it('asks before it looks up a bare number', async () => {
    const resident = room.resident();
    expect(await resident.says(listed('pay-42500', 'paid').iin)).to.match(/(да.*нет|иә.*жоқ)/s);
    expect(await resident.says('да')).to.match(/42\D500/);
  });

  it('checks the programme that a message names rather than the one asked about before', async () => {
    const resident = room.resident();
    await resident.says('проверьте, есть ли я в списке 42500');
    const answer = await resident.says(`проверьте 50000 ${listed('pay-50000', 'approved').iin}`);
    expect(answer)
      .to.match(/50\D000/)
      .and.not.to.match(/42\D500/);
  });

  it('joins a number that came in two messages', async () => {
    const resident = room.resident();
    await resident.says('проверьте, есть ли я в списке 42500');
    const { iin } = listed('pay-42500', 'paid');
    await resident.writes(iin.slice(0, 6));
    expect(await resident.says(iin.slice(6))).to.match(/42\D500/);
  });

  for (const [fragments, answer] of [
    [['сәлем', '42500', 'қашан түседі'], /жағдайы бойынша/],
    [['привет', '42500', 'когда придёт'], /По состоянию на/],
  ] as const) {
    it(`answers three fragments that make one question with one reply: ${fragments.join(' … ')}`, async () => {
      const resident = room.resident();
      const [greeting, amount, rest] = fragments;
      await resident.writes(greeting);
      await resident.writes(amount);
      expect(await resident.says(rest)).to.match(answer);
      const messages = await resident.settles();
      expect(new Set(messages.map((message) => JSON.stringify(message.outcome)))).to.have.property('size', 1);
      const rows = await room.service.store.outbox.latest(await resident.conversationId(), 10);
      expect(rows.map((row) => row.answers)).to.deep.equal([messages.map((message) => message._id)]);
    });
  }

  it('tells how a ticket stands to its owner alone, in Latin and Cyrillic', async () => {
    const resident = room.resident();
    expect(await resident.says('позовите специалиста')).to.match(/K-\w{4}/);
    const { receipt } = await room.openTicket(resident);
    const stands = await resident.says(receipt);
    expect(stands).to.match(/в очереди/);
    expect(await resident.says(receipt.replace('K', 'К'))).to.equal(stands);
    const other = room.resident();
    await other.says('привет');
    expect(await other.says(receipt)).to.match(/не нашлось/);
    await resident.says('позовите специалиста');
    expect(await room.openTickets(resident), 'asking again joins').to.have.length(1);
  });

  it('adds to an open ticket the question that an answer did not settle', async () => {
    const resident = room.resident();
    await resident.says('позовите специалиста');
    await resident.says('Какой штраф за то, что без маски?');
    expect(await resident.says('2')).to.match(/Добавил/);
    const messages = await resident.messages();
    expect((await room.openTicket(resident)).messages).to.deep.equal(messages.map((message) => message._id));
  });

  it('says when specialists are back outside their hours', async () => {
    room.setClock('2020-04-23T23:00:00+05:00');
    expect(await room.resident().says('позовите специалиста')).to.match(/завтра в 0?9:00/);
  });

  it('is silent while a specialist holds the conversation, except in danger', async () => {
    const resident = room.resident();
    await resident.says('маман керек');
    const ticket = await room.openTicket(resident);
    await room.tickets.claim(ticket._id, randomUUID());
    await resident.writes('42500 қашан түседі?');
    const messages = await resident.settles();
    expect(messages.at(-1)?.outcome).to.include({ kind: 'silence', reason: 'held-by-specialist' });
    expect(await resident.says('әкем дем ала алмай жатыр')).to.match(/^❗.*103/s);
  });

  it('hands over a question whose article is past its end date', async () => {
    const { articles } = room.service.core;
    const question = 'Какой штраф за то, что без маски?';
    const first = room.resident();
    await first.says(question);
    const [message] = await first.settles();
    const id = message?.understood?.label?.replace('faq:', '') ?? '';
    const article = await articles.find(id);
    if (!article?.published) throw new Error(`“${id}” is not published.`);
    const drafted = await articles.saveDraft(
      id,
      { ...article.published, validUntil: '2020-04-30' },
      'test',
      article.version,
    );
    await articles.publish(id, 'test', drafted.version);
    room.setClock('2020-04-30T12:00:00+05:00');
    expect(await room.resident().says(question), 'its last day').to.match(/Источник|По состоянию/);
    room.setClock('2020-05-04T12:00:00+05:00');
    const late = room.resident();
    expect(await late.says(question)).to.match(/обновляется/);
    expect(await room.openTicket(late)).to.include({ reason: 'content-expired', label: `faq:${id}` });
  });

  for (const mode of ['drafts', 'inbox'] as const) {
    it(`sends nothing but opens a ticket in mode ${mode}`, async () => {
      await room.service.store.settings.setMode(mode, new Date(), 'test');
      const resident = room.resident();
      await resident.writes('Какой штраф за то, что без маски?');
      await resident.settles();
      expect(await room.openTicket(resident)).to.include({ reason: `mode-${mode}` });
      const rows = await room.service.store.outbox.latest(await resident.conversationId(), 10);
      const drafts = await room.service.store.outbox.drafts(await resident.conversationId());
      expect(rows.filter((row) => row.status !== 'draft')).to.have.length(0);
      expect(drafts).to.have.length(mode === 'drafts' ? 1 : 0);
    });
  }
});
