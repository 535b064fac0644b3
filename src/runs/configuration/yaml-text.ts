import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { show } from '../../base/index.ts';
import { ConfigFileError } from '../errors.ts';

/** The way to a value through mappings and lists. */
export type Path = readonly (string | number)[];

/**
 * A configuration in YAML 1.2, of which JSON is a part, with the line and column of every value.
 */
export class YamlText {
  /** Mappings as objects, lists as arrays. */
  readonly value: unknown;
  readonly #file: string;
  readonly #document: Document.Parsed;
  readonly #lines = new LineCounter();

  /**
   * @param file what errors call it
   * @throws ConfigFileError with line and column for text that is no YAML, and for what a
   * configuration does without: several documents, anchors, aliases, tags, keys that are no text
   */
  constructor(text: string, file: string) {
    this.#file = file;
    // Its own check for keys that come twice takes time by the square of their number.
    const options = { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: false };
    this.#document = parseDocument(text, options);
    const { errors, directives, contents } = this.#document;
    const [error] = [...errors].sort((a, b) => a.pos[0] - b.pos[0]);
    if (error !== undefined) throw this.#refusal(error.pos[0], rulesOf[error.code] ?? other(error));
    if (directives?.yaml.explicit && directives.yaml.version !== '1.2')
      throw this.#refusal(0, `expected YAML 1.2, got ${directives.yaml.version}`);
    if (contents === null || (isScalar(contents) && contents.value === null))
      throw this.#refusal(0, 'expected a mapping of options, got an empty file');
    this.value = this.#valueOf(contents);
  }

  /** `FILE:3:8` of a value, or of its key; of what is around it where there is no such value. */
  place(path: Path, part: 'key' | 'value' = 'value'): string {
    let node: unknown = this.#document.contents;
    let offset = startOf(node) ?? 0;
    for (const [depth, key] of path.entries()) {
      const pair = isMap(node) ? pairOf(node.items, key) : undefined;
      node = pair?.value ?? (isSeq(node) ? node.items[Number(key)] : undefined);
      const here = part === 'key' && depth === path.length - 1 ? pair?.key : (node ?? pair?.key);
      const start = startOf(here) ?? startOf(pair?.key);
      if (start === undefined) break;
      offset = start;
    }
    return this.#place(offset);
  }

  #place(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.#file}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  }

  #refusal(offset: number, rule: string): ConfigFileError {
    return new ConfigFileError(`${this.#place(offset)}: ${rule}`);
  }

  #valueOf(node: unknown): unknown {
    if (!isNode(node)) return null;
    this.#requirePlain(node);
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item) => this.#valueOf(item));
    if (!isMap(node)) return null;
    const seen = new Set<string>();
    return Object.fromEntries(
      node.items.map((pair) => {
        const key = this.#keyOf(pair);
        if (seen.has(key))
          throw this.#refusal(startOf(pair.key) ?? 0, `expected each key once, got ${key} again`);
        seen.add(key);
        return [key, this.#valueOf(pair.value)];
      }),
    );
  }

  #keyOf({ key }: Pair<unknown, unknown>): string {
    const offset = startOf(key) ?? 0;
    if (isNode(key)) this.#requirePlain(key);
    if (isScalar(key) && typeof key.value === 'string') return key.value;
    throw this.#refusal(
      offset,
      `expected text as a key, got ${isScalar(key) ? show(key.value) : 'a collection'}`,
    );
  }

  #requirePlain(node: Node): void {
    const offset = startOf(node) ?? 0;
    if (isAlias(node)) throw this.#refusal(offset, `expected a value, got the alias *${node.source}`);
    const { anchor } = node as { readonly anchor?: string };
    if (anchor !== undefined)
      throw this.#refusal(offset, `expected a value without an anchor, got &${anchor}`);
    if (node.tag !== undefined)
      throw this.#refusal(offset, `expected a value without a tag, got ${node.tag}`);
  }
}

/** What is refused by a rule of its own; everything else is told in the words of the parser. */
const rulesOf: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'expected one document, got a second one',
  TAB_AS_INDENT: 'expected spaces before a key, got a tab',
};

const other = ({ message }: YAMLError) => `expected YAML 1.2 or JSON, got text with a fault: ${message}`;

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function pairOf(items: readonly Pair<unknown, unknown>[], key: string | number) {
  return items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}
