/** What the inbox does by itself, by the clock: promises are watched, silent conversations handed back, shifts ended, broken work finished. */
import type { Clock } from '../clock.js';
import type { Corrections } from '../facts/corrections/corrections.js';
import type { EmptyHidden } from '../facts/queues/empty-hidden.js';
import type { InboxClock } from '../facts/tickets/inbox-clock.js';
import type { Tickets } from '../facts/tickets/tickets.js';
import type { Job } from './run-jobs.js';

/** A reply to many that was begun so long ago is nobody's any more. */
const abandonedMs = 60_000;

export interface InboxJobsParts {
  readonly corrections: Pick<Corrections, 'finish'>;
  readonly tickets: Pick<Tickets, 'finishGroupReplies'>;
  readonly inboxClock: InboxClock;
  readonly emptyHidden: EmptyHidden;
  readonly clock: Clock;
}
export const createInboxJobs = ({
  tickets,
  inboxClock,
  emptyHidden,
  corrections,
  clock,
}: InboxJobsParts): readonly Job[] => [
  { name: 'promises', cron: '* * * * *', run: inboxClock.watchPromises },
  { name: 'hand-back', cron: '* * * * *', run: inboxClock.handBack },
  { name: 'hidden-queues', cron: '* * * * *', run: emptyHidden },
  { name: 'shift-end', cron: '*/5 * * * *', run: inboxClock.endShifts },
  {
    name: 'group-replies',
    cron: '* * * * *',
    run: () => tickets.finishGroupReplies(new Date(clock.now().getTime() - abandonedMs)),
  },
  {
    name: 'corrections',
    cron: '* * * * *',
    run: () => corrections.finish(new Date(clock.now().getTime() - abandonedMs)),
  },
];
