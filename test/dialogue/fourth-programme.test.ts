/** A programme that staff add beside those of the pack: named by residents, asked about, looked up and answered without a line of code. */
import { expect } from 'chai';
import type { ListStatus } from '../../src/facts/eligibility/programme-fields.js';
import { programmeFieldsOf, results } from '../../src/web/staff/programme-form.js';
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
    await load('grant-25000', `${iinOf(40)},paid,25000,2020-04-21`);
  });
  const load = async (programmeId: string, row: string): Promise<void> => {
    const { lists } = room.service.core;
    const order = { fileName: 'list.csv', programmeId, asOf: '2020-04-22', by: 'ed' };
    const source = bytesSource(Buffer.from(`iin,status,amount,date\n${row}\n`));
    await lists.apply((await (await lists.begin({ ...order, source })).done)._id, 'ed', true);
  };
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

  it('made on the staff page with questions of its own, is reached by what residents write in both languages', async () => {
    const { core } = room.service;
    const texts = [
      ...['name', 'shortName', 'organiser', 'found'].map((name) => [name, 'көмірге көмек', 'помощь на уголь']),
      ...results.map((result) => [
        `result-${result}`,
        `${result} {{amount}} ({{date}})`,
        `${result}: {{amount}} ({{date}})`,
      ]),
      ...results.map((result) => [`next-${result}`, 'Хабарласыңыз.', 'Обратитесь к нам.']),
      ...(['approved', 'paid', 'in-review', 'refused'] satisfies ListStatus[]).map((status) => [
        `statusName-${status}`,
        status,
        status,
      ]),
    ];
    const form = {
      ...Object.fromEntries(
        texts.flatMap(([name, kk = '', ru = '']) => [
          [`${name}Kk`, kk],
          [`${name}Ru`, ru],
        ]),
      ),
      amount: '20 000',
      frequency: 'once',
      listRefreshDays: '7',
      'has-approved': 'yes',
      keywords: 'көмір, угля, уголь',
      refusalReasons: 'unknown = себебі жоқ | без причины',
      questionsKk: 'маған 20000 теңге көмек тиесілі ме\nкөмірге ақша алушылар тізімінде бармын ба',
      questionsRu: 'положена ли мне помощь 20000 тенге\nесть ли я в списке на уголь',
    };
    const fields = programmeFieldsOf('coal', form, undefined);
    await core.programmes.save({ id: 'coal', fields, sample: false, by: 'ed', version: 0 });
    await load('coal', `${iinOf(41)},approved,20000,2020-04-20`);
    await core.index.refresh();

    const asked = {
      'маған 20000 теңге көмек тиесілі ме': ['көмірге көмек', 'approved 20 000 ₸ (20.04.2020)'],
      'көмір тізімінде бармын ба, қарап беріңізші': ['көмірге көмек', 'approved 20 000 ₸ (20.04.2020)'],
      'положена ли мне помощь 20000 тенге': ['помощь на уголь', 'approved: 20 000 ₸ (20.04.2020)'],
      'проверьте, есть ли я в списке на уголь': ['помощь на уголь', 'approved: 20 000 ₸ (20.04.2020)'],
    };
    for (const [question, [name = '', answer = '']] of Object.entries(asked)) {
      const resident = room.resident();
      const asksIin = await resident.says(question);
      expect(asksIin, question)
        .to.include(name)
        .and.to.match(/ЖСН|ИИН/);
      const told = spaced(await resident.says(iinOf(41)));
      expect(told, question).to.include(answer).and.to.include('22.04.2020').and.not.to.include('42 500');
    }
    // What is asked of the others stays theirs.
    expect(await room.resident().says('маған 42500 теңге тиесілі ме, тізімнен қараңызшы')).to.include('42 500');
  });
});
