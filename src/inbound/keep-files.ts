/** Brings residents' files from their channel into the database, sealed: after the message is safe, apart from its answer, and again until it is done. */
import type { Logger } from 'pino';
import type { Clocks } from '../clock.js';
import { isPlainlyOther } from '../facts/files/first-bytes.js';
import { cleanName, keptType } from '../facts/files/kinds.js';
import { sealFile } from '../facts/files/seal.js';
import { inTime } from '../in-time.js';
import type { Changes } from '../store/changes.js';
import type { FileDocument } from '../store/files.js';
import type { Store } from '../store/store.js';
import { createSweep } from '../sweep.js';
import type { FetchedFile, Transport } from '../transport/contract.js';

export interface KeepFilesParts {
  readonly store: Pick<Store, 'files'>;
  readonly transports: readonly Transport[];
  readonly clocks: Clocks;
  readonly logger: Logger;
  readonly secret: string;
  readonly nonce: (size: number) => Uint8Array;
  readonly mostBytes: number;
}

/** A fetch that began is left alone by others for so long, in milliseconds. */
const fetchMs = 60_000;
/** So long after it came a file is tried for: Meta keeps it for seven days. */
const longestTryMs = 7 * 86_400_000;
/** Fetched at the same time: each is in memory whole. */
const atOnce = 2;
const backoffMs = (attempts: number): number => Math.min(2 ** attempts * 2_000, 3_600_000);

export const createKeepFiles = (parts: KeepFilesParts) => {
  const { store, clocks, logger, secret, nonce, mostBytes } = parts;
  const now = (): Date => clocks.real.now();
  /** Only a process that holds the channel's session can bring its files. */
  const open = (): readonly Transport[] =>
    parts.transports.filter((transport) => transport.fetchFile !== undefined && (transport.canSend?.() ?? true));

  const record = async (file: FileDocument, fetched: FetchedFile): Promise<void> => {
    const { _id: id } = file;
    if (fetched.kind === 'fetched') {
      const mimeType = fetched.mimeType.split(';')[0]?.trim().toLowerCase() ?? file.mimeType;
      const kept = keptType(file.mimeType, mimeType);
      if (isPlainlyOther(kept, fetched.bytes)) {
        await store.files.giveUp(id, 'refused', 'type');
        return;
      }
      await store.files.keep(file, sealFile(id, fetched.bytes, secret, nonce), {
        size: fetched.bytes.length,
        mimeType: kept,
        ...(file.name === undefined ? {} : { name: cleanName(file.name, kept) }),
      });
      return;
    }
    if (fetched.kind === 'retry' && now().getTime() - file.receivedAt.getTime() < longestTryMs) {
      await store.files.retryAt(id, new Date(now().getTime() + backoffMs(file.attempts)));
      return;
    }
    logger.warn({ file: id, error: fetched.error }, 'A file of a resident could not be had from the channel.');
    await store.files.giveUp(id, 'gone', fetched.error);
  };

  const fetchOne = async (id: string): Promise<void> => {
    const file = await store.files.claim(id, now(), new Date(now().getTime() + fetchMs));
    const transport = file && open().find(({ channel }) => channel === file.channel);
    if (!file || !transport?.fetchFile) return;
    const { ref, mimeType, name, size } = file;
    const wanted = { ref, mimeType, ...(name === undefined ? {} : { name }), ...(size === undefined ? {} : { size }) };
    const fetched = await inTime(
      transport.fetchFile(wanted, mostBytes),
      fetchMs / 2,
      'The channel took too long to bring a file.',
    ).catch((error: Error): FetchedFile => ({ kind: 'retry', error: error.message }));
    await record(file, fetched);
  };

  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    const channels = open().map(({ channel }) => channel);
    if (channels.length === 0) return;
    const ids = [...(await store.files.due(channels, now(), 50))];
    const lane = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) await fetchOne(id);
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  };
  /** One look at a time; what comes meanwhile is found by the next. */
  const lookOnce = (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const onFailure = (error: Error): void =>
    logger.warn({ error: error.message }, 'Files could not be fetched; it is tried again.');
  const sweep = createSweep({ look: lookOnce, everyMs: 5_000, clock: clocks.real, onFailure });
  let unsubscribe = (): void => undefined;
  return {
    start(changes: Changes): void {
      unsubscribe = changes.on('files', ({ type }) => {
        if (type === 'insert') lookOnce().catch(onFailure);
      });
      sweep.start();
    },
    async stop(): Promise<void> {
      unsubscribe();
      await sweep.stop();
    },
  };
};
