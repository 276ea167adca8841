/** A specialist's words on their way out: a reply, or the bot's draft sent, edited or put aside. Everything enters at the outbox. */

import { splitText } from '../../outbox/split-text.js';
import { isDuplicateKey } from '../../store/connect.js';
import type { ConversationDocument } from '../../store/conversations.js';
import type { FileDocument } from '../../store/files.js';
import type { OutboxDocument } from '../../store/outbox.js';
import type { Session } from '../../store/session.js';
import type { TicketDocument } from '../../store/ticket-document.js';
import type { GivenFile } from '../files/outgoing-files.js';
import { createAnswering, longestMessage, longestReply } from './answering.js';
import { TicketError } from './ticket-error.js';
import type { TicketHold } from './ticket-hold.js';
import type { TicketsOptions } from './tickets.js';

/** Parts of one reply stand so close in the conversation's order that nothing of another moment comes between them. */
const partStep = 0.01;

interface Request {
  /** Made by the page: the same form posted twice sends once. */
  readonly requestId: string;
  readonly staffId: string;
}
export interface ReplyRequest extends Request {
  readonly text: string;
}
export interface FileRequest extends Request {
  readonly file: GivenFile;
}
export interface SentReply {
  readonly outboxId: string;
  /** The request had been carried out before. */
  readonly repeated: boolean;
}

interface RepliesOptions extends TicketsOptions {
  readonly ticketHold: TicketHold;
}

export const createReplies = ({ store, clocks, newId, mask, ticketHold, outgoingFiles }: RepliesOptions) => {
  const { found } = ticketHold;
  const { checked, markAnswered, unanswered } = createAnswering({ store, mask, ticketHold });
  const now = () => clocks.real.now();
  const draftOf = async (ticket: TicketDocument, draftId: string): Promise<OutboxDocument> => {
    const row = await store.outbox.find(draftId);
    if (!row || row.conversationId !== ticket.conversationId) throw new TicketError('draft-gone');
    return row;
  };

  /** One message of a reply. */
  type Part = Pick<OutboxDocument, 'text' | 'file'>;
  /** Queues the parts in order and marks the ticket answered, with what else belongs to it, in one transaction. */
  const enter = async (
    ticketId: string,
    { requestId, staffId }: Request,
    partsOf: (ticket: TicketDocument, conversation: ConversationDocument) => Promise<readonly Part[]>,
    also: (session: Session) => Promise<void> = async () => undefined,
  ): Promise<SentReply> => {
    const ticket = await found(ticketId);
    const [conversation, answers] = await Promise.all([
      store.conversations.find(ticket.conversationId),
      unanswered(ticket),
    ]);
    if (!conversation) throw new TicketError('not-found');
    const parts = await partsOf(ticket, conversation);
    const at = now();
    const id = newId();
    // Each part is a row of its own: it is sent, looked up and given up by itself, and a crash between two doubles neither.
    const rows = parts.map(
      (part, place): OutboxDocument => ({
        _id: place === 0 ? id : newId(),
        conversationId: conversation._id,
        address: conversation.address,
        ...part,
        choices: [],
        asksLocation: false,
        language: ticket.language,
        answers,
        origin: 'specialist',
        staffId,
        ticketId,
        ...(place === 0 ? { requestId } : {}),
        status: 'queued',
        position: at.getTime() + place * partStep,
        attempts: 0,
        nextAttemptAt: at,
        createdAt: at,
      }),
    );
    try {
      await store.transaction(async (session) => {
        await markAnswered(session, ticket, staffId, at);
        await store.outbox.withdrawDrafts(session, conversation._id);
        await store.outbox.insert(session, rows);
        await also(session);
      });
    } catch (error) {
      const winner = isDuplicateKey(error) ? await store.outbox.findByRequest(requestId) : null;
      if (!winner) throw error;
      return { outboxId: winner._id, repeated: true };
    }
    return { outboxId: id, repeated: false };
  };

  return {
    /**
     * Queues the reply, a long one in several messages, and marks the ticket answered, in one transaction; open drafts of the bot are
     * overtaken.
     * @throws TicketError empty-text, too-long, already-claimed, conversation-held, resolved, not-found
     */
    async reply(ticketId: string, { text, ...request }: ReplyRequest): Promise<SentReply> {
      const before = await store.outbox.findByRequest(request.requestId);
      if (before) return { outboxId: before._id, repeated: true };
      const clean = checked(text, longestReply);
      return enter(ticketId, request, async () => splitText(clean, longestMessage).map((part) => ({ text: part })));
    },
    /**
     * Queues a file, its name as its caption: some channels carry no longer words with some files.
     * @throws TicketError file-type, file-size, file-empty, already-claimed, conversation-held, resolved, not-found
     */
    async sendFile(ticketId: string, { file, ...request }: FileRequest): Promise<SentReply> {
      const before = await store.outbox.findByRequest(request.requestId);
      if (before) return { outboxId: before._id, repeated: true };
      if (!outgoingFiles) throw new Error('No files go out here.');
      const fault = outgoingFiles.faultOf(file);
      if (fault !== null) throw new TicketError(fault);
      let kept: FileDocument | undefined;
      return enter(
        ticketId,
        request,
        async (_ticket, { _id: id, address }) => {
          kept = await outgoingFiles.keep(file, id, address, request.staffId);
          return [{ text: kept.name ?? kept._id, file: kept._id }];
        },
        async (session) => {
          if (kept) await store.files.insert(session, kept);
        },
      );
    },

    /**
     * Sends the bot's draft as it is or, with `text`, as edited (then it is the specialist's word). Sent already: no error, sent once.
     * @throws TicketError draft-gone (put aside or overtaken), empty-text, too-long, already-claimed, resolved, not-found
     */
    async sendDraft(
      ticketId: string,
      draftId: string,
      { staffId, text }: { readonly staffId: string; readonly text?: string },
    ): Promise<SentReply> {
      const ticket = await found(ticketId);
      const draft = await draftOf(ticket, draftId);
      if (draft.status === 'withdrawn') throw new TicketError('draft-gone');
      if (draft.status !== 'draft') return { outboxId: draftId, repeated: true };
      const clean = text === undefined ? draft.text : checked(text, longestMessage);
      const edited = clean !== draft.text;
      const at = now();
      const change = {
        status: 'queued' as const,
        staffId,
        ticketId,
        // It leaves now: it stands where it is sent, not where it was thought of.
        position: at.getTime(),
        createdAt: at,
        nextAttemptAt: at,
        ...(edited ? { text: clean, choices: [], asksLocation: false, origin: 'specialist' as const } : {}),
      };
      try {
        await store.transaction(async (session) => {
          await markAnswered(session, ticket, staffId, at);
          const moved = await store.outbox.move(draftId, { status: 'draft' }, change, session);
          if (!moved) throw new TicketError('draft-gone');
        });
        return { outboxId: draftId, repeated: false };
      } catch (error) {
        const quicker = error instanceof TicketError && (await draftOf(ticket, draftId)).staffId === staffId;
        if (!quicker || (await draftOf(ticket, draftId)).status === 'withdrawn') throw error;
        return { outboxId: draftId, repeated: true };
      }
    },
    /** Puts one draft aside; it is kept, and never sent. Discarding twice is no error. */
    async discardDraft(ticketId: string, draftId: string, staffId: string): Promise<void> {
      await draftOf(await found(ticketId), draftId);
      await store.outbox.move(draftId, { status: 'draft' }, { status: 'withdrawn', staffId });
    },

    /**
     * Settles a row of which nobody knows whether it left: `arrived` records it as sent, `again` queues it anew.
     * @throws TicketError row-gone when somebody settled it before
     */
    async settleUndelivered(outboxId: string, verdict: 'arrived' | 'again'): Promise<void> {
      const row = await store.outbox.find(outboxId);
      if (!row || (row.status !== 'uncertain' && row.status !== 'failed')) throw new TicketError('row-gone');
      const at = now();
      const change =
        verdict === 'arrived'
          ? ({ status: 'sent', sentAt: at } as const)
          : ({ status: 'queued', nextAttemptAt: at, attempts: 0 } as const);
      if (!(await store.outbox.move(outboxId, { status: row.status }, change))) throw new TicketError('row-gone');
    },
  };
};
