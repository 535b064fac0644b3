import { given } from '../base/index.ts';
import type { OpenExtension, RunObserver } from '../runs/index.ts';
import { type Served, type ServeOptions, serve } from './server.ts';
import type { Token } from './token-file.ts';

/** Where a run serves its page, and what of it. */
export interface LivePageOptions extends Pick<ServeOptions, 'host' | 'port' | 'allowHosts' | 'metrics'> {
  /** Seconds that the stage `pump` or `schedule` has worked so far, where that is measured. */
  readonly busy?: (stage: string) => number | undefined;
  /** Who knows the token may control the run. */
  readonly token?: Token;
  /** Told of the page once it listens. */
  readonly onOpen?: (page: Served) => void;
}

/**
 * A page that shows a run while it trains: `http://127.0.0.1:9464/`. @throws ListenError,
 * RangeError
 */
export function livePage({ busy, token, onOpen, ...address }: LivePageOptions = {}): OpenExtension {
  return async ({ directory, run, control, warn }) => {
    const live = {
      paused: () => run.paused,
      sides: ['log', 'progress', 'metrics', 'page'],
      ...given({ busy }),
    };
    const page = await serve({
      ...address,
      directory: directory.path,
      live,
      ...(token && { control: { token, commands: control } }),
      warn,
    });
    onOpen?.(page);
    return { observers: [readerOf(page), page.live!], close: () => page.close() };
  };
}

/** Reads the log, which can be long, once the run can no longer be refused. */
function readerOf(page: Served): RunObserver {
  return {
    name: 'the reader of the log',
    onEvent({ kind }) {
      if (kind === 'started') page.readAhead();
    },
  };
}
