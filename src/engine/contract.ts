/** What the rooms of the embedded database agree on: the kinds of engine, and how a found one is run. */

/** Own mongod, a mongod that was downloaded, or SecantusDB. */
export const engineKinds = ['mongod', 'downloaded-mongod', 'secantus'] as const;
export type EngineKind = (typeof engineKinds)[number];

/** An engine found on this machine and known to run. */
export interface EngineBinary {
  readonly kind: EngineKind;
  /** Absolute path of the program. */
  readonly path: string;
  /** What it calls itself, for the line that says which engine runs. */
  readonly version: string;
}

/** An engine cannot be had or run; the message is a sentence that says what to do. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}

/** Where things of the embedded database lie under DATA_DIR. */
export const enginePlaces = (dataDir: string) => {
  const home = `${dataDir}/engine`;
  return {
    home,
    choice: `${home}/choice.json`,
    lock: `${home}/lock.json`,
    log: `${home}/engine.log`,
    downloads: `${home}/mongod`,
    venv: `${home}/venv`,
    /** Files of the two mongods are the same; SecantusDB's are its own. */
    storage: (kind: EngineKind): string => `${home}/${kind === 'secantus' ? 'secantus-storage' : 'mongod-storage'}`,
  };
};

/** Arguments that run the engine on one port of this machine over one storage folder. */
export const engineArguments = (
  kind: EngineKind,
  run: { readonly port: number; readonly storage: string; readonly durable: boolean },
): readonly string[] =>
  kind === 'secantus'
    ? [
        ...['-c', secantusProgram, '--host', '127.0.0.1', '--port', String(run.port)],
        ...['--storage-path', run.storage, '--log-level', 'ERROR'],
        // Without it a transaction that was acknowledged is lost when the engine itself is killed (measured with 0.7.0b3).
        ...(run.durable ? ['--sync-on-commit'] : []),
      ]
    : [
        ...['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--port', String(run.port), '--dbpath', run.storage],
        ...['--setParameter', `transactionLifetimeLimitSeconds=${transactionSeconds}`],
      ];

/**
 * A process killed inside a transaction holds its documents until the engine ends the transaction: a minute by MongoDB's default, for
 * which its residents would wait. Ours take milliseconds.
 */
const transactionSeconds = 10;

/**
 * Run by the venv's own Python, because a venv's scripts carry the path it was made under. SecantusDB 0.7.0b3 has no option for a
 * transaction's lifetime and looks for dead ones only when another transaction comes by, so a thread of its own does.
 */
export const secantusProgram = `
import threading, time
import secantus.cli as cli
make = cli.SecantusDBServer
def bounded(**settings):
    server = make(transaction_lifetime_seconds=${transactionSeconds}, **settings)
    def end_dead_transactions():
        while True:
            time.sleep(1)
            server.transactions.prune_expired()
    threading.Thread(target=end_dead_transactions, daemon=True).start()
    return server
cli.SecantusDBServer = bounded
cli.main()
`;
