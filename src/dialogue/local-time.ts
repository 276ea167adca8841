/** Days and times as residents read them in a reply, in the region's own zone. Pure. */
import type { Speech } from './speech.js';

const dayMs = 86_400_000;

/** 23.04.2020 */
export const localDay = (speech: Speech, at: Date): string =>
  new Intl.DateTimeFormat('ru-RU', {
    timeZone: speech.rules.timeZone,
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
  }).format(at);
/** 08:00 */
export const localTime = (speech: Speech, at: Date): string =>
  new Intl.DateTimeFormat('ru-RU', { timeZone: speech.rules.timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
/** 23.04.2020 08:00 */
export const localMoment = (speech: Speech, at: Date): string => `${localDay(speech, at)} ${localTime(speech, at)}`;
/** DD.MM.YYYY of an ISO day. */
export const dayOf = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('.');

/** A moment to come as people say it: today, tomorrow, or its date, with the time. */
export const comingMoment = (speech: Speech, at: Date): string => {
  const day = localDay(speech, at);
  const time = localTime(speech, at);
  if (day === localDay(speech, speech.now)) return speech.say('moment.today', { time });
  if (day === localDay(speech, new Date(speech.now.getTime() + dayMs))) return speech.say('moment.tomorrow', { time });
  return speech.say('moment.date', { date: day, time });
};
