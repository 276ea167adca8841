/** A note beside the ticket: colleagues read it, the resident never gets it. */
import { longestNote } from '../../facts/tickets/passing-on.js';
import type { Translate } from './staff-texts.js';

interface NoteFormProps {
  readonly ticketId: string;
  readonly t: Translate;
  readonly requestId: string;
}

export const NoteForm = ({ ticketId, t, requestId }: NoteFormProps) => (
  <details class="aside-form">
    <summary>{t('inbox:note.title')}</summary>
    <form method="post" action={`/staff/tickets/${ticketId}/note`} class="stack">
      <input type="hidden" name="requestId" value={requestId} />
      <label>
        {t('inbox:note.label')}
        <textarea name="text" rows={2} required maxLength={longestNote} />
      </label>
      <button type="submit">{t('inbox:note.add')}</button>
    </form>
  </details>
);
