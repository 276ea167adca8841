/** The bot's draft in drafts mode: sent as it is, edited and sent, or put aside. */
import { longestMessage } from '../../facts/tickets/answering.js';
import type { OutboxDocument } from '../../store/outbox.js';
import type { Translate } from './staff-texts.js';

interface DraftPanelProps {
  readonly draft: OutboxDocument;
  readonly ticketId: string;
  readonly t: Translate;
}

export const DraftPanel = ({ draft, ticketId, t }: DraftPanelProps) => (
  <form method="post" action={`/staff/tickets/${ticketId}/drafts/${draft._id}`} class="draft">
    <label>
      <strong>{t('draft.title')}</strong>
      <textarea
        name="text"
        rows={Math.min(12, draft.text.split('\n').length + 3)}
        maxLength={longestMessage}
        lang={draft.language}
      >
        {draft.text}
      </textarea>
    </label>
    <div class="actions">
      <button type="submit" class="primary" name="verdict" value="send">
        {t('draft.send')}
      </button>
      <button type="submit" name="verdict" value="edited">
        {t('draft.sendEdited')}
      </button>
      <button type="submit" class="quiet" name="verdict" value="discard">
        {t('draft.discard')}
      </button>
    </div>
  </form>
);
