/** A ticket changes hands: to another queue or a colleague with a note, or all of one's own at the end of a shift. */
import type { Queue } from '../../dialogue/fact-requests.js';
import type { NoteDocument } from '../../store/notes.js';
import type { Session } from '../../store/session.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import type { Deadlines } from '../queues/queues.js';
import { TicketError } from './ticket-error.js';
import type { TicketHold } from './ticket-hold.js';
import type { TicketsOptions } from './tickets.js';

export interface Transfer {
  readonly queue: Queue;
  /** A member of that queue who gets it at once; without one it waits there for anybody. */
  readonly to?: string;
  readonly note: string;
  readonly staffId: string;
  /** A lead may pass on what a colleague has. */
  readonly anyones?: boolean;
}
interface PassingOnOptions extends Pick<TicketsOptions, 'store' | 'clocks' | 'newId' | 'mask'> {
  readonly ticketHold: TicketHold;
  readonly deadlines: (queue: Queue) => Promise<Deadlines>;
}
/** Characters of a note. */
export const longestNote = 2_000;

export const createPassingOn = ({ store, clocks, newId, mask, ticketHold, deadlines }: PassingOnOptions) => {
  const { found, refusal, hold, letGo } = ticketHold;
  const checkedNote = (text: string): string => {
    const clean = mask(text.replaceAll('\r\n', '\n').trim());
    if (clean.length > longestNote) throw new TicketError('note-too-long');
    return clean;
  };
  const noteOf = (ticket: TicketDocument, by: Pick<NoteDocument, 'staffId' | 'kind' | 'text' | 'at' | 'to'>) => ({
    _id: newId(),
    ticketId: ticket._id,
    conversationId: ticket.conversationId,
    ...by,
  });
  const give = async (
    session: Session,
    ticket: TicketDocument,
    { queue, to, staffId, anyones = false }: Omit<Transfer, 'note'>,
    at: Date,
    deadlinesThere: Partial<Deadlines> = {},
  ): Promise<void> => {
    const passed = await store.tickets.pass(session, ticket._id, {
      ...(anyones ? {} : { unlessClaimedByOther: staffId }),
      queue,
      ...(to === undefined ? {} : { to }),
      at,
      ...deadlinesThere,
    });
    if (!passed) throw await refusal(ticket._id, staffId);
    await letGo(session, ticket, at);
    if (to !== undefined) await hold(session, ticket, to, at);
  };

  return {
    /**
     * Passes an open ticket on with the note that says why. Only who has it may (anybody while it waits, a lead always).
     * @throws TicketError not-found, note-missing, note-too-long, not-a-member, already-claimed, conversation-held, resolved
     */
    async transfer(ticketId: string, transfer: Transfer): Promise<void> {
      const text = checkedNote(transfer.note);
      if (text === '') throw new TicketError('note-missing');
      const ticket = await found(ticketId);
      const { queue, to, staffId } = transfer;
      if (to !== undefined && !(await store.queues.find(queue))?.members.includes(to))
        throw new TicketError('not-a-member');
      const at = clocks.real.now();
      const there = queue === ticket.queue ? {} : await deadlines(queue);
      const target = { kind: 'transfer' as const, to: to ?? queue };
      const note = noteOf(ticket, { ...target, staffId, text, at });
      await store.transaction(async (session) => {
        await give(session, ticket, transfer, at, there);
        await store.notes.addWithin(session, note);
      });
    },
    /** Adds a note that only staff see. The same request twice stands once. @throws TicketError not-found, empty-text, note-too-long */
    async note(ticketId: string, note: { text: string; requestId: string; staffId: string }): Promise<void> {
      const text = checkedNote(note.text);
      if (text === '') throw new TicketError('empty-text');
      const ticket = await found(ticketId);
      const by = { kind: 'note' as const, staffId: note.staffId, text, at: clocks.real.now() };
      await store.notes.add({ ...noteOf(ticket, by), _id: note.requestId });
    },
    /**
     * The end of a shift: each claimed ticket of this person goes back to its queue or, with `to`, to that colleague where they are a
     * member of its queue. Gives how many went where; what a colleague could not get goes back.
     */
    async endShift(staffId: string, to?: string): Promise<{ readonly handed: number; readonly returned: number }> {
      const at = clocks.real.now();
      const theirs = to === undefined ? [] : await store.queues.ofMember(to);
      const tally = { handed: 0, returned: 0 };
      for (const ticket of await store.tickets.claimedBy(staffId)) {
        const target = theirs.includes(ticket.queue) ? to : undefined;
        const there = target === undefined ? {} : { to: target };
        const note = noteOf(ticket, { ...there, kind: 'shift', staffId, text: '', at });
        await store.transaction(async (session) => {
          await give(session, ticket, { queue: ticket.queue, ...there, staffId }, at);
          await store.notes.addWithin(session, note);
        });
        tally[target === undefined ? 'returned' : 'handed'] += 1;
      }
      return tally;
    },
  };
};
