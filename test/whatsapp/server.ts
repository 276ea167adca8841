/**
 * The simulated WhatsApp's server: serves the page, pairs devices, keeps for each what it has not receipted, and takes what is sent.
 * It never dedupes two sends; only the same send of the same id, repeated by a page that heard no acknowledgement, is one message.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Certificate } from './certificate.js';
import type { Me, ToPage, ToServer, WireMessage } from './frames.js';
import { pageFiles, pageHtml } from './page-files.js';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex').toUpperCase();
const socketOpen = 1;

/** A paired device. */
interface Session {
  readonly token: string;
  socket?: WebSocket;
  /** Messages that the page has not said it has. */
  readonly queue: Map<string, WireMessage>;
}

/** What a test may change while it runs. */
export interface Behaviour {
  /** Milliseconds from a connection to the page's "synced". */
  syncMs: number;
  /** Highest acknowledgement that is given: 0 none, 1 the server has it, 2 the resident's telephone has it, 3 read. */
  acks: 0 | 1 | 2 | 3;
  ackMs: number;
  /** The server hears nothing and says nothing, on a socket that stays open. */
  deaf: boolean;
  /** Chats of which a page that connects from now on cannot load what came earlier. */
  unreadable: readonly string[];
}

export const startServer = async (certificate: Certificate, me: Me) => {
  const behaviour: Behaviour = { syncMs: 200, acks: 2, ackMs: 5, deaf: false, unreadable: [] };
  const sessions = new Map<string, Session>();
  const unpaired = new Set<WebSocket>();
  const sessionOf = new WeakMap<WebSocket, Session>();
  /** Everything that devices sent, in the order in which it came. */
  const outgoing: WireMessage[] = [];
  const rejectedCalls: string[] = [];
  /** Files of messages, by the path that the page asks for. */
  const files = new Map<string, Uint8Array>();
  const seen: string[] = [];
  let pairing: { readonly phone: string; readonly code: string } | undefined;

  const transmit = (socket: WebSocket | undefined, frame: ToPage): void => {
    if (!behaviour.deaf && socket?.readyState === socketOpen) socket.send(JSON.stringify(frame));
  };
  const newRef = (socket: WebSocket): void => transmit(socket, { op: 'ref', ref: `2@${hex(12)}` });

  const sync = (session: Session): void => {
    const { socket, queue } = session;
    transmit(socket, { op: 'offline-begin', count: queue.size });
    for (const message of queue.values()) transmit(socket, { op: 'offline-message', message });
    setTimeout(() => transmit(socket, { op: 'synced' }), behaviour.syncMs);
  };
  const hello = (socket: WebSocket, token: string | undefined): void => {
    const session = token === undefined ? undefined : sessions.get(token);
    if (session) {
      sessionOf.set(socket, session);
      session.socket = socket;
      transmit(socket, { op: 'resume-ok', me, unreadable: behaviour.unreadable });
      sync(session);
    } else if (token === undefined) {
      unpaired.add(socket);
      newRef(socket);
    } else {
      transmit(socket, { op: 'resume-fail' });
    }
  };
  const take = (session: Session, message: WireMessage): void => {
    const { id } = message.id;
    if (!outgoing.some((known) => known.id.id === id)) outgoing.push(message);
    for (let ack = 1; ack <= behaviour.acks; ack += 1) {
      setTimeout(() => transmit(session.socket, { op: 'ack', id, ack }), behaviour.ackMs * ack);
    }
  };
  type Handlers = {
    readonly [Op in ToServer['op']]: (
      frame: Extract<ToServer, { op: Op }>,
      socket: WebSocket,
      session?: Session,
    ) => void;
  };
  const handlers: Handlers = {
    hello: (frame, socket) => hello(socket, frame.session),
    'refresh-ref': (_frame, socket) => newRef(socket),
    receipt: ({ id }, _socket, session) => void session?.queue.delete(id),
    send: ({ message }, _socket, session) => session && take(session, message),
    'ask-exists': ({ ask, user }, socket) => transmit(socket, { op: 'exists', ask, exists: !user.startsWith('000') }),
    'reject-call': ({ id }) => void rejectedCalls.push(id),
    'pair-by-phone': (frame) => {
      pairing = frame;
    },
    seen: ({ chat }) => void seen.push(chat),
    logout: (_frame, _socket, session) => session && void sessions.delete(session.token),
  };
  const handle = (socket: WebSocket, frame: ToServer): void => {
    const handler = handlers[frame.op] as (frame: ToServer, socket: WebSocket, session?: Session) => void;
    handler(frame, socket, sessionOf.get(socket));
  };

  /** Keeps a file as a telephone or a page uploads it. @returns the path */
  const keep = (bytes: Uint8Array): string => {
    const path = `/v/t62/${hex(8)}`;
    files.set(path, bytes);
    return path;
  };
  const http = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/mms/upload') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const directPath = keep(Buffer.concat(chunks));
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ directPath }));
      });
      return;
    }
    const file = files.get(path);
    if (file) return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file);
    const script = pageFiles.get(path);
    if (path !== '/' && script === undefined) return response.writeHead(404).end();
    const type = script === undefined ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8';
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(script ?? pageHtml);
  });
  const sockets = new WebSocketServer({ server: http, path: '/ws/chat' });
  sockets.on('connection', (socket) => {
    socket.on('message', (frame) => {
      if (!behaviour.deaf) handle(socket, JSON.parse(String(frame)));
    });
    socket.on('close', () => {
      unpaired.delete(socket);
      const session = sessionOf.get(socket);
      if (session?.socket === socket) delete session.socket;
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));

  const current = (): Session | undefined => [...sessions.values()].at(-1);
  return {
    behaviour,
    port: (http.address() as AddressInfo).port,
    outgoing: outgoing as readonly WireMessage[],
    rejectedCalls: rejectedCalls as readonly string[],
    seen: seen as readonly string[],
    me,
    /** What the page showed for pairing by telephone. */
    pairing: () => pairing,
    showsQr: (): boolean => unpaired.size > 0,
    paired: (): boolean => sessions.size > 0,
    connected: (): boolean => current()?.socket !== undefined,
    /** The telephone scans the QR code that a page shows, or takes its pairing code. */
    pair(): void {
      const socket = [...unpaired].at(-1);
      if (!socket) throw new Error('No page waits for a scan.');
      unpaired.delete(socket);
      const session: Session = { token: hex(16), socket, queue: new Map() };
      sessions.set(session.token, session);
      sessionOf.set(socket, session);
      transmit(socket, { op: 'pair-success', session: session.token, me });
      sync(session);
    },
    /** Hands a message to the paired device: now, and after each connection until it is receipted. */
    deliver(message: WireMessage): void {
      const session = current();
      if (!session) throw new Error('No device is paired.');
      session.queue.set(message.id.id, message);
      transmit(session.socket, { op: 'message', message });
    },
    keep,
    /** The bytes of a message's file. */
    fileOf: ({ directPath }: WireMessage): Uint8Array | undefined => files.get(directPath ?? ''),
    /** Says something to the device that is connected now. */
    say: (frame: ToPage): void => transmit(current()?.socket, frame),
    /** Somebody removes the device on the telephone. */
    logOut(): void {
      const session = current();
      if (!session) return;
      transmit(session.socket, { op: 'logout' });
      sessions.delete(session.token);
    },
    dropSocket: (): void => current()?.socket?.terminate(),
    async stop(): Promise<void> {
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
};
export type SimulatedServer = Awaited<ReturnType<typeof startServer>>;
