/** What goes over the simulated WhatsApp's socket, in JSON: the page on one side, the server on the other. */

export interface WireMessage {
  readonly id: {
    readonly fromMe: boolean;
    readonly remote: string;
    readonly id: string;
    readonly participant?: string;
  };
  readonly from: string;
  readonly to: string;
  readonly author?: string;
  readonly type: string;
  readonly body?: string;
  readonly caption?: string;
  /** Seconds since the epoch, the server's clock. */
  readonly t: number;
  readonly ack?: number;
  readonly quotedStanzaID?: string;
  readonly lat?: number;
  readonly lng?: number;
  readonly loc?: string;
  /** Where the server has the file of the message. */
  readonly directPath?: string;
  readonly mimetype?: string;
  readonly filename?: string;
  readonly size?: number;
  readonly [attribute: string]: unknown;
}

export interface Me {
  readonly pn: string;
  readonly lid: string;
  readonly pushname: string;
}

export type ToPage =
  | { readonly op: 'ref'; readonly ref: string }
  | { readonly op: 'pair-success'; readonly session: string; readonly me: Me }
  | { readonly op: 'resume-ok'; readonly me: Me; readonly unreadable: readonly string[] }
  | { readonly op: 'resume-fail' }
  | { readonly op: 'offline-begin'; readonly count: number }
  | { readonly op: 'message' | 'offline-message'; readonly message: WireMessage }
  | { readonly op: 'synced' }
  | { readonly op: 'ack'; readonly id: string; readonly ack: number }
  | { readonly op: 'edit'; readonly key: string; readonly body: string }
  | { readonly op: 'reaction'; readonly key: string; readonly emoji: string; readonly author: string }
  | { readonly op: 'call'; readonly id: string; readonly from: string }
  | { readonly op: 'exists'; readonly ask: number; readonly exists: boolean }
  | { readonly op: 'decrypted'; readonly key: string; readonly body: string }
  | { readonly op: 'logout' }
  | { readonly op: 'state'; readonly state: string };

export type ToServer =
  | { readonly op: 'hello'; readonly session?: string }
  | { readonly op: 'refresh-ref' }
  | { readonly op: 'receipt'; readonly id: string }
  | { readonly op: 'send'; readonly message: WireMessage }
  | { readonly op: 'ask-exists'; readonly ask: number; readonly user: string }
  | { readonly op: 'reject-call'; readonly id: string; readonly to: string }
  | { readonly op: 'pair-by-phone'; readonly phone: string; readonly code: string }
  | { readonly op: 'seen'; readonly chat: string }
  | { readonly op: 'logout' };
