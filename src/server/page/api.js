/** @typedef {import('./points.js').Columns} Columns */
/**
 * @typedef {'starting' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed' | 'interrupted'}
 * State
 */
/**
 * @typedef {{ id: string, name: string, recipe: string, data: string, engine: string, seed: number | null, state: State,
 *   done: number, steps: number | null }} Summary
 */
/** @typedef {{ name: string, kind: string, index: number, version: number }} Sample */
/**
 * @typedef {{ at?: string, run?: string, kind: string, index: number, [field: string]: any }} Event
 */
/**
 * @typedef {Summary & { path: string, config: Record<string, any>, report: Record<string, any> | null,
 *   samples: Sample[], events: Event[] }} Detail
 */
/**
 * @typedef {{ name: string, kind: string, items: number, rate: number, busy: number | null }} Stage
 */
/** @typedef {{ state: State, done: number, stages: Stage[] }} Status */
/** @typedef {{ index: number, player: string, seconds: number, [value: string]: any }} Step */
/**
 * @typedef {{ epoch: string, seq: number, version: number, status: Record<string, Status> }}
 * Position
 */
/**
 * @typedef {{ run: string, step?: Step, event?: Event, missed?: number, again?: boolean }}
 * Happening
 */
/**
 * @typedef {{ epoch: string, from: number, to: number, events: Happening[], version: number,
 *   status?: Record<string, Status> }} Batch
 */
/** @typedef {Record<string, { steps: number, seconds: number }>} Players */
/**
 * @typedef {{ position: Position, run: string, last: number, players: Players, steps: Step[], missing: boolean,
 *   series: Record<string, Columns> }} Series
 */

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/**
 * @returns {Promise<{ position: Position, live: string | null, newest: string | null, control:
 * boolean, runs: Summary[] }>}
 */
export const fetchRuns = () => get('/api/runs');

/**
 * @param {string} id
 * @returns {Promise<Detail & { position: Position }>}
 */
export const fetchRun = (id) => get(`/api/runs/${id}`);

/**
 * @param {string} id
 * @param {{ from: number, to: number }} [range] of steps
 * @returns {Promise<Series>}
 */
export const fetchSeries = (id, range) =>
  get(`/api/series?run=${id}&max=1000${range ? `&from=${range.from}&to=${range.to}` : ''}`);

/**
 * @param {string} id
 * @param {Sample} sample
 */
export const sampleUrl = (id, { name, version }) => `/api/runs/${id}/samples/${name}?v=${version}`;

/**
 * Asks the run of the server for something.
 * @param {string} token
 * @param {{ action: string, factor?: number }} wish
 * @throws {Error} with what the server says against it
 */
export async function command(token, wish) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const answer = await fetch('/control', { method: 'POST', headers, body: JSON.stringify(wish) });
  if (!answer.ok) throw new Error((await answer.text()).trim());
}

/**
 * Listens to what happens behind a position, and goes on listening when the connection was lost.
 * @param {{ epoch: string, seq: number }} position
 * @param {{ batch(batch: Batch): void, connected(yes: boolean): void }} listener
 */
export function listen({ epoch, seq }, listener) {
  const source = new EventSource(`/events?after=${epoch}-${seq}`);
  source.addEventListener('message', ({ data }) => listener.batch(JSON.parse(data)));
  source.addEventListener('open', () => listener.connected(true));
  source.addEventListener('error', () => listener.connected(false));
}
