import { createCommandApi } from '@studio/command-api';
import { createMetricsApi } from '@studio/infra/http';
import { createQueryApi } from '@studio/query-api';

/** Express keeps its routes in layers; these members of them are stable since version 4 and we read nothing else. */
interface Layer {
  readonly route?: {
    readonly path: string;
    readonly methods: Readonly<Record<string, boolean>>;
  };
}

/** Stands for whatever an API needs: routes are declared without using any of it. */
const anything: unknown = new Proxy(() => undefined, {
  get: (_target, member) => (member === 'then' ? undefined : anything),
  apply: () => anything,
});

/** What is no endpoint but a file of a page. */
const isFile = (path: string): boolean => /^\/(docs|redoc|page)\/./.test(path);

const routesOf = (app: ReturnType<typeof createCommandApi>): string[] =>
  (app.router.stack as unknown as Layer[]).flatMap(({ route }) =>
    route && !isFile(route.path)
      ? Object.keys(route.methods).map((method) => `${method} ${unnamed(route.path)}`)
      : [],
  ); // express types a layer without its path

/** `/a/:b` and `/a/{c}` are the same place. */
export const unnamed = (path: string): string => path.replaceAll(/:\w+|\{\w+\}/g, '{}');

/** Each `method path` that the routers of the studio serve, parameters without their names. */
export const servedRoutes = (): string[] => {
  const prefix = {
    ...{ prefix: '/api/v1', apiPrefix: '/api/v1', version: '0' },
    ...{ rateLimits: {}, webhookLimit: { points: 1, seconds: 1 } },
  };
  // Types cannot say of a proxy what it stands for.
  const withPrefix = <Deps>(): Deps =>
    new Proxy(prefix, {
      get: (known, member) => Reflect.get(known, member) ?? Reflect.get(anything as object, member),
    }) as Deps;
  const { app } = createQueryApi(withPrefix());
  const apis = [createCommandApi(withPrefix()), createMetricsApi(withPrefix(), undefined), app];
  return apis.flatMap(routesOf).sort();
};
