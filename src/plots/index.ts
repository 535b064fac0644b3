export { animation, filmStrip } from './film.ts';
export { type HeatMap, heatMap } from './heat-map.ts';
export { imageGrid } from './image-grid.ts';
export { linePanels, type Panel } from './line-panels.ts';
export { type Line, type LinePlotOptions, linePlot } from './line-plot.ts';
export { type Colour, Raster } from './raster.ts';
export { type Circles, scatter } from './scatter.ts';
export { scenePicture } from './scene-picture.ts';
export { writePng } from './write-png.ts';
