/** How a message was read, for an editor: its words, its language and why, the named things and the concepts that were found in it. */
import type { ArticleView } from '../../facts/articles/articles.js';
import type { ConceptView } from '../../facts/lexicon/lexicon.js';
import { withDots } from '../../inbound/masked.js';
import type { Bilingual, Language } from '../../language.js';
import type { Explanation } from '../../understand/explain.js';
import { isOfPhrasings } from '../../understand/payments.js';
import { mayPass, ruleFor } from './access.js';
import { formatPercent } from './format.js';
import { labelName } from './label-names.js';
import type { PageContext } from './page-context.js';

export interface ExplanationProps {
  readonly context: PageContext;
  readonly explanation: Explanation;
  readonly articles: readonly ArticleView[];
  readonly concepts: readonly ConceptView[];
  /** Names of the checkpoints by id. */
  readonly checkpoints: ReadonlyMap<string, Bilingual>;
}

/** What was read, in which language and why, and the named things that were found. */
export const Reading = ({ context, explanation, articles, concepts, checkpoints }: ExplanationProps) => {
  const { t, language } = context;
  const { understanding, read, corrected, setAside, languageEvidence } = explanation;
  const { slots } = understanding;
  const telling = (sign: 1 | -1): string =>
    [...languageEvidence]
      .filter(({ weight }) => weight * sign > 0.5)
      .sort((a, b) => (b.weight - a.weight) * sign)
      .slice(0, 4)
      .map(({ word }) => `«${word}»`)
      .join(', ');
  const shown = { kk: telling(1), ru: telling(-1) };
  const [said, other] = understanding.language === 'kk' ? (['kk', 'ru'] as const) : (['ru', 'kk'] as const);
  const found = [
    ...slots.programmes.map((id) => (isOfPhrasings(id) ? t(`programme.${id}`) : id)),
    ...slots.checkpoints.map((id) => checkpoints.get(id)?.[language] ?? id),
    ...(slots.receipt === undefined ? [] : [t('explain.receipt', { receipt: slots.receipt })]),
    ...(slots.choice === undefined ? [] : [t('explain.choice', { number: slots.choice })]),
    ...(slots.answer === undefined ? [] : [t(`explain.${slots.answer}`)]),
    ...(slots.wantedLanguage === undefined
      ? []
      : [t('explain.wants', { language: t(`language.${slots.wantedLanguage}`) })]),
    ...(slots.restart ? [t('explain.restart')] : []),
    ...(slots.optIn ? [t('explain.optIn')] : []),
    ...(understanding.danger ? [t('explain.danger')] : []),
  ];
  return (
    <dl class="reading">
      <dt>{t('explain.words')}</dt>
      <dd>
        {read.length === 0 ? t('explain.nothing') : withDots(read.join(' '))}
        {corrected.length > 0 ? (
          <span class="muted">
            {' '}
            (
            {t('explain.corrected', {
              words: corrected.map(({ typed, meant }) => `${typed} → ${meant}`).join(', '),
            })}
            )
          </span>
        ) : null}
        {setAside.length > 0 ? (
          <span class="muted"> ({t('explain.setAside', { words: setAside.join(' ') })})</span>
        ) : null}
      </dd>
      <dt>{t('ticket.language')}</dt>
      <dd>
        {t(`language.${understanding.language}`)}
        <span class="muted">
          {' – '}
          {understanding.languageShown
            ? [
                shown[said] === '' ? '' : t('explain.languageBy', { words: shown[said] }),
                shown[other] === '' ? '' : t('explain.languageAgainst', { words: shown[other] }),
              ]
                .filter((part) => part !== '')
                .join('; ') || t('explain.languageByMany')
            : t('explain.languageKept')}
        </span>
      </dd>
      {understanding.questions ? (
        <>
          <dt>{t('explain.questions')}</dt>
          <dd>
            {understanding.questions.map(({ text, label, probability }) => (
              <div key={text}>
                «{withDots(text)}» → {labelName(context, articles, label)} ({formatPercent(probability)})
              </div>
            ))}
          </dd>
        </>
      ) : null}
      {found.length > 0 ? (
        <>
          <dt>{t('explain.found')}</dt>
          <dd>{found.join(', ')}</dd>
        </>
      ) : null}
      {explanation.concepts.length > 0 ? (
        <>
          <dt>{t('nav.synonyms')}</dt>
          <dd>
            <ul class="inline">
              {explanation.concepts.map(({ word, concept }, place) => (
                <li key={`${place}${word}`}>
                  «{word}» → <ConceptName context={context} concepts={concepts} id={concept} />
                </li>
              ))}
            </ul>
          </dd>
        </>
      ) : null}
    </dl>
  );
};

export const nameOf = (concepts: readonly ConceptView[], id: string, language: Language): string =>
  concepts.find((concept) => concept.id === id)?.name[language] ?? id;

const ConceptName = ({ context, concepts, id }: Pick<ExplanationProps, 'context' | 'concepts'> & { id: string }) => {
  const name = nameOf(concepts, id, context.language);
  return mayPass(ruleFor('GET', `/synonyms/${id}`), context.staff?.role) ? (
    <a href={`/staff/synonyms/${id}`}>{name}</a>
  ) : (
    <span>{name}</span>
  );
};
