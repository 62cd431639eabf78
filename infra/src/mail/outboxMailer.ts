import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { type Clock, type Mailer, type NewId, StudioError } from '@studio/contracts';

export interface OutboxOptions {
  readonly folder: string;
  /** The sender, as in a From header. */
  readonly from: string;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Told the name of each file written; the name holds no address. */
  readonly onWritten?: (fileName: string) => void;
}

/** Writes the file whole or not at all: whoever watches the folder never sees half a mail. */
const writeWhole = async (folder: string, name: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${name}.draft`);
  try {
    const file = await open(draft, 'wx', 0o600);
    await file.writeFile(bytes).finally(() => file.close());
    await rename(draft, join(folder, name));
  } finally {
    await rm(draft, { force: true });
  }
};

/** Mail as `.eml` files in a folder, named `<time>-<id>.eml`: how a studio without a mail server hands it over. */
export const createOutboxMailer = (options: OutboxOptions): Mailer => {
  const { folder, from, clock, newId } = options;
  return {
    send: async (mail) => {
      const { createTransport } = await import('nodemailer'); // loaded with the first mail
      const transport = createTransport({ streamTransport: true, buffer: true });
      const now = clock();
      const name = `${now.replaceAll(/[:.]/g, '-')}-${newId()}.eml`;
      try {
        const { message } = await transport.sendMail({ from, date: new Date(now), ...mail });
        if (!(message instanceof Uint8Array)) throw new TypeError('nodemailer gave no buffer');
        await writeWhole(folder, name, message);
      } catch (cause) {
        throw new StudioError('unavailable', 'mail.failed', 'The mail could not be written', {
          cause,
        });
      }
      options.onWritten?.(name);
    },
  };
};
