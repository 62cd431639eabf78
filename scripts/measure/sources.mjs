import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { relative } from 'node:path';

/** The product: no tests, no builders for tests, and not the page's modules, which run in browsers alone. */
export const isMeasured = (path) => {
  const name = relative('.', path);
  return (
    /^[\w-]+\/src\/.*\.ts$/.test(name) &&
    !/\.test\.ts$|^tests\/|\/src\/testing\/|^query-api\/src\/page\/client\//.test(name)
  );
};

const isComment = /^(?:\/\/|\/\*|\*)/;

/** The numbers, from 1, of the lines with code: types are none, nor are blank lines and comments. */
export const codeLines = (path) => {
  const lines = stripTypeScriptTypes(readFileSync(path, 'utf8')).split('\n');
  const numbers = new Set();
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    if (text !== '' && !isComment.test(text)) numbers.add(index + 1);
  }
  return numbers;
};
