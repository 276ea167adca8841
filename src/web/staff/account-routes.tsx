/** Signing in and out, one's own account, and the interface's language. */
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { InboxLists } from '../../facts/tickets/inbox.js';
import type { Identity } from '../identity/identity.js';
import type { Lockout } from '../identity/lockout.js';
import type { NewSecondFactor } from '../identity/second-factor.js';
import { homeOf, mayPass, ruleFor } from './access.js';
import { AccountPage } from './account-page.js';
import { CodePage } from './code-page.js';
import { formatMoment } from './format.js';
import { languageForm, localPath, parseForm, signInForm, signOutForm } from './forms.js';
import { languageCookie } from './guard.js';
import { renderMessage } from './message-page.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import { SignInPage } from './sign-in-page.js';

export interface AccountRoutesOptions {
  readonly inbox: Pick<InboxLists, 'queuesWithMine'>;
  readonly identity: Identity;
  readonly lockout: Lockout;
}

const codeForm = z.object({ code: z.string().trim().min(4).max(40), next: localPath.optional() });
const sessionForm = z.object({ session: z.string().min(1).max(100) });
const factorForm = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.enum(['start', 'stop']), password: z.string().min(1).max(200) }),
  z.object({ verdict: z.literal('confirm'), code: z.string().trim().min(6).max(40) }),
]);

export const addAccountRoutes = (router: Router, { identity, inbox, lockout }: AccountRoutesOptions): void => {
  const secure = identity.baseUrl.startsWith('https:') ? '; Secure' : '';

  router.get('/', (_req: Request, res: Response) => res.redirect(303, homeOf(staffOf(res).role)));

  router.get('/sign-in', (req: Request, res: Response) => {
    const context = contextOf(res);
    if (context.staff) return res.redirect(303, homeOf(context.staff.role));
    sendPage(res, 200, <SignInPage context={context} email="" next={localPath.parse(req.query.next)} />);
  });

  router.post('/sign-in', async (req: Request, res: Response) => {
    const { email, password, next = '/staff' } = parseForm(signInForm, req, 'signIn.refused');
    const context = contextOf(res);
    const refuse = (status: number, notice: string): void =>
      sendPage(
        res,
        status,
        <SignInPage context={{ ...context, path: '/staff/sign-in', notice }} email={email} next={next} />,
      );
    const lockedUntil = await lockout.until(email);
    if (lockedUntil) return refuse(423, context.t('people:locked', { when: formatMoment(lockedUntil) }));
    const result = await identity.signIn(req, { email, password });
    switch (result.kind) {
      case 'signed-in':
        await lockout.cleared(email);
        res.append('Set-Cookie', [...result.cookies]);
        return res.redirect(303, next);
      case 'needs-code':
        res.append('Set-Cookie', [...result.cookies]);
        return res.redirect(303, `/staff/sign-in/code?next=${encodeURIComponent(next)}`);
      case 'too-many':
        res.set('Retry-After', String(result.seconds));
        return refuse(429, context.t('signIn.tooMany', { count: result.seconds }));
      case 'refused':
        await lockout.failed(email);
        return refuse(401, context.t('signIn.refused'));
    }
  });

  router.get('/sign-in/code', (req: Request, res: Response) =>
    sendPage(res, 200, <CodePage context={contextOf(res)} next={localPath.parse(req.query.next)} />),
  );
  router.post('/sign-in/code', async (req: Request, res: Response) => {
    const { code, next = '/staff' } = parseForm(codeForm, req, 'people:codeRefused');
    const result = await identity.verifyCode(req, code);
    if (result.kind === 'accepted') {
      res.append('Set-Cookie', [...result.cookies]);
      return res.redirect(303, next);
    }
    const context = contextOf(res);
    const wait = result.kind === 'too-many' ? result.seconds : 0;
    const notice = wait > 0 ? context.t('signIn.tooMany', { count: wait }) : context.t('people:codeRefused');
    sendPage(
      res,
      wait > 0 ? 429 : 401,
      <CodePage context={{ ...context, path: '/staff/sign-in/code', notice }} next={next} />,
    );
  });

  const sendAccount = async (
    req: Request,
    res: Response,
    status: number,
    shown: { notice?: string; started?: NewSecondFactor } = {},
  ): Promise<void> => {
    const { notice, started } = shown;
    const context = { ...contextOf(res), path: '/staff/account', ...(notice ? { notice } : {}) };
    const { id } = staffOf(res);
    const [account, sessions] = await Promise.all([identity.findStaff(id), identity.sessions(req, id)]);
    if (!account) return renderMessage(res, 404, context.t('error.notFound'));
    sendPage(res, status, <AccountPage {...{ context, account, sessions, started }} />);
  };
  router.get('/account', (req: Request, res: Response) => {
    const { t } = contextOf(res);
    const done = ['confirm', 'stop'].find((one) => one === req.query.done);
    const notice = done ? { notice: t(done === 'stop' ? 'people:factorStopped' : 'people:factorStarted') } : {};
    return sendAccount(req, res, 200, notice);
  });
  router.post('/account/sessions', async (req: Request, res: Response) => {
    const { session } = parseForm(sessionForm, req);
    await identity.endSession(staffOf(res).id, session);
    res.redirect(303, '/staff/account');
  });
  router.post('/account/second-factor', async (req: Request, res: Response) => {
    const form = parseForm(factorForm, req);
    const { t } = contextOf(res);
    if (form.verdict === 'start') {
      const started = await identity.startSecondFactor(req, form.password);
      if (!started) return sendAccount(req, res, 401, { notice: t('people:wrongPassword') });
      res.append('Set-Cookie', [...started.cookies]);
      return sendAccount(req, res, 200, { started });
    }
    const result = await ('code' in form
      ? identity.verifyCode(req, form.code)
      : identity.stopSecondFactor(req, form.password));
    if (result.kind !== 'accepted') {
      const notice = t(form.verdict === 'stop' ? 'people:wrongPassword' : 'people:codeRefusedSetup');
      return sendAccount(req, res, result.kind === 'too-many' ? 429 : 401, { notice });
    }
    res.append('Set-Cookie', [...result.cookies]);
    res.redirect(303, `/staff/account?done=${form.verdict}`);
  });

  router.post('/sign-out', async (req: Request, res: Response) => {
    const { anyway } = parseForm(signOutForm, req);
    const { id, role } = staffOf(res);
    // Who still has tickets that residents wait for says first what becomes of them.
    const has = anyway === undefined && inbox.queuesWithMine(id, contextOf(res).reach).size > 0;
    if (has && mayPass(ruleFor('GET', '/shift'), role)) return res.redirect(303, '/staff/shift?leaving=1');
    res.append('Set-Cookie', [...(await identity.signOut(req))]);
    res.redirect(303, '/staff/sign-in');
  });

  router.post('/language', (req: Request, res: Response) => {
    const { language, back } = parseForm(languageForm, req);
    res.append(
      'Set-Cookie',
      `${languageCookie}=${language}; Path=/staff; Max-Age=31536000; HttpOnly; SameSite=Lax${secure}`,
    );
    res.redirect(303, back);
  });
};
