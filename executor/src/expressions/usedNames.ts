import { eachNode, isNode, type SyntaxNode } from './syntaxTree.ts';

/** How many arguments keep these functions from falling back to the context, which may be the whole scope. */
const argumentsNeeded: Readonly<Record<string, number>> = {
  now: 0,
  millis: 0,
  random: 0,
  lookup: 2,
  sift: 2,
  each: 2,
};

const callsOnContext = ({ procedure, arguments: given }: SyntaxNode): boolean => {
  const called = isNode(procedure) ? procedure['value'] : undefined;
  const name = typeof called === 'string' ? called : '';
  if (name === 'eval') return true;
  const needed = Object.hasOwn(argumentsNeeded, name) ? argumentsNeeded[name] : 1;
  return !Array.isArray(given) || given.length < (needed ?? 1);
};

const readsWholeScope = (node: SyntaxNode): boolean => {
  switch (node['type']) {
    case 'wildcard':
    case 'descendant':
    case 'parent':
      return true;
    case 'variable':
      return node['value'] === '' || node['value'] === '$';
    case 'lambda':
      return node['signature'] !== undefined;
    case 'function':
    case 'partial':
      return callsOnContext(node);
    default:
      return false;
  }
};

/**
 * The names that an expression can read from its scope, or 'all' when that cannot be told. So only
 * these are measured and sent to a worker, however large the outputs of other nodes are.
 */
export const usedNames = (tree: SyntaxNode): ReadonlySet<string> | 'all' => {
  const names = new Set<string>();
  for (const node of eachNode(tree)) {
    if (readsWholeScope(node)) return 'all';
    if (node['type'] === 'name' || node['type'] === 'variable') names.add(String(node['value']));
  }
  return names;
};
