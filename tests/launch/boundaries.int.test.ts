import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const packages = [
  ...['contracts', 'domain', 'kinds', 'infra', 'command-api', 'query-api'],
  ...['projectors', 'executor', 'studio', 'tests'],
];

/** A copy of the workspaces' frame: manifests, an empty index each, and the packages of npm by links. */
let copy: string;
const plant = (file: string, text: string): void => {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
};
const check = (): { status: number | null; report: string } => {
  const { status, stdout, stderr } = spawnSync(
    join(checkout, 'node_modules/.bin/depcruise'),
    ['--config', '.dependency-cruiser.mjs', '--output-type', 'err', '.'],
    { cwd: copy, encoding: 'utf8' },
  );
  return { status, report: stdout + stderr };
};

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'studio-boundaries-'));
  for (const file of ['package.json', '.dependency-cruiser.mjs'])
    cpSync(join(checkout, file), join(copy, file));
  mkdirSync(join(copy, 'node_modules', '@studio'), { recursive: true });
  for (const name of ['zod', 'pg', 'express'])
    symlinkSync(join(checkout, 'node_modules', name), join(copy, 'node_modules', name));
  for (const name of packages) {
    mkdirSync(join(copy, name));
    cpSync(join(checkout, name, 'package.json'), join(copy, name, 'package.json'));
    plant(`${name}/src/index.ts`, `export const name = '${name}';\n`);
    symlinkSync(`../../${name}`, join(copy, 'node_modules', '@studio', name));
  }
  plant('infra/src/deep.ts', 'export const deep = 1;\n');
  plant('contracts/src/testing/index.ts', 'export const build = 1;\n');
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

const allowed = [
  ['infra/src/good.ts', `import '@studio/contracts';\nimport 'node:fs';\nimport 'pg';\n`],
  [
    'executor/src/good.ts',
    `import '@studio/domain';\nimport '@studio/kinds';\nimport '@studio/infra';\n`,
  ],
  ['domain/src/good.unit.test.ts', `import '@studio/contracts/testing';\nimport 'node:fs';\n`],
  ['studio/src/good.ts', `import '@studio/executor';\nimport '@studio/query-api';\n`],
] as const;

const forbidden = (
  [
    ['contracts/src', `import '@studio/domain';`, 'contracts-imports'],
    ['contracts/src', `import 'pg';`, 'contracts-npm'],
    ['contracts/src', `import 'node:fs';`, 'contracts-no-node'],
    ['domain/src', `import '@studio/infra';`, 'domain-imports'],
    [
      'domain/src',
      `import type { name } from '@studio/infra';\nexport type N = typeof name;`,
      'domain-imports',
    ],
    ['domain/src', `import 'zod';`, 'domain-npm'],
    ['domain/src', `import 'node:crypto';`, 'domain-no-node'],
    ['kinds/src', `import '@studio/domain';`, 'kinds-imports'],
    ['kinds/src', `import '@studio/infra';`, 'kinds-imports'],
    ['kinds/src', `import 'pg';`, 'kinds-npm'],
    ['infra/src', `import '@studio/domain';`, 'infra-imports'],
    ['infra/src', `import '@studio/kinds';`, 'infra-imports'],
    ['infra/src', `import '@studio/executor';`, 'infra-imports'],
    ['projectors/src', `import 'express';`, 'declared-in-package-json'],
    ['infra/src', `import './nowhere.ts';`, 'no-unresolved'],
    ['projectors/src', `import '@studio/domain';`, 'projectors-imports'],
    ['query-api/src', `import '@studio/command-api';`, 'query-api-imports'],
    ['command-api/src', `import '@studio/executor';`, 'command-api-imports'],
    ['executor/src', `import '@studio/projectors';`, 'executor-imports'],
    ['executor/src', `import '@studio/studio';`, 'executor-imports'],
    ['executor/src', `import '../../infra/src/deep.ts';`, 'infra-index-only'],
    ['domain/src', `import '@studio/contracts/testing';`, 'no-test-code-in-the-product'],
    ['infra/src', `import './bad-last.ts';`, 'no-cycle'],
  ] as const
).map(([folder, imports, rule], n) => ({ file: `${folder}/bad-${n}.ts`, imports, rule }));

describe('the import table', () => {
  let report: string;
  beforeAll(() => {
    for (const { file, imports } of forbidden) plant(file, `${imports}\n`);
    plant('infra/src/bad-last.ts', `import './bad-${forbidden.length - 1}.ts';\n`);
    const found = check();
    for (const { file } of forbidden) rmSync(join(copy, file));
    rmSync(join(copy, 'infra/src/bad-last.ts'));
    expect(found.status).not.toBe(0);
    ({ report } = found);
  });

  it('lets pass what the table allows', () => {
    for (const [file, imports] of allowed) plant(file, imports);
    expect(check()).toMatchObject({ status: 0 });
  });

  it.each(forbidden)('refuses $imports in $file ($rule)', ({ file, rule }) => {
    expect(report).toContain(`error ${rule}: ${file} `);
  });
});
