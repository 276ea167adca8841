/** One answer for all who ask the same: who they are, adjusted by hand, and what is said to them in each of their languages. */
import type { ArticleAnswer } from '../../dialogue/fact-requests.js';
import { longestMessage } from '../../facts/tickets/answering.js';
import type { GroupMember } from '../../facts/tickets/groups.js';
import { type Language, languages } from '../../language.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import { formatText } from '../format-text.js';
import { type GroupForm, textField, textsOf } from './group-form.js';
import { messageWords } from './message-words.js';
import type { PageContext } from './page-context.js';
import { Notice, StaffLayout } from './staff-layout.js';
import { TicketTime } from './ticket-time.js';

export interface AlikePageProps {
  readonly context: PageContext;
  readonly seed: TicketDocument;
  readonly members: readonly GroupMember[];
  readonly names: ReadonlyMap<string, string>;
  /** What the group's topic is answered with where an article is published. */
  readonly article: ArticleAnswer | null;
  readonly typed: Pick<GroupForm, 'requestId' | 'textKk' | 'textRu' | 'closes' | 'receipt'>;
  /** Who is chosen; without it those that are taken to be meant. */
  readonly chosen?: readonly string[];
}

export const AlikePage = ({ context, seed, members, names, article, typed, chosen }: AlikePageProps) => {
  const { t, staff } = context;
  const occurring = languages.filter((one) => members.some(({ ticket }) => ticket.language === one));
  const isOthers = ({ claimedBy }: TicketDocument) => claimedBy !== undefined && claimedBy !== staff?.id;
  return (
    <StaffLayout context={context} title={t('groups:answerAll')} follows="settings">
      <p class="crumbs">
        <a href={`/staff/tickets/${seed._id}`} data-key="u">
          ← {t('ticket.title')} {seed.receipt}
        </a>
        <a href="/staff/groups">{t('groups:title')}</a>
      </p>
      <h1>{t('groups:answerAll')}</h1>
      <Notice text={context.notice} />
      <form method="post" action={`/staff/tickets/${seed._id}/alike`} class="editor stack">
        <input type="hidden" name="requestId" value={typed.requestId} />
        {/* The first button is what Enter presses. */}
        <div class="group-texts">
          {occurring.map((language) => (
            <TextBox key={language} {...{ context, language, article }} text={textsOf(typed)[language]} />
          ))}
        </div>
        <label class="tick">
          <input type="checkbox" name="closes" value="yes" checked={typed.closes === 'yes'} />
          <span>{t('groups:closes')}</span>
        </label>
        <p class="actions sticky">
          <button type="submit" class="primary" name="step" value="preview">
            {t('groups:preview')}
          </button>
        </p>
        <fieldset class="group-members">
          <legend>{t('groups:who', { count: members.length })}</legend>
          <ul class="rows">
            {members.map(({ ticket, words, near }) => (
              <li key={ticket._id} class="row group-member">
                <label class="tick">
                  <input
                    type="checkbox"
                    name="tickets"
                    value={ticket._id}
                    disabled={isOthers(ticket)}
                    checked={!isOthers(ticket) && (chosen ? chosen.includes(ticket._id) : near)}
                  />
                  <span class="row-head">
                    <a href={`/staff/tickets/${ticket._id}`} class="receipt">
                      {ticket.receipt}
                    </a>
                    <span class="mark">{t(`language.${ticket.language}`)}</span>
                    {near ? null : <span class="mark">{t('groups:notNear')}</span>}
                    {isOthers(ticket) ? (
                      <span class="mark">{t('groups:hasIt', { name: names.get(ticket.claimedBy ?? '') ?? '' })}</span>
                    ) : null}
                    <TicketTime ticket={ticket} context={context} />
                  </span>
                </label>
                <span class="row-text" lang={ticket.language}>
                  {words ? formatText(messageWords(words, t), false) : t(`reason.${ticket.reason}`)}
                </span>
                {ticket._id === seed._id ? null : (
                  <button type="submit" class="quiet" name="out" value={ticket._id} title={t('groups:outHint')}>
                    {t('groups:out')}
                  </button>
                )}
              </li>
            ))}
          </ul>
          <p class="group-put">
            <label>
              {t('groups:receipt')}
              <input name="receipt" maxLength={20} placeholder="K-7F3Q" value={typed.receipt} autocomplete="off" />
            </label>
            <button type="submit" name="put" value="yes">
              {t('groups:put')}
            </button>
          </p>
        </fieldset>
      </form>
    </StaffLayout>
  );
};

interface TextBoxProps extends Pick<AlikePageProps, 'context' | 'article'> {
  readonly language: Language;
  readonly text: string;
}
const TextBox = ({ context: { t }, language, article, text }: TextBoxProps) => (
  <div>
    <label for={textField[language]}>{t('groups:text', { language: t(`language.${language}`) })}</label>
    <textarea id={textField[language]} name={textField[language]} rows={6} maxLength={longestMessage} lang={language}>
      {text}
    </textarea>
    {article ? (
      <details>
        <summary>{t('groups:fromArticle', { title: article.question[language] })}</summary>
        <p class="words" lang={language}>
          {formatText(article.answer[language], false)}
        </p>
        <button type="button" class="quiet" data-insert={article.answer[language]} data-into={textField[language]}>
          {t('answers:insert')}
        </button>
      </details>
    ) : null}
  </div>
);
