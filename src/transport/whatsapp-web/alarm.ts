/** Tells people of an outage: once in the log as ERROR, once by webhook; the staff pages show it from the same record. */
import type { Logger } from 'pino';
import type { Clock } from '../../clock.js';
import type { Store } from '../../store/store.js';
import { createSweep } from '../../sweep.js';
import { downSince } from '../down-since.js';
import { channel } from './from-library.js';

const lookEveryMs = 5_000;
const longestPostMs = 10_000;

export interface AlarmParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly afterMs: number;
  /** Address that is posted to; absent where nobody wants it. */
  readonly webhook?: string;
}

/** Runs in every process that serves the channel, so that the owner's own death is told too; the record lets one of them speak. */
export const createAlarm = ({ store, clock, logger, afterMs, webhook }: AlarmParts) => {
  const post = async (body: object): Promise<void> => {
    if (webhook === undefined) return;
    try {
      const response = await fetch(webhook, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(longestPostMs),
      });
      if (!response.ok) throw new Error(`The address answered ${response.status}.`);
    } catch (error) {
      logger.error(
        { error: (error as Error).message },
        'The webhook of CHANNEL_ALARM_URL could not be told of an outage.',
      );
    }
  };
  let told: Date | undefined;
  return createSweep({
    async look() {
      const record = await store.channels.find(channel);
      const now = clock.now();
      const since = downSince(record, now);
      if (since === undefined && told) {
        const minutes = Math.round((now.getTime() - told.getTime()) / 60_000);
        told = undefined;
        logger.info({ minutes }, 'WhatsApp is connected again.');
        await post({ channel, state: 'connected', minutes });
      }
      if (since === undefined || now.getTime() - since.getTime() < afterMs) return;
      // A record that still calls itself connected is its dead owner's.
      if (record?.downSince === undefined) await store.channels.change(channel, { downSince: since });
      if (!(await store.channels.alarm(channel, new Date(now.getTime() - afterMs), now))) return;
      told = since;
      const minutes = Math.round((now.getTime() - since.getTime()) / 60_000);
      const { state, detail } = record ?? {};
      logger.error({ state, detail, minutes }, 'WhatsApp has not been connected for minutes: see /staff/channel.');
      await post({ channel, state, since: since.toISOString(), minutes, detail });
    },
    everyMs: Math.min(lookEveryMs, afterMs),
    clock,
    onFailure: (error) => logger.warn({ error: error.message }, 'How WhatsApp stands could not be read.'),
  });
};
