import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import libCoverage from 'istanbul-lib-coverage';
import libReport from 'istanbul-lib-report';
import reports from 'istanbul-reports';
import v8ToIstanbul from 'v8-to-istanbul';

import { codeLines, isMeasured } from './sources.mjs';

/** V8 counts every line that its ranges span; what has no code is not to be counted. */
const codeOnly = (file) => {
  const lines = codeLines(file.path);
  const kept = Object.entries(file.statementMap).filter(([, { start }]) => lines.has(start.line));
  return {
    ...file,
    statementMap: Object.fromEntries(kept),
    s: Object.fromEntries(kept.map(([id]) => [id, file.s[id]])),
  };
};

const converted = async ({ url, functions }) => {
  const converter = v8ToIstanbul(fileURLToPath(url));
  await converter.load();
  converter.applyCoverage(functions);
  return Object.values(converter.toIstanbul())[0];
};

/** One report of what ran inside of Jest and in the processes that tests started. */
export const createReport = async ({ inside, processes }) => {
  const map = libCoverage.createCoverageMap();
  const add = (file) => map.addFileCoverage(codeOnly(file));
  for (const file of Object.values(inside)) if (isMeasured(file.path)) add(file);
  for (const script of processes.result) add(await converted(script));
  return {
    lines: () => map.getCoverageSummary().lines,
    writeHtml: (folder) => {
      rmSync(folder, { recursive: true, force: true });
      const context = libReport.createContext({ dir: folder, coverageMap: map });
      reports.create('html').execute(context);
    },
  };
};
