/** Asks before a reply leaves that the resident may not be able to read, or that gives away a number. */
import type { ReplyWarning } from '../../facts/tickets/reply-warnings.js';
import type { Suggestion } from '../../facts/tickets/suggestions.js';
import type { Language } from '../../language.js';
import { formatText } from '../format-text.js';
import type { Translate } from './staff-texts.js';

interface WarningPanelProps {
  readonly warnings: readonly ReplyWarning[];
  /** The closest article in the resident's language, where the reply is in the other one. */
  readonly article: Suggestion | undefined;
  readonly language: Language;
  readonly t: Translate;
}

export const WarningPanel = ({ warnings, article, language, t }: WarningPanelProps) =>
  warnings.length === 0 ? null : (
    <div class="notice" role="alert" id="warnings">
      {warnings.map((warning) => (
        <p key={warning}>
          {warning === 'language'
            ? t('answers:warning.language', { language: t(`language.${language}`) })
            : t(`answers:warning.${warning}`)}
        </p>
      ))}
      {warnings.includes('language') && article ? (
        <blockquote lang={language}>
          <strong>{article.title}</strong>
          <p class="words">{formatText(article.text, false)}</p>
          <button type="button" data-insert={article.text} data-replace>
            {t('answers:insertInstead')}
          </button>
        </blockquote>
      ) : null}
      <button type="submit" form="reply-form" name="confirmed" value="yes">
        {t('answers:sendAnyway')}
      </button>
    </div>
  );
