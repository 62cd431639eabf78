/** A node of JSONata's syntax tree: what its types declare is a part of what it has. */
export type SyntaxNode = Readonly<Record<string, unknown>>;

export const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && !(value instanceof RegExp);

/** The node and everything below it, each once: JSONata shares some branches. */
export const eachNode = (root: SyntaxNode): Iterable<SyntaxNode> => {
  const seen = new Set<SyntaxNode>([root]);
  for (const node of seen) {
    for (const child of Object.values(node)) if (isNode(child)) seen.add(child);
  }
  return seen;
};
