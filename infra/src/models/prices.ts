/** US dollars for a million tokens, which is micro-dollars for one. */
interface Rates {
  readonly input: number;
  readonly output: number;
}

interface Price extends Rates {
  /** Prompts of more than `tokens` are charged by these rates throughout. */
  readonly above?: Rates & { readonly tokens: number };
}

/**
 * Anthropic's published list prices as of November 2026: the model pages of its developer
 * documentation, for older models a public collection of list prices. Plain calls only: no cache,
 * no batch discount, no regional surcharge. Check it when a model is added; a model that is not
 * here has no known price.
 */
const prices: Readonly<Record<string, Price>> = {
  'claude-fable-5': { input: 10, output: 50 },
  'claude-fable-5-1': { input: 10, output: 50 },
  'claude-mythos-5': { input: 10, output: 50 },
  'claude-opus-5-5': { input: 4, output: 20 },
  'claude-opus-5': { input: 5, output: 25 },
  'claude-opus-4-8': { input: 5, output: 25 },
  'claude-opus-4-7': { input: 5, output: 25 },
  'claude-opus-4-6': { input: 5, output: 25 },
  'claude-opus-4-5': { input: 5, output: 25 },
  'claude-sonnet-5-5': { input: 2, output: 10 },
  'claude-sonnet-5': { input: 2, output: 10 },
  'claude-sonnet-4-6': { input: 3, output: 15 },
  'claude-sonnet-4-5': {
    ...{ input: 3, output: 15 },
    above: { tokens: 200_000, input: 6, output: 22.5 },
  },
  'claude-haiku-5-5': {
    ...{ input: 0.1, output: 0.5 },
    above: { tokens: 100_000, input: 0.5, output: 2.5 },
  },
  'claude-haiku-4-5': { input: 1, output: 5 },
};

const dateSuffix = /-\d{8}$/;

/** What a call costs in millionths of a US dollar, rounded up; null when the model has no known price. */
export const costMicroUsd = (
  model: string,
  { inputTokens, outputTokens }: { inputTokens: number; outputTokens: number },
): number | null => {
  const name = model.replace(dateSuffix, '');
  const price = Object.hasOwn(prices, name) ? prices[name] : undefined;
  if (!price) return null;
  const { above } = price;
  const rates = above && inputTokens > above.tokens ? above : price;
  return Math.ceil(inputTokens * rates.input + outputTokens * rates.output);
};
