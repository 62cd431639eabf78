/**
 * The import table (docs/architecture.md) as rules: what a folder may import of ours, of npm and of Node.
 * A test in tests/launch plants a forbidden import for each rule and sees it refused.
 */
const packages = {
  contracts: [],
  domain: ['contracts'],
  kinds: ['contracts'],
  infra: ['contracts'],
  'command-api': ['contracts', 'domain', 'kinds', 'infra'],
  'query-api': ['contracts', 'domain', 'kinds', 'infra'],
  projectors: ['contracts', 'infra'],
  executor: ['contracts', 'domain', 'kinds', 'infra'],
};
const ours = [...Object.keys(packages), 'studio', 'tests'];
const oneOf = (names) => `^(?:${names.join('|')})/`;

/** Tests and shared builders may use Jest, fast-check and Node; the table of our own folders holds for them too. */
const notProduct = ['\\.test\\.ts$', '/src/testing/'];

const ourFolders = Object.entries(packages).map(([name, allowed]) => ({
  name: `${name}-imports`,
  comment: `${name} may import ${allowed.length ? allowed.join(', ') : 'none of our folders'}`,
  severity: 'error',
  from: { path: `^${name}/` },
  to: { path: oneOf(ours), pathNot: oneOf([name, ...allowed]) },
}));

const pastTheIndex = ours.map((name) => ({
  name: `${name}-index-only`,
  comment: `${name} is used through its index (or that of a subpath in its package.json)`,
  severity: 'error',
  from: { path: oneOf(ours), pathNot: `^${name}/` },
  to: {
    path: `^${name}/`,
    pathNot: `^${name}/src/(?:(?:testing/|client/|cli/|http/|telemetry/)?index\\.ts)$`,
  },
}));

/** Packages that stay pure: these npm packages and nothing of Node. */
const pure = Object.entries({
  contracts: ['zod', 'openapi-fetch'],
  domain: [],
  kinds: ['zod'],
}).flatMap(([name, npm]) => [
  {
    name: `${name}-npm`,
    comment: `${name} may import of npm: ${npm.join(', ') || 'nothing'}`,
    severity: 'error',
    from: { path: `^${name}/`, pathNot: notProduct },
    to: {
      path: 'node_modules/',
      ...(npm.length ? { pathNot: `node_modules/(?:${npm.join('|')})/` } : {}),
    },
  },
  {
    name: `${name}-no-node`,
    comment: `${name} does no I/O`,
    severity: 'error',
    from: { path: `^${name}/`, pathNot: notProduct },
    to: { dependencyTypes: ['core'] },
  },
]);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...ourFolders,
    ...pastTheIndex,
    ...pure,
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-in-package-json',
      comment: 'a package is named in package.json of the folder that imports it',
      severity: 'error',
      from: { path: oneOf(ours) },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: oneOf(ours), pathNot: ['^tests/', ...notProduct] },
      to: { path: notProduct },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)(?:data|coverage)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    detectJSDocImports: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
