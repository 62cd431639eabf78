import { styleText } from 'node:util';

import { printable } from '../cli/printable.ts';

/** Rows that change while something goes on. On a terminal they are drawn over; elsewhere each change is a line. */
export interface Board {
  show(row: string, text: string): void;
}

/** Where the tour is told, and where it is held to its word. */
export interface Stage {
  act(title: string): void;
  say(line: string): void;
  /** Something that the tour promises; what does not hold makes the whole tour fail. */
  claim(holds: boolean, promise: string): void;
  /** `rows`: what stands behind each at first. */
  board(rows: ReadonlyMap<string, string>): Board;
  readonly kept: () => number;
  readonly broken: () => number;
}

export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const seconds = (): string => `${(performance.now() / 1000).toFixed(1).padStart(5)} s`;

const overdrawn = (screen: Screen, rows: ReadonlyMap<string, string>, width: number): Board => {
  const texts = new Map(rows);
  const lines = (): string =>
    [...texts]
      .map(([row, text]) => `         ${row.padEnd(width)}  ${text}`)
      .map((line) => `\u001b[2K${line.slice(0, (screen.columns ?? 80) - 1)}\n`)
      .join('');
  screen.write(lines());
  return {
    show: (row, text) => {
      texts.set(row, printable(text));
      screen.write(`\u001b[${texts.size}A${lines()}`);
    },
  };
};

export const createStage = (screen: Screen & NodeJS.WritableStream): Stage => {
  let acts = 0;
  let [kept, broken] = [0, 0];
  // Honours NO_COLOR, and leaves a pipe without colours.
  const styled = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream: screen });
  const say = (line: string): void => {
    screen.write(`${styled('dim', seconds())}  ${line}\n`);
  };

  return {
    say: (line) => {
      say(printable(line));
    },
    act: (title) => {
      screen.write(`\n${styled('bold', `${(acts += 1)}. ${title}`)}\n`);
    },
    claim: (holds, promise) => {
      if (holds) kept += 1;
      else broken += 1;
      say(`${holds ? styled('green', '✓') : styled('red', '✗ NOT TRUE:')} ${printable(promise)}`);
    },
    board: (rows) => {
      const width = Math.max(...[...rows.keys()].map((row) => row.length));
      const canMove = screen.isTTY === true && process.env['TERM'] !== 'dumb';
      if (canMove) return overdrawn(screen, rows, width);
      return {
        show: (row, text) => {
          say(`${row.padEnd(width)}  ${printable(text)}`);
        },
      };
    },
    kept: () => kept,
    broken: () => broken,
  };
};
