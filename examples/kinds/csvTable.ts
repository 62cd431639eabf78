import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

/** Cells of a line; a cell in quotes may hold the separator, and a quote written twice. */
const cellsOf = (line: string, separator: string): string[] => {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  let before = '';
  for (const character of line) {
    if (character === '"') {
      if (!quoted && before === '"') cell += '"';
      quoted = !quoted;
    } else if (character === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
    before = character;
  }
  return [...cells, cell];
};

export const csvTable = nodeKind({
  kind: 'csv-table',
  major: 1,
  type: 'action',
  title: 'CSV table',
  description: 'Makes a list of objects of CSV text whose first line names the columns.',
  config: z.object({ text: z.string(), separator: z.string().length(1).default(',') }),
  effect: 'pure',
  outputs: ['output', 'empty'],
  run: async ({ config: { text, separator } }) => {
    const [names = [], ...rows] = text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) => cellsOf(line, separator));
    const output = rows.map((row) =>
      Object.fromEntries(names.map((name, column) => [name, row[column] ?? ''])),
    );
    return { output, handle: output.length > 0 ? 'output' : 'empty' };
  },
});
