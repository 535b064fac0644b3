/**
 * The README as npm shows it: pictures and links as addresses of the files in the published
 * package. npm resolves relative ones by the repository of a package, and this one names none.
 */
export function readmeForNpm(readme: string, name: string, version: string): string {
  const base = `https://unpkg.com/${name}@${version}/`;
  return readme
    .replace(/\]\((?!https?:|#)([^)]+)\)/g, `](${base}$1)`)
    .replace(/src="(?!https?:)([^"]+)"/g, `src="${base}$1"`);
}
