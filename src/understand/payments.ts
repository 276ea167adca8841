/** Payments that a message may name: those the phrasings were written for, and those that staff add, which are read in their likeness. Pure. */
import type { IndexedPayment, Label } from './contract.js';
import { beginningOf } from './lexicon.js';
import { type Normalised, otherWord, type Token } from './normalise.js';

/** By the token of their amount. */
const ofPhrasings: Readonly<Record<string, { readonly id: string; readonly label: Label }>> = {
  '#42500': { id: 'pay-42500', label: 'service:eligibility-42500' },
  '#50000': { id: 'pay-50000', label: 'service:eligibility-50000' },
  '#15000': { id: 'pay-15000', label: 'service:eligibility-15000' },
};
/** What an added payment is read as: the one that most phrasings are about. */
const likeness = '#42500';
/** Smaller sums are said of other things too. */
const leastAmount = 1000;
const birgemiz =
  /(?:^| )(?:бис|биз)?(?: )?биргемиз|(?:^| )нуротан|(?:^| )нур отан|(?:^| )фонд[а-я]* (?:бирге|биргемиз)|(?:^| )бирге кор/u;
/** Every way to name the fund holds one of these. */
const namesFund = /бирге|отан/u;

export const isOfPhrasings = (id: string): boolean => Object.values(ofPhrasings).some((known) => known.id === id);

export interface Payments {
  /** Ids of those that the message names, each once. */
  namedIn(message: Normalised): readonly string[];
  /** Whether the token is the amount of one. */
  isAmount(token: Token): boolean;
  isAdded(id: string): boolean;
  /** The label of its check. */
  checkOf(id: string): Label | undefined;
  /** The payment that a check or an article is about. */
  of(label: Label): string | undefined;
  /** A message that names an added payment and no other, as if it named one that phrasings know. */
  asKnown<T extends Pick<Normalised, 'tokens'>>(message: T): T;
}

/** @param added payments that staff added; one that the phrasings know is passed over */
export const createPayments = (added: readonly IndexedPayment[] = []): Payments => {
  const own = added
    .filter(({ id }) => !isOfPhrasings(id))
    .map((payment) => ({
      ...payment,
      beginnings: payment.words
        .flatMap((word) => [beginningOf(word, 'kk'), beginningOf(word, 'ru')])
        .filter((word) => word.length > 2 && !/\s/u.test(word)),
    }));
  const ownIn = ({ kind, folded, value }: Token): string | undefined =>
    own.find(({ amount, beginnings }) =>
      kind === 'number'
        ? value === amount && amount >= leastAmount
        : kind === 'word' && beginnings.some((beginning) => folded.startsWith(beginning)),
    )?.id;
  return {
    namedIn({ tokens, line }) {
      const named = new Set<string>();
      for (const { kind, folded } of tokens) {
        const known = kind === 'number' ? ofPhrasings[folded] : undefined;
        if (known !== undefined) named.add(known.id);
      }
      if (namesFund.test(line) && birgemiz.test(line)) named.add('pay-50000');
      if (own.length > 0) for (const id of tokens.map(ownIn)) if (id !== undefined) named.add(id);
      return [...named];
    },
    isAmount: (token) =>
      ofPhrasings[token.folded] !== undefined || (token.kind === 'number' && ownIn(token) !== undefined),
    isAdded: (id) => own.some((payment) => payment.id === id),
    checkOf: (id) => [...own, ...Object.values(ofPhrasings)].find((payment) => payment.id === id)?.label,
    of(label) {
      const payment = own.find(
        (one) => one.label === label || one.articles.some((article) => label === `faq:${article}`),
      );
      const amount = /(?:pay|eligibility)-(\d+)/u.exec(label)?.[1];
      return payment?.id ?? ofPhrasings[`#${amount}`]?.id;
    },
    asKnown(message) {
      if (own.length === 0 || message.tokens.some(({ folded }) => ofPhrasings[folded])) return message;
      const tokens = message.tokens.map((token): Token => {
        if (ownIn(token) === undefined) return token;
        const said = token.kind === 'word' ? token.cyrillic : String(token.value);
        return { ...otherWord('number', likeness), cyrillic: said, weight: token.weight };
      });
      return { ...message, tokens };
    },
  };
};
