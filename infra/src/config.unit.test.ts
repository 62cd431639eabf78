import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { loadConfig, readEnvironment } from './config.ts';
import { meaningless, variables } from './configVariables.ts';

const goodKey = '00112233445566778899aabbccddeeff0123456789abcdef1032547698badcfe';
const workspaceId = '6f1c0c5e-3b0a-4d8e-9a6e-0d5b8f3a2c11';
const example = parseEnv(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8'));

const mistakes = (env: Record<string, string>): string[] => {
  try {
    loadConfig(env);
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
  return [];
};

describe('the configuration', () => {
  it('needs no variable at all', () => {
    expect(loadConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8000,
      dataDir: './data',
      databaseUrl: undefined,
      anthropicApiKey: undefined,
      otp: {
        ...{ expiryMinutes: 5, rateLimit: 5, rateLimitWindowSeconds: 900 },
        hashMemoryKib: 65_536,
      },
      logLevel: 'info',
      warnings: [],
    });
  });

  it('names every mistake in one go, a line each, and quotes no value', () => {
    const found = mistakes({
      PORT: '80x0',
      EXECUTOR_MAX_EFFECTS: '0',
      SECRET_KEY: 'hunter2',
      DATABASE_URL: 'postgresql+asyncpg://u:hunter2@h/d',
      EVENTSTOREDB_URL: 'esdb://admin:hunter2@h:2113?hunter2=1',
      LOG_LEVEL: 'LOUD',
      CORS_ORIGINS: 'http://a.example, b',
    });
    expect(found).toHaveLength(7);
    expect(found).toEqual(
      expect.arrayContaining([
        'PORT: must be a whole number from 0 to 65535',
        'EXECUTOR_MAX_EFFECTS: must be a whole number from 1 to 10000',
        'LOG_LEVEL: must be DEBUG, INFO, WARNING, ERROR or CRITICAL',
        expect.stringMatching(/^EVENTSTOREDB_URL: must be an address/),
      ]),
    );
    expect(found.join()).not.toContain('hunter2');
  });

  it.each([
    ['port above the last', 'PORT', '65536'],
    ['negative port', 'PORT', '-1'],
    ['fraction', 'OTP_RATE_LIMIT', '1.5'],
    ['key of one digit', 'SECRET_KEY', '0'.repeat(64)],
    ['key of one word', 'SECRET_KEY', 'deadbeef'.repeat(8)],
    ['short key', 'SECRET_KEY', goodKey.slice(2)],
    ['no e-mail', 'ADMIN_EMAILS', 'a@b.example,nobody'],
    ['prefix without slash', 'API_V1_PREFIX', 'api'],
    ['proxy that is no address', 'TRUST_PROXY', '10.0.0.0/8,proxy.example'],
    ['proxy network of too many bits', 'TRUST_PROXY', '10.0.0.0/33'],
    ['log server without its scheme', 'EVENTSTOREDB_URL', 'localhost:2113'],
    ['log server by HTTP', 'EVENTSTOREDB_URL', 'http://localhost:2113'],
    [
      'log server whose certificate is not to be checked',
      'EVENTSTOREDB_URL',
      'esdb://h?tlsVerifyCert=false',
    ],
    ['prefix with a dash', 'EVENTSTOREDB_PREFIX', 'a-b'],
    ['weight of nothing', 'WORKSPACE_WEIGHTS', '=2'],
    ['weight of 0', 'WORKSPACE_WEIGHTS', `${workspaceId}=0`],
    ['metrics token that can be guessed', 'METRICS_TOKEN', 'secret'],
  ])('refuses a %s', (_, name, value) => {
    expect(mistakes({ [name]: value })).toEqual([expect.stringMatching(`^${name}: must be `)]);
  });

  it('takes weights of workspaces', () => {
    const other = workspaceId.replace('6', '7');
    const WORKSPACE_WEIGHTS = `${workspaceId}=4, ${other} = 100`;
    expect(loadConfig({ WORKSPACE_WEIGHTS }).workspaceWeights).toEqual({
      ...{ [workspaceId]: 4, [other]: 100 },
    });
    expect(loadConfig({}).workspaceWeights).toEqual({});
  });

  it('wants a master key beside a database of your own', () => {
    const DATABASE_URL = 'postgresql://u:p@h/d';
    expect(mistakes({ DATABASE_URL })).toEqual([expect.stringContaining('openssl rand -hex 32')]);
    expect(loadConfig({ DATABASE_URL, SECRET_KEY: goodKey }).databaseUrl).toBe(DATABASE_URL);
  });

  it('takes a log in EventStoreDB, one node or several', () => {
    const EVENTSTOREDB_URL = 'esdb+discover://admin:p%40ss@a:2113,b:2113/?tls=true&tlsCAFile=/ca';
    expect(loadConfig({}).eventStoreDb).toBeUndefined();
    expect(loadConfig({ EVENTSTOREDB_URL }).eventStoreDb).toEqual({
      url: EVENTSTOREDB_URL,
      prefix: '',
    });
    expect(loadConfig({ EVENTSTOREDB_URL, EVENTSTOREDB_PREFIX: 'eu.' }).eventStoreDb?.prefix).toBe(
      'eu.',
    );
    expect(loadConfig({ EVENTSTOREDB_PREFIX: 'eu.' }).warnings).toHaveLength(1);
  });

  it('takes proxies by number or by address', () => {
    expect(loadConfig({ TRUST_PROXY: '2' }).trustedProxies).toBe(2);
    expect(loadConfig({ TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::/8' }).trustedProxies).toEqual([
      ...['loopback', '10.0.0.0/8', 'fd00::/8'],
    ]);
  });

  it('takes the key for models under both names', () => {
    expect(loadConfig({ CLAUDE_API_KEY: 'b' }).anthropicApiKey).toBe('b');
    const both = loadConfig({ CLAUDE_API_KEY: 'b', ANTHROPIC_API_KEY: 'a' });
    expect(both.anthropicApiKey).toBe('a');
    expect(both.warnings).toHaveLength(1);
  });

  it('names what is set and means nothing, and leaves alone what is not ours', () => {
    expect(
      loadConfig({
        CELERY_BROKER_URL: 'x',
        OTP_EXPIRE: '5',
        PATH: '/bin',
        HOME: '/',
        SMTP_PORT: '',
      }).warnings,
    ).toEqual([
      'CELERY_BROKER_URL is set but means nothing here.',
      'OTP_EXPIRE is set but means nothing here.',
    ]);
  });

  it('is frozen all the way down', () => {
    const config = loadConfig({});
    expect(Object.isFrozen(config) && Object.isFrozen(config.otp)).toBe(true);
  });

  it('reads a .env file below the environment', () => {
    const folder = mkdtempSync(join(tmpdir(), 'studio-env-'));
    try {
      expect(readEnvironment({ PORT: '1' }, folder)).toEqual({ PORT: '1' });
      writeFileSync(join(folder, '.env'), 'PORT=2\nHOST="::1"\nDATA_DIR=/a b\n');
      expect(readEnvironment({ PORT: '1' }, folder)).toEqual({
        PORT: '1',
        HOST: '::1',
        DATA_DIR: '/a b',
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('.env.example', () => {
  it('names the same variables as the configuration', () => {
    expect(Object.keys(example).sort()).toEqual(Object.keys(variables).sort());
    expect(Object.keys(variables).filter((name) => meaningless.has(name))).toEqual([]);
  });

  it('shows the defaults', () => {
    expect(loadConfig(example)).toEqual(loadConfig({}));
  });
});
