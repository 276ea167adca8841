/** The form of a concept of the lexicon, to and from its fields; the rules of the fields themselves stay with the lexicon. */
import { z } from 'zod';
import { type ConceptFields, mostWords } from '../../facts/lexicon/concept-fields.js';
import type { ConceptFault } from '../../facts/lexicon/lexicon.js';
import type { ControlFault } from './article-faults.js';
import type { PageContext } from './page-context.js';

const written = { nameKk: z.string(), nameRu: z.string(), wordsKk: z.string(), wordsRu: z.string() };
const writtenForm = z.object(written);
export const conceptForm = z.object({
  verdict: z.enum(['try', 'publish']),
  /** 0: a new concept. */
  version: z.coerce.number().int().min(0),
  ...written,
});

/** Words stand one in a line or parted by commas; the same one twice is once. */
const words = (value: string): string[] => [
  ...new Set(
    value
      .split(/[,;\n]/)
      .map((word) => word.trim().toLowerCase())
      .filter((word) => word !== ''),
  ),
];

export const conceptFieldsOf = (form: z.infer<typeof writtenForm>): ConceptFields => ({
  name: { kk: form.nameKk.trim(), ru: form.nameRu.trim() },
  words: { kk: words(form.wordsKk), ru: words(form.wordsRu) },
});

export const noConcept: ConceptFields = { name: { kk: '', ru: '' }, words: { kk: [], ru: [] } };

/** One for each faulty control, with a sentence for each of its faults. */
export const conceptFaults = (
  faults: readonly ConceptFault[],
  { t, language }: PageContext,
): readonly ControlFault[] => {
  const found = new Map<string, ControlFault>();
  for (const { field, code, word = '', holder } of faults) {
    const [name = '', part] = field.split('.');
    const control = `${name}${part === 'kk' ? 'Kk' : 'Ru'}`;
    const limit = name === 'words' ? mostWords : 80;
    const sentence =
      code === 'word-taken'
        ? t('synonyms.wordTaken', { word, holder: holder?.[language] ?? '' })
        : code === 'no-word'
          ? t('synonyms.noWord', { word })
          : t(`fault.${code}`, { limit });
    const label = `${t(`synonyms.${name}`)} (${t(`language.${part}`)})`;
    const earlier = found.get(control);
    found.set(control, { control, label, sentence: earlier ? `${earlier.sentence} ${sentence}` : sentence });
  }
  return [...found.values()];
};
