/** The lexicon as staff see it: every concept with its words, and a search that tells which concept a word belongs to. */
import type { ConceptView } from '../../facts/lexicon/lexicon.js';
import { languages } from '../../language.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

interface SynonymsPageProps {
  readonly context: PageContext;
  /** What was searched for; empty for all. */
  readonly query: string;
  readonly concepts: readonly ConceptView[];
}

export const SynonymsPage = ({ context, query, concepts }: SynonymsPageProps) => {
  const { t, language } = context;
  return (
    <StaffLayout context={context} title={t('nav.synonyms')}>
      <div class="head">
        <h1>{t('nav.synonyms')}</h1>
        <a class="button primary" href="/staff/new-concept">
          {t('synonyms.new')}
        </a>
      </div>
      <p class="muted">{t('synonyms.lead')}</p>
      <search>
        <form method="get" action="/staff/synonyms" class="searching">
          <label for="query" class="visually-hidden">
            {t('synonyms.search')}
          </label>
          <input id="query" type="search" name="q" value={query} maxLength={100} placeholder={t('synonyms.search')} />
          <button type="submit">{t('synonyms.find')}</button>
        </form>
      </search>
      <div id="concepts" data-live-region>
        {concepts.length === 0 ? <p class="empty">{t('synonyms.none')}</p> : null}
        <ul class="rows">
          {concepts.map((concept) => (
            <li key={concept.id}>
              <a class="row" href={`/staff/synonyms/${concept.id}`}>
                <span class="row-head">
                  <strong>{concept.name[language]}</strong>
                  {languages.every((one) => concept.words[one].length === 0) ? (
                    <span class="mark">{t('synonyms.empty')}</span>
                  ) : null}
                </span>
                {languages.map((one) => (
                  <span key={one} class="row-foot" lang={one}>
                    {concept.words[one].join(', ')}
                  </span>
                ))}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </StaffLayout>
  );
};
