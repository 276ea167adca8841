/** Passing a ticket on: to a queue or to a colleague there, always with the reason. */
import type { Queue } from '../../dialogue/fact-requests.js';
import { longestNote } from '../../facts/tickets/passing-on.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import { liveQueues, type PageContext, queueName } from './page-context.js';

/** Somebody who answers in a queue. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
  readonly queue: Queue;
}
interface TransferFormProps {
  readonly ticket: TicketDocument;
  readonly context: PageContext;
  readonly colleagues: readonly Colleague[];
}

export const TransferForm = ({ ticket, context, context: { t }, colleagues }: TransferFormProps) => (
  <details class="aside-form">
    <summary>{t('inbox:transfer.title')}</summary>
    <form method="post" action={`/staff/tickets/${ticket._id}/transfer`} class="stack">
      <label>
        {t('inbox:transfer.to')}
        <select name="target" required>
          <option value="">{t('inbox:transfer.choose')}</option>
          {liveQueues(context).map((queue) => (
            <optgroup key={queue} label={queueName(context, queue)}>
              {queue === ticket.queue ? null : (
                <option value={queue}>{t('inbox:transfer.anybody', { queue: queueName(context, queue) })}</option>
              )}
              {colleagues
                .filter((colleague) => colleague.queue === queue && colleague.id !== ticket.claimedBy)
                .map(({ id, name }) => (
                  <option key={id} value={`${queue}:${id}`}>
                    {name}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label>
        {t('inbox:transfer.note')}
        <textarea name="note" rows={2} required maxLength={longestNote} />
      </label>
      <button type="submit">{t('inbox:transfer.submit')}</button>
    </form>
  </details>
);
