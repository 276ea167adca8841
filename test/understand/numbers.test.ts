/** Numbers in all the habits of chats, and figures that are no amounts: telephones, accounts, dates, times, years, houses. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { Language } from '../../src/language.js';
import { normalise } from '../../src/understand/normalise.js';

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
const valuesOf = (text: string, language: Language = 'kk'): readonly number[] => normalise(text, language).numbers;
const marksOf = (text: string): readonly string[] =>
  normalise(text, 'kk')
    .tokens.filter(({ kind }) => kind === 'number')
    .map(({ folded }) => folded);

/** What is read as one amount. */
const amounts: Readonly<Record<number, readonly string[]>> = {
  42500: [
    '42500',
    '42 500',
    '42.500',
    '42,500',
    '42,5 мың',
    '42.5 мың',
    '42,5 тыс',
    '42,5тыс.',
    '42,5к',
    '42 мың 500',
    '42мың500',
    '42 тысячи пятьсот',
    '42 тыс 500',
    'қырық екі мың бес жүз',
    'кырык еки мын бес жуз',
    'qyryq eki myn bes juz',
    'қырықекімыңбесжүз',
    'қырық екі жарым мың',
    'қырық екі мың жарым',
    'қырық екі мың бес жүзге',
    'қырық екі бес жүз',
    'сорок две тысячи пятьсот',
    'сорок две с половиной тысячи',
    'сорок два пятьсот',
    'сорокдветысячипятьсот',
    'сорока двух тысяч пятисот',
    'sorok dve tysyachi pyatsot',
    '42500тг',
    '42500т',
    '42500₸',
    '⁴²⁵⁰⁰',
    '４２５００',
  ],
  50000: [
    '50000',
    '50 000',
    '50.000',
    '50 мың',
    '50 мыңдық',
    '50 мындыктын',
    'елу мыңдықтың',
    '50мын',
    '50к',
    '50k',
    '50 к',
    '50т',
    '50 тыс',
    '50тысяч',
    'елу мың',
    'елу мын',
    'елумың',
    'elu myn',
    'elýmyń',
    'елу мыңды',
    'пятьдесят тысяч',
    'пятдесят тыщ',
    'пятидесяти тысяч',
    'полтинник',
    '50 min tenge',
  ],
  15000: [
    '15 мың',
    '15мын',
    'он бес мың',
    'онбесмың',
    'пятнадцать тысяч',
    '15к',
    'пятнашку',
    '15 тыс.',
    '15.000 тенге',
  ],
  42000: ['42 мың', 'қырық екі мың', '42к', 'сорок две тысячи'],
  1500: ['1500', '1 500', 'мың бес жүз', 'тысяча пятьсот', 'бір мың бес жүз', 'полторы тысячи', '1,5 мың'],
  100000: ['100000', '100 000', 'жүз мың', 'сто тысяч', '100к', '100 мың'],
  300000: ['үш жүз мың', 'триста тысяч', '300 000'],
  999999: [
    'тоғыз жүз тоқсан тоғыз мың тоғыз жүз тоқсан тоғыз',
    'девятьсот девяносто девять тысяч девятьсот девяносто девять',
  ],
  1000000: ['1 000 000', '1000000', '1 млн', 'бір миллион', '1 лям'],
  103: ['103', '103-ке'],
  7: ['7', '7 күн', '7-ші'],
};

/** Figures and words beside each other that are read one by one. */
const rows: readonly (readonly [string, readonly number[]])[] = [
  ['50 мың 3 бала', [50_000, 3]],
  ['елу мың екі адамға', [50_000]],
  ['42500 бе 50 мың ба', [42_500, 50_000]],
  ['15 000-50 000', [15_000, 50_000]],
  ['15 мың, 50 мың', [15_000, 50_000]],
  ['42500 42500', [42_500, 42_500]],
  ['3 балаға 50 000', [3, 50_000]],
  ['10 к врачу', [10]],
  ['42500 к вечеру', [42_500]],
  ['15 мин күттім', [15]],
  ['жду 15 минут', [15]],
  ['5 12 44', [5, 12, 44]],
  ['2 ай', [2]],
  ['42 үй', [42]],
];
/** Words that look like numbers and are none. */
const noNumbers = [
  'он пришёл',
  'онда не істеймін',
  'бір сұрақ бар',
  'екінші рет',
  'екеуіміз де',
  'үштен бірі емес',
  'жүзім сатамын',
  'мың рахмет',
  'сто ашық па',
  'один вопрос',
  'семья из трех',
  'жарым жылдан бері',
  'сорок две',
  'оның балалары',
  'қырық',
  'к врачу',
  'бескүндік',
  'пять',
];
/** Figures that mark something else. */
const marks: readonly (readonly [string, readonly string[]])[] = [
  ['87011234567', ['#phone']],
  ['8 701 123 45 67', ['#phone']],
  ['+7 (701) 123-45-67', ['#phone']],
  ['+77011234567', ['#phone']],
  ['8-701-123-45-67', ['#phone']],
  ['8 7242 40-01-00', ['#phone']],
  ['7011234567', ['#phone']],
  ['40-01-00', ['#phone']],
  ['7-20-25', ['#phone']],
  ['400-100', ['#phone']],
  ['400100', ['#phone']],
  ['400-100 алмайды, 42500 қашан', ['#phone', '#42500']],
  ['KZ86125KZT5004100100', ['#account']],
  ['kz86 125k zt50 0410 0100', ['#account']],
  ['ибан KZ86125KZT5004100100 дұрыс па', ['#account']],
  ['4400 4301 1234 5678', ['#account']],
  ['4400430112345678', ['#account']],
  ['15.04', ['#date']],
  ['15.04.2020', ['#date']],
  ['15.04.20', ['#date']],
  ['5.04', ['#date']],
  ['15/04/2020', ['#date']],
  ['15-04-2020', ['#date']],
  ['2020-04-15', ['#date']],
  ['15 сәуір', ['#date']],
  ['15 сәуірде түсті', ['#date']],
  ['15-ші сәуір', ['#date']],
  ['сәуірдің 15-і', ['#date']],
  ['15 апреля', ['#date']],
  ['15-го апреля', ['#date']],
  ['с 16 марта по 15 апреля', ['#date', '#date']],
  ['1 мамырдан бастап', ['#date']],
  ['1 мая', ['#date']],
  ['2 май', ['#date']],
  ['май 2 литр', ['#2']],
  ['15 05', ['#tens', '#few']],
  ['09:00', ['#time']],
  ['22:30-да', ['#time']],
  ['06:00-22:00', ['#time', '#time']],
  ['9.00-18.00', ['#time', '#time']],
  ['с 9:00 до 18:00', ['#time', '#time']],
  ['24/7', ['#tens', '#few']],
  ['2020 жыл', ['#year']],
  ['2020 жылы шықтым', ['#year']],
  ['2018 года', ['#year']],
  ['1985 жылғымын', ['#year']],
  ['2020', ['#year']],
  ['1985', ['#many']],
  ['2020-ші жыл', ['#year']],
  ['Абай 15', ['#tens']],
  ['дом 15', ['#tens']],
  ['15 үй 42 пәтер', ['#tens', '#tens']],
  ['15-мектеп', ['#tens']],
  ['№15 мектеп', ['#tens']],
  ['3 этаж', ['#3']],
  ['36.6', ['#tens']],
  ['температура 38,5', ['#tens']],
  ['500 мың несие', ['#many']],
  ['5 млн', ['#many']],
  ['1406', ['#1406']],
  ['990101300123456789', ['#many']],
  ['шот 000123456', ['#many']],
];

describe('numbers', () => {
  for (const [value, texts] of Object.entries(amounts)) {
    for (const text of texts) {
      it(`are read: "${text}" is ${value}`, () => {
        expect(valuesOf(text, /^sorok/u.test(text) ? 'ru' : 'kk')).to.deep.equal([Number(value)]);
      });
    }
  }
  for (const [text, values] of rows) {
    it(`are told apart: "${text}"`, () => {
      expect(valuesOf(text)).to.deep.equal(values);
    });
  }
  for (const text of noNumbers) {
    it(`are not seen in "${text}"`, () => {
      expect(marksOf(text)).to.deep.equal([]);
    });
  }
  for (const [text, expected] of marks) {
    it(`are no amounts: "${text}" is ${expected.join(' ')}`, () => {
      expect(marksOf(text)).to.deep.equal(expected);
    });
  }

  const units = {
    kk: ['', 'бір', 'екі', 'үш', 'төрт', 'бес', 'алты', 'жеті', 'сегіз', 'тоғыз'],
    ru: ['', 'один', 'два', 'три', 'четыре', 'пять', 'шесть', 'семь', 'восемь', 'девять'],
  };
  const teens =
    'десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать'.split(
      ' ',
    );
  const tens = {
    kk: ['', 'он', 'жиырма', 'отыз', 'қырық', 'елу', 'алпыс', 'жетпіс', 'сексен', 'тоқсан'],
    ru: ['', '', 'двадцать', 'тридцать', 'сорок', 'пятьдесят', 'шестьдесят', 'семьдесят', 'восемьдесят', 'девяносто'],
  };
  const hundreds = [
    '',
    'сто',
    'двести',
    'триста',
    'четыреста',
    'пятьсот',
    'шестьсот',
    'семьсот',
    'восемьсот',
    'девятьсот',
  ];
  /** Below a thousand in words; `feminine` for "две тысячи". */
  const spelled = (value: number, language: Language, feminine = false): string => {
    const [hundred, ten, unit] = [Math.floor(value / 100), Math.floor((value % 100) / 10), value % 10];
    const last = feminine && language === 'ru' ? (['', 'одна', 'две'][unit] ?? units.ru[unit]) : units[language][unit];
    const below = language === 'ru' && ten === 1 ? [teens[unit]] : [tens[language][ten], last];
    const above = language === 'ru' ? [hundreds[hundred]] : hundred === 0 ? [] : [units.kk[hundred], 'жүз'];
    return [...above, ...below].filter((word) => word !== undefined && word !== '').join(' ');
  };
  const thousandOf = (count: number): string => {
    if (count % 100 > 10 && count % 100 < 20) return 'тысяч';
    return count % 10 === 1 ? 'тысяча' : count % 10 > 1 && count % 10 < 5 ? 'тысячи' : 'тысяч';
  };
  it(`are read in words, whatever they are, in both languages (seed ${seed})`, () => {
    // What is less than a hundred after the thousand counts something else: "50 мың 3 бала".
    const rest = fc.oneof(fc.constant(0), fc.integer({ min: 100, max: 999 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), rest, (count, more) => {
        const kazakh = `${spelled(count, 'kk')} мың ${spelled(more, 'kk')}`.trim();
        expect(valuesOf(kazakh), kazakh).to.deep.equal([count * 1000 + more]);
        const russian = `${spelled(count, 'ru', true)} ${thousandOf(count)} ${spelled(more, 'ru')}`.trim();
        expect(valuesOf(russian), russian).to.deep.equal([count * 1000 + more]);
        const figures = `${count} ${String(more).padStart(3, '0')}`;
        expect(valuesOf(figures), figures).to.deep.equal([count * 1000 + more]);
      }),
      { seed, numRuns: 200 },
    );
  });
  it(`never hide words, and each figure belongs to one number at most (seed ${seed})`, () => {
    const piece = fc.constantFrom(
      '42',
      '500',
      'мың',
      'бес',
      'жүз',
      'тысяч',
      'с',
      'половиной',
      'к',
      '15.04',
      '8',
      'үй',
      '400-100',
      '22:00',
      'елумың',
      '000',
      ',',
      '-',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { tokens, numbers } = normalise(pieces.join(' '), 'kk');
        const words = pieces.filter((one) => /\p{L}|\d/u.test(one)).length;
        expect(tokens.length).to.be.at.most(words);
        expect(tokens.filter(({ folded }) => folded === 'уи').length).to.equal(
          pieces.filter((one) => one === 'үй').length,
        );
        for (const value of numbers) expect(Number.isFinite(value)).to.equal(true);
      }),
      { seed, numRuns: 200 },
    );
  });
});
