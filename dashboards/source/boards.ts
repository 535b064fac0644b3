import type { Board } from './board.ts';
import { compareRuns } from './boards/compare-runs.ts';
import { ganHealth } from './boards/gan-health.ts';
import { overview } from './boards/overview.ts';
import { reinforcementLearning } from './boards/reinforcement-learning.ts';
import { runtime } from './boards/runtime.ts';
import { streams } from './boards/streams.ts';

/** All boards, in the order of their list in Grafana. */
export const boards: readonly Board[] = [
  overview,
  ganHealth,
  reinforcementLearning,
  streams,
  runtime,
  compareRuns,
];
