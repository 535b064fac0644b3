// Samples of a run in a script: npx tsx examples/sample-run.ts RUN
import { loadRun, saveSamples } from 'weir-streams/runs';

const run = await loadRun(process.argv[2] ?? 'runs/points', { kind: 'gan' });
console.log((await run.sample({ count: 4, seed: 3 })).data);
console.log(await saveSamples(run, 'samples.npy', { format: 'npy', count: 1_000, seed: 3, truncation: 1.5 }));
run.close();
