/** A Markdown table. A column whose title ends with a colon is set to the right. */
export function markdown(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = titles.map((title) => title.endsWith(':'));
  const cells = [titles.map((title) => title.replace(/:$/, '')), ...rows];
  const widths = titles.map((_, column) => Math.max(4, ...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => (right[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join(' | ')} |`;
  const rule = widths.map((width, i) => (right[i] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(cells[0]!), line(rule), ...rows.map(line)].join('\n');
}
