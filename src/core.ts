/** Composition of everything between the channel and the database: used by the served app and by the commands alike. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clocks } from './clock.js';
import type { Config } from './config.js';
import { createDecide } from './dialogue/decide.js';
import { sealIin } from './facts/appeals/seal-iin.js';
import { createSealedIins } from './facts/appeals/sealed-iins.js';
import { createArticles } from './facts/articles/articles.js';
import { createAudit } from './facts/audit/audit.js';
import { createCannedResponses } from './facts/canned/canned-responses.js';
import { createCheckpoints } from './facts/checkpoints/checkpoints.js';
import { createCorrections } from './facts/corrections/corrections.js';
import { createEligibility } from './facts/eligibility/eligibility.js';
import { createProgrammes } from './facts/eligibility/programmes.js';
import { createFiles } from './facts/files/files.js';
import { createOutgoingFiles } from './facts/files/outgoing-files.js';
import { createLexicon } from './facts/lexicon/lexicon.js';
import { createLists } from './facts/lists/lists.js';
import { createEmptyHidden } from './facts/queues/empty-hidden.js';
import { createQueues } from './facts/queues/queues.js';
import { createNewReceipt } from './facts/receipts.js';
import { createInboxClock } from './facts/tickets/inbox-clock.js';
import { createReplyWarnings } from './facts/tickets/reply-warnings.js';
import { createSuggestions } from './facts/tickets/suggestions.js';
import { createTickets } from './facts/tickets/tickets.js';
import type { Texts } from './i18n.js';
import { createDecideTurn } from './inbound/decide-turn.js';
import { createFetchFact } from './inbound/fetch-facts.js';
import { keyNameOf } from './inbound/iin-hmac.js';
import { createIntake } from './inbound/intake.js';
import { createKeepFiles } from './inbound/keep-files.js';
import { maskText } from './inbound/mask.js';
import { withDots } from './inbound/masked.js';
import { createOwnMessages } from './inbound/own-message.js';
import { createPark } from './inbound/park.js';
import { createRejoiner } from './inbound/rejoin.js';
import { createTryLexicon } from './inbound/try-lexicon.js';
import { createTryQuestion } from './inbound/try-question.js';
import { createWorker } from './inbound/worker.js';
import { createInboxJobs } from './jobs/inbox-jobs.js';
import { createListJobs } from './jobs/list-jobs.js';
import { createListNotices } from './jobs/list-notices.js';
import { createRetentionJob } from './jobs/retention-job.js';
import { createRunJobs } from './jobs/run-jobs.js';
import { createLiveIndex } from './live-index.js';
import { createRecordDelivery } from './outbox/record-delivery.js';
import { createSenders } from './outbox/senders.js';
import type { Secrets } from './secrets.js';
import { type AtStep, passSilently } from './steps.js';
import type { Store } from './store/store.js';
import type { Transport, TransportHandlers } from './transport/contract.js';
import type { TrainingPhrase } from './understand/train.js';

export interface CoreParts {
  readonly config: Config;
  readonly logger: Logger;
  readonly clocks: Clocks;
  readonly secrets: Secrets;
  readonly store: Store;
  /** The channels that are served. */
  readonly transports: readonly Transport[];
  readonly texts: Texts;
  readonly phrases: readonly TrainingPhrase[];
  readonly modelFolder?: string;
  readonly at?: AtStep;
}

/** 23.04.2020, 14:05 */
const momentIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('ru-RU', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);

/** Builds the rooms; nothing runs until the worker and the sender are started. The store is migrated and has its content. */
export const createCore = async (parts: CoreParts) => {
  const { config, logger, clocks, secrets, store, transports, texts } = parts;
  const { defaultLanguage, leaseMs } = config;
  const at = parts.at ?? passSilently;
  const newId = randomUUID;
  const articles = createArticles({ store, clocks });
  const checkpoints = createCheckpoints({ store, clocks });
  const lexicon = createLexicon({ store, clocks });
  const keys = { secret: secrets.lists, previousSecret: secrets.previousLists };
  const eligibility = createEligibility({
    store,
    clocks,
    ...keys,
    checksPerHour: config.checksPerHour,
    keptDays: config.kept.checkCountsDays,
  });
  const maskStaffText = (text: string): string =>
    withDots(maskText(text, { secret: secrets.lists, expectsIin: true }).text);
  const audit = createAudit({ store, clock: clocks.real, newId, mask: maskStaffText, keptDays: config.auditDays });
  const lists = createLists({
    store,
    clocks,
    newId,
    ...keys,
    mask: maskStaffText,
    audit,
    findingsDays: config.kept.listFindingsDays,
  });
  const queues = createQueues({ store, clocks, newId, ...config });
  const canned = createCannedResponses({
    store,
    queues,
    audit,
    clocks,
    timeZone: config.timeZone,
    mask: maskStaffText,
  });
  const newReceipt = createNewReceipt(store.tickets.receiptTaken);
  const index = await createLiveIndex({
    readMaterial: async () => ({
      ...(await eligibility.indexMaterial()),
      articles: await articles.indexMaterial(),
      checkpoints: await checkpoints.indexMaterial(),
      lexicon: await lexicon.indexMaterial(),
    }),
    phrases: parts.phrases,
    logger,
    ...(parts.modelFolder === undefined ? {} : { modelFolder: parts.modelFolder }),
  });
  const fetchFact = createFetchFact({
    articles,
    eligibility,
    checkpoints,
    queueOf: queues.route,
    officeHours: queues.hoursOf,
    newReceipt,
    store,
    clocks,
  });
  const decide = createDecide({
    t: texts,
    timeZone: config.timeZone,
    minutesToTimeout: config.dialogueTimeoutMinutes,
    sealHours: config.sealedIinHours,
  });
  const decideTurn = createDecideTurn({ decide, fetchFact, clocks });
  const outgoingFiles = createOutgoingFiles({
    ...{ store, clocks, newId, secret: secrets.files, nonce: randomBytes },
    ...config.media,
  });
  const senders = createSenders({
    ...{ store, transports, clocks, logger, newId, at, leaseMs, rates: config.rates },
    openFile: outgoingFiles.open,
  });
  const worker = createWorker({
    store,
    clocks,
    logger,
    newId,
    understand: index.understand,
    decide,
    decideTurn,
    park: createPark({ store, clocks, newId, newReceipt, deadlines: queues.promise, defaultLanguage, leaseMs }),
    deadlines: queues.promise,
    replyWindowMs: (channel) =>
      transports.find((transport) => transport.channel === channel)?.capabilities.replyWindowMs,
    defaultLanguage,
    windows: { afterLastMs: config.waitAfterLastMs, atMostMs: config.waitAtMostMs },
    leaseMs,
    listsKey: keyNameOf(keys.secret),
    wishDays: config.kept.wishDays,
    turnsInBurst: config.turnsInTenMinutes,
    sayWhen: (language, writtenAt, words) =>
      texts(language, 'bot:late', { when: momentIn(config.timeZone, writtenAt), words }),
    at,
    sendSoon: senders.wake,
  });
  const listNotices = createListNotices({
    store,
    clocks,
    texts,
    logger,
    newId,
    timeZone: config.timeZone,
    defaultLanguage,
    sendSoon: senders.wake,
  });
  const tickets = createTickets({
    store,
    clocks,
    newId,
    mask: (text) => withDots(maskText(text, { secret: secrets.lists, expectsIin: false }).text),
    deadlines: queues.promise,
    texts,
    outgoingFiles,
  });
  const inboxClock = createInboxClock({
    ...{ store, clocks, newId, queues, audit, texts },
    silentMinutes: config.handBackMinutes,
  });
  const corrections = createCorrections({ store, clocks, newId, mask: maskStaffText });
  const emptyHidden = createEmptyHidden({ store, queues, clocks, newId });
  const jobs = createRunJobs({
    jobs: [
      ...createInboxJobs({ tickets, emptyHidden, inboxClock, corrections, clock: clocks.real }),
      ...createListJobs(lists),
      createRetentionJob({ store, clock: clocks.real, ...config.kept }),
    ],
    ...{ store, clock: clocks.real, logger, timeZone: config.timeZone },
  });
  const rejoiner = createRejoiner({ clock: clocks.real, windowMs: config.waitAtMostMs, ...keys });
  const intake = createIntake({
    store,
    clocks,
    newId,
    mask: rejoiner.mask,
    wake: (id) => {
      if (config.roles.includes('worker')) worker.wake(id);
    },
    at,
    media: config.media,
    seal: (messageId, digits) => sealIin(messageId, digits, secrets.appeals, randomBytes),
    sealedMs: config.sealedIinHours * 3_600_000,
  });
  const ownMessage = createOwnMessages({
    store,
    clocks,
    newId,
    mask: rejoiner.mask,
    defaultLanguage: config.defaultLanguage,
    holdMs: config.phoneHoldMinutes * 60_000,
  });
  const keepFiles = createKeepFiles({
    ...{ store, transports, clocks, logger, secret: secrets.files, nonce: randomBytes },
    mostBytes: config.media.mostBytes,
  });
  const handlers: TransportHandlers = {
    onMessage: intake.receive,
    onDelivery: createRecordDelivery({ store, transports, clocks, logger, newId }),
    onEdit: intake.edit,
    onOwnMessage: ownMessage,
    async onRenamed(names) {
      if (await store.contacts.findByAlias(names[0])) await store.contacts.resolve(names, clocks.real.now(), newId);
    },
  };
  const tryQuestion = createTryQuestion({
    mask: (text) => maskText(text, { ...keys, expectsIin: false }),
    explain: index.explain,
    decide,
    fetchFact,
    clocks,
  });
  return {
    articles,
    audit,
    canned,
    checkpoints,
    eligibility,
    lexicon,
    lists,
    listNotices,
    tickets,
    corrections,
    inboxClock,
    jobs,
    programmes: createProgrammes({ store, clocks }),
    queues,
    emptyHidden,
    suggestions: createSuggestions({ store, articles, understand: index.understand }),
    replyWarnings: createReplyWarnings({
      understand: index.understand,
      holdsIin: (text) => maskText(text, { secret: secrets.lists, expectsIin: false }).iins.length > 0,
    }),
    index,
    mask: rejoiner.mask,
    decideTurn,
    tryQuestion,
    tryLexicon: createTryLexicon({ store, index, defaultLanguage: config.defaultLanguage }),
    senders,
    worker,
    intake,
    ownMessage,
    keepFiles,
    sealedIins: createSealedIins({ store, audit, clocks, secret: secrets.appeals }),
    files: createFiles({ store, audit, secret: secrets.files }),
    outgoingFiles,
    /** What every channel hands its news to. */
    handlers,
  };
};
export type Core = Awaited<ReturnType<typeof createCore>>;
