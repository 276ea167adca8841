/** Health checks: /healthz says that the process lives, /readyz which part of the service is not ready. */
import express, { type Router } from 'express';
import { inTime, TooLate } from '../in-time.js';

/** Gives null where the part works, else a short reason; throwing counts as a reason. */
export type ReadinessCheck = () => Promise<string | null> | string | null;
export type ReadinessChecks = Readonly<Record<string, ReadinessCheck>>;

const stateOf = async (check: ReadinessCheck, timeoutMs: number): Promise<string> => {
  try {
    const asked = Promise.resolve().then(check);
    return (await inTime(asked, timeoutMs, `no answer within ${timeoutMs} ms`)) ?? 'ok';
  } catch (error) {
    if (error instanceof TooLate) return error.message;
    return error instanceof Error ? error.name : 'failed';
  }
};

/**
 * @param checks by part (`database`, `worker`, `sender`, `index` …)
 * @returns routes that answer 200, or 503 with `{ ready: false, parts: { part: reason } }`
 */
export const createHealthRoutes = (checks: ReadinessChecks, timeoutMs = 2000): Router => {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ alive: true });
  });
  router.get('/readyz', async (_request, response) => {
    const parts = await Promise.all(
      Object.entries(checks).map(async ([part, check]) => [part, await stateOf(check, timeoutMs)] as const),
    );
    const ready = parts.every(([, state]) => state === 'ok');
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ready, parts: Object.fromEntries(parts) });
  });
  return router;
};
