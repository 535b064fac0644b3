export { Audience } from './audience.ts';
export { EventLog, rewindEventLog } from './event-log.ts';
export type { Notice, Observer } from './observer.ts';
export { imageGrid } from './picture/image-grid.ts';
export { type Line, type LinePlotOptions, linePlot } from './picture/line-plot.ts';
export { type Colour, Raster } from './picture/raster.ts';
export { type Circles, scatter } from './picture/scatter.ts';
export { duration, Progress, type ProgressOptions, type ProgressStream } from './progress.ts';
