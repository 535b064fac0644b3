/** Inputs of samplers that have another name outside. */
const names: Readonly<Record<string, string>> = { a: 'source', label: 'condition' };

/**
 * The name of an input in exported files: `noise`, `condition`, `source`, `tokens` or `embedding`
 * of a caption, `observation`.
 */
export function inputName(path: string, dtype: string): string {
  if (path === 'text') return dtype === 'int32' ? 'tokens' : 'embedding';
  return names[path] ?? path;
}
