/** Names of people and of messages, in the form that WhatsApp Web gives them. */
import type { Key } from './models.js';
import { keyOf } from './models.js';

/** Somebody or something one can write to: `77010000001@c.us`, `1234@lid`, `1-2@g.us`, `status@broadcast`. */
export class Wid {
  readonly user: string;
  readonly server: string;
  readonly _serialized: string;

  constructor(written: string) {
    const [user = '', server] = written.split('@');
    if (!server) throw new Error(`wid error: invalid wid ${written}`);
    this.user = user;
    this.server = server === 's.whatsapp.net' ? 'c.us' : server;
    this._serialized = `${this.user}@${this.server}`;
  }
  isLid = (): boolean => this.server === 'lid';
  isGroup = (): boolean => this.server === 'g.us';
  isUser = (): boolean => this.server === 'c.us' || this.isLid();
  isStatus = (): boolean => this._serialized === 'status@broadcast';
  isNewsletter = (): boolean => this.server === 'newsletter';
  toString = (): string => this._serialized;
  toJid = (): string => this._serialized;
  equals = (other: Key): boolean => keyOf(other) === this._serialized;
  toJSON = () => ({ user: this.user, server: this.server, _serialized: this._serialized });
}

export const createWid = (from: Key): Wid => (from instanceof Wid ? from : new Wid(keyOf(from)));

interface KeyParts {
  readonly id: string;
  readonly fromMe?: boolean;
  readonly remote?: Wid;
  readonly from?: Wid;
  readonly to?: Wid;
  readonly participant?: Wid | undefined;
  readonly selfDir?: 'in' | 'out';
}

/** A message's id: `false_77010000001@c.us_3EB0…`. */
export class MsgKey {
  readonly fromMe: boolean;
  readonly remote: Wid;
  readonly id: string;
  readonly participant?: Wid;
  readonly _serialized: string;

  constructor({ id, fromMe, remote, from, to, participant, selfDir }: KeyParts) {
    this.fromMe = fromMe ?? selfDir === 'out';
    const other = remote ?? (this.fromMe ? to : from);
    if (!other) throw new Error('A message key needs who it is from or to.');
    this.remote = other;
    this.id = id;
    if (participant) this.participant = participant;
    this._serialized = [this.fromMe, other, id, ...(participant ? [participant] : [])].join('_');
  }
  toString(): string {
    return this._serialized;
  }
  static async newId(): Promise<string> {
    const bytes = [...crypto.getRandomValues(new Uint8Array(9))];
    return `3EB0${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`.toUpperCase();
  }
}
