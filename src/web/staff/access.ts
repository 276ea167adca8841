/** Who may open what: the one table of route × role. A route that is not here answers 403, whoever asks. */
import { type Role, roles } from '../identity/roles.js';

export type Allowed = 'anyone' | readonly Role[];

const answering: readonly Role[] = ['specialist', 'lead', 'admin'];
const writing: readonly Role[] = ['editor', 'admin'];

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
  'POST /tickets/:id/drafts/:draftId': answering,
  'GET /files/:id': answering,
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

const patterns = Object.entries(access).map(([key, allowed]) => {
  const [method = '', path = ''] = key.split(' ');
  return { method, path: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}/?$`), allowed };
});

/** The rule of a request, or undefined where none was written: then nobody may pass. */
export const ruleFor = (method: string, path: string): Allowed | undefined =>
  patterns.find((rule) => rule.method === (method === 'HEAD' ? 'GET' : method) && rule.path.test(path))?.allowed;

/** True where the rule lets this role pass (undefined: nobody is signed in). */
export const mayPass = (allowed: Allowed | undefined, role: Role | undefined): boolean =>
  allowed === 'anyone' || (allowed !== undefined && role !== undefined && allowed.includes(role));

const homes: Readonly<Partial<Record<Role, string>>> = { editor: '/staff/articles', officer: '/staff/overview' };
/** The page a role works on. */
export const homeOf = (role: Role): string => homes[role] ?? '/staff/inbox';
