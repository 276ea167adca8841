/** A programme that staff add beside those of the pack: named by residents, asked about, looked up and answered without a line of code. */
import { expect } from 'chai';
import { bytesSource, iinOf } from '../facts/lists/files.js';
import { createRoom, type Room, unlistedIin } from './room.js';

/** With plain spaces: a sum is written with ones that do not break. */
const spaced = (text: string): string => text.replace(/\s/gu, ' ');

describe('a fourth programme', function () {
  this.timeout(240_000);
  let room: Room;
  before(async () => {
    room = await createRoom();
    const { core } = room.service;
    const before = await core.programmes.find('pay-42500');
    if (!before) throw new Error('The pack lacks a programme.');
    const text = (kk: string, ru: string) => ({ kk, ru });
    await core.programmes.save({
      id: 'grant-25000',
      version: 0,
      by: 'ed',
      sample: false,
      fields: {
        ...before.fields,
        amount: 25_000,
        intent: 'service:eligibility-grant-25000',
        shortName: text('25 000 ₸ шәкіртақы', 'стипендия 25 000 ₸'),
        keywords: ['стипенди', 'шәкіртақы'],
        questions: { kk: ['шәкіртақы тізімінде бармын ба'], ru: ['есть ли я в списке на стипендию'] },
        articles: [],
        openUntil: '2020-04-20',
        resultTexts: {
          ...before.fields.resultTexts,
          paid: text('Шәкіртақы {{amount}} аударылды ({{date}}).', 'Стипендия {{amount}} перечислена ({{date}}).'),
        },
      },
    });
    const list = `iin,status,amount,date\n${iinOf(40)},paid,25000,2020-04-21\n`;
    const order = { fileName: 'grants.csv', programmeId: 'grant-25000', asOf: '2020-04-22', by: 'ed' };
    const { done } = await core.lists.begin({ ...order, source: bytesSource(Buffer.from(list)) });
    await core.lists.apply((await done)._id, 'ed', true);
  });
  after(async () => {
    await room?.lookOver();
    await room?.close();
  });

  it('is asked for by its words or its amount, in both languages', async () => {
    const asked = {
      'Проверьте, есть ли я в списке на стипендию': 'стипендия 25 000 ₸',
      'Мені шәкіртақы тізімінен тексеріп беріңізші': '25 000 ₸ шәкіртақы',
      'Проверьте меня по списку на 25 000': 'стипендия 25 000 ₸',
      'Проверьте меня по списку на 42 500': 'госвыплата 42 500 ₸',
    };
    for (const [question, name] of Object.entries(asked)) {
      expect(await room.resident().says(question), question).to.include(name);
    }
  });

  it('answers with its own texts, the sum, the day and the day of its list', async () => {
    const resident = room.resident();
    await resident.says('Проверьте, есть ли я в списке на стипендию');
    const answer = spaced(await resident.says(iinOf(40)));
    expect(answer).to.include('Стипендия 25 000 ₸ перечислена (21.04.2020)').and.to.include('22.04.2020');
  });

  it('says that nobody can apply any more instead of where to apply', async () => {
    const resident = room.resident();
    await resident.says('Проверьте, есть ли я в списке на стипендию');
    expect(await resident.says(unlistedIin())).to.include('Приём заявлений закончился 20.04.2020');
  });

  it('stands among the others where all lists are asked', async () => {
    const resident = room.resident();
    await resident.says('Проверьте, есть ли я в списках выплат');
    const answer = spaced(await resident.says(iinOf(40)));
    expect(answer).to.include('Стипендия 25 000 ₸ перечислена').and.to.include('госвыплата 42 500 ₸: в списке *нет*');
  });
});
