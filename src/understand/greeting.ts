/** Takes the greeting off a message that says more: what follows is the matter, and a greeting must not be its label. */
import type { Normalised, Token } from './normalise.js';

const opening =
  /^(?:салем[а-я]*|саламат[а-я]*|салам[а-я]*|асалам[а-я]*|асалау[а-я]*|уагалеи[а-я]*|алеикум|магалеикум|каирли|кун|тан|кеш|куниниз|кешиниз|армис[а-я]*|аман[а-я]*|есен[а-я]*|здрав?ств[а-я]*|здрас[а-я]*|драсте|привет[а-я]*|добри|доброе|доброго|доброи|ден|вечер|утро|дниа|суток|времени|времиа|вечера|хело|хеи|алло?|ало|кимат?ти|курмет[а-я]*|уважаем[а-я]*|бе|ба|бесиз|ме|ма|вас|вам|всем|дорогие|дорогои|сиз|сизбе|бауир[а-я]*|агаи[а-я]*|агаиин|ага|апа|достар)$/u;
const first =
  /^(?:салем|саламат|салам|асалам|асалау|каирли|армис|аман|есен|здрав?ств|здрас|драсте|привет|добри|доброе|доброго|ден|хело|алло?$|ало$|курмет|уважаем|вечер$)/u;
/** A greeting is at most so long: "добрый день уважаемые" … */
const longestGreeting = 6;
/** What must be left for the rest to be a matter of its own. */
const leastRest = 1;

const isGreeting = (token: Token): boolean =>
  token.kind === 'sign' || (token.kind === 'word' && opening.test(token.folded));

/** The same message without its opening words of greeting, or the message itself where it is nothing but a greeting. */
export function withoutGreeting(message: Normalised): Normalised {
  const { tokens } = message;
  if (tokens[0]?.kind !== 'word' || !first.test(tokens[0].folded)) return message;
  let at = 0;
  while (at < tokens.length && at < longestGreeting) {
    const token = tokens[at];
    if (token === undefined || !isGreeting(token)) break;
    at += 1;
  }
  const rest = tokens.slice(at);
  return rest.filter((token) => token.kind !== 'sign').length < leastRest ? message : { ...message, tokens: rest };
}
