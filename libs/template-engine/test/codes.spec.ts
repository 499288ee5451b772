import { CODES, type Code } from '@template-engine/diagnostics';

/** Chapter 6 of the format, by level. Where it gives a code two levels, the one of the table stands here. */
const ERRORS = `S_UNQUOTED_ATTR S_SCRIPT_INTERPOLATION S_STYLE_INTERPOLATION S_HANDLER_INTERPOLATION S_RAW_IN_ATTR
  S_URL_SCHEME S_BASE S_META_REFRESH S_ESI S_FORM_ACTION S_PLATFORM_ID
  F_MISSING_SNIPPET F_MISSING_ASSET F_MISSING_SECTION F_MISSING_BLOCK
  C_UNKNOWN_SETTING C_UNKNOWN_OBJECT C_DUP_ID C_DEFAULT_INVALID J_SCHEMA J_ORDER
  L_MISSING_KEY L_PLACEHOLDER_MISMATCH L_HTML_INVALID D_CAP X_LAYOUT_HOLES X_RECURSION
  H_UNCLOSED H_STRAY_CLOSE H_BRANCH_MISMATCH H_NESTED_FORM H_NESTED_INTERACTIVE
  A_IMG_ALT A_IFRAME_TITLE A_LABEL A_BUTTON_NAME A_LINK_NAME A_LANG_DIR A_ARIA_ROLE A_ARIA_ATTR
  P_BLOCKING_SCRIPT P_STEPS`;
const WARNINGS = `S_INLINE_HANDLER S_EXTERNAL_SCRIPT C_UNKNOWN_PROPERTY C_UNUSED_SETTING L_HARDCODED_TEXT
  X_ORPHAN_SNIPPET H_DUP_ID_IN_LOOP A_HEADING_SKIP A_POSITIVE_TABINDEX A_VIDEO_CAPTIONS A_CONTRAST A_SKIP_LINK
  A_FOCUS_OUTLINE P_IMG_SIZE P_LAZY_ABOVE_FOLD P_ASSET_SIZE P_FONT_COUNT P_REMOTE_ASSET`;
const NOTES = 'L_UNUSED_KEY';

const words = (text: string) => text.trim().split(/\s+/) as Code[];

test.each([
  ['error', ERRORS],
  ['warning', WARNINGS],
  ['info', NOTES],
])('every code of chapter 6 that is an %s is in the table at this level', (level, codes) => {
  expect(words(codes).filter((code) => CODES[code]?.severity !== level)).toEqual([]);
});

test('a computed name of an attribute is refused, though the format would only warn: nothing makes it safe', () => {
  expect(CODES.S_DYNAMIC_ATTR_NAME.severity).toBe('error');
});

test('what the format asks for without naming a code has one of its own', () => {
  const more: Code[] = [
    'C_NULL_OBJECT',
    'L_MISSING_TRANSLATION',
    'E_TOO_LARGE',
    'E_TOO_DEEP',
    'E_NAME',
    'E_PARENT',
    'E_NODE',
    'E_UNKNOWN_HELPER',
    'E_SYNTAX',
    'J_SYNTAX',
    'J_VALUE',
  ];
  expect(more.filter((code) => !(code in CODES))).toEqual([]);
});

test.each(Object.entries(CODES))(
  '%s says what is wrong, why, and shows both sides',
  (_, record) => {
    expect(record.title).toMatch(/^([A-Z<]|\.\.\/).{5,}/);
    expect(record.about).toMatch(/^.{40,}\.$/s);
    expect(record.bad).not.toBe(record.good);
    expect(Math.min(record.bad.length, record.good.length)).toBeGreaterThan(3);
  },
);
