/** The webhook of WhatsApp Cloud API: Meta checks its address once, then posts what residents write. The adapter judges each post. */
import express, { type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import type { CloudApi } from '../../transport/cloud-api/cloud-api.js';

/** Where Meta posts to. */
export const cloudApiPath = '/webhooks/whatsapp';
/** Largest post that Meta sends. */
const largestPost = '3mb';

const check = z.object({
  'hub.mode': z.literal('subscribe'),
  'hub.verify_token': z.string().max(500),
  /** Repeated in the answer: figures and letters only, so that it can be nothing else. */
  'hub.challenge': z.string().regex(/^[\w-]{1,200}$/),
});

/** A router to be mounted where no body has been read yet: the signature is over the raw bytes. */
export const createCloudApiRoutes = (channel: Pick<CloudApi, 'receive' | 'isVerified'>): Router => {
  const router = express.Router();
  const answer = (response: Response, status: number, text = ''): void => {
    response.status(status).set('Cache-Control', 'no-store').type('text/plain').send(text);
  };
  router.get('/', (request: Request, response: Response) => {
    const parsed = check.safeParse(request.query);
    if (!parsed.success) return answer(response, 400);
    const { 'hub.verify_token': token, 'hub.challenge': challenge } = parsed.data;
    return channel.isVerified(token) ? answer(response, 200, challenge) : answer(response, 403);
  });
  router.post(
    '/',
    express.raw({ type: () => true, limit: largestPost, inflate: false }),
    async (request: Request, response: Response) => {
      const body: unknown = request.body;
      if (!Buffer.isBuffer(body)) return answer(response, 400);
      return answer(response, await channel.receive(body, request.get('x-hub-signature-256')));
    },
  );
  return router;
};
