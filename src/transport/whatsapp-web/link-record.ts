/** The channel's record as the process that holds the session writes it: one word for how it stands, since when, and its proofs. */
import type { Logger } from 'pino';
import type { Clock } from '../../clock.js';
import { inTime } from '../../in-time.js';
import type { ChannelChange, ChannelDocument, LinkState } from '../../store/channels.js';
import type { Store } from '../../store/store.js';
import { channel } from './from-library.js';

/** What only belongs to one state is taken away with it. */
const passing = ['qr', 'pairingCode', 'codeRefusedAt', 'detail', 'cause'] as const;
/** Moments are written at most so often. */
const noteEveryMs = 2_000;
/** A write without an answer is given up: a word about the link must not hold up the link. */
const longestWriteMs = 10_000;

export const createLinkRecord = (parts: { readonly store: Store; readonly clock: Clock; readonly logger: Logger }) => {
  const { store, clock, logger } = parts;
  let state: LinkState | undefined;
  let isDown: boolean | undefined;
  let writing: Promise<void> = Promise.resolve();
  let noted: ChannelChange = {};
  let timer: NodeJS.Timeout | undefined;
  let isUnsure = false;
  /** One write after the other: a later word is never overtaken by an earlier one. */
  const write = (work: () => Promise<void>): Promise<void> => {
    writing = writing
      .then(() => inTime(work(), longestWriteMs, 'The database gave no answer.'))
      .catch((error: Error) => {
        isUnsure = true;
        logger.warn({ error: error.message }, 'How WhatsApp stands could not be written.');
      });
    return writing;
  };
  const flush = (): Promise<void> => {
    timer = undefined;
    const change = noted;
    noted = {};
    return write(async () => {
      // A write that was given up may have come to its end after a later one, or never.
      await store.channels.change(channel, { ...change, ...(isUnsure && state !== undefined ? { state } : {}) });
      isUnsure = false;
    });
  };
  return {
    state: () => state,
    /** @throws TooLate where the database gives no answer */
    read: (): Promise<ChannelDocument | null> =>
      inTime(store.channels.find(channel), longestWriteMs, 'The database gave no answer.'),
    /** Changes the state, or what is known in it; the same state again keeps its beginning. */
    async is(next: LinkState, change: ChannelChange = {}): Promise<void> {
      const at = clock.now();
      const began = next !== state;
      const wasDown = isDown;
      state = next;
      isDown = next !== 'connected';
      if (began) logger.info({ state: next, detail: change.detail }, 'WhatsApp');
      const gone = began ? passing.filter((name) => !(name in change)) : [];
      await write(async () => {
        const down =
          isDown && wasDown !== true && (await store.channels.find(channel))?.downSince === undefined
            ? { downSince: at }
            : {};
        const up = next === 'connected' && began ? (['downSince', 'alarmedAt'] as const) : [];
        await store.channels.change(channel, { state: next, ...(began ? { since: at } : {}), ...down, ...change }, [
          ...gone,
          ...up,
        ]);
      });
    },
    /** Writes moments soon, several together. */
    note(moments: ChannelChange): void {
      noted = { ...noted, ...moments };
      timer ??= setTimeout(() => void flush(), noteEveryMs);
    },
    /** Writes now, and takes away what is `gone`. */
    set: (change: ChannelChange, gone: readonly (keyof ChannelChange)[] = []): Promise<void> =>
      write(() => store.channels.change(channel, change, gone)),
    async close(): Promise<void> {
      clearTimeout(timer);
      await flush();
    },
  };
};
export type LinkRecord = ReturnType<typeof createLinkRecord>;
