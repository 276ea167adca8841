/**
 * Faults that whatsapp-web.js leaves behind in promises which nobody holds, mostly of a browser that has just been ended. The supervisor
 * sees every death by itself, so that such a fault is logged and ends nothing.
 */
const libraries = /node_modules[/\\](whatsapp-web\.js|puppeteer|puppeteer-core)[/\\]/;
/** What the library throws as bare words. */
const words = new Set(['auth timeout', 'ready timeout']);

export const isStrayFault = (reason: unknown): boolean =>
  typeof reason === 'string' ? words.has(reason) : reason instanceof Error && libraries.test(reason.stack ?? '');
