import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemCode } from '../base/index.ts';
import type { Evaluated } from '../evaluation/index.ts';

/** The player that evaluations have in a log. */
export const evaluationPlayer = 'evaluation';

/** The evaluations in the log of a run, by turn; none where there is no log. */
export async function readEvaluations(log: string): Promise<Evaluated[]> {
  const found: Evaluated[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(log) })) {
      if (!line.includes(`"player":"${evaluationPlayer}"`)) continue;
      const { index, player: _, seconds, ...values } = JSON.parse(line);
      found.push({ index: index + 1, seconds, values });
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
  return found.sort((a, b) => a.index - b.index);
}
