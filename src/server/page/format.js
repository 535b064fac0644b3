const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/**
 * A whole number with its thousands apart: `12,340`.
 * @param {number | null | undefined} value
 */
export function whole(value) {
  return value === null || value === undefined ? '–' : grouped.format(value);
}

/**
 * The numbers along an axis, short where they are round: `500k`, `1.5M`.
 * @param {readonly number[]} values
 * @returns {string[]}
 */
export function ticks(values) {
  const round = (/** @type {number} */ unit) => values.every((value) => value % unit === 0);
  const largest = Math.max(...values);
  if (largest >= 1e6 && round(1e5)) return values.map((value) => (value === 0 ? '0' : `${value / 1e6}M`));
  if (largest >= 1e4 && round(1000)) return values.map((value) => (value === 0 ? '0' : `${value / 1000}k`));
  return values.map(whole);
}

/**
 * A measured number in three or four digits: `0.1234`, `12.3`, `4,560`, `1.2e-7`.
 * @param {number | null | undefined} value
 */
export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e7 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  if (size >= 1000) return grouped.format(value);
  return String(Number(value.toPrecision(size >= 1 ? 4 : 3)));
}

/**
 * How often a second: `93.4/s`, and for what is rare `2.1/min`.
 * @param {number} value
 */
export function perSecond(value) {
  if (value === 0) return '0/s';
  if (value >= 0.5) return `${number(Number(value.toPrecision(3)))}/s`;
  if (value * 60 >= 0.5) return `${number(Number((value * 60).toPrecision(2)))}/min`;
  return `${number(Number((value * 3600).toPrecision(2)))}/h`;
}

/**
 * A share of a whole: `94 %`.
 * @param {number | null} value
 */
export function share(value) {
  if (value === null) return '–';
  return value > 0 && value < 0.01 ? '< 1 %' : `${Math.round(value * 100)} %`;
}

const units = /** @type {const} */ ([
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
]);

/**
 * Seconds as people say them: `8 s`, `3 min 20 s`, `2 d 4 h`.
 * @param {number | null | undefined} seconds
 */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–';
  if (seconds > 0 && seconds < 1) return `${number(Number((seconds * 1000).toPrecision(3)))} ms`;
  const rounded = Math.round(seconds);
  const first = units.findIndex(([, size]) => rounded >= size);
  if (first === -1) return '0 s';
  let rest = rounded;
  return units
    .slice(first, first + 2)
    .map(([unit, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count > 0 ? `${count} ${unit}` : '';
    })
    .filter(Boolean)
    .join(' ');
}

/**
 * Bytes: `244 KB`.
 * @param {number} value
 */
export function bytes(value) {
  if (value < 1000) return `${value} B`;
  if (value < 1e6) return `${number(Number((value / 1e3).toPrecision(3)))} KB`;
  return `${number(Number((value / 1e6).toPrecision(3)))} MB`;
}

/**
 * The time of day of an ISO date, with the day where it is not today.
 * @param {string} iso
 */
export function clock(iso) {
  const date = new Date(iso);
  const time = date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return date.toDateString() === new Date().toDateString() ? time : `${date.toLocaleDateString()} ${time}`;
}

/**
 * A name in code as words: `gradientNorm` is `Gradient norm`, `explainedVariance` is `Explained
 * variance`.
 * @param {string} name
 */
export function words(name) {
  const known = {
    fid: 'FID',
    kid: 'KID',
    kl: 'KL',
    msSsim: 'MS-SSIM',
    slicedWasserstein: 'Sliced Wasserstein',
    tdError: 'TD error',
    qMean: 'Q mean',
    approxKl: 'Approximate KL',
    reverseKl: 'Reverse KL',
  };
  if (name in known) return known[/** @type {keyof typeof known} */ (name)];
  const text = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
