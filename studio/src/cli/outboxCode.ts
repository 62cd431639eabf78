import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CommandError, exitCodes } from './exitCodes.ts';

const addressedTo = (mail: string, email: string): boolean => {
  const to = /^To:(.*)$/im.exec(mail)?.[1] ?? '';
  return to.toLowerCase().includes(email.toLowerCase());
};

/** The newest code that a local studio has mailed to this address: its mails are files in the data folder. */
export const outboxCode = (dataDir: string, email: string): string => {
  const folder = join(dataDir, 'outbox');
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  } catch (cause) {
    throw new CommandError(exitCodes.failed, `There is no outbox at ${folder}`, cause);
  }
  // Names begin with the time.
  for (const name of names.sort().reverse()) {
    const mail = readFileSync(join(folder, name), 'utf8');
    const code = /\b(\d{3}) (\d{3})\b/.exec(mail.slice(mail.search(/\r?\n\r?\n/)));
    if (code && addressedTo(mail, email)) return `${code[1] ?? ''}${code[2] ?? ''}`;
  }
  throw new CommandError(exitCodes.failed, `No mail to ${email} lies in ${folder}`);
};
