import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

import { StudioError } from '@studio/contracts';
import { z } from 'zod';

import { meaningless, ourPrefixes, variables } from './configVariables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the studio was told, parsed once and frozen. `.env.example` says what each variable does. */
export interface Config {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly apiPrefix: string;
  readonly corsOrigins: readonly string[];
  /** Proxies in front whose word about the client's address counts: how many, or which. */
  readonly trustedProxies: number | readonly string[];
  /** In lower case. */
  readonly adminEmails: readonly string[];
  readonly dataDir: string;
  /** Undefined: the embedded Postgres. */
  readonly databaseUrl: string | undefined;
  /** Undefined: the log is in Postgres. */
  readonly eventStoreDb: { readonly url: string; readonly prefix: string } | undefined;
  readonly embeddedHome: string;
  readonly secretKey: string | undefined;
  /** Undefined: models are simulated. */
  readonly anthropicApiKey: string | undefined;
  readonly anthropicBaseUrl: string | undefined;
  readonly defaultModel: string;
  readonly executorMaxEffects: number;
  /** Runs of one workspace at the same time; undefined: any number. */
  readonly maxRunsPerWorkspace: number | undefined;
  /** By workspace; one that is not named weighs 1. */
  readonly workspaceWeights: Readonly<Record<string, number>>;
  /** The folder with node kinds of one's own; undefined: there are none. */
  readonly kindsDir: string | undefined;
  readonly otp: {
    readonly expiryMinutes: number;
    /** Codes that one address may ask for within the window; twice as many may be tried. 0: any number. */
    readonly rateLimit: number;
    readonly rateLimitWindowSeconds: number;
    /** Of the argon2id hash of one code. */
    readonly hashMemoryKib: number;
  };
  /** Requests of one person in an hour; 0: any number. */
  readonly hourlyLimits: { readonly general: number; readonly ai: number };
  readonly accessTokenMinutes: number;
  readonly refreshTokenDays: number;
  /** How often runs that their workspaces keep no longer are looked for. */
  readonly retentionSweepSeconds: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  readonly logFormat: 'auto' | 'json' | 'text';
  /** A log file of this size is put aside and a new one begun; 0: never. */
  readonly logMaxMb: number;
  /** What whoever reads the metrics from elsewhere must show. Undefined: they are for this machine alone. */
  readonly metricsToken: string | undefined;
  /** One line each, to be said at start. */
  readonly warnings: readonly string[];
}

const schema = z.object(variables);
type Variables = z.infer<typeof schema>;

/** An empty value is none: that is how a copied `.env.example` leaves a variable open. */
const withoutEmpty = (env: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );

const mistakesOf = (set: Record<string, string>, issues: readonly z.core.$ZodIssue[]): string[] => {
  const found = new Map(
    issues.map(({ path, message }) => [String(path[0]), `${String(path[0])}: must be ${message}`]),
  );
  if (set['DATABASE_URL'] !== undefined && set['SECRET_KEY'] === undefined)
    found.set(
      'SECRET_KEY',
      'SECRET_KEY: must be set when DATABASE_URL is (make one with: openssl rand -hex 32)',
    );
  return [...found.values()];
};

const warningsOf = (set: Record<string, string>): string[] => {
  const idle = Object.keys(set).filter(
    (name) =>
      !(name in variables) &&
      (meaningless.has(name) || ourPrefixes.some((prefix) => name.startsWith(prefix))),
  );
  const { ANTHROPIC_API_KEY: key, CLAUDE_API_KEY: other } = set;
  return [
    ...idle.sort().map((name) => `${name} is set but means nothing here.`),
    ...('EVENTSTOREDB_PREFIX' in set && !('EVENTSTOREDB_URL' in set)
      ? ['EVENTSTOREDB_PREFIX is set but means nothing without EVENTSTOREDB_URL.']
      : []),
    ...(key !== undefined && other !== undefined && key !== other
      ? ['ANTHROPIC_API_KEY and CLAUDE_API_KEY differ; the first one counts.']
      : []),
  ];
};

const toConfig = (set: Variables, warnings: readonly string[]): Config => ({
  host: set.HOST,
  port: set.PORT,
  apiPrefix: set.API_V1_PREFIX,
  corsOrigins: set.CORS_ORIGINS,
  trustedProxies: set.TRUST_PROXY,
  adminEmails: set.ADMIN_EMAILS.map((email) => email.toLowerCase()),
  dataDir: set.DATA_DIR,
  databaseUrl: set.DATABASE_URL,
  eventStoreDb: set.EVENTSTOREDB_URL
    ? { url: set.EVENTSTOREDB_URL, prefix: set.EVENTSTOREDB_PREFIX ?? '' }
    : undefined,
  embeddedHome: set.EMBEDDED_HOME,
  secretKey: set.SECRET_KEY,
  anthropicApiKey: set.ANTHROPIC_API_KEY ?? set.CLAUDE_API_KEY,
  anthropicBaseUrl: set.ANTHROPIC_BASE_URL,
  defaultModel: set.DEFAULT_AI_MODEL,
  executorMaxEffects: set.EXECUTOR_MAX_EFFECTS,
  maxRunsPerWorkspace: set.MAX_RUNS_PER_WORKSPACE || undefined,
  workspaceWeights: set.WORKSPACE_WEIGHTS,
  kindsDir: set.KINDS_DIR,
  otp: {
    expiryMinutes: set.OTP_EXPIRY_MINUTES,
    rateLimit: set.OTP_RATE_LIMIT,
    rateLimitWindowSeconds: set.OTP_RATE_LIMIT_WINDOW,
    hashMemoryKib: set.OTP_HASH_MEMORY_KIB,
  },
  hourlyLimits: { general: set.RATE_LIMIT_PER_HOUR, ai: set.AI_RATE_LIMIT_PER_HOUR },
  accessTokenMinutes: set.JWT_ACCESS_TOKEN_EXPIRE_MINUTES,
  refreshTokenDays: set.JWT_REFRESH_TOKEN_EXPIRE_DAYS,
  logLevel: set.LOG_LEVEL,
  logFormat: set.LOG_FORMAT,
  retentionSweepSeconds: set.RETENTION_SWEEP_SECONDS,
  logMaxMb: set.LOG_MAX_MB,
  metricsToken: set.METRICS_TOKEN,
  warnings,
});

const deepFreeze = <Value extends object>(value: Value): Readonly<Value> => {
  for (const part of Object.values(value) as unknown[])
    // Object.values types the parts as any
    if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
};

/** Throws `config.invalid`; its message has a line for each mistake, ready to be shown, and quotes no value. */
export const loadConfig = (env: Environment): Config => {
  const set = withoutEmpty(env);
  const parsed = schema.safeParse(set);
  const mistakes = mistakesOf(set, parsed.error?.issues ?? []);
  if (!parsed.success || mistakes.length > 0)
    throw new StudioError('invalid', 'config.invalid', mistakes.join('\n'));
  return deepFreeze(toConfig(parsed.data, warningsOf(set)));
};

/** The environment, and below it the `.env` file of a folder, if there is one. */
export const readEnvironment = (env: Environment, folder: string): Environment => {
  try {
    return { ...parseEnv(readFileSync(join(folder, '.env'), 'utf8')), ...env };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return env; // reading a file throws nothing else
    throw error;
  }
};
