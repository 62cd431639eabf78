import { RE2JS } from 're2js';

const flagsOf = (regex: RegExp): number =>
  (regex.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (regex.multiline ? RE2JS.MULTILINE : 0);

/**
 * Stands in for RegExp where JSONata makes one, and matches in linear time. It knows what JSONata
 * uses of RegExp: `exec` from `lastIndex` on. Lookaround and back references are syntax errors.
 */
export class LinearRegex {
  lastIndex = 0;
  readonly #compiled: RE2JS;

  constructor(regex: RegExp) {
    this.#compiled = RE2JS.compile(RE2JS.translateRegExp(regex.source), flagsOf(regex));
  }

  exec(text: string): RegExpExecArray | null {
    const matcher = this.#compiled.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    this.lastIndex = matcher.end();
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, n) => matcher.group(n));
    const match = groups.map((group) => group ?? undefined);
    // JSONata reads the elements and `index`, nothing else of a match.
    return Object.assign(match, { index: matcher.start(), input: text }) as RegExpExecArray;
  }
}
