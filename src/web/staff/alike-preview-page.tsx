/** Before a reply to many leaves: who gets which text, and what speaks against it. */
import type { GroupMember } from '../../facts/tickets/groups.js';
import type { ReplyWarning } from '../../facts/tickets/reply-warnings.js';
import { type Language, languages } from '../../language.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import { formatText } from '../format-text.js';
import { type GroupForm, textField, textsOf } from './group-form.js';
import { messageWords } from './message-words.js';
import type { PageContext } from './page-context.js';
import { StaffLayout } from './staff-layout.js';

export interface AlikePreviewPageProps {
  readonly context: PageContext;
  readonly seed: TicketDocument;
  readonly members: readonly GroupMember[];
  readonly typed: GroupForm;
  readonly warnings: Readonly<Record<Language, readonly ReplyWarning[]>>;
}

export const AlikePreviewPage = ({ context, seed, members, typed, warnings }: AlikePreviewPageProps) => {
  const { t } = context;
  const texts = textsOf(typed);
  const parts = languages
    .map((language) => ({ language, members: members.filter(({ ticket }) => ticket.language === language) }))
    .filter((part) => part.members.length > 0);
  return (
    <StaffLayout context={context} title={t('groups:previewTitle')} follows="settings">
      <h1>{t('groups:previewTitle')}</h1>
      <p>{t(typed.closes ? 'groups:previewCloses' : 'groups:previewLead', { count: members.length })}</p>
      <form method="post" action={`/staff/tickets/${seed._id}/alike`} class="stack editor">
        <input type="hidden" name="requestId" value={typed.requestId} />
        {typed.closes ? <input type="hidden" name="closes" value="yes" /> : null}
        {languages.map((language) => (
          <input key={language} type="hidden" name={textField[language]} value={texts[language]} />
        ))}
        {parts.map(({ language, members: of }) => (
          <section key={language} class="panel" aria-labelledby={`to-${language}`}>
            <h2 id={`to-${language}`}>
              {t(`language.${language}`)} <span class="count">{of.length}</span>
            </h2>
            {warnings[language].map((warning) => (
              <p key={warning} class="notice" role="alert">
                {warning === 'language'
                  ? t('answers:warning.language', { language: t(`language.${language}`) })
                  : t(`answers:warning.${warning}`)}
              </p>
            ))}
            <blockquote class="words" lang={language}>
              {formatText(texts[language])}
            </blockquote>
            <details>
              <summary>{t('groups:recipients', { count: of.length })}</summary>
              <ul class="plain">
                {of.map(({ ticket, words }) => (
                  <li key={ticket._id} lang={language}>
                    <input type="hidden" name="tickets" value={ticket._id} />
                    <span class="receipt">{ticket.receipt}</span> {words ? messageWords(words, t).slice(0, 120) : ''}
                  </li>
                ))}
              </ul>
            </details>
          </section>
        ))}
        <p class="muted">{t('groups:undoHint')}</p>
        <p class="actions">
          <button type="submit" class="primary" name="step" value="send">
            {t('groups:send', { count: members.length })}
          </button>
          <button type="submit" name="step" value="edit">
            {t('groups:change')}
          </button>
        </p>
      </form>
    </StaffLayout>
  );
};
