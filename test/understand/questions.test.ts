/** Messages that ask two things, and those that only look so: floors a little below what was measured. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Language } from '../../src/language.js';
import { clausesOf, closingOf } from '../../src/understand/clauses.js';
import type { Understand } from '../../src/understand/contract.js';
import { parseEvaluationRows } from '../../src/understand/evaluation-rows.js';
import { answerAt } from '../../src/understand/thresholds.js';
import { trainedUnderstand } from './trained.js';

const rows = readFileSync('test/evaluation/two-questions.tsv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [, text = '', language = '', first = '', second = ''] = line.split('\t');
    return { text, language: language as Language, asked: [first, second] };
  });
const development = 'test/evaluation/development.tsv';
const masked = (text: string): string => text.replace(/(?<!\d)\d{12}(?!\d)/gu, '⟨iin⟩');

describe('several questions in one message', () => {
  let understand: Understand;
  before(async function () {
    this.timeout(180_000);
    understand = await trainedUnderstand();
  });
  const questionsIn = (text: string, language: Language) => understand(text, { language }).questions ?? [];

  it('are found and both surely understood in 58 of 72', () => {
    expect(rows).to.have.length(72);
    const both = rows.filter(({ text, language, asked }) => {
      const found = questionsIn(text, language);
      return (
        found.every(({ probability }) => probability >= answerAt) &&
        found.map(({ label }) => label).join() === asked.join()
      );
    });
    expect(both.length).to.be.at.least(58);
  });

  it('keep the words they were asked in', () => {
    const wordsOf = (text: string, language: Language) => questionsIn(text, language).map((question) => question.text);
    expect(wordsOf('Жұмыс жоқ, үйдеміз. 42500 қашан түседі, және базар қашан ашылады?', 'kk')).to.deep.equal([
      '42500 қашан түседі',
      'базар қашан ашылады?',
    ]);
    expect(wordsOf('kogda pridut 42500 i komu dayut 50000', 'ru')).to.deep.equal([
      'kogda pridut 42500',
      'komu dayut 50000',
    ]);
  });

  it('are told apart from a question that is not understood', () => {
    const [first, second, ...others] = questionsIn('42500 қашан түседі және бекетте не керек?', 'kk');
    expect(others).to.deep.equal([]);
    expect(first?.label).to.equal('faq:pay-42500-when');
    expect(second?.probability).to.be.lessThan(answerAt);
  });

  it('are not seen where one thing is asked: in no development message and no follow-up', () => {
    for (const file of [development, 'test/evaluation/follow-ups.tsv']) {
      const several = parseEvaluationRows(file, readFileSync(file, 'utf8'))
        .filter(({ text }) => understand(masked(text), { language: 'kk' }).questions)
        .map(({ text }) => text);
      expect(several, file).to.deep.equal([]);
    }
  });

  const single: readonly (readonly [string, Language])[] = [
    ['ауыл мен қала арасында, және аудандар арасында жүруге бола ма?', 'kk'],
    ['Сәлеметсіз бе, амансыздар ма, 42500 қашан түседі?', 'kk'],
    ['42500 кімге беріледі, маған бере ме?', 'kk'],
    ['мы с мужем и детьми живем в ауле, а работы нет, положены ли нам 42500?', 'ru'],
    ['хочу узнать как и куда подать на 42500, и что для этого нажать?', 'ru'],
    ['когда придут деньги? когда уже?', 'ru'],
    ['Какой штраф за то, что без маски?', 'ru'],
    ['kogda otkroetsya bazar i rynok?', 'ru'],
  ];
  for (const [text, language] of single) {
    it(`is one question: “${text}”`, () => {
      expect(questionsIn(text, language).filter(({ probability }) => probability >= answerAt).length).to.be.lessThan(2);
    });
  }

  it('are not looked for in a story longer than 1,500 characters', () => {
    const story = 'Біз ауылда тұрамыз, жұмыс жоқ. '.repeat(60);
    expect(questionsIn(`${story} 42500 қашан түседі? Базар қашан ашылады?`, 'kk')).to.deep.equal([]);
  });
});

describe('parts of a message', () => {
  const partsOf = (text: string, language: Language = 'kk') => clausesOf(text, language).map(({ text: part }) => part);

  it('end where the next question begins; what is told goes with the question after it', () => {
    expect(partsOf('Үйде отырмын. 42500 қашан түседі? Балам ауырып қалды. Тестті қайда тапсырам?')).to.deep.equal([
      'Үйде отырмын. 42500 қашан түседі?',
      'Балам ауырып қалды. Тестті қайда тапсырам?',
    ]);
    expect(partsOf('когда придут 42500, и где сдать тест', 'ru')).to.deep.equal([
      'когда придут 42500,',
      'и где сдать тест',
    ]);
    expect(partsOf('42500 қашан түседі? Рақмет!')).to.deep.equal(['42500 қашан түседі? Рақмет!']);
    expect(partsOf('у меня 42,500 и дети, а муж работает', 'ru')).to.have.length(1);
    expect(partsOf('')).to.deep.equal([]);
  });

  it('close with the last sentence that asks', () => {
    expect(closingOf('Жұмыс жоқ, үйдеміз. Қашан түседі? Рақмет сізге алдын ала.', 'kk')).to.equal('Қашан түседі?');
    expect(closingOf('Мы в ауле живем. Помогите нам пожалуйста', 'ru')).to.equal('Помогите нам пожалуйста');
    expect(closingOf('Сәлеметсіз бе! 42500 қашан түседі?', 'kk'), 'a greeting tells nothing').to.equal(undefined);
    expect(closingOf('42500 қашан түседі?', 'kk')).to.equal(undefined);
  });
});
