/** What is open, said once more: in the language that was asked for a moment later. Pure. */
import { answerArticle } from './answer-article.js';
import { askConsent } from './check-eligibility.js';
import { askWhichPost } from './checkpoints.js';
import { offerLabels, offerPerson } from './clarify.js';
import type { Settled } from './contract.js';
import { reply } from './reply.js';
import type { Speech } from './speech.js';
import type { Expecting } from './state.js';
import { listTopic, showMenu } from './topics.js';

/** The open question (or the answer that asked whether it helped) in the language of `speech`; the menu where nothing is open. */
export const sayAgain = (speech: Speech): Settled => {
  const open = speech.state.expecting;
  switch (open?.kind) {
    case 'helped':
      return answerArticle(speech, open.article, { other: open.other });
    case 'iin':
      return reply(speech, {
        parts: { must: [speech.say('askIin.first')] },
        outcome: 'service:eligibility',
        expecting: open,
      });
    case 'iin-consent':
      return askConsent(speech, open.iin, open.programme);
    case 'tell-me':
      return reply(speech, {
        parts: { must: [speech.say('watch.offer')] },
        outcome: 'service:eligibility',
        expecting: open,
      });
    case 'handoff-confirm':
      return offerPerson(speech, speech.say('puzzled'));
    case 'choice':
      return offerAgain(speech, open) ?? showMenu(speech);
    default:
      return showMenu(speech);
  }
};

/** The same choices in other words. */
const offerAgain = (speech: Speech, open: Expecting & { readonly kind: 'choice' }): Settled | null => {
  const meanings = open.choices.map(({ meaning }) => meaning);
  const labels = meanings.flatMap((meaning) => (meaning.kind === 'label' ? [meaning.label] : []));
  if (open.about === 'clarify') return offerLabels(speech, labels, open.original, speech.state.misses);
  if (open.about === 'checkpoint') {
    const isPage = meanings.some(({ kind }) => kind === 'more');
    const posts = meanings.flatMap((meaning) => (meaning.kind === 'checkpoint' ? [meaning.checkpoint] : []));
    return askWhichPost(speech, undefined, 0, isPage ? [] : posts);
  }
  const [label] = labels;
  if (open.about !== 'topic' || !label?.startsWith('faq:')) return null;
  const article = speech.need({ fact: 'article', id: label.slice('faq:'.length) });
  return article ? listTopic(speech, article.topic) : null;
};
