import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';

const libs = resolve(__dirname, '../..');

/** How many names a slice may show (docs/architecture.md, Budgets). */
const mostNames = 12;

/** The names that a door exports, types among them. */
function exportedNames(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023);
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      if (!exportClause) return ['*'];
      return ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({ name }) => name.text)
        : [exportClause.name.text];
    }
    const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement);
    return exported && exported.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      ? [`something at ${statement.pos}`]
      : [];
  });
}

const doors = readdirSync(libs)
  .map((name) => [name, resolve(libs, name, 'src/index.ts')] as const)
  .filter(([, file]) => existsSync(file));

/** The kernel and the engine are languages of their own: what they show is what everybody speaks. */
const languages = ['kernel', 'template-engine'];

describe('doors', () => {
  it('are found', () => {
    expect(doors.length).toBeGreaterThan(5);
  });

  it.each(doors.filter(([name]) => !languages.includes(name)))(
    '%s shows at most twelve names',
    (_, file) => {
      const names = exportedNames(file);
      expect(names).not.toContain('*');
      expect(names.length).toBeLessThanOrEqual(mostNames);
    },
  );
});
