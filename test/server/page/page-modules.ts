/** A module of the page, which is plain JavaScript and has no types here. */
// biome-ignore lint/suspicious/noExplicitAny: its types are checked with the page
export function pageModule(name: string): Promise<any> {
  return import(/* @vite-ignore */ new URL(`../../../src/server/page/${name}`, import.meta.url).href);
}
