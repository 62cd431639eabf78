import { parts, portOf, type Role, roles } from '../roles.ts';
import type { Command } from './command.ts';
import { exitCodes, usageError } from './exitCodes.ts';

const isRole = (text: string): text is Role => roles.some((role) => role === text);

const roleOf = (text = 'all'): Role => {
  if (!isRole(text)) throw usageError(`--role takes one of ${roles.join(', ')}`);
  return text;
};

export const serve: Command = {
  name: 'serve',
  summary: 'start the studio, as npm start does, or one part of it',
  usage: ['serve [--role ROLE]'],
  notes: [
    'Configured by the environment and .env alone, see .env.example.',
    `--role    ${roles.join(', ')}; default all, in one process`,
    'The parts need DATABASE_URL, SECRET_KEY and DATA_DIR, the same for each; --url and --json mean nothing here.',
    `Without PORT they listen on ${parts.map((part) => `${portOf[part]} (${part})`).join(', ')}.`,
  ],
  example: 'serve --role executor',
  options: { role: { type: 'string' } },
  maxWords: 0,
  run: async (_shell, given) => {
    const role = roleOf(given.text('role'));
    // Loaded only here: the other commands need nothing of the whole studio.
    const { run } = await import('../run.ts');
    await run({}, role); // from here on its signals end the process
    return exitCodes.ok;
  },
};
