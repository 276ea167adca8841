/** Who asked to be told hears of a new list once, when it changes their answer: not after стоп, not twice, and not for nothing. */
import { expect } from 'chai';
import { createRoom, listed, type Room, unlistedIin } from '../dialogue/room.js';
import { bytesSource, iinOf } from '../facts/lists/files.js';

const person = iinOf(60);

describe('a new list', function () {
  this.timeout(240_000);
  let room: Room;
  before(async () => {
    room = await createRoom();
  });
  after(async () => {
    await room?.lookOver();
    await room?.close();
  });

  /** Puts a list of these rows in force and lets the job look, in two processes at once. */
  const load = async (...rows: readonly string[]): Promise<void> => {
    const { lists, listNotices } = room.service.core;
    const bytes = Buffer.from(
      `iin,status,amount,date\n${[...rows, `${iinOf(99)},paid,42500,2020-04-20`].join('\n')}\n`,
    );
    const order = { fileName: 'x.csv', programmeId: 'pay-42500', asOf: '2020-04-23', by: 'ed' };
    const { done } = await lists.begin({ ...order, source: bytesSource(bytes) });
    await lists.apply((await done)._id, 'ed', true);
    await Promise.all([listNotices.look(), listNotices.look()]);
  };
  /** Asks after one list, and says yes to being told where that is offered. */
  const asks = async (iin: string, answer = 'да') => {
    const resident = room.resident();
    await resident.says('Проверьте меня по списку на 42500');
    const told = await resident.says(iin);
    expect(told).to.include('Написать вам самому');
    await resident.says(answer);
    const notices = async () =>
      (await room.service.store.outbox.latest(await resident.conversationId(), 100)).filter(
        ({ origin }) => origin === 'job',
      );
    return { resident, notices };
  };

  it('is told to who asked for it, once, in full', async () => {
    const waiting = await asks(person);
    const declined = await asks(person, 'нет');
    const stopped = await asks(person);
    await stopped.resident.says('стоп');
    const stays = await asks(unlistedIin());
    await load(`${person},approved,42500,2020-04-22`);
    const [notice, ...more] = await waiting.notices();
    expect(more).to.deep.equal([]);
    expect(notice?.text.replace(/[^\S\n]/gu, ' '))
      .to.include('Вы просили сообщить')
      .and.to.include('*одобрена* выплата 42 500 ₸ (22.04.2020)')
      .and.to.include('23.04.2020')
      .and.to.include('*стоп*');
    expect(notice?.answers).to.deep.equal([]);
    for (const { notices } of [declined, stopped, stays]) expect(await notices()).to.deep.equal([]);
    await load(`${person},paid,42500,2020-04-23`);
    expect(await waiting.notices(), 'told once').to.have.length(1);
    await load(`${unlistedIin()},paid,42500,2020-04-23`);
    expect(await stays.notices(), 'told when it changes, lists later').to.have.length(1);
  });

  it('is told again to who stands in review only', async () => {
    await load();
    const waiting = await asks(person);
    await load(`${person},in-review,42500,2020-04-22`);
    expect((await waiting.notices()).map(({ text }) => /рассмотрении/.test(text))).to.deep.equal([true]);
    await load(`${person},refused,42500,2020-04-23`);
    expect((await waiting.notices()).at(-1)?.text).to.include('отказано');
    await load(`${person},paid,42500,2020-04-23`);
    expect(await waiting.notices()).to.have.length(2);
  });

  it('asks nobody who is on a list already', async () => {
    const resident = room.resident();
    await resident.says('Проверьте, есть ли я в списке на 50 000');
    expect(await resident.says(listed('pay-50000', 'paid').iin)).not.to.include('Написать вам самому');
  });
});
