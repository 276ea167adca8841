/**
 * Who may open what: the one table of route × role, and beside it whose a route's id is. A route that is not here answers 403, whoever
 * asks; one that a specialist may open and that names something says what it names, so that no queue is read past its members.
 */
import type { Queue } from '../../dialogue/fact-requests.js';
import type { QueueView } from '../../facts/queues/queues.js';
import type { Subject } from '../../facts/tickets/tickets.js';
import { type Role, roles } from '../identity/roles.js';

export type Allowed = 'anyone' | readonly Role[];

const answering: readonly Role[] = ['specialist', 'lead', 'admin'];
const leading: readonly Role[] = ['lead', 'admin'];
const writing: readonly Role[] = ['editor', 'admin'];
/** Who may write to many that were answered wrongly, and keep what many are answered with. */
const correcting: readonly Role[] = ['lead', 'editor', 'admin'];
const managing: readonly Role[] = ['admin'];

/** `METHOD /path` as the router has it, under /staff. */
export const access: Readonly<Record<string, Allowed>> = {
  'GET /assets/:file': 'anyone',
  'GET /sign-in': 'anyone',
  'POST /sign-in': 'anyone',
  'POST /language': 'anyone',
  'POST /sign-out': roles,
  'GET /': roles,
  'GET /events': roles,
  'GET /overview': roles,
  'GET /try': roles,
  'POST /try': roles,
  'GET /inbox': answering,
  'GET /tickets/:id': answering,
  'GET /conversations/:id': answering,
  'POST /tickets/:id/claim': answering,
  'POST /tickets/:id/release': answering,
  'POST /tickets/:id/resolve': answering,
  'POST /tickets/:id/reply': answering,
  'POST /tickets/:id/file': answering,
  'POST /tickets/:id/drafts/:draftId': answering,
  'POST /tickets/:id/iin': answering,
  'GET /files/:id': answering,
  'POST /tickets/:id/transfer': answering,
  'POST /tickets/:id/note': answering,
  'POST /tickets/:id/urgency': answering,
  'POST /tickets/:id/presence': answering,
  'GET /groups': answering,
  'GET /tickets/:id/alike': answering,
  'POST /tickets/:id/alike': answering,
  'GET /group-replies/:id': answering,
  'POST /group-replies/:id': answering,
  'POST /group-replies/:id/article': answering,
  'GET /corrections': correcting,
  'POST /corrections': correcting,
  'GET /corrections/:id': correcting,
  'GET /canned': correcting,
  'GET /canned/:id': correcting,
  'POST /canned/:id': correcting,
  'GET /shift': answering,
  'POST /shift': answering,
  'GET /queues': answering,
  'GET /queues/:id': leading,
  'POST /queues': leading,
  'POST /queues/:id': leading,
  'POST /queues/:id/topics': leading,
  'POST /queues/:id/hide': leading,
  'GET /people': managing,
  'POST /people': managing,
  'GET /people/:id': managing,
  'POST /people/:id': managing,
  'GET /invitations/:token': 'anyone',
  'POST /invitations/:token': 'anyone',
  'GET /account': roles,
  'POST /account/sessions': roles,
  'POST /account/second-factor': roles,
  'GET /sign-in/code': 'anyone',
  'POST /sign-in/code': 'anyone',
  'GET /undelivered': answering,
  'POST /undelivered/:id': answering,
  'GET /mode': answering,
  'POST /mode': answering,
  'GET /channel': ['admin'],
  'POST /channel': ['admin'],
  'GET /synonyms': writing,
  'GET /new-concept': writing,
  'POST /new-concept': writing,
  'GET /synonyms/:id': writing,
  'POST /synonyms/:id': writing,
  'GET /programmes': writing,
  'GET /new-programme': writing,
  'POST /new-programme': writing,
  'GET /programmes/:id': writing,
  'POST /programmes/:id': writing,
  'GET /lists': writing,
  'POST /lists': writing,
  'POST /lists-back': writing,
  'POST /list-columns/:id': writing,
  'GET /lists/:id': writing,
  'POST /lists/:id': writing,
  'GET /lists/:id/faults': writing,
  'GET /audit': ['officer', 'admin'],
  'GET /articles': writing,
  'GET /new-article': writing,
  'POST /new-article': writing,
  'GET /articles/:id': writing,
  'POST /articles/:id': writing,
};

/**
 * What the `:id` of a route names, where a specialist may open it: only members of its queue pass. `nothing`: it belongs to no queue.
 * A test asks for a line here for each such route.
 */
export const named: Readonly<Record<string, Subject | 'nothing'>> = {
  'GET /tickets/:id': 'ticket',
  'POST /tickets/:id/claim': 'ticket',
  'POST /tickets/:id/release': 'ticket',
  'POST /tickets/:id/resolve': 'ticket',
  'POST /tickets/:id/reply': 'ticket',
  'POST /tickets/:id/file': 'ticket',
  'POST /tickets/:id/drafts/:draftId': 'ticket',
  'POST /tickets/:id/iin': 'ticket',
  'POST /tickets/:id/transfer': 'ticket',
  'POST /tickets/:id/note': 'ticket',
  'POST /tickets/:id/urgency': 'ticket',
  'POST /tickets/:id/presence': 'ticket',
  'GET /tickets/:id/alike': 'ticket',
  'POST /tickets/:id/alike': 'ticket',
  'GET /group-replies/:id': 'group-reply',
  'POST /group-replies/:id': 'group-reply',
  'POST /group-replies/:id/article': 'group-reply',
  'GET /conversations/:id': 'conversation',
  'POST /undelivered/:id': 'outgoing',
  'GET /files/:id': 'file',
  'GET /assets/:file': 'nothing',
  'GET /invitations/:token': 'nothing',
  'POST /invitations/:token': 'nothing',
};

const patterns = Object.entries(access).map(([key, allowed]) => {
  const [method = '', path = ''] = key.split(' ');
  const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}/?$`);
  return { method, path: pattern, allowed, names: named[key] ?? 'nothing' };
});
const patternFor = (method: string, path: string) =>
  patterns.find((rule) => rule.method === (method === 'HEAD' ? 'GET' : method) && rule.path.test(path));

/** The rule of a request, or undefined where none was written: then nobody may pass. */
export const ruleFor = (method: string, path: string): Allowed | undefined => patternFor(method, path)?.allowed;

/** What a request's address names that belongs to a queue, or null. */
export const subjectOf = (method: string, path: string): { readonly subject: Subject; readonly id: string } | null => {
  const rule = patternFor(method, path);
  const id = rule?.path.exec(path)?.[1];
  return rule === undefined || rule.names === 'nothing' || id === undefined
    ? null
    : { subject: rule.names, id: decoded(id) };
};
/** As the router will read it; what it cannot read names nothing, and the router refuses it. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
};

/** Queues whose tickets a role reads: a lead's and an admin's are all, a specialist's those they are a member of. */
export const reachOf = (
  role: Role,
  staffId: string,
  queues: readonly Pick<QueueView, 'id' | 'members'>[],
): readonly Queue[] =>
  queues
    .filter(({ members }) => leading.includes(role) || (role === 'specialist' && members.includes(staffId)))
    .map(({ id }) => id);

/** True where the rule lets this role pass (undefined: nobody is signed in). */
export const mayPass = (allowed: Allowed | undefined, role: Role | undefined): boolean =>
  allowed === 'anyone' || (allowed !== undefined && role !== undefined && allowed.includes(role));

const homes: Readonly<Partial<Record<Role, string>>> = { editor: '/staff/articles', officer: '/staff/audit' };
/** The page a role works on. */
export const homeOf = (role: Role): string => homes[role] ?? '/staff/inbox';
