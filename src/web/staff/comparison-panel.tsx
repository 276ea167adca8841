/** What a change would do before it is public: the latest messages of residents, understood before and after it. */
import type { ArticleView } from '../../facts/articles/articles.js';
import { withDots } from '../../inbound/masked.js';
import { type Comparison, certainties, type Heard } from '../../understand/compare.js';
import { formatPercent } from './format.js';
import { labelName } from './label-names.js';
import type { PageContext } from './page-context.js';

/** Examples shown, and the characters of each: a long story tells nothing more here. */
const mostExamples = 20;
const longestExample = 300;

interface ComparisonPanelProps {
  readonly context: PageContext;
  readonly articles: readonly ArticleView[];
  readonly comparison: Comparison;
}

export const ComparisonPanel = ({ context, articles, comparison }: ComparisonPanelProps) => {
  const { t } = context;
  const { read, before, after, different } = comparison;
  return (
    <section class="panel stack" aria-labelledby="comparison-title" id="comparison">
      <h2 id="comparison-title">{t('effect.title')}</h2>
      {read === 0 ? (
        <p>{t('effect.noMessages')}</p>
      ) : (
        <>
          <p role="status">
            <strong>{t('effect.different', { count: different.length, read })}</strong>
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('effect.messages')}</th>
                <th scope="col">{t('effect.before')}</th>
                <th scope="col">{t('effect.after')}</th>
              </tr>
            </thead>
            <tbody>
              {certainties.map((certainty) => (
                <tr key={certainty}>
                  <th scope="row">{t(`effect.${certainty}`)}</th>
                  <td>{before[certainty]}</td>
                  <td>{after[certainty]}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <ul class="rows">
            {different.slice(0, mostExamples).map(({ text, before: was, after: is }, place) => (
              <li key={`${place}${text}`} class="row">
                <span class="row-text">«{withDots(cut(text))}»</span>
                <span class="row-foot">
                  {t('effect.before')}: {heard(context, articles, was)}
                </span>
                <span class="row-foot">
                  {t('effect.after')}: {heard(context, articles, is)}
                </span>
              </li>
            ))}
          </ul>
          {different.length > mostExamples ? <p class="muted">{t('effect.more', { shown: mostExamples })}</p> : null}
        </>
      )}
    </section>
  );
};

const cut = (text: string): string => (text.length <= longestExample ? text : `${text.slice(0, longestExample)}…`);
const heard = (context: PageContext, articles: readonly ArticleView[], { label, confidence }: Heard): string =>
  label === undefined
    ? context.t('explain.nothing')
    : `${labelName(context, articles, label)} (${formatPercent(confidence)})`;
