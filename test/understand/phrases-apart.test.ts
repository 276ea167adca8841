/** The training phrasings stay apart from the messages they are measured by: what was learnt by heart would measure nothing. */
import { expect } from 'chai';
import type { Language } from '../../src/language.js';
import type { EvaluationRow } from '../../src/understand/evaluate.js';
import { loadPhrases } from '../../src/understand/load-phrases.js';
import { normalise } from '../../src/understand/normalise.js';
import type { TrainingPhrase } from '../../src/understand/phrases.js';
import { evaluationRows } from './trained.js';

/** From this share of letter trigrams in common on, two texts count as the same message. */
const tooNear = 0.8;
/** Shorter ones than about four words ("цон работает?") are put alike by everybody who asks; a kept-back message of that kind may recur. */
const putAlikeBelow = 25;

/** Trigrams of the folded text, so that other letters, signs or capitals make no other message of it. */
function trigramsOf(text: string, language: Language): ReadonlySet<string> {
  const line = ` ${normalise(text, language).line} `;
  return new Set(Array.from({ length: Math.max(0, line.length - 2) }, (_, at) => line.slice(at, at + 3)));
}

/** For a text's trigrams, the nearest of the messages by Dice's coefficient: 0 nothing in common, 1 the same trigrams. */
function nearestOf(messages: readonly ReadonlySet<string>[]): (own: ReadonlySet<string>) => number {
  const holders = new Map<string, number[]>();
  for (const [at, trigrams] of messages.entries()) {
    for (const trigram of trigrams) holders.set(trigram, [...(holders.get(trigram) ?? []), at]);
  }
  return (own) => {
    const common = new Uint16Array(messages.length);
    for (const trigram of own) for (const at of holders.get(trigram) ?? []) common[at] = (common[at] ?? 0) + 1;
    return Math.max(0, ...messages.map(({ size }, at) => (2 * (common[at] ?? 0)) / (own.size + size)));
  };
}

/** A phrasing with its trigrams, which every set of messages is compared with. */
interface Compared extends TrainingPhrase {
  readonly own: ReadonlySet<string>;
}
const compared = (phrase: TrainingPhrase): Compared => ({ ...phrase, own: trigramsOf(phrase.text, phrase.language) });

/** Phrasings too near to any of the messages; greetings and thanks are the same few words everywhere and may be. */
function repeated(phrases: readonly Compared[], messages: readonly ReadonlySet<string>[]): string[] {
  const nearest = nearestOf(messages);
  return phrases
    .filter(({ label, own }) => !label.startsWith('small:') && nearest(own) >= tooNear)
    .map(({ label, text }) => `${label}: ${text}`);
}

const messagesOf = (rows: readonly EvaluationRow[]) => rows.map(({ text, language }) => trigramsOf(text, language));

describe('training phrasings beside the evaluation messages', () => {
  const rows = evaluationRows('test/evaluation/development.tsv');
  let phrases: readonly Compared[];
  before(async function () {
    this.timeout(180_000);
    phrases = (await loadPhrases('content/phrases')).map(compared);
  });

  it('repeat none of the development messages', () => {
    expect(repeated(phrases, messagesOf(rows))).to.deep.equal([]);
  });

  for (const name of ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']) {
    it(`repeat no message of set ${name} that is longer than everybody's few words`, () => {
      const messages = messagesOf(evaluationRows(`test/evaluation/kept-back-${name}.tsv`));
      const long = messages.filter(({ size }) => size >= putAlikeBelow);
      expect(long).to.have.length.above(140);
      expect(repeated(phrases, long)).to.deep.equal([]);
    });
  }

  it('would be refused in other letters and capitals', () => {
    const row = rows.find(({ text, expected }) => text.length > 60 && !expected.startsWith('small:'));
    if (row === undefined) throw new Error('The development file has no long message.');
    const text = `${row.text.toUpperCase().replaceAll('Қ', 'К').replaceAll('І', 'И')}!`;
    const one = (put: string) => [compared({ label: row.expected, language: row.language, text: put })];
    expect(repeated(one(text), messagesOf(rows))).to.have.length(1);
    expect(repeated(one('көпірдің ар жағы'), messagesOf(rows))).to.be.empty;
  });
});
