/** Above the conversation: who has the ticket, how long it waits, and what can be done with it. */
import type { TicketDocument } from '../../store/ticket-document.js';
import type { PageContext } from './page-context.js';
import { Pressing, TicketTime } from './ticket-time.js';

interface TicketStateProps {
  readonly context: PageContext;
  readonly ticket: TicketDocument;
  readonly names: ReadonlyMap<string, string>;
}

export const TicketState = ({ context, ticket, names }: TicketStateProps) => {
  const { t, staff } = context;
  const holder = ticket.claimedBy;
  const holderName = holder === staff?.id ? t('ticket.you') : (names.get(holder ?? '') ?? t('conversation.specialist'));
  return (
    <>
      <p class="row-head">
        {ticket.urgent ? <strong class="mark mark-urgent">{t('ticket.urgent')}</strong> : null}
        <span class={`status status-${ticket.status}`}>
          {t(`status.${ticket.status}`)}
          {holder ? ` · ${holderName}` : ''}
        </span>
        <Pressing ticket={ticket} context={context} />
        {ticket.rating ? <span class="mark">{t(`inbox:rating.given.${ticket.rating}`)}</span> : null}
        <TicketTime ticket={ticket} context={context} />
      </p>
      <Actions ticket={ticket} t={t} mine={holder === staff?.id} leads={staff?.role !== 'specialist'} />
      {ticket.status === 'waiting' ? <p class="muted small">{t('action.claimHint')}</p> : null}
    </>
  );
};

interface ActionsProps {
  readonly ticket: TicketDocument;
  readonly t: PageContext['t'];
  readonly mine: boolean;
  readonly leads: boolean;
}
/** The key beside a button, where the page has its script. */
const keys = { claim: 'c', resolve: 'e', release: 'w' } as const;

const Actions = ({ ticket, t, mine, leads }: ActionsProps) => {
  const held = ticket.status === 'claimed' || ticket.status === 'answered';
  const mayEnd = ticket.status !== 'resolved' && (!held || mine || leads);
  const offered = [
    ...(ticket.status === 'waiting' ? (['claim'] as const) : []),
    ...(mayEnd ? (['resolve'] as const) : []),
    ...(held && (mine || leads) ? (['release'] as const) : []),
  ];
  return offered.length === 0 ? null : (
    <div class="actions">
      {offered.map((action, index) => (
        <form key={action} method="post" action={`/staff/tickets/${ticket._id}/${action}`}>
          <button
            type="submit"
            class={index === 0 ? 'primary' : ''}
            title={t(`action.${action}Hint`)}
            data-key={keys[action]}
          >
            {t(`action.${action}`)}
          </button>
        </form>
      ))}
      <form method="post" action={`/staff/tickets/${ticket._id}/urgency`}>
        <button type="submit" class="quiet" name="urgent" value={ticket.urgent ? 'no' : 'yes'}>
          {t(ticket.urgent ? 'inbox:notUrgent' : 'inbox:makeUrgent')}
        </button>
      </form>
      {mayEnd ? (
        <form method="post" action={`/staff/tickets/${ticket._id}/resolve`}>
          <button type="submit" class="quiet" name="spam" value="yes" title={t('inbox:spamHint')}>
            {t('inbox:markSpam')}
          </button>
        </form>
      ) : null}
    </div>
  );
};
