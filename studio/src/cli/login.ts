import { createInterface } from 'node:readline';

import { ask, refusalOf } from './api.ts';
import type { Command } from './command.ts';
import { CommandError, exitCodes } from './exitCodes.ts';
import type { Given } from './given.ts';
import { outboxCode } from './outboxCode.ts';
import { createSessions, sessionOf } from './sessions.ts';
import type { Shell } from './shell.ts';

/** A line that the person types, or that stands in a pipe. */
const answerTo = async (shell: Shell, question: string): Promise<string> => {
  shell.prompt(question);
  const lines = createInterface({ input: shell.input });
  try {
    for await (const line of lines) return line.trim();
  } finally {
    lines.close();
  }
  throw new CommandError(exitCodes.usage, 'Nothing was typed');
};

const accepted = async (shell: Shell, path: string, body: object): Promise<unknown> => {
  const answer = await ask(shell, { method: 'POST', path, body });
  if (answer.status !== 200) throw refusalOf(answer);
  return answer.body;
};

const codeFor = async (shell: Shell, given: Given, email: string): Promise<string> => {
  const known = given.text('code');
  if (known !== undefined) return known.replaceAll(/\s/g, '');
  await accepted(shell, '/auth/request-otp', { email });
  const dataDir = given.text('data-dir');
  if (dataDir !== undefined) return outboxCode(shell.path(dataDir), email);
  const typed = await answerTo(shell, `A code was sent to ${email}. The code:`);
  return typed.replaceAll(/\s/g, '');
};

export const login: Command = {
  name: 'login',
  summary: 'sign in by a code that comes by mail',
  usage: ['login [EMAIL] [--code CODE | --data-dir DIR]'],
  notes: [
    '--code CODE      a code that you have; no other one is asked for',
    '--data-dir DIR   reads the code from the outbox of a studio on this machine',
    'The session is kept in $XDG_CONFIG_HOME/agent-studio/sessions.json, closed to other users.',
  ],
  example: 'login ada@example.com --data-dir data',
  options: { code: { type: 'string' }, 'data-dir': { type: 'string' } },
  maxWords: 1,
  run: async (shell, given) => {
    const email = given.words[0] ?? (await answerTo(shell, 'Your e-mail address:'));
    const code = await codeFor(shell, given, email);
    const session = sessionOf(await accepted(shell, '/auth/verify-otp', { email, code }));
    createSessions(shell).write(session);
    shell.result({ email: session.email, url: shell.origin }, () => [
      `Signed in at ${shell.origin} as ${session.email ?? email}`,
    ]);
    return exitCodes.ok;
  },
};
