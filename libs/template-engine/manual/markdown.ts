/** Text in a cell of a table: one line, its bars escaped. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

/** A table; rows of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Code within a line. */
export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** A block of code. */
export function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A whole page: what makes it, its title, its parts. */
export function page(title: string, parts: readonly string[]): string {
  return [
    `<!-- Written by \`npm run manual\` from the tables of libs/template-engine; changes are made there. -->`,
    `# ${title}`,
    ...parts,
  ]
    .join('\n\n')
    .concat('\n');
}
