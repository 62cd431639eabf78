import type { Command } from './command.ts';
import { exitCodes } from './exitCodes.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'start the studio, as npm start does',
  usage: ['serve'],
  notes: ['Configured by the environment and .env alone, see .env.example.'],
  example: 'serve',
  maxWords: 0,
  run: async () => {
    // Loaded only here: the other commands need nothing of the whole studio.
    const { run } = await import('../run.ts');
    await run(); // from here on its signals end the process
    return exitCodes.ok;
  },
};
