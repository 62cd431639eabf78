import { StudioError } from '@studio/contracts';
import { type Config, loadConfig, readEnvironment } from '@studio/infra';

import type { Decorations } from './context.ts';
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

const banner = (config: Config, studio: Studio): string[] => {
  const shown = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  const origin = `http://${shown}:${studio.port}`;
  return [
    `Agent Orchestration Studio ${version}`,
    `  API       ${origin}${config.apiPrefix}`,
    `  health    ${origin}/health/ready`,
    `  data      ${studio.dataDir}`,
    `  database  ${studio.databaseHome ?? 'the one of DATABASE_URL'}`,
    `  mail      ${studio.dataDir}/outbox (codes to sign in are written there)`,
    studio.modelsAreSimulated
      ? '  models    simulated: no ANTHROPIC_API_KEY is set, and every answer says so'
      : '  models    Anthropic',
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

/** The product as a process: configuration, start, banner, signals. */
export const run = async (decorations: Decorations = {}): Promise<void> => {
  let config: Config;
  try {
    config = loadConfig(readEnvironment(process.env, process.cwd()));
  } catch (error) {
    return fail(error);
  }
  for (const warning of config.warnings) say(warning);
  const studio = await startStudio(config, say, decorations).catch(fail);
  stopOnSignals(studio);
  for (const line of banner(config, studio)) say(line);
};
