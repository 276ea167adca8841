/** What became of a reply to many: taken back within ten seconds, else on its way to each; and the article that it may become. */
import { longest } from '../../facts/articles/article-fields.js';
import { queuedParts } from '../../facts/tickets/group-replies.js';
import { type Language, languages } from '../../language.js';
import type { GroupReplyDocument } from '../../store/group-replies.js';
import type { OutboxDocument } from '../../store/outbox.js';
import { formatText } from '../format-text.js';
import { mayPass, ruleFor } from './access.js';
import { Ticks } from './conversation-entry.js';
import { formatMoment } from './format.js';
import type { PageContext } from './page-context.js';
import { Notice, StaffLayout } from './staff-layout.js';

export interface GroupReplyPageProps {
  readonly context: PageContext;
  readonly reply: GroupReplyDocument;
  /** Its rows by their id. */
  readonly rows: ReadonlyMap<string, OutboxDocument>;
  readonly names: ReadonlyMap<string, string>;
  /** What the article's form holds; null where an article cannot be made of it any more. */
  readonly draft: Readonly<Record<'question' | 'answer', Readonly<Record<Language, string>>>> | null;
}

export const GroupReplyPage = ({ context, reply, rows, names, draft }: GroupReplyPageProps) => {
  const { t, staff, now } = context;
  const queued = queuedParts(reply);
  const leftOut = reply.parts.flatMap((part) => ('leftOut' in part ? [part] : []));
  const mayUndo = !reply.undoneAt && reply.staffId === staff?.id && now < reply.dueAt;
  return (
    <StaffLayout context={context} title={t('groups:sentTitle')} follows="outbox group_replies settings">
      <p class="crumbs">
        <a href="/staff/inbox" data-key="u">
          ← {t('nav.inbox')}
        </a>
        <a href="/staff/groups">{t('groups:title')}</a>
      </p>
      <h1>{t('groups:sentTitle')}</h1>
      <Notice text={context.notice} />
      <div id="group-reply" data-live-region>
        <p class="muted small">
          {names.get(reply.staffId) ?? t('conversation.specialist')} · {formatMoment(reply.at)}
        </p>
        {reply.undoneAt ? (
          <p class="notice">{t('groups:undone', { count: reply.restored.length, of: queued.length })}</p>
        ) : mayUndo ? (
          <form method="post" action={`/staff/group-replies/${reply._id}`} class="undo">
            <span>{t('groups:leaving', { count: queued.length })}</span>{' '}
            <button type="submit" class="primary" name="verdict" value="undo" data-key="z">
              {t('groups:undo')}{' '}
              <span data-until={reply.dueAt.getTime() - now.getTime()} aria-hidden="true">
                {Math.ceil((reply.dueAt.getTime() - now.getTime()) / 1000)}
              </span>
            </button>
          </form>
        ) : (
          <p class="notice">{t('groups:sent', { count: queued.length })}</p>
        )}
        {reply.finished || reply.undoneAt ? null : (
          <p class="muted">{t('groups:going', { done: reply.parts.length, of: reply.tickets.length })}</p>
        )}
        {leftOut.length > 0 ? (
          <section class="panel" aria-labelledby="left-out-title">
            <h2 id="left-out-title">{t('groups:leftOut', { count: leftOut.length })}</h2>
            <ul class="plain">
              {leftOut.map(({ ticketId, receipt, leftOut: code, by }) => (
                <li key={ticketId}>
                  <a href={`/staff/tickets/${ticketId}`}>{receipt}</a>{' '}
                  {t(`refusal.${code}`, { name: names.get(by ?? '') ?? t('conversation.specialist') })}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {languages.map((language) => {
          const parts = queued.filter((part) => part.language === language);
          return parts.length === 0 ? null : (
            <section key={language} class="panel" aria-labelledby={`sent-${language}`}>
              <h2 id={`sent-${language}`}>
                {t(`language.${language}`)} <span class="count">{parts.length}</span>
              </h2>
              <blockquote class="words" lang={language}>
                {formatText(reply.texts[language] ?? '')}
              </blockquote>
              <ul class="inline">
                {parts.map(({ ticketId, receipt, outboxId }) => {
                  const row = rows.get(outboxId);
                  return (
                    <li key={ticketId}>
                      <a href={`/staff/tickets/${ticketId}`}>{receipt}</a>{' '}
                      {row && row.status !== 'withdrawn' ? <Ticks row={row} t={t} /> : <span>↩</span>}
                    </li>
                  );
                })}
              </ul>
            </section>
          );
        })}
      </div>
      {!reply.undoneAt && mayPass(ruleFor('GET', '/corrections'), staff?.role) ? (
        <p>
          <a href={`/staff/corrections?group-reply=${encodeURIComponent(reply._id)}`}>{t('corrections:fix')}</a>
        </p>
      ) : null}
      {reply.article ? (
        <p class="notice">{t('groups:article.made', { id: reply.article })}</p>
      ) : draft && !reply.undoneAt ? (
        <ArticleForm {...{ context, reply, draft }} />
      ) : null}
    </StaffLayout>
  );
};

interface ArticleFormProps extends Pick<GroupReplyPageProps, 'context' | 'reply'> {
  readonly draft: NonNullable<GroupReplyPageProps['draft']>;
}
const ArticleForm = ({ context: { t }, reply, draft }: ArticleFormProps) => (
  <details class="panel aside-form">
    <summary>{t('groups:article.title')}</summary>
    <form method="post" action={`/staff/group-replies/${reply._id}/article`} class="stack editor">
      <p class="muted">{t('groups:article.lead')}</p>
      {languages.map((language) => {
        const suffix = language === 'kk' ? 'Kk' : 'Ru';
        return (
          <fieldset key={language} lang={language}>
            <legend>{t(`language.${language}`)}</legend>
            <label>
              {t('groups:article.question')}
              <input
                name={`question${suffix}`}
                maxLength={longest.question}
                required
                value={draft.question[language]}
                autocomplete="off"
              />
            </label>
            <label>
              {t('groups:article.answer')}
              <textarea name={`answer${suffix}`} rows={5} required data-limit={longest.answer}>
                {draft.answer[language]}
              </textarea>
            </label>
          </fieldset>
        );
      })}
      <p class="actions">
        <button type="submit">{t('groups:article.make')}</button>
      </p>
    </form>
  </details>
);
