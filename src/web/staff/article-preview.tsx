/** What stands above an article's form: what is wrong with it, or how residents will see it. */
import type { ArticleFields } from '../../facts/articles/article-fields.js';
import { languages } from '../../language.js';
import { formatText } from '../format-text.js';
import type { ControlFault } from './article-faults.js';
import { formatDay } from './format.js';
import type { PageContext } from './page-context.js';

interface FaultSummaryProps {
  readonly notice: string | undefined;
  readonly faults: readonly ControlFault[];
}
/** The refusal, with a way to each field that it is about. */
export const FaultSummary = ({ notice, faults }: FaultSummaryProps) =>
  notice || faults.length > 0 ? (
    <div class="notice" role="alert">
      {notice ? <p>{notice}</p> : null}
      {faults.length > 0 ? (
        <ul>
          {faults.map(({ control, label, sentence }) => (
            <li key={control}>
              <a href={`#field-${control}`}>{label}</a>: {sentence}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  ) : null;

interface PreviewProps {
  readonly context: PageContext;
  readonly fields: ArticleFields;
}
export const Preview = ({ context: { t }, fields }: PreviewProps) => (
  <section class="preview pair" aria-label={t('article.preview')}>
    {languages.map((language) => (
      <div key={language} class="entry out bot">
        <span class="from" lang={language}>
          {fields.question[language]}
        </span>
        <p class="words" lang={language}>
          {formatText(fields.answer[language])}
        </p>
        <span class="meta" lang={language}>
          {formatDay(fields.verifiedOn)} · {fields.source[language]}
        </span>
      </div>
    ))}
  </section>
);
