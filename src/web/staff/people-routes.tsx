/** Looking after the people who work here: inviting, roles and queues, new passwords, ending sessions, and the door for the invited. */
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Audit } from '../../facts/audit/audit.js';
import type { Queues } from '../../facts/queues/queues.js';
import { shortestPassword } from '../identity/create-auth.js';
import type { Identity } from '../identity/identity.js';
import type { Invitations } from '../identity/invitations.js';
import { roles, type StaffAccount } from '../identity/roles.js';
import { parseForm, pathId } from './forms.js';
import { InvitationPage } from './invitation-page.js';
import { renderMessage } from './message-page.js';
import { contextOf, liveQueues, staffOf } from './page-context.js';
import { PeoplePage, PersonPage } from './people-pages.js';
import { ticked } from './queue-form.js';
import { sendPage } from './render.js';

export interface PeopleRoutesOptions {
  readonly identity: Identity;
  readonly invitations: Invitations;
  readonly queues: Queues;
  readonly audit: Pick<Audit, 'record'>;
}

const inviteForm = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(200),
  role: z.enum(roles),
  queues: ticked,
});
const personForm = z.object({
  verdict: z.enum(['save', 'end-sessions', 'renew', 'disable', 'enable']),
  role: z.enum(roles).optional(),
  queues: ticked,
});
const acceptForm = z.object({ password: z.string().min(shortestPassword).max(200) });

export const addPeopleRoutes = (
  router: Router,
  { identity, invitations, queues, audit }: PeopleRoutesOptions,
): void => {
  const sendPeople = async (
    res: Response,
    status: number,
    shown: { link?: string; notice?: string; typed?: { email: string; name: string } } = {},
  ): Promise<void> => {
    const { link, notice, typed } = shown;
    const context = { ...contextOf(res), path: '/staff/people', ...(notice ? { notice } : {}) };
    const [people, queueViews, pending] = await Promise.all([
      identity.everyone(),
      queues.list(),
      invitations.pending(),
    ]);
    sendPage(res, status, <PeoplePage {...{ context, people, queueViews, pending, link, typed }} />);
  };
  const sendPerson = async (
    req: Request,
    res: Response,
    member: StaffAccount,
    shown: { link?: string; notice?: string } = {},
  ): Promise<void> => {
    const { link, notice } = shown;
    const context = { ...contextOf(res), path: `/staff/people/${member.id}`, ...(notice ? { notice } : {}) };
    const [sessions, queueViews] = await Promise.all([identity.sessions(req, member.id), queues.list()]);
    sendPage(res, 200, <PersonPage {...{ context, member, queueViews, sessions, link }} />);
  };

  router.get('/people', (_req: Request, res: Response) => sendPeople(res, 200));
  router.post('/people', async (req: Request, res: Response) => {
    const { t } = contextOf(res);
    const invitation = parseForm(inviteForm, req, 'people:badInvitation');
    const queueIds = liveQueues(contextOf(res)).filter((queue) => invitation.queues.includes(queue));
    const link = await invitations.invite({ ...invitation, queues: queueIds }, staffOf(res).id);
    if (link === null) return sendPeople(res, 409, { notice: t('people:emailTaken'), typed: invitation });
    const { email, role } = invitation;
    await audit.record({ by: staffOf(res).id, action: 'staff-invited', details: { email, role } });
    await sendPeople(res, 200, { link });
  });

  router.get('/people/:id', async (req: Request, res: Response) => {
    const member = await identity.findStaff(pathId(req));
    const { t } = contextOf(res);
    if (!member) return renderMessage(res, 404, t('error.notFound'));
    await sendPerson(req, res, member, req.query.done === 'saved' ? { notice: t('people:saved') } : {});
  });
  router.post('/people/:id', async (req: Request, res: Response) => {
    const { t } = contextOf(res);
    const form = parseForm(personForm, req);
    const member = await identity.findStaff(pathId(req));
    if (!member) return renderMessage(res, 404, t('error.notFound'));
    const by = staffOf(res).id;
    // Nobody takes their own way in away: there is always an admin.
    const isSelf = member.id === by;
    const details = { verdict: form.verdict, ...(form.verdict === 'save' && form.role ? { role: form.role } : {}) };
    await audit.record({ by, action: 'staff-changed', subject: `staff:${member.id}`, details });
    if (form.verdict === 'renew') return sendPerson(req, res, member, { link: await invitations.renew(member, by) });
    if (form.verdict === 'end-sessions') await identity.endSessions(member.id);
    if (form.verdict === 'enable') await identity.setDisabled(member.id, false);
    if (form.verdict === 'disable' && !isSelf) await identity.setDisabled(member.id, true);
    if (form.verdict === 'save') {
      if (form.role && !isSelf) await identity.setRole(member.id, form.role);
      const { queues: all } = contextOf(res);
      // What is hidden is not on the form: whoever was a member stays one.
      const kept = (await queues.ofMember(member.id)).filter((id) => all.get(id)?.hidden);
      const chosen = liveQueues(contextOf(res)).filter((id) => form.queues.includes(id));
      await queues.assign(member.id, [...chosen, ...kept], by);
    }
    res.redirect(303, `/staff/people/${member.id}?done=saved`);
  });

  router.get('/invitations/:token', async (req: Request, res: Response) => {
    const context = contextOf(res);
    const invitation = await invitations.find(pathId(req, 'token'));
    if (!invitation) return renderMessage(res, 404, context.t('people:linkGone'));
    sendPage(res, 200, <InvitationPage context={context} invitation={invitation} token={pathId(req, 'token')} />);
  });
  router.post('/invitations/:token', async (req: Request, res: Response) => {
    const token = pathId(req, 'token');
    const { t } = contextOf(res);
    const invitation = await invitations.find(token);
    if (!invitation) return renderMessage(res, 404, t('people:linkGone'));
    const parsed = acceptForm.safeParse(req.body ?? {});
    if (!parsed.success) {
      const context = { ...contextOf(res), notice: t('people:shortPassword', { count: shortestPassword }) };
      return sendPage(res, 422, <InvitationPage context={context} invitation={invitation} token={token} />);
    }
    if (!(await invitations.accept(token, parsed.data.password))) {
      return renderMessage(res, 404, t('people:linkGone'));
    }
    res.redirect(303, '/staff/sign-in');
  });
};
