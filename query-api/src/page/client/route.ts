import { decoded, type Given, revisionOf, withQuery } from './address.ts';
import { formatOpsRoute, type OpsRoute, parseOpsRoute } from './opsRoute.ts';

/** Where the reader is, as the part of the address behind `#` says it. */
export type Route = RunsRoute | RunRoute | OpsRoute;

export interface RunsRoute {
  readonly page: 'runs';
  /** Empty: all of them. */
  readonly status: string;
  readonly find: string;
}

export interface RunRoute {
  readonly page: 'run';
  readonly id: string;
  /** Revision of the fact that is looked at; null: the last one, also when there are more. */
  readonly at: number | null;
  readonly find: string;
  /** Id of the node whose facts alone are shown; empty: all. */
  readonly node: string;
  readonly tab: 'fact' | 'state';
}

const runsRoute = (given: Given): RunsRoute => ({
  ...{ page: 'runs', status: given('status'), find: given('find') },
});

export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const given: Given = (name) => parameters.get(name) ?? '';
  const ops = parseOpsRoute(path, given);
  if (ops) return ops;
  const id = decoded(/^\/executions\/([^/]+)$/.exec(path)?.[1] ?? '');
  if (!id) return runsRoute(given);
  return {
    ...{ page: 'run', id, find: given('find'), at: revisionOf(given('at')) },
    ...{ node: given('node'), tab: given('tab') === 'state' ? 'state' : 'fact' },
  };
};

export const formatRoute = (route: Route): string => {
  if (route.page === 'runs')
    return withQuery('#/executions', { status: route.status, find: route.find });
  if (route.page !== 'run') return formatOpsRoute(route);
  const { id, at, node, find, tab } = route;
  return withQuery(`#/executions/${encodeURIComponent(id)}`, {
    ...{ at: at === null ? '' : String(at), node, find },
    tab: tab === 'fact' ? '' : tab,
  });
};

export const runRoute = (id: string): RunRoute => ({
  ...{ page: 'run', id, at: null, find: '', node: '', tab: 'fact' },
});

const pathOf = (route: Route): string | undefined => formatRoute(route).split('?', 1)[0];

/** Whether both are of one page, which only shows another part of itself. */
export const isSamePage = (a: Route, b: Route): boolean => pathOf(a) === pathOf(b);
