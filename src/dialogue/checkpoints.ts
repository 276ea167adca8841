/** Checkpoints: by name, by a shared location, or from the list. Pure. */
import type { CheckpointAnswer, Settled } from './contract.js';
import { localMoment, numbered, offer, reply, type Speech } from './speech.js';

const staleAfterHours = 24;
/** Farther than this the resident is probably outside the region. */
const farKm = 150;

const hoursOf = (speech: Speech, hours: string): string =>
  hours === '24/7' ? speech.say('checkpoint.hours.allDay') : hours.replace('-', '–');

const notes = (speech: Speech, post: CheckpointAnswer): string[] => [
  ...(speech.now.getTime() - post.updatedAt.getTime() > staleAfterHours * 3_600_000
    ? [speech.say('checkpoint.stale', { time: localMoment(speech, post.updatedAt) })]
    : []),
  ...(post.sample ? [speech.say('checkpoint.sample')] : []),
];

const details = (speech: Speech, post: CheckpointAnswer): string =>
  speech.say('checkpoint.details', {
    name: post.name[speech.language],
    road: post.road[speech.language],
    status: speech.say(`checkpoint.status.${post.status}`),
    hours: hoursOf(speech, post.hours),
    vehicles: post.vehicles[speech.language],
    rules: post.rules[speech.language],
    registration: post.registration[speech.language],
    time: localMoment(speech, post.updatedAt),
  });

export const tellCheckpoint = (speech: Speech, id: string): Settled => {
  const post = speech.need({ fact: 'checkpoint', id });
  if (!post) return askPlace(speech);
  return reply(speech, {
    parts: { must: [details(speech, post)], may: notes(speech, post) },
    outcome: 'service:checkpoint-nearest',
  });
};

export const tellNearest = (speech: Speech, latitude: number, longitude: number): Settled => {
  const [nearest, ...others] = speech.need({ fact: 'checkpoints-near', latitude, longitude });
  if (!nearest) return askPlace(speech);
  const distance = Math.round(nearest.distanceKm ?? 0);
  const more = others.map(
    (post) =>
      `• ${post.name[speech.language]}: ${speech.say(`checkpoint.status.${post.status}`)}, ${Math.round(post.distanceKm ?? 0)} ${speech.say('checkpoint.km')}`,
  );
  const said = speech.say('checkpoint.nearest', {
    name: nearest.name[speech.language],
    distance,
    status: speech.say(`checkpoint.status.${nearest.status}`),
    hours: hoursOf(speech, nearest.hours),
    rules: nearest.rules[speech.language],
    time: localMoment(speech, nearest.updatedAt),
  });
  const far = distance > farKm ? [speech.say('checkpoint.farAway', { distance })] : [];
  return reply(speech, {
    parts: { must: [said, ...far], may: [more.join('\n'), ...notes(speech, nearest)] },
    outcome: 'service:checkpoint-nearest',
  });
};

/** Several posts carry the name (a district has two): which one? Without a name: where are you? */
export const askPlace = (speech: Speech): Settled => {
  const named = speech.turn.understanding.slots.checkpoints;
  const posts = speech.need({ fact: 'checkpoints' }).filter((post) => named.length === 0 || named.includes(post.id));
  const choices = offer(
    speech,
    posts.slice(0, 9).map((post) => ({
      words: `${post.name[speech.language]}: ${speech.say(`checkpoint.status.${post.status}`)}`,
      meaning: { kind: 'checkpoint', checkpoint: post.id },
    })),
  );
  if (named.length > 1) {
    return reply(speech, {
      parts: { must: [speech.say('checkpoint.which'), numbered(choices)] },
      outcome: 'service:checkpoint-nearest',
      expecting: { kind: 'choice', choices, about: 'checkpoint', original: speech.turn.messages, until: speech.until },
    });
  }
  return reply(speech, {
    parts: { must: [speech.say('checkpoint.askLocation')] },
    outcome: 'service:checkpoint-nearest',
    asksLocation: true,
    expecting: { kind: 'checkpoint-place', until: speech.until },
  });
};
