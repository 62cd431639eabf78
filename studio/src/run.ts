import { StudioError } from '@studio/contracts';
import { type Config, loadConfig, readEnvironment } from '@studio/infra';

import type { Decorations } from './context.ts';
import { plays, portOf, type Role } from './roles.ts';
import { startStudio, type Studio } from './start.ts';
import { version } from './version.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const fail = (error: unknown): never => {
  const text =
    error instanceof StudioError
      ? error.message
      : `The studio does not start: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${text}\n`);
  process.exit(1);
};

const originOf = ({ host }: Config, { port }: Studio): string =>
  `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`;

const modelsLine = ({ modelsAreSimulated }: Studio): string =>
  modelsAreSimulated
    ? '  models    simulated: no ANTHROPIC_API_KEY is set, and every answer says so'
    : '  models    Anthropic';

const banner = (config: Config, studio: Studio, role: Role): string[] => {
  const origin = originOf(config, studio);
  const lines: readonly (readonly [said: boolean, line: string])[] = [
    [
      plays(role, 'command-api') || plays(role, 'query-api'),
      `  API       ${origin}${config.apiPrefix}`,
    ],
    [plays(role, 'query-api'), `  page      ${origin}/ (in a browser)`],
    [plays(role, 'query-api'), `  docs      ${origin}/docs`],
    [true, `  health    ${origin}/health/ready`],
    [true, `  data      ${studio.dataDir}`],
    [true, `  database  ${studio.databaseHome ?? 'the one of DATABASE_URL'}`],
    [config.eventStoreDb !== undefined, '  log       the EventStoreDB of EVENTSTOREDB_URL'],
    [
      plays(role, 'command-api'),
      `  mail      ${studio.dataDir}/outbox (codes to sign in are written there)`,
    ],
    [plays(role, 'executor'), modelsLine(studio)],
  ];
  return [
    `Agent Orchestration Studio ${version}${role === 'all' ? '' : `: ${role}`}`,
    ...lines.flatMap(([said, line]) => (said ? [line] : [])),
    'Ready. Ctrl-C stops it.',
  ];
};

const stopWithinMs = 9_000;
/** Under npm one Ctrl-C arrives twice: from the terminal's process group, and passed on by npm. */
const sameSignalMs = 1_000;

const stopOnSignals = (studio: Studio): void => {
  let stoppingSince = Infinity;
  const onSignal = (): void => {
    if (performance.now() - stoppingSince > sameSignalMs) process.exit(130); // a second one forces
    if (stoppingSince !== Infinity) return;
    stoppingSince = performance.now();
    say('Stopping …');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    studio.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
};

const configOf = (role: Role): Config => {
  const env = readEnvironment(process.env, process.cwd());
  return loadConfig({ ...env, PORT: env['PORT']?.trim() ? env['PORT'] : String(portOf[role]) });
};

/** The product as a process: configuration, start, banner, signals. */
export const run = async (decorations: Decorations = {}, role: Role = 'all'): Promise<void> => {
  let config: Config;
  try {
    config = configOf(role);
  } catch (error) {
    return fail(error);
  }
  for (const warning of config.warnings) say(warning);
  const studio = await startStudio(config, say, { role, decorations }).catch(fail);
  stopOnSignals(studio);
  for (const line of banner(config, studio, role)) say(line);
};
