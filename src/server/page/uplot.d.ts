/** What the server serves under this name is uPlot's own module. */
export { default } from 'uplot';
