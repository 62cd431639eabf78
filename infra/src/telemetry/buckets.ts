/** Seconds; fine where the targets are (50, 100, 200 and 500 ms). */
export const requestSeconds = [
  ...[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10],
];
/** Seconds that a run takes: milliseconds to days. */
export const runSeconds = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 1_800, 3_600, 21_600, 86_400];
export const bytes = [0, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 10_485_760];
export const counts = [1, 2, 4, 8, 16, 32, 64, 128, 256];
