import { join } from 'node:path';

import { type DestinationStream, type Level, pino } from 'pino';

import type { Logger } from '../http/log.ts';
import { createLineBuffer, type LineBuffer } from './lineBuffer.ts';
import { openRotatingFile } from './rotatingFile.ts';
import { withoutSecretFields, withoutSecrets } from './secrets.ts';

export interface LoggerOptions {
  /** Folder of `app.log` (everything) and `error.log` (errors only). */
  readonly folder: string;
  readonly level: Level;
  /** `text` for people on the console, `json` for machines. The files are always JSON lines. */
  readonly console: 'json' | 'text';
  /** At which a file is put aside; 0, and the default: never. Five of each are kept. */
  readonly maxFileBytes?: number;
}

const keptFiles = 5;
const [warning, failure] = [40, 50];

interface Line {
  level: number;
  msg: string;
  time: string;
  where?: string;
}

const nameOf = (level: number): string => {
  if (level >= failure) return 'error';
  return level >= warning ? 'warning' : 'info';
};

/** One line for people: when, how bad, what, and where. The rest is in the file. */
const asText = (json: string): string => {
  const { level, msg, time, where } = JSON.parse(json) as Line; // a line that pino just wrote
  return `${time.slice(11, 19)} ${nameOf(level)}: ${msg}${where ? ` (${where})` : ''}\n`;
};

/** Lines for whoever looks at the process; a reader that went away ends nothing. */
const openConsole = (): LineBuffer => {
  process.stdout.on('error', () => undefined);
  return createLineBuffer((text) => {
    process.stdout.write(text);
  });
};

/** pino tells a destination with this mark how grave the line is. */
const wantsLevel = Symbol.for('pino.metadata');
type Leveled = DestinationStream & { lastLevel: number; readonly [wantsLevel]: true };

const openDestination = (options: LoggerOptions): Leveled => {
  const { folder, console, maxFileBytes: maxBytes = 0 } = options;
  const file = (name: string): LineBuffer =>
    createLineBuffer(openRotatingFile({ path: join(folder, name), maxBytes, keep: keptFiles }));
  const [all, errors, shown] = [file('app.log'), file('error.log'), openConsole()];
  process.once('exit', () => {
    for (const buffer of [all, errors, shown]) buffer.flush();
  });
  return {
    ...{ [wantsLevel]: true as const, lastLevel: 0 },
    write(json) {
      const level = this.lastLevel;
      const line = withoutSecrets(json);
      const urgent = level >= warning;
      all.write(line, urgent);
      if (level >= failure) errors.write(line, true);
      if (console === 'json') shown.write(line, urgent);
      else if (urgent) shown.write(asText(line), true);
    },
  };
};

/**
 * The application's log. It never gets payloads, addresses or tokens; what looks like a secret is
 * struck out all the same. Warnings and errors are written at once, the rest within 100 ms.
 */
export const createLogger = (options: LoggerOptions): Logger => {
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    openDestination(options),
  );
  return {
    info: (fields, message) => {
      logger.info(withoutSecretFields(fields), message);
    },
    warn: (fields, message) => {
      logger.warn(withoutSecretFields(fields), message);
    },
    error: (fields, message) => {
      logger.error(withoutSecretFields(fields), message);
    },
  };
};
