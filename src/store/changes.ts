/** The wake-up between processes: one change stream a process, fanned out in memory by collection. */
import { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import { type Connection, database } from './connect.js';

export interface Change {
  readonly collection: string;
  readonly id: string;
  readonly type: 'insert' | 'update' | 'delete';
  /** Position in the stream: a page that embeds it misses nothing after it. */
  readonly token: string;
  /** The document after the change, where the engine gives it. */
  readonly document?: Readonly<Record<string, unknown>>;
}

export interface Changes {
  /** Calls back on every change of the collection (`*`: all) until the returned function is called. */
  on(collection: string, listener: (change: Change) => void): () => void;
  /** History was lost (the stream started anew): whoever shows a page should fetch it afresh. */
  onReset(listener: () => void): () => void;
  close(): Promise<void>;
}

const watched = { insert: 'insert', update: 'update', replace: 'update', delete: 'delete' } as const;

export const watchChanges = async (connection: Connection, logger: Logger): Promise<Changes> => {
  const emitter = new EventEmitter().setMaxListeners(0);
  let closed = false;
  let resumeAfter: unknown;
  let stream = open();

  function open() {
    const next = database(connection).watch([], {
      fullDocument: 'updateLookup',
      ...(resumeAfter ? { resumeAfter } : {}),
    });
    next.on('change', (event) => {
      resumeAfter = event._id;
      if (!(event.operationType in watched) || !('documentKey' in event)) return;
      const document = 'fullDocument' in event && event.fullDocument ? { document: event.fullDocument } : {};
      const change: Change = {
        collection: event.ns.coll,
        id: String(event.documentKey._id),
        type: watched[event.operationType as keyof typeof watched],
        token: JSON.stringify(event._id),
        ...document,
      };
      emitter.emit(change.collection, change);
      emitter.emit('*', change);
    });
    next.on('error', (error) => {
      if (closed) return;
      logger.warn({ error: error.message }, 'The change stream broke and is opened anew; the sweep covers the gap.');
      // A token whose history is gone can never be resumed: start from now and let pages refetch.
      resumeAfter = undefined;
      void next.close().catch(() => undefined);
      setTimeout(() => {
        if (closed) return;
        stream = open();
        emitter.emit('reset');
      }, 1000).unref();
    });
    return next;
  }

  const subscribe = (event: string, listener: (change: Change) => void) => {
    emitter.on(event, listener);
    return () => void emitter.off(event, listener);
  };
  return {
    on: subscribe,
    onReset: (listener) => subscribe('reset', listener),
    async close() {
      closed = true;
      emitter.removeAllListeners();
      await stream.close().catch(() => undefined);
    },
  };
};
