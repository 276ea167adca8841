/** What somebody is told who asked to hear of a new list: that it came, how they stand in it, and how to be left alone. Pure. */
import type { Texts } from '../i18n.js';
import type { Language } from '../language.js';
import type { CheckResult } from './fact-requests.js';
import { fitted } from './reply.js';
import { tellResults } from './tell-results.js';

export const noticeText = (texts: Texts, language: Language, result: CheckResult): string => {
  const voice = {
    language,
    say: (key: string, values?: Parameters<Texts>[2]) => texts(language, `bot:${key}`, values),
  };
  const { must, may } = tellResults(voice, [result]);
  const news = voice.say('watch.news', { programme: result.shortName[language] });
  return fitted({ must: [news, ...must], may: [...may, voice.say('watch.leave')] });
};
