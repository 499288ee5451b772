import type { CompileMemory } from '../model/compiled-theme';
import type { Diagnostic } from '../model/diagnostic';
import { compileFile, type CompiledFile } from './compile-file';
import type { ThemeNames } from './context';

interface Remembered {
  /** All that a file's compilation depends on. */
  readonly key: string;
  readonly file: CompiledFile | null;
  readonly findings: readonly Diagnostic[];
}

/**
 * Compiles files that changed, and takes the others as they were: for a theme that is compiled at every keystroke.
 * A file depends on its text and on the names of the theme, and on nothing else.
 */
export function rememberingCompiler(memory: CompileMemory, names: ThemeNames): typeof compileFile {
  const known = JSON.stringify(
    Object.values(names as object).map((one: Iterable<unknown>) => [...one]),
  );
  return (of, source, theme, reporter) => {
    const key = `${of.role}\0${source}\0${known}`;
    const before = memory.get(of.file) as Remembered | undefined;
    if (before?.key === key) {
      reporter.adopt(before.findings);
      return before.file;
    }
    const own = reporter.apart();
    const file = compileFile(of, source, theme, own);
    memory.set(of.file, { key, file, findings: own.list } satisfies Remembered);
    reporter.adopt(own.list);
    return file;
  };
}
