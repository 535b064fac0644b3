import * as checkpoint from './checkpoint/index.ts';
import * as data from './data/index.ts';
import * as engine from './engine/index.ts';
import * as evaluation from './evaluation/index.ts';
import * as models from './models/index.ts';
import * as plots from './plots/index.ts';
import * as recipes from './recipes/index.ts';
import * as rl from './rl/index.ts';
import * as runs from './runs/index.ts';
import * as server from './server/index.ts';
import * as streams from './streams/index.ts';
import * as telemetry from './telemetry/index.ts';

export { checkpoint, data, engine, evaluation, models, plots, recipes, rl, runs, server, streams, telemetry };
