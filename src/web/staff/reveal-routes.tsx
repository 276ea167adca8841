/** A sealed IIN opened by who answers the question: the one page on which a number stands in clear, kept by no cache. */
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { RevealError, type SealedIins } from '../../facts/appeals/sealed-iins.js';
import { parseForm, pathId } from './forms.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import { RevealedPage } from './reveal-form.js';

export interface RevealRoutesOptions {
  readonly sealedIins: SealedIins;
}
const revealForm = z.object({ message: z.string().min(1).max(100), reason: z.string().max(900) });
const statusOf = { 'reason-missing': 422, 'not-yours': 409, gone: 410 } as const;

export const addRevealRoutes = (router: Router, { sealedIins }: RevealRoutesOptions): void => {
  router.post('/tickets/:id/iin', async (req: Request, res: Response) => {
    const { message, reason } = parseForm(revealForm, req);
    const ticketId = pathId(req);
    // What is live on the page is read anew from the ticket's own address: a form's answer has none.
    const context = { ...contextOf(res), path: `/staff/tickets/${ticketId}` };
    res.set('Cache-Control', 'no-store');
    try {
      const iin = await sealedIins.reveal(ticketId, message, staffOf(res).id, reason);
      sendPage(res, 200, <RevealedPage context={context} ticketId={ticketId} outcome={{ iin }} />);
    } catch (error) {
      if (!(error instanceof RevealError)) throw error;
      const outcome = { refused: error.code };
      sendPage(res, statusOf[error.code], <RevealedPage context={context} ticketId={ticketId} outcome={outcome} />);
    }
  });
};
