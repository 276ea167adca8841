/** The store: every room's queries over one connection, the migration that makes their collections and indexes, and transactions. */
import type mongoose from 'mongoose';
import { createArticleRows } from './articles.js';
import { createAuditRows } from './audit.js';
import { createCannedRows } from './canned-responses.js';
import { createChannels } from './channels.js';
import { createCheckDays } from './check-days.js';
import { createCheckpointRows } from './checkpoints.js';
import { type Connection, dropChangedIndexes, hasCode } from './connect.js';
import { createContactRecords } from './contact-records.js';
import { createContacts } from './contacts.js';
import { createConversations } from './conversations.js';
import { createCorrectionRows } from './corrections.js';
import { createCosts } from './costs.js';
import { createFileRows } from './files.js';
import { createGroupReplyRows } from './group-replies.js';
import { createIinChecks } from './iin-checks.js';
import { createInvitationRows } from './invitations.js';
import { createJobRuns } from './job-runs.js';
import { createLeases } from './leases.js';
import { createLexiconRows } from './lexicon.js';
import { createListBatches } from './list-batches.js';
import { createLockouts } from './lockouts.js';
import { createMessages } from './messages.js';
import { createNotes } from './notes.js';
import { createOutboxRows } from './outbox.js';
import { createPresence } from './presence.js';
import { createProgrammeRows } from './programmes.js';
import { createQueueRows } from './queues.js';
import { createReads } from './reads.js';
import { createRecipientRows } from './recipients.js';
import { createRetention } from './retention.js';
import { createSealedIins } from './sealed-iins.js';
import { inTransaction, type Session } from './session.js';
import { createSettings } from './settings.js';
import { createTicketRows } from './tickets.js';
import { createWatches } from './watches.js';
import { createWebMessages } from './web-messages.js';
import { createWorkers } from './workers.js';

/** Makes the rooms of the store on an open connection; nothing is written until `migrate`. */
export const createStore = (connection: Connection) => {
  const rooms = {
    contacts: createContacts(connection),
    conversations: createConversations(connection),
    messages: createMessages(connection),
    outbox: createOutboxRows(connection),
    tickets: createTicketRows(connection),
    settings: createSettings(connection),
    leases: createLeases(connection),
    channels: createChannels(connection),
    workers: createWorkers(connection),
    webMessages: createWebMessages(connection),
    articles: createArticleRows(connection),
    programmes: createProgrammeRows(connection),
    recipients: createRecipientRows(connection),
    listBatches: createListBatches(connection),
    checkpoints: createCheckpointRows(connection),
    lexicon: createLexiconRows(connection),
    iinChecks: createIinChecks(connection),
    files: createFileRows(connection),
    checkDays: createCheckDays(connection),
    watches: createWatches(connection),
    sealedIins: createSealedIins(connection),
    contactRecords: createContactRecords(connection),
    retention: createRetention(connection),
    audit: createAuditRows(connection),
    queues: createQueueRows(connection),
    notes: createNotes(connection),
    lockouts: createLockouts(connection),
    invitations: createInvitationRows(connection),
    presence: createPresence(connection),
    reads: createReads(connection),
    jobRuns: createJobRuns(connection),
    corrections: createCorrectionRows(connection),
    groupReplies: createGroupReplyRows(connection),
    canned: createCannedRows(connection),
  };
  return {
    ...rooms,
    costs: createCosts(connection),
    /** See `inTransaction`. */
    transaction: <T>(work: (session: Session) => Promise<T>, withinMs?: number): Promise<T> =>
      inTransaction(connection, work, withinMs),
    /** Makes missing collections and indexes, makes anew what changed of them, and brings older documents into today's form; safe at every start and from several processes at once. */
    async migrate(): Promise<void> {
      const models = Object.values(rooms).flatMap((room) => room.models as unknown as mongoose.Model<unknown>[]);
      for (const model of models) {
        await model.createCollection().catch((error: unknown) => {
          // It is there already.
          if (!hasCode(error, 48)) throw error;
        });
        await dropChangedIndexes(model);
        await model.createIndexes();
      }
      await rooms.articles.upgrade();
      await rooms.recipients.upgrade();
    },
  };
};
export type Store = ReturnType<typeof createStore>;
