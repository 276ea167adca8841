/** Habits of typing that must meet in one form: folding, Latin letters, numbers, stems, greetings. */
import { expect } from 'chai';
import { withoutCourtesy } from '../../src/understand/courtesy.js';
import { fold } from '../../src/understand/fold.js';
import { stemKazakh } from '../../src/understand/kazakh/stem.js';
import { normalise } from '../../src/understand/normalise.js';
import { stemRussian } from '../../src/understand/stem-russian.js';
import { toCyrillic } from '../../src/understand/transliterate.js';

describe('folding', () => {
  const same: readonly (readonly string[])[] = [
    ['кімге', 'кимге', 'кымге'],
    ['өтініш', 'отиниш', 'отініш'],
    ['қашан', 'кашан'],
    ['теңге', 'тенге', 'теңгге'],
    ['сәлеметсіз', 'салеметсиз', 'сәлеметсыз'],
    ['үшін', 'ушин', 'ұшын'],
    ['түспейді', 'туспеиди'],
    ['спасибо', 'спассибо'],
  ];
  for (const forms of same) {
    it(`makes one of ${forms.join(', ')}`, () => {
      expect(new Set(forms.map((form) => normalise(form, 'kk').line)).size).to.equal(1);
    });
  }
  it('changes nothing when done again', () => {
    for (const word of ['жаңғырық', 'менің', 'щётка', 'объявление', 'ағайын'])
      expect(fold(fold(word))).to.equal(fold(word));
  });
});

describe('Latin letters', () => {
  const cases: readonly (readonly [string, 'kk' | 'ru', string])[] = [
    ['qashan', 'kk', 'қашан'],
    ['tıesili', 'kk', 'тиесили'],
    ['kútimindegi', 'kk', 'күтіміндегі'],
    ['jalaqysyz', 'kk', 'жалақысыз'],
    ["o'tinish", 'kk', 'өтініш'],
    ['aqsha', 'kk', 'ақша'],
    ['zayavlenie', 'ru', 'заявление'],
    ['skolko', 'ru', 'сколько'],
    ['zhdat', 'ru', 'ждать'],
    ['chto', 'ru', 'что'],
    ['moju', 'ru', 'мою'],
  ];
  for (const [latin, language, cyrillic] of cases) {
    it(`reads ${latin} as ${cyrillic}`, () => {
      expect(fold(toCyrillic(latin, language))).to.equal(fold(cyrillic));
    });
  }
  it('takes a Latin letter inside a Cyrillic word for its look-alike', () => {
    expect(fold(toCyrillic('cәлeм', 'kk'))).to.equal(fold('сәлем'));
  });
  it('reads 4 between Latin letters as ч', () => {
    expect(normalise('4to', 'ru').line).to.equal(normalise('что', 'ru').line);
  });
});

describe('numbers', () => {
  const amounts: Readonly<Record<string, readonly string[]>> = {
    '#42500': [
      '42500',
      '42 500',
      '42.500',
      '42,500',
      '42,5 мың',
      '42.5мың',
      '42мың500',
      '42 мың 500',
      'қырық екі мың бес жүз',
      'кырык еки мын бес жуз',
      'сорок две тысячи пятьсот',
      '42 тысячи пятьсот',
      'сорок две с половиной тысячи',
      '42500тг',
      '425000',
      '42 тыс 500',
      'qyryq eki myn bes juz',
    ],
    '#50000': [
      '50000',
      '50 000',
      '50мын',
      '50 мың',
      '50к',
      '50 тыс',
      '50 тысяч',
      'елу мың',
      'елу мын',
      'elu myn',
      'пятьдесят тысяч',
      'елу мыңды',
    ],
    '#15000': ['15000', '15 000', '15 мың', '15мын', 'он бес мың', 'он бес мын', 'пятнадцать тысяч', '15 тысяч', '15к'],
  };
  for (const [token, forms] of Object.entries(amounts)) {
    for (const form of forms) {
      it(`reads "${form}" as ${token}`, () => {
        expect(normalise(form, 'kk').tokens[0]?.folded).to.equal(token);
      });
    }
  }
  it('leaves words that only look like numbers', () => {
    expect(normalise('он пришёл', 'ru').line).to.equal('он пришел');
    expect(normalise('бір сұрақ бар', 'kk').line).to.equal('бир сурак бар');
  });
  it('parts figures from endings', () => {
    expect(normalise('42500-ге отиниш', 'kk').line).to.equal('#42500 ге отиниш');
  });
  it('keeps what is no programme apart', () => {
    expect(normalise('500 мың несие', 'kk').tokens[0]?.folded).to.equal('#many');
    expect(normalise('103', 'kk').line).to.equal('#103');
  });
});

describe('signs and marks', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['СӘЛЕМ!!!', 'салем'],
    ['сәлеееем', 'салем'],
    ['⟨iin⟩ тексер', '#iin тексер'],
    ['2️⃣', '#2'],
    ['\u200bпривет\u200b', 'привет'],
    ['', ''],
  ];
  for (const [text, line] of cases) {
    it(`reads ${JSON.stringify(text)} as "${line}"`, () => {
      expect(normalise(text, 'kk').line).to.equal(line);
    });
  }
  it('gives the question of a long story more weight than its beginning', () => {
    const story = `${'мен ауылда тұрамын жұмыс жоқ. '.repeat(8)} Енді қайда барамын?`;
    const { tokens } = normalise(story, 'kk');
    expect(tokens.at(-1)?.weight).to.be.greaterThan(tokens[0]?.weight ?? 9);
  });
});

describe('stems', () => {
  const kazakh: readonly (readonly [string, string])[] = [
    ['тізімде', 'тізім'],
    ['тізімінде', 'тізім'],
    ['балаларға', 'бала'],
    ['картамның', 'карта'],
    ['бекетке', 'бекет'],
    ['өтінішім', 'өтініш'],
    ['тапсырған', 'тапсыр'],
  ];
  for (const [word, stem] of kazakh) {
    it(`strips ${word} to ${stem}`, () => {
      expect(stemKazakh(fold(word))).to.equal(fold(stem));
    });
  }
  it('never goes below three letters', () => {
    for (const word of ['бала', 'іні', 'да', 'мен', 'кеме'])
      expect(stemKazakh(fold(word)).length).to.be.at.least(Math.min(3, fold(word).length));
  });
  it('stems Russian by Snowball', () => {
    expect(stemRussian('заявления')).to.equal(stemRussian('заявлением'));
  });
});

describe('courtesies around the matter', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Сәлеметсіз бе! 42500 қашан түседі', '42500 қашан түседі'],
    ['Ассалаумағалейкум бекет ашық па', 'бекет ашық па'],
    ['Добрый день, где пост?', 'где пост?'],
    ['здраствуйте узнать хачу', 'узнать хачу'],
    ['42500 қашан түседі, рахмет', '42500 қашан түседі'],
    ['где ближайший пост? заранее большое спасибо 🙏', 'где ближайший пост?'],
    ['Сәлем, бекет ашық па қазір көп рахмет', 'бекет ашық па қазір'],
  ];
  for (const [whole, rest] of cases) {
    it(`are taken off: ${whole}`, () => {
      const read = (text: string): string[] =>
        withoutCourtesy(normalise(text, 'kk')).tokens.map(({ folded }) => folded);
      expect(read(whole)).to.deep.equal(read(rest));
    });
  }
  it('stay where nothing follows', () => {
    expect(withoutCourtesy(normalise('сәлеметсіз бе', 'kk')).tokens).to.have.length(2);
    expect(withoutCourtesy(normalise('жауабыңызға рахмет', 'kk')).tokens).to.have.length(2);
    expect(withoutCourtesy(normalise('маған көмектескеніңізге рахмет', 'kk')).tokens).to.have.length(3);
    expect(withoutCourtesy(normalise('пцр заранее спасибо', 'ru')).tokens).to.have.length(1);
  });
});
