/** Where a specialist writes to the resident; stands outside the regions that refresh themselves, so that nothing takes typed text away. */
import { longestReply } from '../../facts/tickets/answering.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import type { Translate } from './staff-texts.js';

/** What a form is rendered with: what was typed where it was refused, else nothing. */
export interface Typed {
  readonly text: string;
  /** Fresh for every rendering: the same form posted twice sends once. */
  readonly requestId: string;
  readonly noteId: string;
  readonly fileId: string;
}

interface ReplyFormProps {
  readonly ticket: TicketDocument;
  readonly t: Translate;
  readonly typed: Typed;
  /** The channel lets nothing through until the resident writes. */
  readonly windowClosed: boolean;
}

export const ReplyForm = ({ ticket, t, typed, windowClosed }: ReplyFormProps) => (
  <form
    method="post"
    action={`/staff/tickets/${ticket._id}/reply`}
    class="reply"
    id="reply-form"
    data-reply
    data-ticket={ticket._id}
    hx-post={`/staff/tickets/${ticket._id}/reply`}
    hx-target="#outcome"
    hx-select="#outcome"
    hx-swap="outerHTML"
  >
    <input type="hidden" name="requestId" value={typed.requestId} />
    <label for="reply-text">{t('reply.label', { language: t(`language.${ticket.language}`) })}</label>
    <textarea
      id="reply-text"
      name="text"
      rows={3}
      required
      maxLength={longestReply}
      lang={ticket.language}
      placeholder={t('reply.placeholder')}
    >
      {typed.text}
    </textarea>
    {windowClosed ? <p class="small trouble">{t('inbox:windowClosed')}</p> : null}
    <div class="reply-foot">
      <span class="muted small">{t('reply.hint')}</span>
      <button type="submit" class="primary">
        {t('reply.send')}
      </button>
    </div>
  </form>
);
