import { columns } from './columns.ts';
import type { Command } from './command.ts';

const call = 'npm run studio --';

const everywhere = [
  ['  --json', 'one JSON value a line, for scripts'],
  ['  --url URL', 'the studio; default STUDIO_URL, then http://127.0.0.1:8000'],
  ['  --help', 'this'],
];

export const helpOfAll = (commands: readonly Command[]): string[] => [
  `${call} <command>`,
  '',
  ...columns(commands.map(({ name, summary }) => [`  ${name}`, summary])),
  '',
  ...columns(everywhere),
  '',
  `Exit codes: 0 done, 1 failed, 2 used wrongly, 3 not found, 4 not signed in, 5 out of reach.`,
  `More about one: ${call} <command> --help`,
];

export const helpOf = ({ summary, usage, notes = [], example }: Command): string[] => [
  summary,
  '',
  ...usage.map((form) => `  ${call} ${form}`),
  ...(notes.length > 0 ? ['', ...notes.map((line) => `  ${line}`)] : []),
  '',
  ...columns(everywhere),
  '',
  `Example: ${call} ${example}`,
];
