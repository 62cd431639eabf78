import type { Command } from './command.ts';
import { showEvents } from './eventsShow.ts';
import { usageError } from './exitCodes.ts';

const forms = { show: showEvents };

export const events: Command = {
  name: 'events',
  summary: 'show what was recorded',
  usage: ['events show EXECUTION [--from REVISION]'],
  notes: ['show   the facts of a run of yours, with sealed values open; --json adds the envelope'],
  example: 'events show 01a20885-762b-7000-8000-01033061433a --from 3',
  options: { from: { type: 'string' } },
  maxWords: 2,
  run: async (shell, given) => {
    const form = given.word(0, 'show');
    if (!Object.hasOwn(forms, form)) throw usageError(`There is no 'events ${form}'`);
    return forms[form as keyof typeof forms](shell, given); // it is one of theirs
  },
};
