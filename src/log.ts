/**
 * The log of a process. ERROR means: wake a human. What a resident wrote, their phone or an IIN never goes out, whoever logs it:
 * fields are withheld by name and long numbers are blanked in every string, messages of errors included.
 */
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Config } from './config.js';

export type { Logger } from 'pino';

const withheld = '⟨withheld⟩';
const withheldFields = new Set(
  ['text', 'texts', 'caption', 'body', 'reply', 'phone', 'iin', 'alias', 'aliases', 'from', 'to', 'password', 'secret', 'secrets', 'cookie', 'authorization', 'latitude', 'longitude'], // biome-ignore format: one line
);
/** Ten digits or more in any spacing, not part of an identifier: a phone or an IIN (duplicate-key errors repeat such values). */
const longNumber = /(?<![\w-])\+?\d(?:[ ()-]{0,2}\d){9,}(?![\w-])/g;
const passwordInUri = /(\/\/[^/@:\s]+:)[^@\s]+@/g;
const deepest = 6;

const cleanText = (text: string): string => text.replace(longNumber, '⟨number⟩').replace(passwordInUri, '$1…@');

const cleanError = (error: Error, depth: number): Record<string, unknown> => ({
  type: error.name,
  message: cleanText(error.message),
  stack: cleanText(error.stack ?? ''),
  ...('code' in error ? { code: error.code } : {}),
  ...(error.cause === undefined ? {} : { cause: cleanValue(error.cause, depth + 1) }),
});

const cleanValue = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > deepest) return '…';
  if (value instanceof Error) return cleanError(value, depth);
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, depth + 1));
  return cleanFields(value, depth);
};

const cleanFields = (fields: object, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      withheldFields.has(name.toLowerCase()) ? withheld : cleanValue(value, depth + 1),
    ]),
  );

export interface LogOptions {
  readonly level: Config['logLevel'];
  /** Where lines go; standard output by default. Commands take standard error. */
  readonly stream?: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Readable lines for a person instead of JSON; by default where the stream is a terminal and NODE_ENV is not production. */
  readonly readable?: boolean;
}

/** A logger that withholds what residents wrote. One line of JSON an entry, or one readable line. */
export const createLogger = ({ level, stream = process.stdout, readable }: LogOptions): Logger => {
  const forPerson = readable ?? (stream.isTTY === true && process.env.NODE_ENV !== 'production');
  const options: LoggerOptions = {
    level,
    base: { pid: process.pid },
    formatters: { level: (label) => ({ level: label }), log: cleanFields },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: {
      logMethod(given, log) {
        const cleaned = given.map((part) => (typeof part === 'string' ? cleanText(part) : part));
        log.apply(this, cleaned as Parameters<typeof log>);
      },
    },
  };
  const destination: DestinationStream = forPerson
    ? PinoPretty({
        destination: stream,
        ignore: 'pid',
        translateTime: 'SYS:HH:MM:ss',
        singleLine: true,
        colorize: stream.isTTY === true,
      })
    : stream;
  const logger = pino(options, destination);
  // What a child is bound to passes no formatter of pino's, so it is cleaned on the way in; children inherit this.
  const { child } = logger;
  logger.child = function (this: Logger, bindings, childOptions) {
    return child.call(this, cleanFields(bindings), childOptions);
  } as typeof child;
  return logger;
};

/** For commands and tests whose output is something else. */
export const silentLogger: Logger = pino({ level: 'silent' });
