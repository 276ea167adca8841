/** The one description of everything an installation may set: read once at start, wrong values stop it with a sentence. */
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parse } from 'dotenv';
import { z } from 'zod';
import { languages } from './language.js';
import { parseOfficeHours } from './office-hours.js';
import { parseRates, ratedKinds } from './outbox/rates.js';
import { projectRoot } from './project-root.js';
import type { CloudApiSettings } from './transport/cloud-api/settings.js';

export const roles = ['web', 'worker', 'sender'] as const;
export type Role = (typeof roles)[number];
/** Channels that this build can serve. */
export const transports = ['web-chat', 'whatsapp-web', 'cloud-api'] as const;
export type TransportName = (typeof transports)[number];

/** A setting is wrong; the message is one sentence for the person who starts the service. */
export class WrongConfig extends Error {
  override readonly name = 'WrongConfig';
}

/** The rule that a value breaks reads on after the variable's name: "PORT must be …". */
const wholeNumber = (from: number, to: number, byDefault: number) => {
  const rule = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine((number) => number >= from && number <= to, rule)
    .prefault(String(byDefault));
};
const oneOf = <const T extends readonly [string, ...string[]]>(values: T, byDefault: T[number]) =>
  z.enum(values, `must be one of ${values.join(', ')}`).prefault(byDefault);
const listOf = <const T extends readonly [string, ...string[]]>(values: T, byDefault: string) =>
  z
    .string()
    .transform((text, context) => {
      const named = [...new Set(text.split(',').map((part) => part.trim()))];
      const known = values.filter((value) => named.includes(value));
      if (known.length === named.length) return known as readonly T[number][];
      context.addIssue({ code: 'custom', message: `must be a comma list of ${values.join(', ')}` });
      return z.NEVER;
    })
    .prefault(byDefault);
const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};
const isWebAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && search === '' && hash === '';
};

/** A key or token: printable characters without a blank, so that a copied line break is noticed. */
const credential = z
  .string()
  .regex(/^[\x21-\x7e]{8,1000}$/, 'must be at least 8 letters, figures and signs without a blank')
  .optional();

const variables = {
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/[^/\s]+/, 'must be an address such as mongodb://127.0.0.1:27017/naqty?replicaSet=rs0')
    .optional(),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an IP address such as 127.0.0.1 or 0.0.0.0')
    .prefault('127.0.0.1'),
  PORT: wholeNumber(0, 65_535, 8080),
  PUBLIC_URL: z.string().refine(isWebAddress, 'must be an address such as https://help.example.kz').optional(),
  TRUSTED_PROXIES: z.string().regex(/^\d$/, 'must be a whole number from 0 to 9').transform(Number).optional(),
  DATA_DIR: z.string().prefault('.naqty'),
  SECRETS_FILE: z.string().optional(),
  ROLES: listOf(roles, roles.join(',')),
  TRANSPORT: listOf(transports, 'web-chat'),
  CLOUD_API_PHONE_NUMBER_ID: z
    .string()
    .regex(/^\d{5,30}$/, 'must be the id of the number in figures')
    .optional(),
  CLOUD_API_TOKEN: credential,
  CLOUD_API_APP_SECRET: credential,
  CLOUD_API_VERIFY_TOKEN: credential,
  CLOUD_API_VERSION: z
    .string()
    .regex(/^v\d{1,3}\.\d$/, 'must be a version of the Graph API such as v25.0')
    .prefault('v25.0'),
  CLOUD_API_URL: z
    .string()
    .refine(isWebAddress, 'must be an address such as https://graph.facebook.com')
    .prefault('https://graph.facebook.com'),
  CLOUD_API_PER_SECOND: wholeNumber(1, 1000, 80),
  CLOUD_API_TEMPLATE: z
    .string()
    .regex(/^[a-z0-9_]{1,512}$/, 'must be the name of a template in small letters, figures and _')
    .optional(),
  REPLY_COSTS: z
    .string()
    .transform((text, context) => {
      const rates = parseRates(text);
      if (rates) return rates;
      context.addIssue({
        code: 'custom',
        message: `must be prices such as cloud-api-template:6.5, of ${ratedKinds.join(', ')}`,
      });
      return z.NEVER;
    })
    .prefault(ratedKinds.map((kind) => `${kind}:0`).join(',')),
  MEDIA_MAX_MB: wholeNumber(1, 64, 16),
  MEDIA_DAYS: wholeNumber(1, 3650, 30),
  MESSAGE_DAYS: wholeNumber(30, 36_500, 730),
  TICKET_DAYS: wholeNumber(30, 36_500, 1095),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], 'info'),
  DEFAULT_LANGUAGE: oneOf(languages, 'kk'),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be a time zone name such as Asia/Qyzylorda')
    .prefault('Asia/Qyzylorda'),
  WAIT_AFTER_LAST_MS: wholeNumber(0, 60_000, 2500),
  WAIT_AT_MOST_MS: wholeNumber(0, 120_000, 8000),
  LEASE_MS: wholeNumber(1000, 600_000, 30_000),
  OFFICE_HOURS: z
    .string()
    .transform((text, context) => {
      const hours = parseOfficeHours(text);
      if (hours) return hours;
      context.addIssue({
        code: 'custom',
        message: 'must be days and hours such as Mon-Fri 09:00-18:00, Sat 10:00-14:00',
      });
      return z.NEVER;
    })
    .prefault('Mon-Sun 09:00-18:00'),
  WHATSAPP_WEB_PROFILE: z.string().optional(),
  WHATSAPP_WEB_GAP_MS: wholeNumber(0, 60_000, 1500),
  WHATSAPP_WEB_HEARTBEAT_MS: wholeNumber(100, 25_000, 10_000),
  WHATSAPP_WEB_BROWSER_ARGUMENTS: z.string().prefault(''),
  CHANNEL_ALARM_MINUTES: wholeNumber(1, 1440, 5),
  CHANNEL_ALARM_URL: z
    .string()
    .refine(isWebAddress, 'must be an address such as https://alarms.example.kz/hook')
    .optional(),
  PHONE_HOLD_MINUTES: wholeNumber(1, 1440, 60),
  HAND_BACK_MINUTES: wholeNumber(5, 10_080, 60),
  REPLY_HOURS: wholeNumber(1, 240, 2),
  DIALOGUE_TIMEOUT_MINUTES: wholeNumber(1, 1440, 30),
  TURNS_IN_TEN_MINUTES: wholeNumber(5, 1_000_000, 30),
  CHECKS_PER_HOUR: wholeNumber(1, 1000, 10),
  SEALED_IIN_HOURS: wholeNumber(0, 720, 72),
  CHECK_COUNTS_DAYS: wholeNumber(1, 3650, 400),
  LIST_FINDINGS_DAYS: wholeNumber(1, 3650, 30),
  WISH_DAYS: wholeNumber(1, 3650, 180),
  LIST_UPLOAD_MB: wholeNumber(1, 4000, 300),
  AUDIT_DAYS: wholeNumber(30, 36_500, 1095),
  STOP_TIMEOUT_MS: wholeNumber(1000, 120_000, 10_000),
};
export type Variable = keyof typeof variables;
/** Names of all settings, in the order of `.env.example`. */
export const variableNames = Object.keys(variables) as readonly Variable[];

/** May carry a password, so a sentence about it never repeats the value. */
const secretVariables: readonly string[] = [
  'MONGODB_URI',
  'CLOUD_API_TOKEN',
  'CLOUD_API_APP_SECRET',
  'CLOUD_API_VERIFY_TOKEN',
] satisfies Variable[];

const webAddress = (host: string, port: number): string => {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};

/**
 * Reads the settings.
 * @param environment variables by name; an empty one counts as not set.
 * @throws WrongConfig naming the first wrong variable and what is allowed there.
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>) => {
  const given = Object.fromEntries(
    variableNames.flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = z.object(variables).safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    const value = secretVariables.includes(name) ? '' : `, not "${given[name]}"`;
    throw new WrongConfig(`${name} ${issue?.message}${value}.`);
  }
  const set = parsed.data;
  if (set.WAIT_AT_MOST_MS < set.WAIT_AFTER_LAST_MS) {
    throw new WrongConfig(
      `WAIT_AT_MOST_MS must be at least WAIT_AFTER_LAST_MS (${set.WAIT_AFTER_LAST_MS}), not "${set.WAIT_AT_MOST_MS}".`,
    );
  }
  const dataDir = fromProjectRoot(set.DATA_DIR);
  const publicUrl = (set.PUBLIC_URL ?? webAddress(set.HOST, set.PORT)).replace(/\/+$/, '');
  return {
    ...(set.MONGODB_URI === undefined ? {} : { mongodbUri: set.MONGODB_URI }),
    host: set.HOST,
    /** 0 takes any free port. */
    port: set.PORT,
    /** Without a slash at the end. */
    publicUrl,
    /** The service speaks plain http: where people come by https, a proxy stands in front. */
    trustedProxies: set.TRUSTED_PROXIES ?? (publicUrl.startsWith('https:') ? 1 : 0),
    dataDir,
    secretsFile: set.SECRETS_FILE === undefined ? join(dataDir, 'secrets.json') : fromProjectRoot(set.SECRETS_FILE),
    roles: set.ROLES,
    transports: set.TRANSPORT,
    ...(set.TRANSPORT.includes('cloud-api') ? { cloudApi: cloudApiOf(set) } : {}),
    rates: set.REPLY_COSTS,
    media: { mostBytes: set.MEDIA_MAX_MB * 1_048_576, keptMs: set.MEDIA_DAYS * 86_400_000 },
    logLevel: set.LOG_LEVEL,
    defaultLanguage: set.DEFAULT_LANGUAGE,
    timeZone: set.TIME_ZONE,
    waitAfterLastMs: set.WAIT_AFTER_LAST_MS,
    waitAtMostMs: set.WAIT_AT_MOST_MS,
    leaseMs: set.LEASE_MS,
    officeHours: set.OFFICE_HOURS,
    whatsAppWeb: {
      folder:
        set.WHATSAPP_WEB_PROFILE === undefined
          ? join(dataDir, 'whatsapp-web')
          : fromProjectRoot(set.WHATSAPP_WEB_PROFILE),
      gapMs: set.WHATSAPP_WEB_GAP_MS,
      heartbeatMs: set.WHATSAPP_WEB_HEARTBEAT_MS,
      /** Each begins with two dashes; values may hold spaces. */
      browserArguments: set.WHATSAPP_WEB_BROWSER_ARGUMENTS.split(/\s+(?=--)/).filter((argument) => argument !== ''),
    },
    channelAlarm: {
      afterMs: set.CHANNEL_ALARM_MINUTES * 60_000,
      ...(set.CHANNEL_ALARM_URL === undefined ? {} : { webhook: set.CHANNEL_ALARM_URL }),
    },
    phoneHoldMinutes: set.PHONE_HOLD_MINUTES,
    handBackMinutes: set.HAND_BACK_MINUTES,
    replyHours: set.REPLY_HOURS,
    dialogueTimeoutMinutes: set.DIALOGUE_TIMEOUT_MINUTES,
    turnsInTenMinutes: set.TURNS_IN_TEN_MINUTES,
    checksPerHour: set.CHECKS_PER_HOUR,
    sealedIinHours: set.SEALED_IIN_HOURS,
    kept: {
      /** Messages and replies, and tickets from their resolution on. */
      messageDays: set.MESSAGE_DAYS,
      ticketDays: set.TICKET_DAYS,
      /** Checks counted by day, and alarms. */
      checkCountsDays: set.CHECK_COUNTS_DAYS,
      listFindingsDays: set.LIST_FINDINGS_DAYS,
      wishDays: set.WISH_DAYS,
    },
    listUploadMb: set.LIST_UPLOAD_MB,
    auditDays: set.AUDIT_DAYS,
    stopTimeoutMs: set.STOP_TIMEOUT_MS,
  };
};
export type Config = ReturnType<typeof readConfig>;

/** @throws WrongConfig naming the first setting that the channel cannot do without. */
const cloudApiOf = (set: z.infer<z.ZodObject<typeof variables>>): CloudApiSettings => {
  const needed = <T>(name: Variable, value: T | undefined): T => {
    if (value !== undefined) return value;
    throw new WrongConfig(`${name} must be set where TRANSPORT names cloud-api.`);
  };
  return {
    url: set.CLOUD_API_URL.replace(/\/+$/, ''),
    version: set.CLOUD_API_VERSION,
    phoneNumberId: needed('CLOUD_API_PHONE_NUMBER_ID', set.CLOUD_API_PHONE_NUMBER_ID),
    token: needed('CLOUD_API_TOKEN', set.CLOUD_API_TOKEN),
    appSecret: needed('CLOUD_API_APP_SECRET', set.CLOUD_API_APP_SECRET),
    verifyToken: needed('CLOUD_API_VERIFY_TOKEN', set.CLOUD_API_VERIFY_TOKEN),
    perSecond: set.CLOUD_API_PER_SECOND,
    ...(set.CLOUD_API_TEMPLATE === undefined ? {} : { template: set.CLOUD_API_TEMPLATE }),
  };
};

const fromProjectRoot = (path: string): string => (isAbsolute(path) ? path : join(projectRoot, path));

/**
 * The environment of this process over the project's `.env`, if there is one.
 * @throws WrongConfig where the file exists but cannot be read.
 */
export const readEnvironment = (
  environment: NodeJS.ProcessEnv = process.env,
  file: string = join(projectRoot, '.env'),
): Record<string, string | undefined> => {
  try {
    return { ...parse(readFileSync(file)), ...environment };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { ...environment };
    throw new WrongConfig(
      `The settings file ${file} cannot be read: give this user the right to read it, or remove it.`,
    );
  }
};
