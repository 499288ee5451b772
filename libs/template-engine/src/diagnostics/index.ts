export { CODES, type Code, type CodeRecord, docsOf } from './codes';
export {
  diagnosticsToJson,
  type DiagnosticJson,
  formatDiagnostic,
  formatDiagnostics,
  sortDiagnostics,
} from './format';
export { applyFixes } from './apply-fixes';
export type { Diagnostic, Edit, Severity } from '../model/diagnostic';
