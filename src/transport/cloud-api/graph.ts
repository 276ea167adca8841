/** Calls of the Graph API: what it answered, what it refused with its code, and whether it was reached at all. */
import { createHash } from 'node:crypto';
import type { CloudApiSettings } from './settings.js';
import { type MetaError, refusal } from './webhook-shapes.js';

export type GraphAnswer =
  | { readonly kind: 'done'; readonly json: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly error: MetaError };

/** The line is down: the request never got there, and may be repeated. */
export class NotReached extends Error {
  override readonly name = 'NotReached';
}
/** Meta's answer is missing or makes no sense: whether it did what was asked nobody knows. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const patienceMs = 20_000;
/** The connection was never made, so nothing was handed over. */
const unreachable = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);
const codeOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
};

const reach = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    const code = codeOf(error);
    if (unreachable.has(code)) throw new NotReached(`The Graph API cannot be reached (${code}).`);
    throw new NoAnswer(`The Graph API gave no answer (${code || (error as Error).name}).`);
  }
};

const jsonOf = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
};

/** At most `most` bytes of a body; null where there are more. */
const bytesOf = async (response: Response, most: number): Promise<Uint8Array | null> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const createGraph = ({ url, version, token }: Pick<CloudApiSettings, 'url' | 'version' | 'token'>) => {
  const authorization = { Authorization: `Bearer ${token}` };
  const call = async (path: string, init: RequestInit): Promise<GraphAnswer> => {
    const response = await reach(`${url}/${version}/${path}`, {
      ...init,
      headers: { ...authorization, ...init.headers },
    });
    const json = await jsonOf(response);
    if (response.ok) {
      if (json === undefined) throw new NoAnswer('The Graph API answered with no JSON.');
      return { kind: 'done', json };
    }
    const { data } = refusal.safeParse(json);
    if (data) return { kind: 'refused', status: response.status, error: data.error };
    // A gateway in between may have passed the request on before it failed.
    if (response.status >= 500) throw new NoAnswer(`The Graph API answered ${response.status} without a reason.`);
    return { kind: 'refused', status: response.status, error: { code: -1, message: `HTTP ${response.status}` } };
  };
  /** The token goes to Meta's own hosts alone, whatever address an answer names. */
  const isMetas = (address: string): boolean => {
    const { origin, protocol, hostname } = new URL(address);
    return (
      origin === new URL(url).origin || (protocol === 'https:' && /(?:^|\.)(?:fbsbx|facebook)\.com$/.test(hostname))
    );
  };

  return {
    get: (path: string): Promise<GraphAnswer> => call(path, {}),
    post: (path: string, body: object): Promise<GraphAnswer> =>
      call(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    postForm: (path: string, body: FormData): Promise<GraphAnswer> => call(path, { method: 'POST', body }),
    /** The bytes at an address that the Graph API named; null where they are more than `most`. */
    async download(address: string, most: number): Promise<Uint8Array | null> {
      if (!isMetas(address)) throw new NoAnswer('The Graph API named an address that is not its own.');
      const response = await reach(address, { headers: authorization });
      if (!response.ok) throw new NoAnswer(`The file's address answered ${response.status}.`);
      return bytesOf(response, most);
    },
  };
};
export type Graph = ReturnType<typeof createGraph>;
