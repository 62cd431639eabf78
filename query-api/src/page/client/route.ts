/** Where the reader is, as the part of the address behind `#` says it. */
export type Route = RunsRoute | RunRoute;

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

const revision = /^\d{1,15}$/;

const atOf = (text: string): number | null => (revision.test(text) ? Number(text) : null);

/** The segment as text; null where its escapes are broken. */
const decoded = (segment: string): string | null => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
};

type Given = (name: string) => string;

const runsRoute = (given: Given): RunsRoute => ({
  ...{ page: 'runs', status: given('status'), find: given('find') },
});

export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const given: Given = (name) => parameters.get(name) ?? '';
  const id = decoded(/^\/executions\/([^/]+)$/.exec(path)?.[1] ?? '');
  if (!id) return runsRoute(given);
  return {
    ...{ page: 'run', id, find: given('find'), at: atOf(given('at')) },
    ...{ node: given('node'), tab: given('tab') === 'state' ? 'state' : 'fact' },
  };
};

const withQuery = (path: string, query: Readonly<Record<string, string>>): string => {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
};

export const formatRoute = (route: Route): string => {
  if (route.page === 'runs')
    return withQuery('#/executions', { status: route.status, find: route.find });
  const { id, at, node, find, tab } = route;
  return withQuery(`#/executions/${encodeURIComponent(id)}`, {
    ...{ at: at === null ? '' : String(at), node, find },
    tab: tab === 'fact' ? '' : tab,
  });
};

export const runRoute = (id: string): RunRoute => ({
  ...{ page: 'run', id, at: null, find: '', node: '', tab: 'fact' },
});
