import { StudioError } from '@studio/contracts';
import type { Express, RequestHandler } from 'express';

/** Express keeps its routes in layers; these members of them are stable since version 4 and we read nothing else. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

const matches = (layer: Layer, path: string): boolean => {
  try {
    return layer.match(path);
  } catch {
    return false; // a malformed percent escape names no path
  }
};

/** The methods (upper case) that some API serves at a path; empty for an unknown one. */
const methodsAt = (apis: readonly Express[], path: string): string[] => {
  const layers = apis.flatMap((api) => api.router.stack as unknown as Layer[]); // express types a layer without `match`
  const methods = layers
    .filter((layer) => layer.route && matches(layer, path))
    .flatMap((layer) => Object.keys(layer.route?.methods ?? {}));
  return [...new Set(methods.map((method) => method.toUpperCase()))].sort();
};

/** `/workflows/` is `/workflows`: 307, so that method and body are sent again. */
export const redirectTrailingSlash =
  (apis: readonly Express[]): RequestHandler =>
  (request, response, next) => {
    const path = request.path;
    const bare = path.slice(0, -1);
    // A path that begins with two slashes would name another host in a Location.
    const ours = path.endsWith('/') && bare !== '' && !path.startsWith('//');
    if (!ours || methodsAt(apis, bare).length === 0) {
      next();
      return;
    }
    const search = request.originalUrl.slice(path.length);
    response.redirect(307, bare + search);
  };

/** What no API answered: 405 on a path that another method serves, else 404. */
export const unanswered =
  (apis: readonly Express[]): RequestHandler =>
  (request, response, next) => {
    const methods = methodsAt(apis, request.path);
    if (methods.length === 0) {
      next(new StudioError('not_found', 'request.route_unknown', 'Not Found'));
      return;
    }
    response.setHeader('Allow', methods.join(', '));
    next(new StudioError('refused', 'request.method_not_allowed', 'Method Not Allowed'));
  };
