import { cpuUsage } from 'node:process';

/** Asking how long the processor worked takes longer than most steps. */
const stepsBetween = 32;

export interface ProcessorLimit {
  /** An evaluation begins: what was used before does not count. */
  readonly begin: () => void;
  /** Throws what JSONata throws for an evaluation that took too long. */
  readonly check: () => void;
}

const usedMs = (): number => {
  const { user, system } = cpuUsage();
  return (user + system) / 1_000;
};

/** Limits what one evaluation takes of the processor, in a process that does nothing else. */
export const createProcessorLimit = (limitMs: number): ProcessorLimit => {
  let begunMs = 0;
  let steps = 0;
  return {
    begin: () => {
      begunMs = usedMs();
      steps = 0;
    },
    check: () => {
      steps += 1;
      if (steps % stepsBetween !== 0 || usedMs() - begunMs <= limitMs) return;
      throw Object.assign(new Error('took too long'), { code: 'D1012' });
    },
  };
};
