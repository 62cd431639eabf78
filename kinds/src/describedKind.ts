import type { Effect, NodeKind } from '@studio/contracts';
import { z } from 'zod';

/** A kind as `GET /node-kinds` shows it: enough for any client to draw its form. */
export interface DescribedKind {
  readonly kind: string;
  readonly major: number;
  /** `own`: from the folder that the studio was given. */
  readonly origin: 'built-in' | 'own';
  readonly type: NodeKind['type'];
  readonly title: string;
  readonly description: string;
  /** 'by config': it depends on the settings (a GET is safe to repeat, a POST is not). */
  readonly effect: Effect | 'by config';
  readonly outputs: readonly string[];
  /** JSON Schema (2020-12) of the settings as they are saved, defaults included. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** JSON Schema of a kind's settings. Throws where zod has none for them. */
export const configSchemaOf = (config: NodeKind['config']): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(config, { io: 'input' });

export const describeKind = (kind: NodeKind, origin: DescribedKind['origin']): DescribedKind => ({
  kind: kind.kind,
  major: kind.major,
  origin,
  type: kind.type,
  title: kind.title,
  description: kind.description,
  effect: typeof kind.effect === 'function' ? 'by config' : kind.effect,
  outputs: kind.outputs,
  config: configSchemaOf(kind.config),
});
