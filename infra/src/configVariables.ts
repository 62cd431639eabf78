import { isIP } from 'node:net';

import { z } from 'zod';

import { mistakeInAddress } from './eventstoredb/addressForm.ts';
import { parseMasterKey } from './keys/masterKey.ts';

const whole = (least: number, most: number, normal: number) => {
  const error = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, { error, abort: true })
    .transform(Number)
    .pipe(z.number().min(least, { error }).max(most, { error }))
    .prefault(String(normal));
};

const list = <Item extends z.ZodType<string, string>>(item: Item, normal: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item))
    .prefault(normal);

const httpUrl = z.url({ protocol: /^https?$/, error: 'an address with http:// or https://' });

const origin = z.string().refine((text) => text === '*' || URL.parse(text)?.origin === text, {
  error: 'origins such as http://localhost:3000, with commas between them',
});

const eventStoreDbUrl = z.string().superRefine((url, context) => {
  const mistake = mistakeInAddress(url);
  if (mistake !== null) context.addIssue(mistake);
});

const isProxy = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  const whole =
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return version !== 0 && whole && rest.length === 0;
};
const namedProxies = new Set(['loopback', 'linklocal', 'uniquelocal']);
/** A number of hops, or the proxies themselves; Express takes both. */
const trustedProxies = z
  .string()
  .transform((text, context): number | string[] => {
    if (/^\d{1,2}$/.test(text)) return Number(text);
    const proxies = text.split(',').map((part) => part.trim());
    if (proxies.every((proxy) => namedProxies.has(proxy) || isProxy(proxy))) return proxies;
    context.addIssue(
      'a number of proxies, or their addresses such as 10.0.0.0/8, with commas between them',
    );
    return z.NEVER;
  })
  .prefault('0');

/** Weights by workspace id. */
const weights = z
  .string()
  .transform((text, context): Record<string, number> => {
    const found = text
      .split(',')
      .filter((part) => part.trim() !== '')
      .map((part) => /^\s*([0-9a-f-]{36})\s*=\s*(\d{1,3})\s*$/.exec(part));
    if (found.every((pair) => pair && Number(pair[2]) >= 1 && Number(pair[2]) <= 100))
      return Object.fromEntries(found.map((pair) => [pair?.[1] ?? '', Number(pair?.[2])]));
    context.addIssue('ids of workspaces with weights from 1 to 100: id=4,id=2');
    return z.NEVER;
  })
  .prefault('');

const secretKey = z.string().superRefine((hex, context) => {
  try {
    parseMasterKey(hex, 'it');
  } catch {
    context.addIssue('64 random hex characters (make them with: openssl rand -hex 32)');
  }
});

const logLevels: Record<string, 'debug' | 'info' | 'warn' | 'error' | 'fatal'> = {
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  WARNING: 'warn',
  ERROR: 'error',
  FATAL: 'fatal',
  CRITICAL: 'fatal',
};
const logLevel = z
  .string()
  .transform((text, context) => {
    const level = logLevels[text.toUpperCase()];
    if (level) return level;
    context.addIssue('DEBUG, INFO, WARNING, ERROR or CRITICAL');
    return z.NEVER;
  })
  .prefault('INFO');

/** Every variable that means something, by name. A message says what is expected and never quotes the value. */
export const variables = {
  HOST: z.string().prefault('127.0.0.1'),
  PORT: whole(0, 65_535, 8000),
  API_V1_PREFIX: z
    .string()
    .regex(/^(?:\/[\w.-]+)+$/, { error: 'a path such as /api/v1' })
    .prefault('/api/v1'),
  CORS_ORIGINS: list(origin, 'http://localhost:3000,http://localhost:5173'),
  TRUST_PROXY: trustedProxies,
  ADMIN_EMAILS: list(z.email({ error: 'e-mail addresses, with commas between them' }), ''),

  DATA_DIR: z.string().prefault('./data'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(?:ql)?$/, error: 'an address with postgresql://' })
    .optional(),
  EVENTSTOREDB_URL: eventStoreDbUrl.optional(),
  EVENTSTOREDB_PREFIX: z
    .string()
    .regex(/^[A-Za-z][\w.]{0,62}$/, { error: '1 to 63 letters, digits, dots and underscores' })
    .optional(),
  EMBEDDED_HOME: z
    .string()
    .startsWith('/', { error: 'an absolute path' })
    .prefault('/var/lib/agent-studio'),
  SECRET_KEY: secretKey.optional(),

  ANTHROPIC_API_KEY: z.string().optional(),
  CLAUDE_API_KEY: z.string().optional(),
  ANTHROPIC_BASE_URL: httpUrl.optional(),
  DEFAULT_AI_MODEL: z.string().prefault('claude-sonnet-5-5'),
  EXECUTOR_MAX_EFFECTS: whole(1, 10_000, 256),
  MAX_RUNS_PER_WORKSPACE: whole(0, 1_000_000, 0),
  WORKSPACE_WEIGHTS: weights,
  KINDS_DIR: z.string().optional(),

  OTP_EXPIRY_MINUTES: whole(1, 60, 5),
  OTP_RATE_LIMIT: whole(0, 1_000_000, 5),
  OTP_RATE_LIMIT_WINDOW: whole(1, 86_400, 900),
  OTP_HASH_MEMORY_KIB: whole(19_456, 1_048_576, 65_536),
  JWT_ACCESS_TOKEN_EXPIRE_MINUTES: whole(1, 1440, 15),
  JWT_REFRESH_TOKEN_EXPIRE_DAYS: whole(1, 365, 7),

  RATE_LIMIT_PER_HOUR: whole(0, 1_000_000_000, 1000),
  AI_RATE_LIMIT_PER_HOUR: whole(0, 1_000_000_000, 100),

  LOG_LEVEL: logLevel,
  LOG_FORMAT: z.enum(['auto', 'json', 'text'], { error: 'auto, json or text' }).prefault('auto'),
  RETENTION_SWEEP_SECONDS: whole(1, 86_400, 3_600),
  LOG_MAX_MB: whole(0, 100_000, 50),
  METRICS_TOKEN: z.string().min(16, { error: 'at least 16 characters' }).optional(),
};

/**
 * Variables of the FastAPI studio, and of parts that do not exist here yet: whoever sets one should hear that nothing
 * comes of it.
 */
export const meaningless: ReadonlySet<string> = new Set(
  `APP_NAME APP_ENV DEBUG DEV_MODE WORKERS
  DATABASE_POOL_SIZE DATABASE_MAX_OVERFLOW DATABASE_ECHO REDIS_URL REDIS_POOL_SIZE KAFKA_BROKERS
  JWT_ALGORITHM RATE_LIMIT_PER_MINUTE OTP_LENGTH
  MAX_TOKENS DEFAULT_TEMPERATURE OPENAI_API_KEY STABILITY_API_KEY JINA_SERP_API_KEY JINA_READER_API_KEY
  EMAIL_PROVIDER SENDGRID_API_KEY EMAIL_FROM EMAIL_FROM_NAME
  SMTP_HOST SMTP_PORT SMTP_USER SMTP_PASSWORD SMTP_TLS
  STORAGE_PROVIDER AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY S3_BUCKET S3_REGION
  MAX_FILE_SIZE ALLOWED_FILE_EXTENSIONS SENTRY_DSN PROMETHEUS_PORT
  CELERY_BROKER_URL CELERY_RESULT_BACKEND CELERY_TASK_TRACK_STARTED CELERY_TASK_TIME_LIMIT`.split(
    /\s+/,
  ),
);

/** An unknown variable with one of these beginnings is ours misspelt. */
export const ourPrefixes: readonly string[] = [
  'OTP_',
  'JWT_',
  'EXECUTOR_',
  'DATABASE_',
  'EVENTSTOREDB_',
  'EMBEDDED_',
  'CORS_',
  'RATE_LIMIT_',
  'METRICS_',
  'WORKSPACE_',
];
