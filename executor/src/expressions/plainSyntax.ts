import { isNode, type SyntaxNode } from './syntaxTree.ts';

const plainTypes = new Set<unknown>([
  ...['path', 'name', 'string', 'number', 'value', 'variable', 'wildcard', 'filter'],
  ...['binary', 'unary', 'condition', 'block', 'function'],
]);
/** `..` makes lists out of nothing. */
const plainOperators = new Set<unknown>(
  ['+', '-', '*', '/', '%', '=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'in', '&'].values(),
);
/** Their time and their result grow no faster than their arguments. */
const cheapFunctions = new Set<unknown>([
  ...['exists', 'type', 'boolean', 'not', 'count', 'sum', 'max', 'min', 'average'],
  ...['number', 'abs', 'floor', 'ceil', 'round', 'sqrt', 'power', 'random', 'now', 'millis'],
  ...['string', 'length', 'lowercase', 'uppercase', 'trim', 'contains', 'split', 'join'],
  ...['substring', 'substringBefore', 'substringAfter'],
  ...['keys', 'lookup', 'append', 'reverse', 'merge', 'spread'],
]);
const scopeVariables = new Set<unknown>(
  ['', '$', 'trigger', 'input', 'nodes', 'execution', 'item', 'index'].values(),
);
/** Members that hold no syntax, and those whose syntax is judged; any other member (sorting, grouping, binding …) is not plain. */
const inert = new Set([
  'type',
  'value',
  'position',
  'keepArray',
  'keepSingletonArray',
  'consarray',
]);
const branches = new Set([
  ...['steps', 'stages', 'predicate', 'expr', 'expression', 'expressions'],
  ...['lhs', 'rhs', 'condition', 'then', 'else', 'procedure', 'arguments'],
]);

const maxNodes = 500;

/** `$join` repeats its separator, so only one that stands in the expression itself is cheap. */
const isCheapCall = ({ procedure, arguments: given }: SyntaxNode): boolean => {
  const name = (procedure as SyntaxNode)['value'];
  if (!cheapFunctions.has(name)) return false;
  if (name !== 'join' || !Array.isArray(given) || given[1] === undefined) return true;
  return (given[1] as SyntaxNode)['type'] === 'string';
};

/**
 * Objects and lists made inside a step or a filter can hold their context twice, over and over
 * (`{"a":$,"b":$}.{"a":$,"b":$} …`): small to make, endless to write down.
 */
const isPlainNode = (node: SyntaxNode, atRoot: boolean): boolean => {
  const { type, value } = node;
  if (!plainTypes.has(type)) return false;
  switch (type) {
    case 'binary':
      return plainOperators.has(value);
    case 'unary':
      return value === '-' || atRoot;
    case 'variable':
      return scopeVariables.has(value);
    case 'function':
      return isCheapCall(node);
    default:
      return true;
  }
};

/**
 * True for expressions so plain (paths, operators, comparisons, literals, a few cheap functions)
 * that over a small scope they end soon by their nature, and may be evaluated in this process.
 */
export const isPlainSyntax = (tree: SyntaxNode): boolean => {
  let nodes = 0;

  const isPlainList = (list: readonly unknown[], key: string, atRoot: boolean): boolean =>
    list.every((child, n) => {
      const childAtRoot = atRoot && !(key === 'steps' && n > 0);
      // The members of an object are pairs of key and value.
      if (Array.isArray(child)) return isPlainList(child, key, childAtRoot);
      return !isNode(child) || isPlain(child, childAtRoot);
    });

  const isPlainBranch = (key: string, value: unknown, atRoot: boolean): boolean => {
    if (inert.has(key) || value === undefined) return true;
    // A function's name is judged with the call.
    if (key === 'procedure') return true;
    if (!branches.has(key)) return false;
    const childAtRoot = atRoot && key !== 'stages' && key !== 'predicate';
    return isPlainList(Array.isArray(value) ? value : [value], key, childAtRoot);
  };

  const isPlain = (node: SyntaxNode, atRoot: boolean): boolean => {
    nodes += 1;
    if (nodes > maxNodes || !isPlainNode(node, atRoot)) return false;
    return Object.entries(node).every(([key, value]) => isPlainBranch(key, value, atRoot));
  };
  return isPlain(tree, true);
};
