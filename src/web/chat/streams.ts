/** The live side of the chat: one subscription a process to the store's changes, fanned out to the open browsers by server-sent events. */
import type { Response } from 'express';
import type { Clock } from '../../clock.js';
import type { Change, Changes } from '../../store/changes.js';
import type { MessageDocument } from '../../store/messages.js';
import type { WebMessageDocument } from '../../store/web-messages.js';
import { renderBubble, type Wording } from './bubble.js';
import { aliasIdOf, type ChatEntry, type History, isHandled, ownEntry, serviceEntry } from './history.js';

const heartbeatMs = 15_000;
/** Unread bytes after which a stream is cut: the browser comes back and catches up. */
const mostUnread = 1_000_000;
/** Streams of one browser; tabs share one, so that more than a few mean a fault. The oldest gives way. */
const mostOfOne = 8;

interface Stream {
  readonly response: Response;
  readonly wording: Wording;
  /** Live events wait here until what was missed is written: an older state never follows a newer one. */
  held: (() => void)[] | null;
}

export interface StreamRequest {
  readonly aliasId: string;
  readonly response: Response;
  readonly wording: Wording;
  /** The browser has seen everything up to here. */
  readonly from: Date;
}

/** @param history reads what a coming-back browser missed, from the database */
export const createChatStreams = ({
  changes,
  history,
  clock,
}: {
  readonly changes: Changes;
  readonly history: History;
  readonly clock: Clock;
}) => {
  const browsers = new Map<string, Set<Stream>>();
  let closed = false;

  const write = ({ response }: Stream, event: string, payload: unknown, id?: number): void => {
    if (response.writableEnded || response.destroyed) return;
    if (response.writableLength > mostUnread) {
      response.destroy();
      return;
    }
    response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(payload)}\n\n`);
  };
  const show = (stream: Stream, entry: ChatEntry): void =>
    write(stream, 'bubble', { key: entry.key, html: renderBubble(entry, stream.wording) }, clock.now().getTime());
  const live = (aliasId: string, tell: (stream: Stream) => void): void => {
    for (const stream of browsers.get(aliasId) ?? []) {
      if (stream.held) stream.held.push(() => tell(stream));
      else tell(stream);
    }
  };
  const typing = (stream: Stream, on: boolean): void => write(stream, 'typing', { on });

  const onServiceMessage = (change: Change): void => {
    if (change.type !== 'insert' || !change.document) return;
    const row = change.document as unknown as WebMessageDocument;
    live(row.aliasId, (stream) => {
      typing(stream, false);
      show(stream, serviceEntry(row));
    });
  };
  const onOwnMessage = (change: Change): void => {
    if (change.type === 'delete' || !change.document) return;
    const message = change.document as unknown as MessageDocument;
    if (message.channel !== 'web') return;
    live(aliasIdOf(message.externalId), (stream) => {
      show(stream, ownEntry(message));
      typing(stream, isHandled(message, clock.now()));
    });
  };
  const end = (stream: Stream): void => void stream.response.end();
  const endAll = (): void => {
    for (const streams of browsers.values()) for (const stream of streams) end(stream);
  };
  const unsubscribe = [
    changes.on('web_messages', onServiceMessage),
    changes.on('messages', onOwnMessage),
    // What fell into the gap is in the database: every browser comes back and reads it from there.
    changes.onReset(endAll),
  ];
  const heartbeat = setInterval(() => {
    for (const streams of browsers.values()) for (const { response } of streams) response.write(': still here\n\n');
  }, heartbeatMs);
  heartbeat.unref();

  return {
    /** Opens a stream; resolves when what the browser missed is written. */
    async open({ aliasId, response, wording, from }: StreamRequest): Promise<void> {
      if (closed) {
        response.status(503).end();
        return;
      }
      response.status(200).set({
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-cache, no-transform',
        'X-Accel-Buffering': 'no',
      });
      response.flushHeaders();
      response.write('retry: 1500\n\n');
      const stream: Stream = { response, wording, held: [] };
      const mine = browsers.get(aliasId) ?? new Set<Stream>();
      browsers.set(aliasId, mine);
      // Listening starts before the reading: what comes in between comes twice, never not at all.
      mine.add(stream);
      response.on('close', () => {
        mine.delete(stream);
        if (mine.size === 0 && browsers.get(aliasId) === mine) browsers.delete(aliasId);
      });
      const oldest = mine.size > mostOfOne ? [...mine][0] : undefined;
      if (oldest) end(oldest);
      try {
        const missed = await history.since(aliasId, from, clock.now());
        for (const entry of missed.entries) show(stream, entry);
        typing(stream, missed.typing);
        for (const tell of stream.held ?? []) tell();
        stream.held = null;
        write(stream, 'ready', {}, clock.now().getTime());
      } catch (error) {
        // A stream that could not catch up would hide the gap: end it, the browser tries again.
        end(stream);
        throw error;
      }
    },
    /** Ends every stream and takes no new ones. */
    close(): void {
      closed = true;
      clearInterval(heartbeat);
      for (const off of unsubscribe) off();
      endAll();
    },
    count: (): number => [...browsers.values()].reduce((sum, streams) => sum + streams.size, 0),
  };
};
export type ChatStreams = ReturnType<typeof createChatStreams>;
