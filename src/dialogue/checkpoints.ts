/** Checkpoints: by name, by a shared location, or from the list. Pure. */
import type { Settled } from './contract.js';
import type { CheckpointAnswer } from './fact-requests.js';
import { localMoment } from './local-time.js';
import { numbered, type Option, offer, page } from './offer-choices.js';
import { reply } from './reply.js';
import type { Speech } from './speech.js';

/** From this age on a state says of itself that it may have changed. */
const staleAfterMs = 24 * 3_600_000;
/** Farther than this the resident is probably outside the region. */
const farKm = 150;

const outcome = 'service:checkpoint-nearest';

const hoursOf = (speech: Speech, hours: string): string =>
  hours === '24/7' ? speech.say('checkpoint.allDay') : hours.replace('-', '–');
const statusOf = (speech: Speech, post: CheckpointAnswer): string => speech.say(`checkpoint.status.${post.status}`);

/** "As of", the warning of an old state, and the mark of data that nobody has confirmed yet. */
const asOf = (speech: Speech, post: CheckpointAnswer): string => {
  const time = localMoment(speech, post.updatedAt);
  const stale = speech.now.getTime() - post.updatedAt.getTime() > staleAfterMs;
  return [
    stale ? speech.say('checkpoint.stale', { time }) : speech.say('checkpoint.asOf', { time }),
    ...(post.sample ? [speech.say('checkpoint.sample')] : []),
  ].join('\n');
};

/** "0,4 км", "12 км". */
const kmOf = (speech: Speech, km: number): string => {
  const places = km < 10 ? 1 : 0;
  const number = new Intl.NumberFormat('ru-RU', { maximumFractionDigits: places }).format(km);
  return speech.say('checkpoint.km', { number });
};

/** Ids of the posts that the message names, also by their district. */
const namedIn = ({ turn }: Speech): readonly string[] => turn.understanding.slots.checkpoints;

/** One post in full. An unknown id means that staff took the post away since it was offered: the list stands for it. */
export const tellCheckpoint = (speech: Speech, id: string): Settled => {
  const post = speech.need({ fact: 'checkpoint', id });
  if (!post) return askWhichPost(speech);
  const details = speech.say('checkpoint.details', {
    name: post.name[speech.language],
    road: post.road[speech.language],
    status: statusOf(speech, post),
    hours: hoursOf(speech, post.hours),
    vehicles: post.vehicles[speech.language],
    rules: post.rules[speech.language],
  });
  const registration = speech.say('checkpoint.registration', { registration: post.registration[speech.language] });
  return reply(speech, { parts: { must: [details, asOf(speech, post)], may: [registration] }, outcome });
};

/** The posts nearest to a place, with distances; the first in full. */
export const tellNearest = (speech: Speech, latitude: number, longitude: number): Settled => {
  const [nearest, ...others] = speech.need({ fact: 'checkpoints-near', latitude, longitude });
  if (!nearest) return askWhichPost(speech);
  const distance = nearest.distanceKm ?? 0;
  const said = speech.say('checkpoint.nearest', {
    name: nearest.name[speech.language],
    distance: kmOf(speech, distance),
    status: statusOf(speech, nearest),
    hours: hoursOf(speech, nearest.hours),
    rules: nearest.rules[speech.language],
  });
  const far = distance > farKm ? [speech.say('checkpoint.farAway', { distance: kmOf(speech, distance) })] : [];
  const next = others.map(
    (post) => `• ${post.name[speech.language]} – ${kmOf(speech, post.distanceKm ?? 0)}, ${statusOf(speech, post)}`,
  );
  const alsoNear = next.length > 0 ? [[speech.say('checkpoint.alsoNear'), ...next].join('\n')] : [];
  return reply(speech, { parts: { must: [said, asOf(speech, nearest), ...far], may: alsoNear }, outcome });
};

/** Posts as choices: those that carry the named district, else all of them, a page at a time, with a place to share. */
export const askWhichPost = (speech: Speech, first?: string, from = 0, named = namedIn(speech)): Settled => {
  const all = speech.need({ fact: 'checkpoints' });
  const sharing = all.filter(({ id }) => named.includes(id));
  const several = sharing.length > 1;
  const { shown, next } = page(several ? sharing : all, from);
  const posts = shown.map<Option>((post) => ({
    words: `${post.name[speech.language]}: ${statusOf(speech, post)}`,
    title: post.name[speech.language],
    meaning: { kind: 'checkpoint', checkpoint: post.id },
  }));
  const more: Option[] =
    next === undefined
      ? []
      : [{ words: speech.say('checkpoint.more'), meaning: { kind: 'more', list: 'posts', from: next } }];
  const choices = offer(speech, [...posts, ...more]);
  const question = speech.say(several || from > 0 ? 'checkpoint.which' : 'checkpoint.askPlace');
  return reply(speech, {
    parts: { must: [first ?? question, numbered(choices)] },
    outcome,
    asksLocation: !several && from === 0,
    expecting: { kind: 'choice', choices, about: 'checkpoint', original: speech.turn.messages, until: speech.until },
  });
};

/** By what is named: one post is told, several or none are asked about. */
export const aboutCheckpoints = (speech: Speech, named = namedIn(speech)): Settled => {
  const [first, ...others] = named;
  return first !== undefined && others.length === 0
    ? tellCheckpoint(speech, first)
    : askWhichPost(speech, undefined, 0, named);
};
