import {
  DomainError,
  type Effect,
  type NodeContext,
  type NodeKind,
  type NodeOutcome,
} from '@studio/contracts';

import { effectOf } from './builtInKinds.ts';

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** Effects that a kind of a folder may have; the others are the planner's. */
export const ownEffects = ['pure', 'idempotent', 'unsafe'] as const;

const outside = (message: string): DomainError =>
  new DomainError('kind.outside_declaration', message);

/** Told of each thing that a kind tried beyond what it declares. */
export type OnBreach = (what: string) => void;

const refuse = (onBreach: OnBreach, what: string): never => {
  onBreach(what);
  throw outside(what);
};

const carriesKey = (headers: Readonly<Record<string, string>>): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key');

/** What a node of this effect may use: recovery goes by the effect, so nothing beyond it goes out. */
export const withinEffect = <Config>(
  effect: Effect,
  context: NodeContext<Config>,
  onBreach: OnBreach,
): NodeContext<Config> => {
  if (effect === 'unsafe') return context;
  const { http, models } = context;
  const isPure = effect === 'pure';
  return {
    ...context,
    http: {
      request: async (request) => {
        const name = `${request.method} request`;
        if (isPure) return refuse(onBreach, `declared pure, but it sends a ${name}`);
        if (!safeMethods.has(request.method) && !carriesKey(request.headers))
          return refuse(
            onBreach,
            `declared idempotent, but its ${name} carries no Idempotency-Key`,
          );
        return http.request(request);
      },
    },
    models: {
      ...{ name: models.name, simulated: models.simulated },
      complete: async (...asked) =>
        isPure ? refuse(onBreach, 'declared pure, but it asks a model') : models.complete(...asked),
    },
  };
};

/** The kind as it is, except that its outcome and what it touches are as it declares, or the node fails. */
export const heldToDeclaration = (kind: NodeKind): NodeKind => {
  const effect = (config: unknown): Effect => {
    const declared = effectOf(kind, config);
    if (ownEffects.some((known) => known === declared)) return declared;
    throw outside(`${kind.kind}: its effect is none of ${ownEffects.join(', ')}`);
  };
  return {
    ...kind,
    effect: typeof kind.effect === 'function' ? effect : kind.effect,
    run: async (context) => {
      const within = withinEffect(effect(context.config), context, () => undefined);
      const outcome: unknown = await kind.run?.(within);
      const problem = problemOfOutcome(kind, outcome);
      if (problem !== null) throw outside(`${kind.kind}: ${problem}`);
      return outcome as NodeOutcome; // nothing is wrong with it
    },
  };
};

/** What is wrong with what a kind's `run` gave, or null. */
export const problemOfOutcome = (kind: NodeKind, outcome: unknown): string | null => {
  if (typeof outcome !== 'object' || outcome === null || !('output' in outcome))
    return 'run gives an object with the member output';
  const handle = 'handle' in outcome && outcome.handle !== undefined ? outcome.handle : 'output';
  if (!kind.outputs.some((known) => known === handle))
    return `its output ${JSON.stringify(handle)} is not declared`;
  return null;
};
