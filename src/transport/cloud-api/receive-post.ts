/** A post of the webhook on its way in: checked, read, and acknowledged only when everything in it is durable. */
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.js';
import type { ArrivedMessage, Delivery, TransportHandlers } from '../contract.js';
import { lateness } from '../lateness.js';
import { sentenceOf } from './errors.js';
import { logRefusal } from './log-refusal.js';
import { notSent } from './not-sent.js';
import { NoPost, readPost } from './read-post.js';
import type { CloudApiSettings } from './settings.js';
import { isSigned } from './signature.js';
import type { Status } from './webhook-shapes.js';

/** Status of the answer: 200 durable · 400 unreadable · 401 not Meta's · 409 acknowledged before · 500 not all was stored, to be sent again. */
export type PostAnswer = 200 | 400 | 401 | 409 | 500;

/**
 * How long an acknowledged body is refused when it comes again, in milliseconds. Meta repeats only what was not acknowledged; later the
 * ids of what is in it make it a no-op, so a repeat whose acknowledgement was lost on the way ends well too.
 */
const rememberedMs = 10 * 60_000;
const mostRemembered = 20_000;

const deliveryOf = (status: Status): Delivery | null => {
  const { id: externalId, timestamp: at, biz_opaque_callback_data: outboxId, errors } = status;
  const news = { externalId, at, ...(outboxId === undefined ? {} : { outboxId }) };
  switch (status.status) {
    case 'sent':
    case 'delivered':
    case 'read':
      return { ...news, state: status.status };
    case 'played':
      return { ...news, state: 'read' };
    case 'failed':
      return { ...news, state: 'failed', result: notSent(errors?.[0] ?? { code: -1, message: 'no reason' }, 400) };
    default:
      return null;
  }
};

export interface ReceivePostParts {
  readonly settings: Pick<CloudApiSettings, 'appSecret' | 'phoneNumberId'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told of the last message of each resident that is answered now. */
  readonly onTaken: (message: ArrivedMessage) => void;
}

export const createReceivePost = ({ settings, clock, logger, onTaken }: ReceivePostParts) => {
  const acknowledged = new Map<string, number>();
  const isReplayed = (hash: string): boolean => {
    const now = clock.now().getTime();
    // Oldest first, as they were put in.
    for (const [old, at] of acknowledged) {
      if (now - at < rememberedMs && acknowledged.size <= mostRemembered) break;
      acknowledged.delete(old);
    }
    return acknowledged.has(hash);
  };

  /** One resident's messages in their order: after one that could not be stored none of theirs is, so that order is kept next time. */
  const takeAll = async (messages: readonly ArrivedMessage[], handlers: TransportHandlers): Promise<void> => {
    let answering: ArrivedMessage | undefined;
    for (const message of messages) {
      const taken = await handlers.onMessage(message);
      if (taken?.answering) answering = message;
    }
    if (answering) onTaken(answering);
  };

  return async (body: Uint8Array, signature: string | undefined, handlers: TransportHandlers): Promise<PostAnswer> => {
    if (!isSigned(body, signature, settings.appSecret)) return 401;
    const hash = createHash('sha256').update(body).digest('base64');
    if (isReplayed(hash)) return 409;
    let read: ReturnType<typeof readPost>;
    try {
      read = readPost(JSON.parse(Buffer.from(body).toString('utf8')), settings.phoneNumberId);
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof NoPost) return 400;
      throw error;
    }
    const { messages, edits, statuses, renamed, errors, unreadable, foreign } = read;
    for (const error of errors)
      logger.error({ error: sentenceOf(error) }, 'Meta reports a fault of our app, account or number: see its code.');
    if (unreadable > 0) logger.error({ unreadable }, 'Parts of a post of Meta cannot be read: its shape has changed.');
    if (foreign > 0) logger.warn({ foreign }, 'A post speaks of another number: check CLOUD_API_PHONE_NUMBER_ID.');
    for (const { status, errors: [error] = [] } of statuses)
      if (status === 'failed' && error) logRefusal(logger, error, 400);
    const residents = new Map<string, ArrivedMessage[]>();
    for (const message of messages) {
      const [{ id }] = message.from;
      // A mark on an old answer asks for nothing.
      const mark = message.content.kind === 'reaction' ? {} : lateness(message.sentAt, clock.now());
      residents.set(id, [...(residents.get(id) ?? []), { ...message, ...mark }]);
    }
    const stored = await Promise.allSettled([
      ...[...residents.values()].map((theirs) => takeAll(theirs, handlers)),
      ...renamed.map((names) => handlers.onRenamed(names)),
      ...statuses.flatMap((status) => deliveryOf(status) ?? []).map((news) => handlers.onDelivery(news)),
    ]);
    // An edit may be of a message in this very post.
    for (const edit of edits) stored.push(...(await Promise.allSettled([handlers.onEdit(edit)])));
    const failures = stored.filter((one) => one.status === 'rejected');
    if (failures.length > 0) {
      const [first] = failures;
      logger.warn(
        { error: first?.reason instanceof Error ? first.reason.message : 'unknown', failures: failures.length },
        'A post was not stored whole and is not acknowledged: Meta delivers it again.',
      );
      return 500;
    }
    acknowledged.set(hash, clock.now().getTime());
    return 200;
  };
};
