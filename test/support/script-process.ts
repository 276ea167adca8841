/**
 * Starts a script of the tests as a process of its own, from one bundle made on first need: loading each source by itself would cost every
 * start about two seconds of a processor more.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from '../../src/project-root.js';

const scripts = [
  'test/support/path-process.ts',
  'test/support/whatsapp-process.ts',
  'test/support/list-process.ts',
  'test/cloud-api/app-process.ts',
  'test/engine/engine-holder.ts',
] as const;
type Script = (typeof scripts)[number];

const bundle = async (): Promise<string> => {
  // Below the project, so that packages, locales and content are found from there.
  const cache = join(projectRoot, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'test-scripts-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await build({
    // The thread that trains is looked for beside the code that starts it.
    entryPoints: [...scripts, 'src/train-worker.ts'],
    absWorkingDir: projectRoot,
    outdir: folder,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    sourcemap: true,
    logLevel: 'error',
  });
  return folder;
};
let bundled: Promise<string> | undefined;

/** A running Node.js process of the script. */
export const spawnScript = async (
  script: Script,
  args: readonly string[],
  options: SpawnOptions,
): Promise<ChildProcess> => {
  bundled ??= bundle();
  const path = join(await bundled, `${basename(script, '.ts')}.mjs`);
  return spawn(
    process.execPath,
    ['--enable-source-maps', '--v8-pool-size=1', '--max-semi-space-size=4', path, ...args],
    options,
  );
};
