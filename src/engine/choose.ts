/** Which engine this installation runs: the one it chose before, else the first of the order that can be had here. */
import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { type EngineBinary, type EngineKind, EngineUnavailable, engineKinds, enginePlaces } from './contract.js';
import { readJson, writeJson } from './files.js';
import { checkMongod, downloadMongod, findMongod } from './mongod.js';
import { checkSecantus, installSecantus } from './secantus.js';

const choiceSchema = z.strictObject({
  kind: z.enum(engineKinds),
  path: z.string(),
  version: z.string(),
  /** Kept, because a replica set remembers its member by address. */
  port: z.number().int().positive().optional(),
});
export type EngineChoice = z.infer<typeof choiceSchema>;

/** How each kind is had on this machine. */
export interface EngineSource {
  readonly kind: EngineKind;
  /** Finds or installs it; rejects with EngineUnavailable. */
  obtain(): Promise<EngineBinary>;
}

/** The order of the embedded default. */
export const engineSources = (dataDir: string): readonly EngineSource[] => {
  const places = enginePlaces(dataDir);
  return [
    { kind: 'mongod', obtain: () => findMongod() },
    { kind: 'downloaded-mongod', obtain: () => downloadMongod(places.downloads) },
    { kind: 'secantus', obtain: () => installSecantus(places.venv) },
  ];
};

export const readChoice = (dataDir: string): Promise<EngineChoice | undefined> =>
  readJson(enginePlaces(dataDir).choice, choiceSchema);

export const rememberChoice = (dataDir: string, choice: EngineChoice): Promise<void> =>
  writeJson(enginePlaces(dataDir).choice, choice);

const isEmpty = async (folder: string): Promise<boolean> => (await readdir(folder).catch(() => [])).length === 0;

const stillWorks = (dataDir: string, { kind, path }: EngineChoice): Promise<EngineBinary> =>
  kind === 'secantus' ? checkSecantus(enginePlaces(dataDir).venv) : checkMongod(kind, path);

const chooseFirst = async (sources: readonly EngineSource[]): Promise<EngineBinary> => {
  const reasons: string[] = [];
  for (const source of sources) {
    try {
      return await source.obtain();
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      reasons.push(error.message);
    }
  }
  throw new EngineUnavailable(
    `No database can be brought up here. Set MONGODB_URI to a MongoDB replica set, or remove one of these obstacles: ${reasons.join(' ')}`,
  );
};

/** The engines that can read the storage which an earlier choice filled. */
const readersOf = (kind: EngineKind): readonly EngineKind[] =>
  kind === 'secantus' ? ['secantus'] : ['mongod', 'downloaded-mongod'];

/**
 * The engine to run, remembered. An engine that no longer works is replaced, but never by one that cannot read what is stored.
 * @throws EngineUnavailable with what to do.
 */
export const chooseEngine = async (
  dataDir: string,
  sources: readonly EngineSource[] = engineSources(dataDir),
): Promise<EngineChoice> => {
  const before = await readChoice(dataDir);
  if (before) {
    const works = await stillWorks(dataDir, before).catch((error: unknown) => {
      if (error instanceof EngineUnavailable) return undefined;
      throw error;
    });
    if (works) return before;
  }
  const found =
    before && !(await isEmpty(enginePlaces(dataDir).storage(before.kind)))
      ? await again(dataDir, before, sources)
      : await chooseFirst(sources);
  const choice = { ...found, ...(before?.port === undefined ? {} : { port: before.port }) };
  await rememberChoice(dataDir, choice);
  return choice;
};

const again = async (
  dataDir: string,
  before: EngineChoice,
  sources: readonly EngineSource[],
): Promise<EngineBinary> => {
  const able = readersOf(before.kind);
  try {
    return await chooseFirst(sources.filter(({ kind }) => able.includes(kind)));
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
    throw new EngineUnavailable(
      `The database in ${enginePlaces(dataDir).storage(before.kind)} was made by ${before.kind} ${before.version}, which no longer runs here: bring it back, or move that folder away to start with an empty database. ${error.message}`,
    );
  }
};
