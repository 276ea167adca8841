/** Tells people of an outage: once in the log as ERROR, once by webhook; the staff pages show it from the same record. */
import type { Logger } from 'pino';
import type { Clock } from '../../clock.js';
import type { ChannelDocument } from '../../store/channels.js';
import type { Store } from '../../store/store.js';
import { createSweep } from '../../sweep.js';
import { downSince } from '../down-since.js';
import { channel } from './from-library.js';

const lookEveryMs = 5_000;
const longestPostMs = 10_000;
/** An address that did not take the news is tried again so often: where the network is down, it is what failed too. */
const tryAgainMs = 60_000;

export interface AlarmParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly afterMs: number;
  /** Address that is posted to; absent where nobody wants it. */
  readonly webhook?: string;
}

const minutesBetween = (from: Date, to: Date): number => Math.round((to.getTime() - from.getTime()) / 60_000);

/**
 * Runs in every process that serves the channel, so that the owner's own death is told too; the record lets one of them speak, and tells
 * the others what is left to say when that one ends.
 */
export const createAlarm = ({ store, clock, logger, afterMs, webhook }: AlarmParts) => {
  /** True where it was taken, or where nobody is to be told. */
  const post = async (body: object): Promise<boolean> => {
    if (webhook === undefined) return true;
    try {
      const response = await fetch(webhook, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(longestPostMs),
      });
      if (!response.ok) throw new Error(`The address answered ${response.status}.`);
      return true;
    } catch (error) {
      logger.error(
        { error: (error as Error).message },
        'The webhook of CHANNEL_ALARM_URL could not be told of WhatsApp; it is tried again each minute.',
      );
      return false;
    }
  };
  const isTooSoon = (triedAt: Date | undefined, now: Date): boolean =>
    triedAt !== undefined && now.getTime() - triedAt.getTime() < tryAgainMs;

  const tellOfEnd = async ({ since, at }: NonNullable<ChannelDocument['told']>, now: Date): Promise<void> => {
    if (isTooSoon(at, now) || !(await store.channels.allClear(channel, now, at))) return;
    const minutes = minutesBetween(since, now);
    logger.info({ minutes }, 'WhatsApp is connected again.');
    if (await post({ channel, state: 'connected', minutes })) await store.channels.change(channel, {}, ['told']);
  };
  const tellOfOutage = async (record: ChannelDocument, since: Date, now: Date): Promise<void> => {
    // A record that still calls itself connected is its dead owner's.
    if (record.downSince === undefined) await store.channels.change(channel, { downSince: since });
    const { state, detail, alarmedAt } = record;
    if (isTooSoon(alarmedAt, now)) return;
    if (!(await store.channels.alarm(channel, since, now, alarmedAt))) return;
    const minutes = minutesBetween(since, now);
    if (alarmedAt === undefined)
      logger.error({ state, detail, minutes }, 'WhatsApp has not been connected for minutes: see /staff/channel.');
    const isTold = await post({ channel, state, since: since.toISOString(), minutes, detail });
    if (isTold) await store.channels.change(channel, { told: { since, at: now } });
  };

  return createSweep({
    async look() {
      const record = await store.channels.find(channel);
      const now = clock.now();
      const since = downSince(record, now);
      if (!record) return;
      if (since === undefined) return void (record.told && (await tellOfEnd(record.told, now)));
      if (now.getTime() - since.getTime() >= afterMs) await tellOfOutage(record, since, now);
    },
    everyMs: Math.min(lookEveryMs, afterMs),
    clock,
    onFailure: (error) => logger.warn({ error: error.message }, 'How WhatsApp stands could not be read.'),
  });
};
