/** SecantusDB: MongoDB's protocol from a Python package, in a venv of its own, for machines where no mongod can be had. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type EngineBinary, EngineUnavailable, secantusProgram } from './contract.js';
import { isAlive } from './processes.js';
import { runProgram } from './run-program.js';

const version = '0.7.0b3';
const pythons = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python'];
const checkMs = 20_000;
const installMs = 240_000;

const folderOf = (venv: string): string => `${venv}-${version}`;
const pythonIn = (folder: string): string =>
  join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

const checkFolder = async (folder: string): Promise<EngineBinary> => {
  const path = pythonIn(folder);
  const end = await runProgram(path, ['-c', secantusProgram, '--help'], checkMs);
  if (end.kind === 'failed') throw new EngineUnavailable(`SecantusDB in ${folder} does not run: ${end.why}.`);
  return { kind: 'secantus', path, version };
};

/** @throws EngineUnavailable where it is not installed yet or no longer runs. */
export const checkSecantus = (venv: string): Promise<EngineBinary> => checkFolder(folderOf(venv));

/** A Python that can make a venv; what stands in the way otherwise. */
const findPython = async (): Promise<string> => {
  let withoutVenv: string | undefined;
  for (const name of pythons) {
    const asked = await runProgram(name, ['-c', 'import sys; print(sys.version_info >= (3, 10))'], checkMs);
    if (asked.kind === 'failed' || asked.output !== 'True') continue;
    const venv = await runProgram(name, ['-c', 'import venv, ensurepip'], checkMs);
    if (venv.kind === 'done') return name;
    withoutVenv ??= name;
  }
  throw new EngineUnavailable(
    withoutVenv
      ? `SecantusDB needs Python's venv, which ${withoutVenv} lacks: install it (on Debian and Ubuntu: apt install python3-venv).`
      : 'SecantusDB needs Python 3.10 or newer, and none is on PATH: install it (on Debian and Ubuntu: apt install python3 python3-venv).',
  );
};

/** What an install that was killed left behind. */
const removeAbandonedDrafts = async (venv: string): Promise<void> => {
  const home = dirname(venv);
  for (const name of await readdir(home)) {
    const owner = /\.draft-(\d+)-/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) await rm(join(home, name), { recursive: true, force: true });
  }
};

/**
 * Finds or installs the pinned version. Two processes may do so at once: each builds aside and the first to finish is taken.
 * @param venv path that the venv's folder begins with; the version is added.
 * @throws EngineUnavailable with what to do.
 */
export const installSecantus = async (venv: string): Promise<EngineBinary> => {
  const folder = folderOf(venv);
  const found = await checkFolder(folder).catch(() => undefined);
  if (found) return found;
  const python = await findPython();
  await mkdir(dirname(venv), { recursive: true, mode: 0o700 });
  await removeAbandonedDrafts(venv);
  const draft = `${folder}.draft-${process.pid}-${randomBytes(3).toString('hex')}`;
  try {
    const made = await runProgram(python, ['-m', 'venv', draft], installMs);
    if (made.kind === 'failed')
      throw new EngineUnavailable(`${python} could not make a venv in ${draft}: ${made.why}.`);
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--prefer-binary'];
    const installed = await runProgram(pythonIn(draft), [...pip, `SecantusDB==${version}`], installMs);
    if (installed.kind === 'failed') {
      throw new EngineUnavailable(
        `SecantusDB could not be installed from the Python package index: ${installed.why}; check the network and start again.`,
      );
    }
    await checkFolder(draft);
    await putInPlace(draft, folder);
    return await checkFolder(folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
};

const putInPlace = async (draft: string, folder: string): Promise<void> => {
  if (await checkFolder(folder).then(() => true, () => false)) return; // biome-ignore format: one line
  const broken = `${draft}-replaced`;
  await rename(folder, broken).catch(() => undefined);
  await rename(draft, folder).catch(async (error: unknown) => {
    const other = await checkFolder(folder).catch(() => undefined);
    if (!other) throw error;
  });
  await rm(broken, { recursive: true, force: true });
};
