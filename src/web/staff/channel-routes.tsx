/** The page of the number on WhatsApp: what staff see of it, and what they ask of the process that holds it. */
import { randomUUID } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Clocks } from '../../clock.js';
import type { Audit } from '../../facts/audit/audit.js';
import { createLateAnswers } from '../../facts/channel/late-answers.js';
import type { Store } from '../../store/store.js';
import { downSince } from '../../transport/down-since.js';
import { ChannelPage } from './channel-page.js';
import { BadForm, parseForm } from './forms.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';

export interface ChannelRoutesOptions {
  readonly store: Store;
  readonly clocks: Clocks;
  readonly audit: Pick<Audit, 'record'>;
  /** Whether this installation serves WhatsApp by a linked device. */
  readonly servesWhatsAppWeb: boolean;
}

const channel = 'whatsapp-web' as const;
const form = z.object({
  action: z.enum(['test', 'log-out', 'pair-by-phone', 'release-late']),
  phone: z.string().max(30).optional(),
  late: z
    .union([
      z.array(z.string().max(64)).max(1_000),
      z
        .string()
        .max(64)
        .transform((one) => [one]),
    ])
    .default([]),
});
/** Digits of a number in its international form; a Kazakh number may begin with 8. */
const digitsOf = (typed: string | undefined): string => {
  const digits = (typed ?? '').replaceAll(/[\s()+-]/g, '').replace(/^8(?=7\d{9}$)/, '7');
  if (!/^[1-9]\d{9,14}$/.test(digits)) throw new BadForm('channel:wrongPhone');
  return digits;
};

export const addChannelRoutes = (router: Router, options: ChannelRoutesOptions): void => {
  const { store, clocks, audit, servesWhatsAppWeb } = options;
  const lateAnswers = createLateAnswers({ store, clock: clocks.real });

  router.get('/channel', async (req: Request, res: Response) => {
    const [record, late] = await Promise.all([store.channels.find(channel), lateAnswers.waiting()]);
    const wanted = req.query.to === 'log-out' ? 'log-out' : undefined;
    const since = downSince(record, clocks.real.now());
    const page = {
      context: contextOf(res),
      served: servesWhatsAppWeb,
      record,
      downSince: since,
      late,
      wanted,
    } as const;
    sendPage(res, 200, <ChannelPage {...page} />);
  });
  router.post('/channel', async (req: Request, res: Response) => {
    const { action, phone, late } = parseForm(form, req);
    const { id: by } = staffOf(res);
    if (action === 'release-late') {
      const released = await lateAnswers.release(late, by);
      await audit.record({ by, action: 'late-answers-released', details: { released } });
    } else {
      await store.channels.ask(channel, {
        ...{ id: randomUUID(), kind: action, by, at: clocks.real.now() },
        ...(action === 'pair-by-phone' ? { phone: digitsOf(phone) } : {}),
        ...(action === 'test' ? { words: contextOf(res).t('channel:testWords') } : {}),
      });
      await audit.record({ by, action: 'channel-asked', details: { asked: action } });
    }
    res.redirect(303, '/staff/channel');
  });
};
