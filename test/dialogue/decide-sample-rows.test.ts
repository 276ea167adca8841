/** Every row of the sample list has its right answer, in both languages: state, sum, day and, where it was refused, why. */
import { expect } from 'chai';
import { dayOf } from '../../src/dialogue/local-time.js';
import { createTalk, t } from './talk.js';
import { pack } from './town.js';

const questions = {
  kk: (amount: number) => `${amount} тізімінде бармын ба?`,
  ru: (amount: number) => `Есть ли я в списке на ${amount}?`,
} as const;
/** Words of a template up to its first gap and between its gaps. */
const ownWords = (template: string): readonly string[] =>
  template.split(/\{\{[^}]*\}\}/).filter((part) => part.trim().length > 2);

for (const language of ['kk', 'ru'] as const) {
  it(`every row of the sample list has its right answer (${language})`, () => {
    const rows = pack.sampleList?.rows ?? [];
    expect(rows).to.have.length(60);
    for (const { iin, programme, status, amount, date, reason } of rows) {
      const fields = pack.programmes.find(({ id }) => id === programme)?.fields;
      if (!fields) throw new Error(`No programme ${programme}.`);
      const talk = createTalk({ language });
      talk.says(questions[language](fields.amount));
      const { text } = talk.says(iin);
      const name = `${programme} ${status}`;
      for (const words of ownWords(fields.resultTexts[status][language])) expect(text, name).to.include(words);
      expect(text.replace(/\s/gu, ' '), name).to.include(
        `${new Intl.NumberFormat('ru-RU').format(amount).replace(/\s/gu, ' ')} ₸`,
      );
      expect(text, name).to.include(dayOf(date));
      if (status === 'refused') expect(text, name).to.include(fields.refusalReasons[reason || 'unknown']?.[language]);
      expect(text, name).not.to.include(t(language, 'bot:eligibility.noneFound'));
      expect(text, 'no number and no name').not.to.match(/\d{12}/);
    }
  });
}
