/** The browser that whatsapp-web.js drives: where it is, how it is started, and what a dead process left of it. */
import { accessSync, constants, lstatSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { endProcess, processesWith } from '../../engine/processes.js';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** No browser on this machine; the message says what to do. */
export class NoChromium extends Error {
  override readonly name = 'NoChromium';
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Path of Chromium or Chrome: PUPPETEER_EXECUTABLE_PATH, else the system's. Nothing is ever downloaded.
 * @throws NoChromium where there is none
 */
export const findChromium = (environment: Readonly<Record<string, string | undefined>> = process.env): string => {
  const named = environment.PUPPETEER_EXECUTABLE_PATH;
  if (named) {
    if (isExecutable(named)) return named;
    throw new NoChromium(
      `PUPPETEER_EXECUTABLE_PATH names ${named}, which cannot be run: correct it, or leave it empty.`,
    );
  }
  const folders = (environment.PATH ?? '').split(delimiter);
  const found = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...applications];
  const path = found.find(isExecutable);
  if (path !== undefined) return path;
  throw new NoChromium(
    'No Chromium was found: install one (on Debian: apt install chromium), or name it in PUPPETEER_EXECUTABLE_PATH.',
  );
};

/** What a browser needs that shows nobody anything; Chromium refuses its sandbox to root. */
export const quietArguments = (): readonly string[] => [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Ends every browser over this profile, found by its command line, and takes away the lock that a killed one leaves. */
export const endBrowsersOver = async (profile: string): Promise<number> => {
  const pids = await processesWith(`--user-data-dir=${profile}`);
  await Promise.all(pids.map((pid) => endProcess(pid, 1_000)));
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) {
    const file = join(profile, name);
    if (lstatSync(file, { throwIfNoEntry: false })) rmSync(file, { force: true });
  }
  return pids.length;
};
