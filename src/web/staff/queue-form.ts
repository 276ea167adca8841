/** A queue's form: members, hours as they are written in the configuration, and days that do not follow the week. */
import { z } from 'zod';
import type { ExceptionalDay } from '../../facts/queues/working-time.js';
import type { Bilingual } from '../../language.js';
import { parseOfficeHours, writeStretch } from '../../office-hours.js';
import type { QueueChange } from '../../store/queues.js';
import { BadForm } from './forms.js';

/** One checkbox that is ticked comes as a text, several as a list. */
export const ticked = z
  .union([z.string(), z.array(z.string()).max(500)])
  .optional()
  .transform((value) => (value === undefined ? [] : typeof value === 'string' ? [value] : value));
const called = z.string().trim().max(60);
export const queueForm = z.object({
  nameKk: called,
  nameRu: called,
  version: z.coerce.number().int().min(0),
  members: ticked,
  hours: z.string().trim().max(300),
  days: z.string().max(12_000),
  firstReplyMinutes: z.string().max(10),
  resolveMinutes: z.string().max(10),
});

export const newQueueForm = z.object({ nameKk: called, nameRu: called });
/** What stood as this queue's when the page was made, and what is ticked now: only the difference is carried out. */
export const topicsForm = z.object({ topics: ticked, had: ticked });
/** Without a target the queue is shown again. */
export const hideForm = z.object({ version: z.coerce.number().int().min(0), target: z.string().max(40) });

/** One day in a line: "2020-05-01" (closed) or "2020-05-09 10:00-14:00, 15:00-17:00". */
export const writeDays = (days: readonly ExceptionalDay[]): string =>
  days
    .map(({ day, stretches }) => [day, stretches.map((stretch) => writeStretch(stretch)).join(', ')].join(' ').trim())
    .join('\n');

const isDay = (day: string): boolean => {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};

const readDay = (line: string): ExceptionalDay => {
  const [, day = '', hours = ''] = /^(\d{4}-\d{2}-\d{2})\s*(.*)$/.exec(line) ?? [];
  // The week's own reader knows hours; any day's name serves it.
  const stretches =
    hours === ''
      ? []
      : parseOfficeHours(
          hours
            .split(',')
            .map((one) => `Mon ${one.trim()}`)
            .join(','),
        );
  if (!isDay(day) || !stretches) throw new BadForm('queues:badDay', { line });
  return { day, stretches: stretches.map(({ fromMinute, toMinute }) => ({ fromMinute, toMinute })) };
};

/** Days a queue may except: some years of holidays. */
const mostDays = 200;

/** @throws BadForm where a language lacks a name */
export const readQueueName = (form: { readonly nameKk: string; readonly nameRu: string }): Bilingual => {
  if (form.nameKk === '' || form.nameRu === '') throw new BadForm('queues:noName');
  return { kk: form.nameKk, ru: form.nameRu };
};

/** @throws BadForm with the sentence for what cannot be read */
export const readQueueForm = (form: z.infer<typeof queueForm>): QueueChange => {
  const week = form.hours === '' ? undefined : parseOfficeHours(form.hours);
  if (form.hours !== '' && !week) throw new BadForm('queues:badHours');
  const lines = form.days.split('\n').map((line) => line.trim());
  const days = lines.filter((line) => line !== '').map(readDay);
  if (days.length > mostDays) throw new BadForm('queues:tooManyDays', { limit: mostDays });
  const minutes = (typed: string, most: number): number => {
    const number = Number(typed);
    if (!/^\d+$/.test(typed) || number < 5 || number > most) throw new BadForm('queues:badMinutes', { most });
    return number;
  };
  const firstReplyMinutes = minutes(form.firstReplyMinutes, 10_080);
  const resolveMinutes = minutes(form.resolveMinutes, 43_200);
  if (resolveMinutes < firstReplyMinutes) throw new BadForm('queues:resolveBeforeReply');
  return {
    name: readQueueName(form),
    members: [...new Set(form.members)],
    ...(week ? { hours: [...week] } : {}),
    days: days.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    firstReplyMinutes,
    resolveMinutes,
  };
};
