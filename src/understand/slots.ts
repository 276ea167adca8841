/** Reads the named things of a message: payments, checkpoints, a choice, yes or no, a receipt, a wanted language, opt-in, restart. */
import type { Language } from '../language.js';
import type { FindCheckpoints } from './checkpoint-names.js';
import { answerFirstIn, answerIn, choiceIn, deniesIn, puzzledIn, saidLine } from './choice-words.js';
import type { Slots } from './contract.js';
import { withoutCourtesy } from './courtesy.js';
import type { Normalised } from './normalise.js';
import { createPayments, type Payments } from './payments.js';
import { receiptIn } from './receipts.js';

const currency = /^(?:тенге|тг|тенг)$/u;
const isAmountAlone = (message: Normalised, payments: Payments): boolean => {
  const said = withoutCourtesy(message).tokens.filter(({ kind, folded }) => kind !== 'sign' && !currency.test(folded));
  const [only] = said;
  return said.length === 1 && only !== undefined && payments.isAmount(only);
};

const russianAsked =
  /(?:^| )(?:орисша|орисшага|орис тил[а-я]*|по руски|порус[а-я]*|руски[а-я]*|рускии|рускоиазичн[а-я]*|орисшалап|русча|рус иазик[а-я]*|на руском|по росииски|на рус|русиша)(?: |$)/u;
const kazakhAsked =
  /(?:^| )(?:казакша|казахша|казакшага|казак тил[а-я]*|казакшалап|по казах?ки|по казахски|показах?с?ки|казахски[а-я]*|казахск[а-я]* иазик[а-я]*|на казахском|казак тили|казакиша|каз тил[а-я]*)(?: |$)/u;
/** Every way to name one holds one of these. */
const namesLanguage = /рус|орис|росии|каз/u;
const latinLanguage: Readonly<Record<string, Language>> = {
  rus: 'ru',
  ru: 'ru',
  russian: 'ru',
  рус: 'ru',
  ру: 'ru',
  kaz: 'kk',
  kk: 'kk',
  kz: 'kk',
  қаз: 'kk',
  каз: 'kk',
  казах: 'kk',
};

/** Most signs of a message that is nothing but a language's name. */
const longestBare = 20;
/** The language a message names; the one named last where it names both ("не на казахском, а на русском"). */
export function languageNamed(raw: string, message: Normalised): Language | undefined {
  const bare =
    raw.length > longestBare
      ? undefined
      : latinLanguage[
          raw
            .trim()
            .toLowerCase()
            .replace(/[.!?]+$/u, '')
        ];
  if (bare !== undefined) return bare;
  if (!namesLanguage.test(message.line)) return undefined;
  const russian = message.line.search(russianAsked);
  const kazakh = message.line.search(kazakhAsked);
  if (russian < 0 && kazakh < 0) return undefined;
  const last: Language = russian > kazakh ? 'ru' : 'kk';
  // "казакша билмеимин, орисша", "не понимаю по-казахски": the language that is not understood is not the one that is wanted.
  const refused = /(?:тусинбе|билмеи|не понима|не знаиу|незнаиу|непонима)/u.test(message.line);
  if (refused && (russian < 0 || kazakh < 0)) return last === 'kk' ? 'ru' : 'kk';
  return last;
}

const restart =
  /^(?:\/?start|рестарт|restart|(?:ен )?басинан(?: баста[а-я]*)?|басинан бастаиик|каита баста[а-я]*|каитадан баста[а-я]*|с ?начала|начат(?:и)? (?:с ?начала|заново)|начнем (?:с ?начала|заново)|заново|сброс|жана сурак|нови вопрос|нови?и вопрос|перезапуск|давай(?:те)? (?:с ?начала|заново)|давай?и?(?:те)? с ?начала|басина каит[а-я]*|старт|болдирма|отмена)$/u;
const optIn =
  /^(?:косу|кос|косинизш?и?|каита кос[а-я]*|ботти кос[а-я]*|хабарлама(?:ни|ларди)? кос[а-я]*|вклиучит|вклиучи|вклиучите|вклиучи бота|вклиучите бота|возобновит|возобновите|подписатсиа|каита жаз[а-я]*|стопти алип таста[а-я]*|пишите снова|снова пишите|можете писат|можно писат|жаза бериниз|вклиучит бота|unstop|start again)$/u;

/** All slots of one message. `raw` is the text as it was typed, masked; pure and bounded. */
export function slotsOf(
  raw: string,
  message: Normalised,
  findCheckpoints: FindCheckpoints,
  payments: Payments = createPayments(),
): Slots {
  const line = saidLine(message);
  const programmes = payments.namedIn(message);
  const choice = choiceIn(raw, message);
  const answer = answerIn(raw, message, line);
  const answerFirst = answer === undefined ? answerFirstIn(message) : undefined;
  const receipt = receiptIn(raw);
  const wantedLanguage = message.tokens.length <= 12 ? languageNamed(raw, message) : undefined;
  const typed = raw
    .slice(0, 200)
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/u, '');
  return {
    programmes,
    ...(programmes.length > 0 && isAmountAlone(message, payments) ? { amountAlone: true as const } : {}),
    checkpoints: findCheckpoints(message),
    ...(choice === undefined ? {} : { choice }),
    ...(answer === undefined ? {} : { answer }),
    ...(answerFirst === undefined ? {} : { answerFirst }),
    ...(deniesIn(message) ? { denies: true as const } : {}),
    ...(puzzledIn(line) ? { puzzled: true as const } : {}),
    ...(receipt === undefined ? {} : { receipt }),
    ...(wantedLanguage === undefined ? {} : { wantedLanguage }),
    ...(optIn.test(line) || optIn.test(typed) ? { optIn: true as const } : {}),
    ...(restart.test(line) || restart.test(typed) ? { restart: true as const } : {}),
  };
}
