/** The inbox: who waits, what is mine, what colleagues have, what was answered; urgent first. */
import type { Inbox } from '../../facts/tickets/tickets.js';
import { withDots } from '../../inbound/masked.js';
import type { MessageDocument } from '../../store/messages.js';
import type { TicketDocument } from '../../store/tickets.js';
import { formatText } from '../format-text.js';
import type { PageContext } from './page-context.js';
import { Notice, StaffLayout } from './staff-layout.js';
import type { Translate } from './staff-texts.js';
import { TicketTime } from './ticket-time.js';

interface InboxPageProps {
  readonly context: PageContext;
  readonly inbox: Inbox;
  readonly names: ReadonlyMap<string, string>;
}
const groups = ['waiting', 'mine', 'others', 'answered'] as const;

export const InboxPage = ({ context, inbox, names }: InboxPageProps) => {
  const { t } = context;
  return (
    <StaffLayout context={context} title={t('nav.inbox')}>
      <h1>{t('nav.inbox')}</h1>
      <Notice text={context.notice} />
      <div id="inbox" data-live-region>
        {groups.map((group) => (
          <section key={group} class="group" aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`}>
              {t(`inbox.${group}`)} <span class="count">{inbox[group].length}</span>
            </h2>
            {inbox[group].length === 0 ? (
              <p class="empty">{t(`inbox.none.${group}`)}</p>
            ) : (
              <ul class="rows">
                {inbox[group].map((ticket) => (
                  <TicketRow
                    key={ticket._id}
                    ticket={ticket}
                    context={context}
                    last={inbox.lastWords.get(ticket.messages.at(-1) ?? '')}
                    claimer={ticket.claimedBy ? names.get(ticket.claimedBy) : undefined}
                  />
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </StaffLayout>
  );
};

interface TicketRowProps {
  readonly ticket: TicketDocument;
  readonly context: PageContext;
  readonly last: MessageDocument | undefined;
  readonly claimer: string | undefined;
}
const TicketRow = ({ ticket, context, context: { t }, last, claimer }: TicketRowProps) => (
  <li>
    <a class={`row${ticket.urgent ? ' urgent' : ''}`} href={`/staff/tickets/${ticket._id}`}>
      <span class="row-head">
        {ticket.urgent ? <strong class="mark mark-urgent">{t('ticket.urgent')}</strong> : null}
        <span class="receipt">{ticket.receipt}</span>
        <span class="mark">{t(`queue.${ticket.queue}`)}</span>
        <span class="mark" title={t('ticket.language')}>
          {t(`language.${ticket.language}`)}
        </span>
        <TicketTime ticket={ticket} context={context} />
      </span>
      <span class="row-text" lang={ticket.language}>
        {last ? formatText(messageWords(last, t), false) : t(`reason.${ticket.reason}`)}
      </span>
      <span class="row-foot">
        {t(`reason.${ticket.reason}`)}
        {claimer ? ` · ${claimer}` : ''}
      </span>
    </a>
  </li>
);

/** What a message says in words, also where it is a photo or a place. */
export const messageWords = (message: MessageDocument, t: Translate): string => {
  if (message.kind === 'location') {
    const { latitude = 0, longitude = 0 } = message.location ?? {};
    return t('message.location', { latitude: latitude.toFixed(4), longitude: longitude.toFixed(4) });
  }
  const text = withDots(message.text);
  if (message.kind === 'media') return `[${t(`media.${message.media ?? 'document'}`)}] ${text}`.trim();
  if (message.kind === 'call' || message.kind === 'unsupported') return `[${t(`media.${message.kind}`)}]`;
  return text;
};
