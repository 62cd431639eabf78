import type { Effect, NodeKind } from '@studio/contracts';
import { z } from 'zod';

import { builtInKinds } from './builtInKinds.ts';

/** A kind as `GET /node-kinds` shows it: enough for any client to draw its form. */
export interface DescribedKind {
  readonly kind: string;
  readonly major: number;
  readonly type: NodeKind['type'];
  readonly title: string;
  readonly description: string;
  /** 'by config': it depends on the settings (a GET is safe to repeat, a POST is not). */
  readonly effect: Effect | 'by config';
  readonly outputs: readonly string[];
  /** JSON Schema (2020-12) of the settings as they are saved, defaults included. */
  readonly config: Readonly<Record<string, unknown>>;
}

const describe = (kind: NodeKind): DescribedKind => ({
  kind: kind.kind,
  major: kind.major,
  type: kind.type,
  title: kind.title,
  description: kind.description,
  effect: typeof kind.effect === 'function' ? 'by config' : kind.effect,
  outputs: kind.outputs,
  config: z.toJSONSchema(kind.config, { io: 'input' }),
});

let catalogue: readonly DescribedKind[] | undefined;

/** Every kind, described; made once. */
export const kindCatalogue = (): readonly DescribedKind[] =>
  (catalogue ??= builtInKinds.map(describe));
