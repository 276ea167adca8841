/** The training phrasings stay apart from the development messages: what was learnt by heart would measure nothing. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Language } from '../../src/language.js';
import { parseEvaluationRows } from '../../src/understand/evaluation-rows.js';
import { loadPhrases } from '../../src/understand/load-phrases.js';
import { normalise } from '../../src/understand/normalise.js';
import type { TrainingPhrase } from '../../src/understand/phrases.js';

const file = 'test/evaluation/development.tsv';
/** From this share of letter trigrams in common on, two texts count as the same message. */
const tooNear = 0.8;

/** Trigrams of the folded text, so that other letters, signs or capitals make no other message of it. */
function trigramsOf(text: string, language: Language): ReadonlySet<string> {
  const line = ` ${normalise(text, language).line} `;
  return new Set(Array.from({ length: Math.max(0, line.length - 2) }, (_, at) => line.slice(at, at + 3)));
}

/** Dice's coefficient: 0 nothing in common, 1 the same trigrams. */
function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const trigram of one) if (other.has(trigram)) common += 1;
  return (2 * common) / (one.size + other.size);
}

/** Phrasings too near to any of the messages; greetings and thanks are the same few words everywhere and may be. */
function repeated(phrases: readonly TrainingPhrase[], messages: readonly ReadonlySet<string>[]): string[] {
  return phrases
    .filter(({ label }) => !label.startsWith('small:'))
    .filter(({ text, language }) => {
      const own = trigramsOf(text, language);
      return messages.some((message) => similarity(own, message) >= tooNear);
    })
    .map(({ label, text }) => `${label}: ${text}`);
}

describe('training phrasings beside the development messages', () => {
  const rows = parseEvaluationRows(file, readFileSync(file, 'utf8'));
  const messages = rows.map(({ text, language }) => trigramsOf(text, language));

  it('repeat none of them', async function () {
    this.timeout(60_000);
    expect(repeated(await loadPhrases('content/phrases'), messages)).to.deep.equal([]);
  });

  it('would be refused in other letters and capitals', () => {
    const row = rows.find(({ text, expected }) => text.length > 60 && !expected.startsWith('small:'));
    if (row === undefined) throw new Error(`${file} has no long message.`);
    const text = `${row.text.toUpperCase().replaceAll('Қ', 'К').replaceAll('І', 'И')}!`;
    expect(repeated([{ label: row.expected, language: row.language, text }], messages)).to.have.length(1);
    expect(repeated([{ label: row.expected, language: row.language, text: 'көпірдің ар жағы' }], messages)).to.be.empty;
  });
});
