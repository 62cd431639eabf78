import { join } from 'node:path';

import { destination, type Level, multistream, pino, type StreamEntry } from 'pino';

import type { Logger } from '../http/log.ts';

export interface LoggerOptions {
  /** Folder of `app.log` (everything) and `error.log` (errors only). */
  readonly folder: string;
  readonly level: Level;
  /** `text` for people on the console, `json` for machines. The files are always JSON lines. */
  readonly console: 'json' | 'text';
}

interface Line {
  level: number;
  msg: string;
  time: string;
  where?: string;
}

const nameOf = (level: number): string => {
  if (level >= 50) return 'error';
  return level >= 40 ? 'warning' : 'info';
};

/** One line for people: when, how bad, what, and where. The rest is in the file. */
const asText = (json: string): string => {
  const { level, msg, time, where } = JSON.parse(json) as Line; // a line that pino just wrote
  return `${time.slice(11, 19)} ${nameOf(level)}: ${msg}${where ? ` (${where})` : ''}\n`;
};

const consoleStream = (form: LoggerOptions['console']): { write: (line: string) => void } => ({
  write: (line) => {
    process.stdout.write(form === 'json' ? line : asText(line));
  },
});

/**
 * The application's log. It never gets payloads, addresses or tokens; what looks like a secret is
 * struck out all the same.
 */
export const createLogger = ({ folder, level, console }: LoggerOptions): Logger => {
  const file = (name: string) => {
    const written = destination({ dest: join(folder, name), sync: true, mkdir: true });
    // A full disk costs log lines, and must not end the process; the console still says what happens.
    written.on('error', () => undefined);
    return written;
  };
  const streams: StreamEntry[] = [
    { level, stream: file('app.log') },
    { level: 'error', stream: file('error.log') },
    { level: console === 'json' ? level : 'warn', stream: consoleStream(console) },
  ];
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      redact: ['authorization', 'cookie', 'password', 'token', 'email', '*.authorization'],
    },
    multistream(streams),
  );
  return {
    info: (fields, message) => {
      logger.info(fields, message);
    },
    warn: (fields, message) => {
      logger.warn(fields, message);
    },
    error: (fields, message) => {
      logger.error(fields, message);
    },
  };
};
