/** What an installation sets for WhatsApp Cloud API; the secrets among them are never logged nor shown. */
export interface CloudApiSettings {
  /** Base address of the Graph API, without a slash at the end. */
  readonly url: string;
  /** Such as `v25.0`. */
  readonly version: string;
  readonly phoneNumberId: string;
  readonly token: string;
  /** Key of the signatures under which Meta posts. */
  readonly appSecret: string;
  /** What Meta repeats when it checks the webhook's address. */
  readonly verifyToken: string;
  /** Messages a second that the number may send. */
  readonly perSecond: number;
  /** Name of the approved template that asks a resident to write. */
  readonly template?: string;
}
