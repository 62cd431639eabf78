import type { Command } from './command.ts';
import { grepEvents } from './eventsGrep.ts';
import { showEvents } from './eventsShow.ts';
import { tailEvents } from './eventsTail.ts';
import { usageError } from './exitCodes.ts';

const forms = { show: showEvents, tail: tailEvents, grep: grepEvents };

export const events: Command = {
  name: 'events',
  summary: 'show what was recorded: of one run, or in all of the log',
  usage: [
    'events show EXECUTION [--from REVISION]',
    'events tail [--stream STREAM] [--type TYPE] [--lines N] [--once]',
    'events grep PATTERN [--stream STREAM] [--type TYPE]',
  ],
  notes: [
    'show   the facts of a run of yours, with sealed values open; --json adds the envelope',
    'tail   the last events of the log (10, or --lines) and then each new one; --once ends before those',
    'grep   the events with a part that matches a regular expression, upper or lower case; 3 if there is none',
    'tail and grep read the log itself, as verify does; what is sealed stays sealed.',
  ],
  example: 'events tail --type WorkflowFailed --lines 1000',
  options: {
    from: { type: 'string' },
    stream: { type: 'string' },
    type: { type: 'string' },
    lines: { type: 'string' },
    once: { type: 'boolean' },
  },
  maxWords: 2,
  run: async (shell, given) => {
    const form = given.word(0, 'show, tail or grep');
    if (!Object.hasOwn(forms, form)) throw usageError(`There is no 'events ${form}'`);
    return forms[form as keyof typeof forms](shell, given); // it is one of theirs
  },
};
