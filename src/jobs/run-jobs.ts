/** Runs the table of jobs by node-cron: each run once across all processes, none over the one before it, none that ends the process. */
import { type ScheduledTask, schedule } from 'node-cron';
import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import { inTime } from '../in-time.js';
import type { Store } from '../store/store.js';

/**
 * A job looks at how things stand and does what is due, so that a run that was missed, or died half way, is made good by the next one, and
 * one that finds nothing does nothing.
 */
export interface Job {
  readonly name: string;
  /** Five fields, in the region's time. */
  readonly cron: string;
  run(): Promise<void>;
}
export interface RunJobsParts {
  readonly jobs: readonly Job[];
  readonly store: Pick<Store, 'jobRuns'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timeZone: string;
}
/** A run that takes longer, in milliseconds, is given up; the next one goes on. */
const longestRunMs = 5 * 60_000;

export const createRunJobs = ({ jobs, store, clock, logger, timeZone }: RunJobsParts) => {
  const running = new Set<Promise<void>>();
  const run = ({ name, run: work }: Job): Promise<void> => {
    const done = inTime(work(), longestRunMs, 'It took too long and is given up.').catch((error: Error) =>
      logger.warn({ job: name, error: error.message }, 'A job failed; its next run tries again.'),
    );
    running.add(done);
    return done.finally(() => running.delete(done));
  };
  let tasks: readonly ScheduledTask[] = [];
  const coordinator = { shouldRun: (key: string) => store.jobRuns.take(key, clock.now()) };
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, debug: () => undefined };
  return {
    start(): void {
      tasks = jobs.map((job) =>
        schedule(job.cron, () => run(job), {
          ...{ name: job.name, timezone: timeZone, noOverlap: true, unref: true },
          ...{ distributed: true, runCoordinator: coordinator, suppressMissedWarning: true, logger: quiet },
        }),
      );
    },
    /** Waits for what runs; nothing begins after it. */
    async stop(): Promise<void> {
      await Promise.all(tasks.map((task) => task.destroy()));
      await Promise.all(running);
    },
  };
};
export type RunJobs = ReturnType<typeof createRunJobs>;
