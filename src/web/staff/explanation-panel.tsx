/** Why a message was understood as it was, for an editor: how it was read, and what spoke for each candidate. */
import type { ConceptView } from '../../facts/lexicon/lexicon.js';
import { withDots } from '../../inbound/masked.js';
import type { ExplainedCandidate, Source } from '../../understand/explain.js';
import { formatPercent, formatWeight } from './format.js';
import { articlePath, labelName } from './label-names.js';
import { type ExplanationProps, nameOf, Reading } from './message-reading.js';
import type { PageContext } from './page-context.js';

export const ExplanationPanel = (props: ExplanationProps) => {
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

interface CandidateProps extends ExplanationProps {
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
