/** WhatsApp Cloud API, Meta's official channel: posts of its webhook come in by the web server, what goes out is a call of the Graph API. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Clocks } from '../../clock.js';
import type { Language } from '../../language.js';
import type { Store } from '../../store/store.js';
import type {
  Alias,
  FetchedFile,
  NotSent,
  OutgoingMessage,
  SendResult,
  Transport,
  TransportHandlers,
} from '../contract.js';
import { verdictOf } from './errors.js';
import { createGraph, NoAnswer, NotReached, sha256 } from './graph.js';
import { logRefusal } from './log-refusal.js';
import { cloudApiCapabilities, messageBody, readMark } from './message-body.js';
import { notSent } from './not-sent.js';
import { createPace } from './pace.js';
import { createReceivePost, type PostAnswer } from './receive-post.js';
import type { CloudApiSettings } from './settings.js';
import { isSame } from './signature.js';
import { accepted, type MetaError, mediaPlace, uploaded } from './webhook-shapes.js';

export interface CloudApi extends Transport {
  readonly channel: 'cloud-api';
  /** Takes a post of the webhook: its raw body and the header X-Hub-Signature-256. Gives the status to answer with. */
  receive(body: Uint8Array, signature: string | undefined): Promise<PostAnswer | 503>;
  /** Whether Meta's check of the webhook's address names our verify token. */
  isVerified(token: string): boolean;
}

export interface CloudApiParts {
  readonly settings: CloudApiSettings;
  readonly store: Pick<Store, 'outbox'>;
  readonly clocks: Clocks;
  readonly logger: Logger;
  /** Words that the adapter adds: the label that opens a list, and what the template says. */
  readonly words: {
    readonly listLabel: (language: Language) => string;
    readonly reopening: (language: Language) => string;
  };
}

/** The line is down: tried again so soon, in milliseconds. */
const lineDownMs = 5_000;

export const createCloudApi = ({ settings, store, clocks, logger, words }: CloudApiParts): CloudApi => {
  const { phoneNumberId, perSecond, template } = settings;
  const graph = createGraph(settings);
  const pace = createPace({ perSecond, clock: clocks.real });
  let handlers: TransportHandlers | undefined;
  let since = clocks.real.now();

  /** A hint for the resident: where it fails, nothing is lost. */
  const markRead = (externalId: string): void => {
    graph
      .post(`${phoneNumberId}/messages`, readMark(externalId))
      .then((answer) => {
        if (answer.kind === 'refused') logger.debug({ code: answer.error.code }, 'A message was not marked as read.');
      })
      .catch((error: Error) => logger.debug({ error: error.message }, 'A message was not marked as read.'));
  };
  const receivePost = createReceivePost({
    settings,
    clock: clocks.real,
    logger,
    onTaken: ({ externalId }) => markRead(externalId),
  });

  /** What a refusal means for the row, and for the pace of everything behind it. */
  const refused = (to: Alias, leftAt: Date, error: MetaError, status: number): NotSent => {
    const result = notSent(error, status);
    const verdict = verdictOf(error, status);
    logRefusal(logger, error, status);
    if (verdict === 'slow-number') return { ...result, kind: 'retry', busy: true, afterMs: pace.slowNumber(leftAt) };
    if (verdict === 'slow-pair') return { ...result, kind: 'retry', busy: true, afterMs: pace.slowPair(to.id, leftAt) };
    return result;
  };

  /** Nothing was posted to /messages yet: whatever goes wrong here, the row is simply tried again. */
  const upload = async (
    to: Alias,
    leftAt: Date,
    { file }: OutgoingMessage,
  ): Promise<{ readonly id?: string } | NotSent> => {
    if (!file) return {};
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', file.mimeType);
    form.set('file', new Blob([file.bytes.slice()], { type: file.mimeType }), file.name);
    try {
      const answer = await graph.postForm(`${phoneNumberId}/media`, form);
      if (answer.kind === 'refused') return refused(to, leftAt, answer.error, answer.status);
      const { data } = uploaded.safeParse(answer.json);
      return data ?? { kind: 'retry', error: 'The Graph API took a file and named no id.' };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { kind: 'retry', error: error.message };
    }
  };

  const later = (afterMs: number): NotSent => ({
    ...{ kind: 'retry', busy: true, afterMs, error: 'The number sends as quickly as it may.' },
  });

  const send = async (to: Alias, message: OutgoingMessage): Promise<SendResult> => {
    const turn = pace.take(to.id);
    if (turn.kind === 'later') return later(turn.afterMs);
    if (turn.inMs > 0) {
      await wait(turn.inMs);
      const pausedMs = pace.pausedFor(to.id);
      if (pausedMs > 0) return later(pausedMs);
    }
    const leftAt = clocks.real.now();
    try {
      const media = await upload(to, leftAt, message);
      if ('kind' in media) return media;
      const body = messageBody(to, message, words.listLabel, media.id);
      const answer = await graph.post(`${phoneNumberId}/messages`, body);
      if (answer.kind === 'refused') return refused(to, leftAt, answer.error, answer.status);
      const taken = accepted.safeParse(answer.json).data?.messages[0];
      if (!taken) throw new NoAnswer('The Graph API took a message and named no id.');
      pace.taken(to.id, leftAt);
      return { kind: 'accepted', externalId: taken.id };
    } catch (error) {
      if (!(error instanceof NotReached)) throw error;
      return { kind: 'retry', busy: true, afterMs: lineDownMs, error: error.message };
    }
  };

  const fetchFile: NonNullable<Transport['fetchFile']> = async ({ ref, mimeType }, mostBytes): Promise<FetchedFile> => {
    try {
      const answer = await graph.get(`${encodeURIComponent(ref)}?phone_number_id=${phoneNumberId}`);
      if (answer.kind === 'refused') {
        // A file that is no more and a token that lost its rights get the same words: that one is tried for until its term of trying ends.
        const verdict = verdictOf(answer.error, answer.status);
        const gone = verdict === 'content' || verdict === 'unreachable';
        return { kind: gone ? 'gone' : 'retry', error: `${answer.error.code}: the file's address was refused.` };
      }
      const place = mediaPlace.parse(answer.json);
      const tooLarge = { kind: 'gone', error: 'The file is larger than is kept.' } as const;
      if ((place.file_size ?? 0) > mostBytes) return tooLarge;
      const bytes = await graph.download(place.url, mostBytes);
      if (bytes === null) return tooLarge;
      if (place.sha256 !== undefined && !isSame(place.sha256, sha256(bytes))) {
        return { kind: 'retry', error: 'The file came damaged.' };
      }
      return { kind: 'fetched', bytes, mimeType: place.mime_type ?? mimeType };
    } catch (error) {
      return { kind: 'retry', error: error instanceof Error ? error.message : 'The file did not come.' };
    }
  };

  return {
    channel: 'cloud-api',
    capabilities: cloudApiCapabilities,
    async start(given) {
      handlers = given;
      since = clocks.real.now();
    },
    send,
    /**
     * There is nothing to ask: what was taken comes back as a status with the row's id, which records it (`recordAccepted`). That none
     * came says nothing, since Meta may deliver late; so what stays open is a person's to decide.
     */
    async lookup(_to, outboxId) {
      const row = await store.outbox.find(outboxId);
      return row?.externalId === undefined ? { kind: 'unknown' } : { kind: 'sent', externalId: row.externalId };
    },
    fetchFile,
    reopening: (language) => (template === undefined ? undefined : { template, text: words.reopening(language) }),
    receive: async (body, signature) => (handlers ? receivePost(body, signature, handlers) : 503),
    isVerified: (token) => isSame(token, settings.verifyToken),
    /** That the account lets nothing out is read from the rows that wait for it: every process sees the same. */
    async status() {
      const waiting = await store.outbox.waitingFor('cloud-api', 'account');
      if (waiting) return { state: 'needs-person', since: waiting.createdAt, detail: waiting.error ?? 'refused' };
      return { state: handlers ? 'up' : 'down', since };
    },
    async stop() {
      handlers = undefined;
      since = clocks.real.now();
    },
  };
};
