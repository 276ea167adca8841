/**
 * Meta's side of Cloud API on a loopback port: the Graph API, and the webhook's posts with its retries. Strict as Meta's pages; it never
 * dedupes what it is sent. Time is the test's.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Refused, type SentBody, understandBody } from './bodies.js';
import { messageOf, messagesPost, type Person, type StatusNews, signed, statusPost } from './posts.js';

export const graphSettings = {
  phoneNumberId: '106540352242922',
  token: 'EAAtest-token-of-the-simulator',
  appSecret: 'secret-of-the-app-0123456789',
  verifyToken: 'words-for-the-check',
} as const;

export interface SentMessage {
  readonly id: string;
  /** Phone number or business-scoped id that it went to. */
  readonly to: string;
  readonly body: SentBody;
  readonly at: Date;
}
/** What happens to the next message, or to the next one that goes `to` somebody, instead of being taken. */
export type Fault = { readonly to?: string } & (
  | ({ readonly kind: 'refuse'; readonly status?: number } & Pick<Refused, 'code' | 'subcode' | 'type'>)
  /** It is taken, and the line breaks before the answer. */
  | { readonly kind: 'take-and-break' }
  | { readonly kind: 'gateway-error' }
);

/** What happens to the next file that goes up, instead of being taken. */
export type UploadFault = 'break' | 'gateway-error' | 'nonsense';

/** Meta goes on for days; a test for as long as a service may take to start again on a busy machine. */
const redeliveryMs = 120_000;
const windowMs = 24 * 3_600_000;

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};
const reply = (response: ServerResponse, status: number, json: object): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(json));
};
const refuse = (
  response: ServerResponse,
  { code, subcode, type = 'OAuthException', details }: Refused,
  status = 400,
): void =>
  reply(response, status, {
    error: {
      message: `(#${code}) ${details}`,
      type,
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: 'AtestTrace',
    },
  });

/** What Meta says of an id that is not there, or that the token has no right to. */
export const outOfReach = (id: string): Refused => ({
  ...{ code: 100, subcode: 33, type: 'GraphMethodException' },
  details: `Unsupported get request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
});

/** The fields of a message's type, what it may be called and quote, and when it was written where that was not now. */
type Fields = Readonly<Record<string, unknown>> & { readonly type: string };
interface Names {
  readonly id?: string;
  readonly quotes?: string;
  readonly at?: Date;
}

export interface GraphSimulatorOptions {
  readonly now?: () => Date;
  /** Posts `sent` and `delivered` for what it takes, as Meta does. */
  readonly tellsStatuses?: boolean;
}

export const startGraphSimulator = async ({
  now = () => new Date(),
  tellsStatuses = true,
}: GraphSimulatorOptions = {}) => {
  const { phoneNumberId, token, appSecret } = graphSettings;
  let webhook = '';
  const sent: SentMessage[] = [];
  const reads: string[] = [];
  const faults: Fault[] = [];
  const uploadFaults: UploadFault[] = [];
  const wrote = new Map<string, Date>();
  const files = new Map<string, { bytes: Buffer; mimeType: string }>();
  let tells = tellsStatuses;

  /** Posts a body under its signature; gives the status of the answer, 0 where nobody answered. */
  const postRaw = async (body: string | Buffer, signature = signed(body, appSecret)): Promise<number> => {
    try {
      const headers = { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature };
      const answer = await fetch(webhook, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
      return answer.status;
    } catch {
      return 0;
    }
  };
  /** Posts until it is acknowledged, as Meta does for days. */
  const postUntilTaken = async (payload: object): Promise<void> => {
    const body = JSON.stringify(payload);
    const until = Date.now() + redeliveryMs;
    while (Date.now() < until) {
      const status = await postRaw(body);
      if (status === 200) return;
      if (status >= 400 && status < 500) throw new Error(`The webhook refuses a true post with ${status}.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The webhook does not take a post.');
  };
  /** Every status repeats the `biz_opaque_callback_data` that its message was sent with. */
  const tellStatus = (news: Omit<StatusNews, 'at'>): Promise<void> => {
    const callbackData = sent.find(({ id }) => id === news.id)?.body.biz_opaque_callback_data;
    const repeated = callbackData === undefined ? {} : { callbackData };
    return postUntilTaken(statusPost(phoneNumberId, { ...repeated, ...news, at: now() }));
  };

  const take = (body: SentBody): SentMessage => {
    const message = { id: `wamid.${randomUUID()}`, to: body.to ?? body.recipient ?? '', body, at: now() };
    sent.push(message);
    return message;
  };
  const isOpen = (to: string): boolean => now().getTime() - (wrote.get(to)?.getTime() ?? 0) < windowMs;

  const onMessages = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const understood = understandBody(JSON.parse((await readBody(request)).toString()));
    if ('code' in understood) return refuse(response, understood);
    if ('status' in understood) {
      reads.push(understood.message_id);
      return reply(response, 200, { success: true });
    }
    const to = understood.to ?? understood.recipient ?? '';
    const place = faults.findIndex((each) => each.to === undefined || each.to === to);
    const [fault] = place < 0 ? [] : faults.splice(place, 1);
    if (fault?.kind === 'refuse') return refuse(response, { ...fault, details: 'as asked by the test' }, fault.status);
    if (fault?.kind === 'gateway-error') return void response.writeHead(502).end('<html>Bad gateway</html>');
    if (understood.type !== 'template' && !isOpen(to)) {
      return refuse(response, {
        code: 131047,
        details: 'More than 24 hours have passed since the recipient last replied.',
      });
    }
    const message = take(understood);
    if (fault?.kind === 'take-and-break') request.socket.destroy();
    else {
      reply(response, 200, {
        messaging_product: 'whatsapp',
        contacts: [{ input: to, ...(understood.to === undefined ? { user_id: to } : { wa_id: to }) }],
        messages: [{ id: message.id }],
      });
    }
    if (!tells) return;
    for (const status of ['sent', 'delivered'] as const) await tellStatus({ id: message.id, status, to });
  };

  const onUpload = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const form = await new Response(new Uint8Array(body), {
      headers: { 'Content-Type': request.headers['content-type'] ?? '' },
    }).formData();
    const file = form.get('file');
    if (form.get('messaging_product') !== 'whatsapp' || !(file instanceof File)) {
      return refuse(response, { code: 100, details: 'Invalid parameter' });
    }
    const fault = uploadFaults.shift();
    if (fault === 'break') return void request.socket.destroy();
    if (fault === 'gateway-error') return void response.writeHead(502).end('<html>Bad gateway</html>');
    if (fault === 'nonsense') return reply(response, 200, { success: true });
    const id = String(Math.floor(Math.random() * 1e15));
    files.set(id, { bytes: Buffer.from(await file.arrayBuffer()), mimeType: String(form.get('type')) });
    return reply(response, 200, { id });
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://graph');
    const [, version = '', id = '', what] = pathname.split('/');
    const answer = async (): Promise<void> => {
      if (request.headers.authorization !== `Bearer ${token}`) {
        return refuse(response, { code: 190, details: 'Invalid OAuth access token.' }, 401);
      }
      if (pathname.startsWith('/files/')) {
        const file = files.get(id);
        return file
          ? void response.writeHead(200, { 'Content-Type': file.mimeType }).end(file.bytes)
          : void response.writeHead(404).end();
      }
      if (!/^v\d+\.\d$/.test(version)) return refuse(response, { code: 2500, details: 'Unknown path components' });
      if (request.method === 'POST' && id === phoneNumberId && what === 'messages')
        return onMessages(request, response);
      if (request.method === 'POST' && id === phoneNumberId && what === 'media') return onUpload(request, response);
      const file = files.get(id);
      if (request.method !== 'GET' || !file) return refuse(response, outOfReach(id));
      const sha256 = createHash('sha256').update(file.bytes).digest('hex');
      const url = `${base}/files/${id}`;
      return reply(response, 200, {
        messaging_product: 'whatsapp',
        url,
        mime_type: file.mimeType,
        sha256,
        file_size: file.bytes.length,
        id,
      });
    };
    answer().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: base,
    /** Everything that was taken, in order, nothing deduped. */
    sent: sent as readonly SentMessage[],
    /** Ids of messages that were marked as read. */
    reads: reads as readonly string[],
    faults,
    uploadFaults,
    /** Where it posts to: the service's own address. */
    posts: (serviceUrl: string): void => {
      webhook = `${serviceUrl}/webhooks/whatsapp`;
    },
    /** Opens somebody's window as a message of theirs does. */
    opens: (name: string): void => void wrote.set(name, now()),
    postRaw,
    postUntilTaken,
    tellStatus,
    tellsStatuses: (does: boolean): void => {
      tells = does;
    },
    /** A file that a resident sent, known by the id that is given. */
    keep: (bytes: Buffer, mimeType: string): string => {
      const id = String(Math.floor(Math.random() * 1e15));
      files.set(id, { bytes, mimeType });
      return id;
    },
    file: (id: string) => files.get(id),
    /** A person writes: opens their window and posts it until it is taken. Gives the message's id. */
    async write(person: Person, fields: Fields, names: Names = {}): Promise<string> {
      const [id = ''] = await this.writeAtOnce(person, [[fields, names]]);
      return id;
    },
    /** The same with several messages in one post. */
    async writeAtOnce(person: Person, messages: readonly (readonly [Fields, Names])[]): Promise<readonly string[]> {
      for (const name of [person.phone, person.userId]) if (name !== undefined) wrote.set(name, now());
      const ids = messages.map(([, { id }]) => id ?? `wamid.${randomUUID()}`);
      const posted = messages.map(([fields, { quotes, at = now() }], place) =>
        messageOf(person, ids[place] ?? '', at, fields, quotes),
      );
      await postUntilTaken(messagesPost(phoneNumberId, person, posted));
      return ids;
    },
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
export type GraphSimulator = Awaited<ReturnType<typeof startGraphSimulator>>;
