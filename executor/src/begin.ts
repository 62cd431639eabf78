import {
  ApprovalConfig,
  type DefinedNode,
  DomainError,
  type Effect,
  type ExecutionCommand,
  type NodeKind,
  type RegionSettings,
  WaitConfig,
} from '@studio/contracts';
import { inputOf, type PlannedEffect, type Run } from '@studio/domain';
import { delay, dueAt, effectOf, isTruthy, loopExpression, parseConfig } from '@studio/kinds';

import { hasTemplates } from './expressions/render.ts';
import { failureOf, isCalledOff } from './failure.ts';
import { isApproval, requestApproval } from './requestApproval.ts';
import { asRecorded, scopeBefore, scopeOf } from './scope.ts';
import { awaitSignal, isWait } from './signals.ts';
import { evaluator, type Workbench } from './workbench.ts';

export type Begin = Extract<PlannedEffect, { type: 'begin' }>;
export type Iterate = Extract<PlannedEffect, { type: 'iterate' }>;

export interface BeginOptions {
  /** Epoch of the lease under which the node begins. */
  readonly epoch: number;
  /** The database's time as an Instant. */
  readonly now: string;
  readonly signal: AbortSignal;
}

const kindOf = (workbench: Workbench, node: DefinedNode): NodeKind => {
  const kind = workbench.findKind(node.kind);
  if (!kind) throw new DomainError('workflow.unknown_kind', `This studio has no kind ${node.kind}`);
  return kind;
};

const runPure = async (
  workbench: Workbench,
  {
    run,
    kind,
    instanceId,
    config,
  }: { run: Run; kind: NodeKind; instanceId: string; config: unknown },
  signal: AbortSignal,
): Promise<{ handle: string; output: unknown }> => {
  const scope = scopeOf(run, instanceId);
  const outcome = await kind.run?.({
    ...{ config, signal, input: scope.input, idempotencyKey: '' },
    ...{ http: workbench.http, models: workbench.models },
    ...{ progress: () => undefined, heartbeat: () => undefined },
    evaluate: evaluator(workbench, scope, signal),
  });
  return { handle: outcome?.handle ?? 'output', output: asRecorded(outcome?.output) };
};

/** A retry goes by the settings that its first attempt recorded; only a person's retry has a new key. */
const startNode = (
  workbench: Workbench,
  run: Run,
  { instanceId, generation }: Begin,
  fresh: { epoch: number; effect: Effect; input: unknown },
): ExecutionCommand => {
  const parts = [run.executionId, instanceId, String(generation)];
  const idempotencyKey = workbench.deterministicId(parts);
  return { type: 'StartNode', data: { instanceId, idempotencyKey, ...fresh } };
};

const startRegion = (instanceId: string, settings: RegionSettings): ExecutionCommand => {
  const items = settings.items && (asRecorded(settings.items) as unknown[]); // JSON keeps a list one
  return { type: 'StartRegion', data: { instanceId, ...settings, items } };
};

const evaluate = async (
  workbench: Workbench,
  run: Run,
  begin: Begin,
  { epoch, now, signal }: BeginOptions,
): Promise<ExecutionCommand> => {
  const { instanceId, node } = begin;
  const kind = kindOf(workbench, node);
  const rendered = hasTemplates(node.config)
    ? await workbench.expressions.render(node.config, scopeOf(run, instanceId), signal)
    : node.config;
  const config = parseConfig(kind, rendered);
  if (kind.region) return startRegion(instanceId, kind.region(config, inputOf(run, instanceId)));
  const effect = effectOf(kind, config);
  switch (effect) {
    case 'pure':
      return {
        type: 'CompletePureNode',
        data: {
          instanceId,
          ...(await runPure(workbench, { run, kind, instanceId, config }, signal)),
        },
      };
    case 'timer':
      return {
        type: 'SetTimer',
        data: { instanceId, dueAt: dueAt(delay.config.parse(config), now) },
      };
    case 'none':
      if (isApproval(kind))
        return requestApproval(workbench, {
          run,
          begin,
          now,
          config: ApprovalConfig.parse(config),
        });
      if (isWait(kind)) return awaitSignal(instanceId, WaitConfig.parse(config), now);
      return startNode(workbench, run, begin, { epoch, effect, input: asRecorded(config) });
    case 'idempotent':
    case 'unsafe':
      return startNode(workbench, run, begin, { epoch, effect, input: asRecorded(config) });
  }
};

/** The order by which a loop goes on, ends, or breaks: its expression is asked. */
export const continueLoop = async (
  workbench: Workbench,
  run: Run,
  { instanceId, node, index }: Iterate,
  { signal }: BeginOptions,
): Promise<ExecutionCommand> => {
  try {
    const evaluate = evaluator(workbench, scopeBefore(run, instanceId, index), signal);
    const goOn = isTruthy(await evaluate(loopExpression(node.config)));
    return { type: 'ContinueLoop', data: { instanceId, index, goOn } };
  } catch (error) {
    if (isCalledOff(error)) throw error;
    return { type: 'BreakLoop', data: { instanceId, index, error: failureOf(error) } };
  }
};

/** The order by which a ready node begins: its intent, its timer, its result if it is pure, or its failure. */
export const beginNode = async (
  workbench: Workbench,
  run: Run,
  begin: Begin,
  options: BeginOptions,
): Promise<ExecutionCommand> => {
  const { instanceId, again } = begin;
  if (again) {
    const { effect, input } = again;
    return startNode(workbench, run, begin, { epoch: options.epoch, effect, input });
  }
  try {
    return await evaluate(workbench, run, begin, options);
  } catch (error) {
    if (isCalledOff(error)) throw error;
    return { type: 'FailPureNode', data: { instanceId, error: failureOf(error) } };
  }
};
