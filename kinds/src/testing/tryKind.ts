import { isDeepStrictEqual } from 'node:util';

import type { Effect, HttpRequest, NodeKind, NodeOutcome } from '@studio/contracts';

import { effectOf, parseConfig } from '../builtInKinds.ts';
import { problemOfOutcome, withinEffect } from '../heldToDeclaration.ts';
import { type Asked, contextOf, type World } from './context.ts';

/** How a kind did with these settings in this world. */
export interface Trial {
  /** What the kind declares for these settings. */
  readonly effect: Effect;
  readonly outcome: NodeOutcome | undefined;
  /** What `run` threw, if it did. */
  readonly error: unknown;
  /** What was asked of the world; what the effect forbids did not get there. */
  readonly asked: Asked;
  /** Where it did not stay within what it declares, one line each. */
  readonly breaches: readonly string[];
}

type Once = Omit<Trial, 'effect'>;

const outcomeProblems = (kind: NodeKind, outcome: unknown): string[] => {
  const problem = problemOfOutcome(kind, outcome);
  if (problem !== null) return [problem];
  try {
    JSON.stringify(outcome);
    return [];
  } catch {
    return ['its output cannot be written as JSON'];
  }
};

const runOnce = async (kind: NodeKind, effect: Effect, world: World<unknown>): Promise<Once> => {
  const breaches: string[] = [];
  const { context, asked } = contextOf(world);
  const within = withinEffect(effect, context, (what) => breaches.push(what));
  try {
    const outcome = await kind.run?.(within);
    return {
      ...{ outcome, asked, error: undefined },
      breaches: [...breaches, ...outcomeProblems(kind, outcome)],
    };
  } catch (error) {
    return { outcome: undefined, asked, error, breaches };
  }
};

/** What a request does to the world; two that read may differ. */
const writesOf = ({ http }: Asked): readonly unknown[] =>
  http
    .filter(({ method }) => method !== 'GET' && method !== 'HEAD')
    .map(({ method, url, headers, body }: HttpRequest) => ({ method, url, headers, body }));

const repetitionProblems = (effect: Effect, first: Once, second: Once): string[] => {
  if (effect === 'pure')
    return isDeepStrictEqual(first.outcome, second.outcome)
      ? []
      : ['declared pure, but a second run gives another output'];
  return effect === 'unsafe' || isDeepStrictEqual(writesOf(first.asked), writesOf(second.asked))
    ? []
    : ['declared idempotent, but a second run under the same key asks for something else'];
};

/**
 * Runs a kind as the executor does: settings checked and completed (throws `kind.config_invalid`), every `{{ … }}` filled
 * in by the caller. A kind that is pure or idempotent runs twice, since recovery may run it twice.
 */
export const tryKind = async <Config>(
  kind: NodeKind<Config>,
  { config = {}, ...world }: Omit<World<unknown>, 'config'> & { readonly config?: unknown } = {},
): Promise<Trial> => {
  const any = kind as NodeKind; // it only ever sees settings that its own schema has passed
  const checked = parseConfig(any, config);
  const effect = effectOf(any, checked);
  const first = await runOnce(any, effect, { ...world, config: checked });
  const second =
    effect === 'unsafe' ? first : await runOnce(any, effect, { ...world, config: checked });
  const again = repetitionProblems(effect, first, second);
  return { effect, ...first, breaches: [...first.breaches, ...again] };
};
