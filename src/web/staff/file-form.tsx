/** Where a specialist sends a file to the resident; its name goes with it. */
import { takenEndings } from '../../facts/files/outgoing-files.js';
import type { Translate } from './staff-texts.js';

interface FileFormProps {
  readonly ticketId: string;
  readonly t: Translate;
  readonly requestId: string;
}

export const FileForm = ({ ticketId, t, requestId }: FileFormProps) => (
  <details class="aside-form">
    <summary>{t('files:send.title')}</summary>
    <form method="post" action={`/staff/tickets/${ticketId}/file`} encType="multipart/form-data" class="stack">
      <input type="hidden" name="requestId" value={requestId} />
      <label>
        {t('files:send.label')}
        <input type="file" name="file" required accept={takenEndings.join(',')} />
      </label>
      <p class="muted small">{t('files:send.hint')}</p>
      <button type="submit">{t('files:send.send')}</button>
    </form>
  </details>
);
