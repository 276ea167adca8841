/** The named things of a message: payments, posts, choices, yes and no, receipts, wanted language, opt-in, restart. */
import { expect } from 'chai';
import { createFindCheckpoints } from '../../src/understand/checkpoint-names.js';
import { normalise } from '../../src/understand/normalise.js';
import { slotsOf } from '../../src/understand/slots.js';
import { packMaterial } from './trained.js';

const find = createFindCheckpoints(packMaterial().checkpoints);
const slots = (text: string) => slotsOf(text, normalise(text, 'kk'), find);

describe('slots', () => {
  const programmes: readonly (readonly [string, readonly string[]])[] = [
    ['42,5 мың қашан', ['pay-42500']],
    ['елу мың теңге', ['pay-50000']],
    ['біз біргеміз қоры', ['pay-50000']],
    ['birgemiz', ['pay-50000']],
    ['nur otan', ['pay-50000']],
    ['он бес мың свет', ['pay-15000']],
    ['42500 бе 50 мың ба', ['pay-42500', 'pay-50000']],
    ['қашан түседі', []],
    ['15 сәуір', []],
  ];
  for (const [text, expected] of programmes) {
    it(`names payments: ${text}`, () => {
      expect(slots(text).programmes).to.deep.equal(expected);
    });
  }

  for (const text of ['42500', '42 500 тг', '50 мың теңге?', 'елу мың', 'сәлем 42500', '42500 🙏']) {
    it(`hears nothing but an amount: ${text}`, () => {
      expect(slots(text).amountAlone).to.equal(true);
    });
  }
  for (const text of ['42500 қашан', '42500 15000', 'төлем', '77777', '']) {
    it(`hears more or less than one amount: “${text}”`, () => {
      expect(slots(text).amountAlone).to.equal(undefined);
    });
  }

  const posts: readonly (readonly [string, string])[] = [
    ['терениозек тагы пост ашык па', 'kzo'],
    ['Тереңөзек бекеті', 'syrdarya'],
    ['пост Теренозек работает?', 'syrdarya'],
    ['Жалағашта бекет жұмыс істей ме', 'zhalagash'],
    ['жалагаштагы пост', 'zhalagash'],
    ['Кармакшинский пост', 'karmakshy'],
    ['Қармақшыдағы бекет', 'karmakshy'],
    ['Жосалыда', 'karmakshy'],
    ['на посту Шиели', 'shieli'],
    ['shieli bekét', 'shieli'],
    ['Жаңақорған жолындағы бекет', 'zhanakorgan'],
    ['пост Жанакорган', 'zhanakorgan'],
    ['Аральск', 'aral'],
    ['Байконурда', 'baikonur'],
    ['Казалинск', 'kazaly'],
    ['әйтеке би', 'kazaly'],
    ['Қызылөзек айырығы', 'kyzylozek'],
    ['айналма жол', 'bypass'],
    ['кемпинг Ислам', 'south'],
  ];
  const checkpoints = packMaterial().checkpoints;
  for (const [text, part] of posts) {
    it(`names posts: ${text}`, () => {
      const best = slots(text).checkpoints[0] ?? '';
      const of = checkpoints.find(({ id }) => id === best);
      expect(`${best} ${of?.district ?? ''}`, text).to.include(part === 'kzo' ? 'syrdarya' : part);
    });
  }
  for (const text of ['бекет ашық па', 'где ближайший пост', '42500 қашан', 'арал', 'Қызылорда', 'аралас сөз']) {
    it(`finds ${text === 'арал' ? 'Aral' : 'no post'} in: ${text}`, () => {
      const found = slots(text).checkpoints;
      if (text === 'арал') expect(found[0]).to.include('aral');
      else expect(found).to.deep.equal([]);
    });
  }

  const choices: readonly (readonly [string, number | undefined])[] = [
    ['2', 2],
    ['2.', 2],
    ['№2', 2],
    [' 2) ', 2],
    ['2️⃣', 2],
    ['２', 2],
    ['екінші', 2],
    ['екиншиси', 2],
    ['ekinshi', 2],
    ['второе', 2],
    ['второй вариант', 2],
    ['бірінші', 1],
    ['1-ші', 1],
    ['три', 3],
    ['12', 12],
    ['0', undefined],
    ['42500', undefined],
    ['1.5', undefined],
    ['2 ай', undefined],
    ['2 3', undefined],
    ['екінші төлем', undefined],
    ['бір', 1],
  ];
  for (const [text, expected] of choices) {
    it(`reads ${JSON.stringify(text)} as choice ${expected}`, () => {
      expect(slots(text).choice).to.equal(expected);
    });
  }

  const answers: readonly (readonly [string, 'yes' | 'no' | undefined])[] = [
    ['иә', 'yes'],
    ['ия', 'yes'],
    ['ие', 'yes'],
    ['iya', 'yes'],
    ['Иә!', 'yes'],
    ['да', 'yes'],
    ['ДА', 'yes'],
    ['da', 'yes'],
    ['ага', 'yes'],
    ['жарайды', 'yes'],
    ['да, спасибо', 'yes'],
    ['👍', 'yes'],
    ['👍🏽', 'yes'],
    ['жоқ', 'no'],
    ['жок', 'no'],
    ['joq', 'no'],
    ['нет', 'no'],
    ['net', 'no'],
    ['не надо', 'no'],
    ['керек емес', 'no'],
    ['нет, спасибо', 'no'],
    ['жоқ рахмет', 'no'],
    ['жоқ менің атым тізімде жоқ', undefined],
    ['да где это', undefined],
    ['рахмет', undefined],
  ];
  for (const [text, expected] of answers) {
    it(`reads "${text}" as ${expected}`, () => {
      expect(slots(text).answer).to.equal(expected);
    });
  }

  const receipts: readonly (readonly [string, string | undefined])[] = [
    ['K-7F3Q', 'K-7F3Q'],
    ['К-7F3Q', 'K-7F3Q'],
    ['k7f3q', 'K-7F3Q'],
    ['k 7f3q', 'K-7F3Q'],
    ['№K-7F3Q қандай күйде?', 'K-7F3Q'],
    ['менің өтінішім к-нв2м', 'K-HB2M'],
    ['K–2345', 'K-2345'],
    ['к 2500', undefined],
    ['K-7F3O', undefined],
    ['K-7F3QQ', undefined],
    ['кран', undefined],
    ['42500 к вечеру', undefined],
  ];
  for (const [text, expected] of receipts) {
    it(`reads the receipt of "${text}" as ${expected}`, () => {
      expect(slots(text).receipt).to.equal(expected);
    });
  }

  const wanted: readonly (readonly [string, 'kk' | 'ru' | undefined])[] = [
    ['орысша жаз', 'ru'],
    ['oryssha', 'ru'],
    ['ответьте на русском языке', 'ru'],
    ['по-русски пожалуйста', 'ru'],
    ['можно на казахском', 'kk'],
    ['қазақша жауап беріңізші', 'kk'],
    ['казакша', 'kk'],
    ['я не понимаю по-казахски', 'ru'],
    ['42500 қашан', undefined],
  ];
  for (const [text, expected] of wanted) {
    it(`wants ${expected}: ${text}`, () => {
      expect(slots(text).wantedLanguage).to.equal(expected);
    });
  }

  it('sees opt-in and restart only where the message says nothing else', () => {
    for (const text of ['қосу', 'включить', 'Включите', 'kosu']) expect(slots(text).optIn, text).to.equal(true);
    for (const text of ['басынан', 'сначала', 'рестарт', '/start', 'Заново'])
      expect(slots(text).restart, text).to.equal(true);
    for (const text of ['свет включить қашан', 'сначала подать заявку на 42500', 'мені тізімге қосу керек']) {
      expect(slots(text).optIn, text).to.equal(undefined);
      expect(slots(text).restart, text).to.equal(undefined);
    }
  });
});
