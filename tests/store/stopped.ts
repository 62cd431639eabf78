/** Stops processes (SIGSTOP) while the work is done, and lets them go on whatever becomes of it. */
export const stopped = async <T>(pids: readonly number[], work: () => Promise<T>): Promise<T> => {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    return await work();
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
};
