/** Who a browser is and which language its page has, by cookies: each browser is its own resident. */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { type Language, languages } from '../../language.js';

const sessionCookie = 'naqty_chat';
const languageCookie = 'naqty_language';
const yearMs = 365 * 24 * 3600 * 1000;

const cookieOf = (request: Request, name: string): string | undefined =>
  (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** The alias is a digest: whoever reads the database cannot take a resident's place in the chat. */
const aliasIdOf = (secret: string): string =>
  createHash('sha256').update(`web-chat:${secret}`).digest('hex').slice(0, 32);

/** The browser's alias id, or null where it shows no cookie of ours. */
export const knownBrowser = (request: Request): string | null => {
  const secret = cookieOf(request, sessionCookie);
  return secret && /^[0-9a-f]{32}$/.test(secret) ? aliasIdOf(secret) : null;
};

/** The browser's alias id; a new browser is given its cookie. `newSecret` gives 16 random bytes as 32 hex digits. */
export const recogniseBrowser = (request: Request, response: Response, newSecret: () => string): string => {
  const known = knownBrowser(request);
  if (known) return known;
  const secret = newSecret();
  response.cookie(sessionCookie, secret, {
    httpOnly: true,
    sameSite: 'lax',
    secure: request.secure,
    maxAge: yearMs,
    path: '/',
  });
  return aliasIdOf(secret);
};

const asLanguage = (value: unknown): Language | undefined => languages.find((language) => language === value);

/** The page's language: asked for in the address, then kept, then the browser's own, then Kazakh. */
export const pageLanguage = (request: Request): Language =>
  asLanguage(request.query.lang) ??
  asLanguage(cookieOf(request, languageCookie)) ??
  asLanguage(request.acceptsLanguages([...languages])) ??
  'kk';

/** Keeps a language that was asked for in the address. */
export const keepLanguage = (request: Request, response: Response): void => {
  const asked = asLanguage(request.query.lang);
  if (asked) {
    response.cookie(languageCookie, asked, { sameSite: 'lax', secure: request.secure, maxAge: yearMs, path: '/' });
  }
};
