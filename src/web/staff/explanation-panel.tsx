/** Why a message was understood as it was, for an editor: how it was read, what was found in it, and what spoke for each candidate. */
import type { ArticleView } from '../../facts/articles/articles.js';
import type { ConceptView } from '../../facts/lexicon/lexicon.js';
import { withDots } from '../../inbound/masked.js';
import type { Bilingual, Language } from '../../language.js';
import type { ExplainedCandidate, Explanation, Source } from '../../understand/explain.js';
import { mayPass, ruleFor } from './access.js';
import { formatPercent, formatWeight } from './format.js';
import { articlePath, labelName } from './label-names.js';
import type { PageContext } from './page-context.js';

export interface ExplanationPanelProps {
  readonly context: PageContext;
  readonly explanation: Explanation;
  readonly articles: readonly ArticleView[];
  readonly concepts: readonly ConceptView[];
  /** Names of the checkpoints by id. */
  readonly checkpoints: ReadonlyMap<string, Bilingual>;
}

export const ExplanationPanel = (props: ExplanationPanelProps) => {
  const { context, explanation } = props;
  const { t } = context;
  return (
    <>
      <section class="panel stack" aria-labelledby="read-title">
        <h2 id="read-title">{t('explain.read')}</h2>
        <Reading {...props} />
      </section>
      <section class="group" aria-labelledby="candidates-title">
        <h2 id="candidates-title">{t('explain.candidates')}</h2>
        <p class="muted small">{t('explain.candidatesLead')}</p>
        {explanation.candidates.length === 0 ? <p class="empty">{t('explain.noCandidates')}</p> : null}
        <ol class="candidates">
          {explanation.candidates.map((candidate, place) => (
            <li key={candidate.label}>
              <CandidateReasons {...props} candidate={candidate} open={place === 0} />
            </li>
          ))}
        </ol>
      </section>
    </>
  );
};

/** What was read, in which language and why, and the named things that were found. */
const Reading = ({ context, explanation, articles, concepts, checkpoints }: ExplanationPanelProps) => {
  const { t, language } = context;
  const { understanding, read, setAside, languageEvidence } = explanation;
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
    ...slots.programmes.map((id) => t(`programme.${id}`)),
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

const nameOf = (concepts: readonly ConceptView[], id: string, language: Language): string =>
  concepts.find((concept) => concept.id === id)?.name[language] ?? id;

const ConceptName = ({
  context,
  concepts,
  id,
}: Pick<ExplanationPanelProps, 'context' | 'concepts'> & { id: string }) => {
  const name = nameOf(concepts, id, context.language);
  return mayPass(ruleFor('GET', `/synonyms/${id}`), context.staff?.role) ? (
    <a href={`/staff/synonyms/${id}`}>{name}</a>
  ) : (
    <span>{name}</span>
  );
};

interface CandidateProps extends ExplanationPanelProps {
  readonly candidate: ExplainedCandidate;
  readonly open: boolean;
}
const CandidateReasons = ({ context, articles, concepts, candidate, open }: CandidateProps) => {
  const { t } = context;
  const path = articlePath(context, candidate.label);
  return (
    <details class="candidate" open={open}>
      <summary>
        <strong>{formatPercent(candidate.probability)}</strong> {labelName(context, articles, candidate.label)}
      </summary>
      {path === null ? null : (
        <p>
          <a href={path}>{t('explain.openArticle')}</a>
        </p>
      )}
      <ul class="reasons">
        {candidate.contributions.map(({ source, weight }) => (
          <li key={JSON.stringify(source)} class={weight < 0 ? 'against' : 'for'}>
            <span class="weight">{formatWeight(weight)}</span> {sourceWords(context, concepts, source)}
          </li>
        ))}
        {Math.abs(candidate.rest) < 0.05 ? null : (
          <li class={candidate.rest < 0 ? 'against' : 'for'}>
            <span class="weight">{formatWeight(candidate.rest)}</span> {t('source.rest')}
          </li>
        )}
      </ul>
    </details>
  );
};

const sourceWords = ({ t, language }: PageContext, concepts: readonly ConceptView[], source: Source): string => {
  switch (source.kind) {
    case 'word':
      return t('source.word', { word: withDots(source.word) });
    case 'pair':
      return t('source.pair', { words: withDots(source.words.join(' ')) });
    case 'concept':
      return t('source.concept', { name: nameOf(concepts, source.concept, language), word: source.word });
    case 'concepts':
      return t('source.concepts', {
        names: source.concepts.map((id) => `«${withDots(nameOf(concepts, id, language))}»`).join(' + '),
      });
    case 'phrasing':
      return t('source.phrasing', {
        text: withDots(source.text),
        percent: formatPercent(Math.min(1, source.likeness)),
      });
    case 'closing':
      return t('source.closing', { text: withDots(source.text) });
    case 'rule':
      return t('source.rule');
    case 'usual':
      return t('source.usual');
  }
};
