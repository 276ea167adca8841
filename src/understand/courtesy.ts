/** Takes greetings and closing thanks off a message that says more: what is between is the matter, and a courtesy must not be its label. */
import type { Normalised, Token } from './normalise.js';
import { factOfWords } from './words.js';

const opening =
  /^(?:салем[а-я]*|саламат[а-я]*|салам[а-я]*|асалам[а-я]*|асалау[а-я]*|уагалеи[а-я]*|алеикум|магалеикум|каирли|кун|тан|кеш|куниниз|кешиниз|армис[а-я]*|аман[а-я]*|есен[а-я]*|здрав?ств[а-я]*|здрас[а-я]*|драсте|привет[а-я]*|добри|доброе|доброго|доброи|ден|вечер|утро|дниа|суток|времени|времиа|вечера|хело|хеи|алло?|ало|кимат?ти|курмет[а-я]*|уважаем[а-я]*|бе|ба|бесиз|ме|ма|вас|вам|всем|дорогие|дорогои|сиз|сизбе|бауир[а-я]*|агаи[а-я]*|агаиин|ага|апа|достар)$/u;
const first =
  /^(?:салем|саламат|салам|асалам|асалау|каирли|армис|аман|есен|здрав?ств|здрас|драсте|привет|добри|доброе|доброго|ден|хело|алло?$|ало$|курмет|уважаем|вечер$)/u;
/** A greeting is at most so long: "добрый день уважаемые" … */
const longestGreeting = 6;
/** What must be left for the rest to be a matter of its own. */
const leastRest = 1;

const closing =
  /^(?:рахмет|рахмат|ракмет|рахмед|рах|спасибо|спс|пасиба?|благодариу|благодарим|заране|болшое|огромное|улкен|коп|копкоп|мин|алдин|алдинала|ала|вам|сизге|сиздерге|пожалуиста|пжлст?)$/u;
const thanks = /^(?:рахмет|рахмат|ракмет|рахмед|спасибо|спс|пасиба?|благодариу|благодарим)$/u;
/** "Thanks in advance" always closes a request; other thanks close one of two words unless these say what the thanks are for. */
const inAdvance = /^(?:заране|алдин|алдинала)$/u;
const thankedFor = /(?:га|ге|ка|ке|ушин)$/u;

/** What a word does in courtesies. */
const courtesyOf = factOfWords<Readonly<Record<'opens' | 'isFirst' | 'closes' | 'thanks', boolean>>>()(
  ({ folded }) => ({
    opens: opening.test(folded),
    isFirst: first.test(folded),
    closes: closing.test(folded),
    thanks: thanks.test(folded),
  }),
);
const isOf = (does: 'opens' | 'closes', token: Token): boolean =>
  token.kind === 'sign' || (token.kind === 'word' && courtesyOf(token)[does]);

const isMatter = (tokens: readonly Token[], closed: readonly Token[]): boolean => {
  if (tokens.length === 0) return false;
  if (tokens.length > 2 || closed.some(({ folded }) => inAdvance.test(folded))) return true;
  return tokens.length === 2 && !thankedFor.test(tokens[1]?.folded ?? '');
};

function beforeThanks(tokens: readonly Token[]): readonly Token[] {
  let at = tokens.length;
  while (at > 0) {
    const token = tokens[at - 1];
    if (token === undefined || !isOf('closes', token)) break;
    at -= 1;
  }
  if (at === tokens.length) return tokens;
  const closed = tokens.slice(at);
  return closed.some((token) => courtesyOf(token).thanks) && isMatter(tokens.slice(0, at), closed)
    ? tokens.slice(0, at)
    : tokens;
}

function afterGreeting(tokens: readonly Token[]): readonly Token[] {
  if (tokens[0]?.kind !== 'word' || !courtesyOf(tokens[0]).isFirst) return tokens;
  let at = 0;
  while (at < tokens.length && at < longestGreeting) {
    const token = tokens[at];
    if (token === undefined || !isOf('opens', token)) break;
    at += 1;
  }
  const rest = tokens.slice(at);
  return rest.filter((token) => token.kind !== 'sign').length < leastRest ? tokens : rest;
}

/** The same message without its opening greeting and closing thanks, or the message itself where it is nothing else. */
export function withoutCourtesy(message: Normalised): Normalised {
  const tokens = beforeThanks(afterGreeting(message.tokens));
  return tokens.length === message.tokens.length ? message : { ...message, tokens };
}
