/** What staff ask for on /staff/channel, done by the process that holds the session. */
import type { Logger } from 'pino';
import type { Clock } from '../../clock.js';
import type { LinkRequest } from '../../store/channels.js';
import type { Store } from '../../store/store.js';
import { createSweep } from '../../sweep.js';
import { channel } from './from-library.js';
import type { LinkRecord } from './link-record.js';
import type { Sending } from './sending.js';
import type { Session } from './session.js';

const lookEveryMs = 1_000;
/** What was asked so long ago, while nobody held the session, is no wish any more. */
const forgottenAfterMs = 120_000;

export interface RequestsParts {
  readonly session: () => Session | undefined;
  readonly sending: Sending;
  readonly record: LinkRecord;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

export const createRequests = ({ session, sending, record, store, clock, logger }: RequestsParts) => {
  const test = async (live: Session | undefined, words: string): Promise<void> => {
    const tested = (result: 'arrived' | 'no-answer' | 'not-connected') =>
      record.set({ tested: { at: clock.now(), result } });
    const own = live?.me()?.id;
    if (!live?.isReady() || own === undefined) return tested('not-connected');
    const sent = await sending.handOver(live, own, words).catch(() => undefined);
    await tested(sent?.kind === 'accepted' ? 'arrived' : 'no-answer');
  };
  const logOut = async (live: Session | undefined): Promise<void> => {
    if (!live) return;
    await live
      .ask(live.client.logout())
      .catch((error: Error) => logger.warn({ error: error.message }, 'Logging out broke off.'));
    live.end({ why: 'logged-out', detail: 'staff logged the number out' });
  };
  const carryOut = async ({ kind, phone, words = '' }: LinkRequest): Promise<void> => {
    const live = session();
    if (kind === 'test') return test(live, words);
    if (kind === 'log-out') return logOut(live);
    if (!live || live.isReady() || phone === undefined) return;
    await live.ask(live.client.requestPairingCode(phone), 60_000).catch(async (error: Error) => {
      logger.warn({ error: error.message }, 'WhatsApp gave no code for pairing by number.');
      await record.set({ codeRefusedAt: clock.now() });
    });
  };
  return createSweep({
    async look() {
      if (!session()) return;
      const request = await store.channels.takeRequest(channel);
      if (!request) return;
      const { kind, by } = request;
      if (clock.now().getTime() - request.at.getTime() > forgottenAfterMs)
        return logger.warn({ kind, by }, 'What staff asked of the WhatsApp session came too late and is left undone.');
      logger.info({ kind, by }, 'Staff asked something of the WhatsApp session.');
      await carryOut(request);
    },
    everyMs: lookEveryMs,
    clock,
    onFailure: (error) => logger.warn({ error: error.message }, 'A request of staff to the WhatsApp session failed.'),
  });
};
