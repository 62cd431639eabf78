import {
  type Definition,
  type ExecutionId,
  ExecutionsQuery,
  type LogEntry,
  type NodeExecutionDetailView,
  StudioError,
  undoNodeOf,
} from '@studio/contracts';
import { callbackToken, type Caller, callerOf, createEventOpener, parse } from '@studio/infra';
import type { Express, Request, Response } from 'express';

import type { QueryApiDeps } from './deps.ts';
import { executionPage, findExecution, findNodes } from './executionRows.ts';
import { executionViews } from './executionView.ts';
import type { IsFresh } from './freshness.ts';
import { logEntry, quotesPayload } from './logEntries.ts';
import { type CallbackPathOf, nodeViews } from './nodeView.ts';
import { pageAnswer } from './pageAnswer.ts';
import type { Prepared } from './prepared.ts';
import type { ReadDatabase } from './readModels.ts';
import { executionIdOf, nodeExecutionIdOf, workflowFilterOf } from './requests.ts';
import { type ExecutionRow, executionRow, type NodeRow, nodeRow } from './rows.ts';
import {
  type DefiningFact,
  definitionOf,
  executionNotFound,
  factsUpTo,
  isDefining,
  readFacts,
  type RunFact,
  visibleFirst,
  visibleFirstFact,
} from './runFacts.ts';
import { findStandings } from './waitingReason.ts';

export interface RouteParts {
  readonly deps: QueryApiDeps;
  readonly database: ReadDatabase;
  readonly ask: Prepared;
  readonly isFresh: IsFresh;
}

interface RunRows {
  readonly run: ExecutionRow;
  readonly nodes: readonly NodeRow[];
}

const entriesInDetail = 1_000;
/** Runs of fewer facts are folded for each reader. */
const foldedFacts = 1_000;

/** Of the nodes, and of what undoes them. */
const namesIn = ({ nodes }: Definition): ReadonlyMap<string, string> =>
  new Map(
    nodes
      .flatMap((node) => [node, undoNodeOf(node) ?? []].flat())
      .map(({ id, name }) => [id, name]),
  );

/** The nodes before and behind one, each once. */
const neighboursOf = (nodeId: string, { connections }: Definition) => ({
  parent_node_ids: [
    ...new Set(connections.flatMap(({ source, target }) => (target === nodeId ? [source] : []))),
  ],
  child_node_ids: [
    ...new Set(connections.flatMap(({ source, target }) => (source === nodeId ? [target] : []))),
  ],
});

const ofInstance =
  (instanceId: string) =>
  ({ data }: RunFact): boolean =>
    'instanceId' in data && data.instanceId === instanceId;

export const addExecutionRoutes = (
  app: Express,
  prefix: string,
  { deps, database, isFresh }: RouteParts,
): void => {
  const { log, opener, authenticator, rowsOf, sessionPositions } = deps;
  const openEvents = createEventOpener(opener);
  const callbackPath: CallbackPathOf = (place) =>
    `${prefix}/callbacks/${callbackToken(deps.callbackHmac, place)}`;
  const viewing = { opener, callbackPath };
  /** What the tables would hold if they were level: folded from the run's own stream. */
  const foldedRows = (facts: readonly RunFact[]): RunRows => {
    const tables = rowsOf('executions', facts);
    const [run] = tables.get('executions') ?? [];
    if (!run) throw executionNotFound();
    const nodes = (tables.get('node_executions') ?? []).map(nodeRow);
    return { run: executionRow(run), nodes };
  };

  /** A run too long to be folded for each reader; what is behind is folded all the same. */
  const storedRows = async (
    request: Request,
    caller: Caller,
    id: ExecutionId,
  ): Promise<RunRows> => {
    const fresh = await isFresh(request, caller, 'executions');
    const [run, nodes] = fresh
      ? await Promise.all([findExecution(database, id), findNodes(database, id)])
      : [null, []];
    if (run) return { run, nodes };
    const facts: RunFact[] = [];
    for await (const page of factsUpTo(log, id, Number.MAX_SAFE_INTEGER, 'sealed'))
      facts.push(...page);
    return foldedRows(facts);
  };

  /** With the names of the nodes in what these facts define: a migration brings new ones, and takes none away. */
  const namesWith = async (
    names: ReadonlyMap<string, string>,
    facts: readonly RunFact[],
  ): Promise<ReadonlyMap<string, string>> => {
    const more = await Promise.all(
      facts.filter(isDefining).map(async (fact) => [...namesIn(await definitionOf(opener, fact))]),
    );
    return more.length === 0 ? names : new Map([...names, ...more.flat()]);
  };

  const entriesOf = async (
    facts: readonly RunFact[],
    names: ReadonlyMap<string, string>,
  ): Promise<LogEntry[]> => {
    const quoting = facts.filter(quotesPayload);
    const opened = await openEvents(quoting);
    // Opening keeps an event's type and place.
    const readable = new Map(quoting.map((fact, index) => [fact, opened[index] as RunFact]));
    return facts.flatMap((fact) => logEntry(readable.get(fact) ?? fact, names) ?? []);
  };

  const logOf = async (id: ExecutionId, last: number): Promise<LogEntry[]> => {
    let names: ReadonlyMap<string, string> = new Map();
    const entries: LogEntry[] = [];
    for await (const facts of factsUpTo(log, id, last, 'sealed')) {
      names = await namesWith(names, facts);
      entries.push(...(await entriesOf(facts, names)));
    }
    return entries;
  };

  const logOfInstance = async (id: ExecutionId, instanceId: string) => {
    let names: ReadonlyMap<string, string> = new Map();
    const facts: RunFact[] = [];
    for await (const page of factsUpTo(log, id, Number.MAX_SAFE_INTEGER, 'sealed')) {
      names = await namesWith(names, page);
      facts.push(...page.filter(ofInstance(instanceId)));
      if (facts.length >= entriesInDetail) break;
    }
    return entriesOf(facts.slice(0, entriesInDetail), names);
  };

  const visible = async (request: Request) => {
    const caller = await callerOf(authenticator, request);
    const id = executionIdOf(request.params['id']);
    await visibleFirstFact(log, id, caller);
    return { caller, id };
  };

  app.get(`${prefix}/executions`, async (request: Request, response: Response) => {
    const caller = await callerOf(authenticator, request);
    const query = parse(ExecutionsQuery, request.query, 'query');
    const { workflow_id } = query;
    const wanted =
      workflow_id === undefined ? query : { ...query, workflow_id: workflowFilterOf(workflow_id) };
    if (!(await isFresh(request, caller, 'executions'))) response.set('Studio-Stale', 'true');
    const { rows, ...counted } = await executionPage(database, { ...deps, ...caller }, wanted);
    const views = await executionViews(opener, rows, await findStandings(database, rows));
    response.json(pageAnswer(views, counted, query));
  });

  /** The fact that brought the definition which the rows were made by. */
  const definingFact = async (
    id: ExecutionId,
    revision: number,
    known: readonly RunFact[],
  ): Promise<DefiningFact> => {
    const [read] = known[revision]
      ? [known[revision]]
      : await readFacts(log, id, { from: revision, limit: 1 }, 'sealed');
    if (!isDefining(read))
      throw new Error(`fact ${revision} of execution ${id} brings no definition`);
    return read;
  };

  /**
   * A run as a reader is shown it, from the first page of its facts: that is one statement, never behind,
   * and less work than the tables are. Only a longer run is read from them.
   */
  const readRun = async (request: Request) => {
    const caller = await callerOf(authenticator, request);
    const id = executionIdOf(request.params['id']);
    const facts = await readFacts(log, id, { from: 0, limit: foldedFacts }, 'sealed');
    const first = visibleFirst(facts[0], caller);
    // Lists that the session reads next are not to know less than it was shown here.
    sessionPositions.remember(caller.sessionId, (facts.at(-1) ?? first).position);
    // A position that does not exist is refused, though nothing has to be waited for.
    if (request.get('Studio-Min-Position') !== undefined)
      await isFresh(request, caller, 'executions');
    const whole = facts.length < foldedFacts;
    const rows = whole ? foldedRows(facts) : await storedRows(request, caller, id);
    const defining = await definingFact(id, rows.run.definition_revision, facts);
    return { id, facts, ...rows, definition: await definitionOf(opener, defining) };
  };

  app.get(`${prefix}/executions/:id`, async (request: Request, response: Response) => {
    const { run, nodes, facts, definition } = await readRun(request);
    const [[view], node_executions, execution_log] = await Promise.all([
      executionViews(opener, [run], new Map([[run.id, nodes]])),
      nodeViews(viewing, { run, rows: nodes, definition }),
      namesWith(
        namesIn(definition),
        facts.filter(({ revision }) => revision !== run.definition_revision),
      ).then((names) => entriesOf(facts.slice(0, entriesInDetail), names)),
    ]);
    response.json({ ...view, node_executions, execution_log });
  });

  app.get(`${prefix}/executions/:id/nodes`, async (request: Request, response: Response) => {
    const { run, nodes, definition } = await readRun(request);
    response.json(await nodeViews(viewing, { run, rows: nodes, definition }));
  });

  app.get(
    `${prefix}/executions/:id/nodes/:nodeExecutionId`,
    async (request: Request, response: Response) => {
      const only = (): string => nodeExecutionIdOf(request.params['nodeExecutionId']);
      const { id, run, nodes, definition } = await readRun(request);
      const [view] = await nodeViews(viewing, { run, rows: nodes, definition }, only());
      if (!view) throw new StudioError('not_found', 'node.not_found', 'Node execution not found');
      const detail: NodeExecutionDetailView = {
        ...view,
        ...neighboursOf(view.node_id, definition),
        execution_log: await logOfInstance(id, view.instance_id),
      };
      response.json(detail);
    },
  );

  app.get(`${prefix}/executions/:id/logs`, async (request: Request, response: Response) => {
    const { id } = await visible(request);
    response.json(await logOf(id, Number.MAX_SAFE_INTEGER));
  });
};
