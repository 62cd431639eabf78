// npm run coverage [-- unit|int|e2e, files, flags of Jest]: the tests, then which lines of the product they ran: as an HTML
// report in coverage/ and in one line. --at-least=85 fails below so many percent of all lines.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';

import { createProcessCoverage } from './measure/processCoverage.mjs';
import { createReport } from './measure/report.mjs';

const limitFlag = '--at-least=';
const given = process.argv.slice(2);
const limit = given.find((arg) => arg.startsWith(limitFlag))?.slice(limitFlag.length);
const args = given.filter((arg) => !arg.startsWith(limitFlag));

/** Jest covers what runs inside of its tests; each process that a test starts leaves a file of its own as it ends. */
const runTests = (raw) =>
  new Promise((resolve) => {
    const inside = ['--coverage', '--coverageReporters=json', `--coverageDirectory=${raw}/jest`];
    const child = spawn('npm', ['test', '--', ...args, ...inside], {
      stdio: 'inherit',
      // Of code out of Node's cache, less is told.
      env: {
        ...process.env,
        ...{ NODE_V8_COVERAGE: join(raw, 'processes'), NODE_DISABLE_COMPILE_CACHE: '1' },
      },
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });

const measure = async (raw) => {
  const processes = createProcessCoverage(join(raw, 'processes'));
  const sweeping = setInterval(processes.sweep, 5_000); // together they would fill a small disk
  const code = await runTests(raw);
  clearInterval(sweeping);
  processes.sweepAll();
  const inside = JSON.parse(readFileSync(join(raw, 'jest', 'coverage-final.json'), 'utf8'));
  const report = await createReport({ inside, processes: processes.merged() });
  report.writeHtml('coverage');
  const { covered, total } = report.lines();
  const percent = (100 * covered) / total;
  console.log(
    `Lines covered: ${percent.toFixed(2)} % (${covered} of ${total}); coverage/index.html shows them.`,
  );
  if (code !== 0 || limit === undefined || percent >= Number(limit)) return code;
  console.log(`That is less than ${limit} %.`);
  return 1;
};

const raw = mkdtempSync(join(tmpdir(), 'studio-coverage-'));
mkdirSync(join(raw, 'processes'));
try {
  process.exitCode = await measure(raw);
} finally {
  rmSync(raw, { recursive: true, force: true });
}
