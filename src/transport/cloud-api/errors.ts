/**
 * Meta's error codes and what we do about each. Source:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (of May 2026), with the pair limit from
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/about-the-platform (a wait of 4^n seconds).
 */
import type { MetaError } from './webhook-shapes.js';

/**
 * try-again: passing trouble on Meta's side · slow-number: the number sends too quickly, all of it waits · slow-pair: this resident gets
 * too much, the others do not wait · window-closed: the resident has to write first · unreachable: never for this resident ·
 * content: never as it is written · template: its words are not approved, or not any more; everything else goes out · account: nothing goes
 * out until an administrator mends the account, number or token.
 */
export type Verdict =
  | 'try-again'
  | 'slow-number'
  | 'slow-pair'
  | 'window-closed'
  | 'unreachable'
  | 'content'
  | 'template'
  | 'account';

const codes: Readonly<Record<Verdict, readonly number[]>> = {
  // API unknown, API service, something went wrong, service unavailable, maintenance, server busy, generic user error.
  'try-again': [1, 2, 131000, 131016, 131057, 133004, 135000],
  // Too many calls of the app, of the account, of the number.
  'slow-number': [4, 80007, 130429],
  'slow-pair': [131056],
  'window-closed': [131047],
  // In an experiment, restricted country, recipient is the sender, undeliverable, not on the list of a test number, not for the health of
  // the ecosystem, opted out, no business-scoped id for this kind of message.
  unreachable: [130472, 130497, 131021, 131026, 131030, 131049, 131050, 131062],
  // Invalid, missing or wrong parameter, unsupported type, media that cannot be fetched or taken.
  content: [100, 131008, 131009, 131051, 131052, 131053],
  // Missing in this language, wrong in number or kind of its variables, too long, against the rules, paused, disabled, its flow blocked.
  template: [132000, 132001, 132005, 132007, 132012, 132015, 132016, 132018, 132068, 132069],
  // Sign-in, method, number deleted, permission, token, policy, access, locked, name not approved, payment, certificate, spam limit;
  // number not registered.
  account: [
    ...[0, 3, 10, 33, 190, 368, 131005, 131031, 131037, 131042, 131045, 131048],
    ...[133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016],
  ],
};
const verdicts = new Map(
  Object.entries(codes).flatMap(([verdict, numbers]) => numbers.map((code) => [code, verdict as Verdict] as const)),
);

/** The object that was asked for is not there, or the token has no right to it: Meta says the same of both. */
const isOutOfReach = ({ code, error_subcode, type }: Refusal): boolean =>
  code === 100 && (error_subcode === 33 || type === 'GraphMethodException');

type Refusal = Pick<MetaError, 'code' | 'error_subcode' | 'type'>;

/** What Meta's refusal means for us. A code that is not in the table is judged by the status of the answer: 5xx passes, 4xx stays. */
export const verdictOf = (refusal: Refusal, httpStatus = 400): Verdict => {
  const { code } = refusal;
  if ((code >= 200 && code <= 299) || isOutOfReach(refusal)) return 'account';
  const known = verdicts.get(code);
  if (known) return known;
  if (httpStatus === 401 || httpStatus === 403) return 'account';
  return httpStatus === 429 ? 'slow-number' : httpStatus >= 500 ? 'try-again' : 'content';
};

/** One line for staff and the log: the code, and Meta's own words for it. */
export const sentenceOf = ({ code, title, message, error_data }: MetaError): string =>
  `${code}: ${error_data?.details ?? message ?? title ?? 'no words'}`.slice(0, 300);
