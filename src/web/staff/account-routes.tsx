/** Signing in and out, and the interface's language. */
import type { Request, Response, Router } from 'express';
import type { Identity } from '../identity/identity.js';
import { homeOf } from './access.js';
import { languageForm, localPath, parseForm, signInForm } from './forms.js';
import { languageCookie } from './guard.js';
import { contextOf, staffOf } from './page-context.js';
import { sendPage } from './render.js';
import { SignInPage } from './sign-in-page.js';

export const addAccountRoutes = (
  router: Router,
  { identity, baseUrl }: { identity: Identity; baseUrl: string },
): void => {
  const secure = baseUrl.startsWith('https:') ? '; Secure' : '';

  router.get('/', (_req: Request, res: Response) => res.redirect(303, homeOf(staffOf(res).role)));

  router.get('/sign-in', (req: Request, res: Response) => {
    const context = contextOf(res);
    if (context.staff) return res.redirect(303, homeOf(context.staff.role));
    sendPage(res, 200, <SignInPage context={context} email="" next={localPath.parse(req.query.next)} />);
  });

  router.post('/sign-in', async (req: Request, res: Response) => {
    const { email, password, next } = parseForm(signInForm, req, 'signIn.refused');
    const result = await identity.signIn(req, { email, password });
    if (result.kind === 'signed-in') {
      res.append('Set-Cookie', [...result.cookies]);
      return res.redirect(303, next ?? '/staff');
    }
    const context = contextOf(res);
    const wait = result.kind === 'too-many' ? result.seconds : 0;
    if (wait > 0) res.set('Retry-After', String(wait));
    const notice = wait > 0 ? context.t('signIn.tooMany', { count: wait }) : context.t('signIn.refused');
    const again = { ...context, path: '/staff/sign-in', notice };
    sendPage(res, wait > 0 ? 429 : 401, <SignInPage context={again} email={email} next={next ?? '/staff'} />);
  });

  router.post('/sign-out', async (req: Request, res: Response) => {
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
