// npm run generate [-- --check]: writes the types of the client from the OpenAPI document, or fails when they are stale.
import { readFile, writeFile } from 'node:fs/promises';

import { openApiDocument } from '@studio/contracts';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

const target = new URL('../contracts/src/client/schema.ts', import.meta.url).pathname;

/** The version of the product is no part of its shape. */
const tree = await openapiTS(openApiDocument({ version: '0' }), {
  defaultNonNullable: false,
  emptyObjectsUnknown: true,
  immutable: false,
});
const source = `// Made by \`npm run generate\` from contracts/src/http. Do not edit.\n${astToString(tree)}`;
const written = await format(source, { ...(await resolveConfig(target)), filepath: target });

if (!process.argv.includes('--check')) {
  await writeFile(target, written);
} else if ((await readFile(target, 'utf8').catch(() => '')) !== written) {
  console.error('contracts/src/client/schema.ts is stale: npm run generate');
  process.exit(1);
}
