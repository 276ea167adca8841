/** Runs a program to its end for its output: to see whether an engine works, or to install one. */
import { execFile } from 'node:child_process';

export type ProgramEnd =
  | { readonly kind: 'done'; readonly output: string }
  /** `why` is one line: what the program said last, or why it could not be run. */
  | { readonly kind: 'failed'; readonly why: string };

/** Never rejects; output is standard output, trimmed. */
export const runProgram = (path: string, args: readonly string[], timeoutMs: number): Promise<ProgramEnd> =>
  new Promise((resolve) => {
    execFile(path, args, { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      if (!error) return resolve({ kind: 'done', output: stdout.trim() });
      const missing = error.code === 'ENOENT' ? 'it is not installed' : undefined;
      const late = error.killed ? `it did not end within ${timeoutMs / 1000} s` : undefined;
      const signal = error.signal ? `it was ended by ${error.signal}` : undefined;
      const said = (stderr.trim() || stdout.trim()).split('\n').at(-1);
      resolve({ kind: 'failed', why: missing ?? late ?? (said || signal || error.message) });
    });
  });
