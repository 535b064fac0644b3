export type { RunCommands } from './control.ts';
export { ListenError, TokenFileError } from './errors.ts';
export { type LivePageOptions, livePage } from './live-page.ts';
export { LiveRun } from './live-run.ts';
export type { RunStatus } from './run-status.ts';
export { type Served, type ServeOptions, serve } from './server.ts';
export type { Exposition, SiteOptions } from './site.ts';
export type { Stage } from './stage-meter.ts';
export { Token, tokenFrom } from './token-file.ts';
