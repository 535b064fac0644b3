// Samples the newest GAN of a folder: npx tsx examples/load-run.ts FOLDER [samples.png]
import { mixtureQuality } from 'weir-streams/evaluation';
import { isMixture, writePicture } from 'weir-streams/recipes';
import { listRuns, loadRun } from 'weir-streams/runs';

const [folder = 'runs', picture = 'samples.png'] = process.argv.slice(2);
const [newest] = await listRuns(folder);
if (newest === undefined) throw new RangeError(`FOLDER: expected one with a run, got ${folder}`);
const run = await loadRun(newest.path, { kind: 'gan' });
const samples = await run.trainer.sample(1_000, 7);
writePicture(picture, samples, run.dataset);
console.log(newest.name, `${newest.recipe} at step ${run.index}, ${newest.state}`);
if (isMixture(run.dataset)) console.log(mixtureQuality(samples, run.dataset));
run.close();
