import { StudioError } from '@studio/contracts';

import type { Command } from './command.ts';
import { CommandError, type ExitCode, exitCodes, usageError } from './exitCodes.ts';
import { parseGiven } from './given.ts';
import { helpOf, helpOfAll } from './help.ts';
import { jsonLine, printable } from './printable.ts';
import { createShell } from './shell.ts';
import type { Terminal } from './terminal.ts';

/** By name, in the order of `help`. */
export type Commands = ReadonlyMap<string, () => Promise<Command>>;

const defaultOrigin = 'http://127.0.0.1:8000';

const originOf = (text: string): string => {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw usageError(`'${text}' is no address of a studio`);
  return url.origin;
};

const print = (terminal: Terminal, lines: readonly string[]): ExitCode => {
  terminal.output(`${lines.join('\n')}\n`);
  return exitCodes.ok;
};

const isHelp = (word: string): boolean => ['help', '--help', '-h'].includes(word);

const perform = async (
  commands: Commands,
  [name = 'help', ...args]: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> => {
  if (isHelp(name))
    return print(
      terminal,
      helpOfAll(await Promise.all([...commands.values()].map((load) => load()))),
    );
  const command = await commands.get(name)?.();
  if (!command) throw usageError(`There is no command '${name}': npm run studio -- help`);
  const given = parseGiven(args, command.options);
  if (given.flag('help')) return print(terminal, helpOf(command));
  given.noMoreWords(command.maxWords);
  const address = given.text('url') ?? terminal.env['STUDIO_URL'];
  const origin = originOf(address ? address : defaultOrigin);
  return command.run(createShell({ terminal, origin, asJson: given.flag('json') }), given);
};

const kinds: Partial<Record<StudioError['kind'], ExitCode>> = {
  invalid: exitCodes.usage,
  not_found: exitCodes.notFound,
  unavailable: exitCodes.unreachable,
};

const exitCodeOf = (error: unknown): ExitCode => {
  if (error instanceof CommandError) return error.exitCode;
  return (error instanceof StudioError ? kinds[error.kind] : undefined) ?? exitCodes.failed;
};

/** Runs what the person typed; a failure is one line on standard error. */
export const dispatch = async (
  commands: Commands,
  args: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> => {
  try {
    return await perform(commands, args, terminal);
  } catch (error) {
    const exitCode = exitCodeOf(error);
    const message = error instanceof Error ? error.message : String(error);
    const line = args.includes('--json')
      ? jsonLine({ error: message, exit_code: exitCode })
      : printable(message);
    terminal.errors(`${line}\n`);
    return exitCode;
  }
};
