/** What lists need by the clock: a file whose reader died is given up, and nobody waits for it. */
import type { Lists } from '../facts/lists/lists.js';
import type { Job } from './run-jobs.js';

export const createListJobs = ({ sweep }: Pick<Lists, 'sweep'>): readonly Job[] => [
  { name: 'deserted-lists', cron: '* * * * *', run: async () => void (await sweep()) },
];
