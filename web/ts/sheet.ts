/**
 * Reading a table off a page: its heading, its header rows, its rows.
 *
 * Cells are taken as they are shown. What only acts (buttons, dialogs) is left out, a
 * field counts as what is typed in it, and a number written in the page's language
 * becomes a number; `data-value` on a cell says a number that is shown otherwise.
 * A list that is a table in meaning says so itself: `data-sheet-list` on the list,
 * `data-row` on each line, `data-cell="<heading>"` on each part.
 */

import type { Locale } from './i18n.ts';

export interface Percent { readonly percent: number; readonly places: number }
export type Value = string | number | Percent;

export interface Sheet {
  readonly title: string;
  readonly note: string;
  readonly head: readonly (readonly Value[])[];
  readonly rows: readonly (readonly Value[])[];
}

/** As much of an element as reading needs. */
export type Part = Pick<Element, 'nodeType' | 'textContent' | 'nodeName' | 'getAttribute'> & {
  readonly childNodes: ArrayLike<Part>;
  readonly value?: string;
  readonly checked?: boolean;
};

const ELEMENT = 1;
const TEXT = 3;
const LONGEST = 4000; // characters of a cell that the server takes
const ACTING = new Set(['BUTTON', 'DIALOG', 'SCRIPT', 'STYLE', 'TEMPLATE', 'SVG', 'NOSCRIPT']);
const BREAKING = new Set(['BR', 'P', 'DIV', 'LI', 'DT', 'DD', 'H1', 'H2', 'H3', 'H4', 'SMALL']);
const MARKS = { vi: { thousands: '.', decimal: ',' }, en: { thousands: ',', decimal: '.' } };

/** Read the rows of a `<table>`: those of its head, then all others. */
export function readRows(table: Part, locale: Locale): Pick<Sheet, 'head' | 'rows'> {
  const head = linesOf(rowsIn(table, true), locale);
  const rows = linesOf(rowsIn(table, false), locale);
  return withoutEmptyColumns(head, rows);
}

/** Read a list whose lines and parts say that they are rows and cells. */
export function readList(list: Part, locale: Locale): Pick<Sheet, 'head' | 'rows'> {
  const lines = all(list, (part) => part.getAttribute('data-row') !== null).map((line) =>
    all(line, (part) => part.getAttribute('data-cell') !== null));
  const names = [...new Set(lines.flat().map((cell) => cell.getAttribute('data-cell') ?? ''))];
  const rows = lines.map((cells) => names.map((name) => {
    const cell = cells.find((one) => one.getAttribute('data-cell') === name);
    return cell === undefined ? '' : valueOf(cell, locale);
  }));
  return { head: [names], rows };
}

/** What a cell holds. */
export function valueOf(cell: Part, locale: Locale): Value {
  const given = cell.getAttribute('data-value');
  if (given !== null && given !== '' && Number.isFinite(Number(given))) return Number(given);
  return readNumber(textOf(cell), locale);
}

/** A number as people write it, or the text itself. Codes such as 007 stay texts. */
export function readNumber(text: string, locale: Locale): Value {
  const { thousands, decimal } = MARKS[locale];
  const pattern = new RegExp(
    `^([-–−]?)(0|[1-9]\\d{0,14}|[1-9]\\d{0,2}(?:\\${thousands}\\d{3}){1,4})(?:\\${decimal}(\\d{1,6}))?(\\s?%)?$`,
  );
  const found = pattern.exec(text);
  if (found === null) return text;
  const [, sign, whole = '', places = '', percent] = found;
  const size = Number(`${whole.split(thousands).join('')}.${places || '0'}`);
  const number = sign ? -size : size;
  return percent ? { percent: number, places: places.length } : number;
}

/** The words of a cell: lines apart, spaces single; what acts or is hidden left out. */
export function textOf(part: Part): string {
  const words = tidy(collect(part, false));
  return (words || tidy(collect(part, true))).slice(0, LONGEST);
}

/** A file's name: small letters without marks, words joined by hyphens. */
export function fileName(title: string): string {
  const plain = title.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
  const words = plain.split(/[^a-z0-9]+/).filter((word) => word !== '').join('-');
  return `${words.slice(0, 80).replace(/-$/, '') || 'bang'}.xlsx`;
}

/** Collect the words; `unseen` takes those that only a screen reader says. */
function collect(part: Part, unseen: boolean): string {
  if (part.nodeType === TEXT) return (part.textContent ?? '').replace(/\s+/g, ' ');
  if (part.nodeType !== ELEMENT) return '';
  const name = part.nodeName.toUpperCase();
  if (part.getAttribute('hidden') !== null) return '';
  if (name === 'SVG' && unseen) return ` ${part.getAttribute('aria-label') ?? ''} `;
  if (ACTING.has(name) || part.getAttribute('data-no-sheet') !== null) return '';
  if (!unseen && /\bvisually-hidden\b/.test(part.getAttribute('class') ?? '')) return '';
  const typed = typedIn(part, name);
  if (typed !== undefined) return typed;
  const inner = Array.from(part.childNodes, (child) => collect(child, unseen)).join('');
  return BREAKING.has(name) ? `\n${inner}\n` : inner;
}

/** What a field holds; undefined if this is no field. */
function typedIn(part: Part, name: string): string | undefined {
  if (name === 'TEXTAREA') return part.value ?? '';
  if (name === 'SELECT') {
    const chosen = all(part, (one) => one.nodeName.toUpperCase() === 'OPTION'
      && (one as { readonly selected?: boolean }).selected === true);
    return chosen.map((one) => one.textContent ?? '').join(', ');
  }
  if (name !== 'INPUT') return undefined;
  const type = part.getAttribute('type') ?? 'text';
  if (type === 'checkbox' || type === 'radio') return part.checked ? 'x' : '';
  return ['password', 'hidden', 'file', 'submit', 'button'].includes(type) ? '' : part.value ?? '';
}

function tidy(words: string): string {
  return words.split('\n').map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '').join('\n');
}

function rowsIn(table: Part, wanted: boolean, inHead = false): Part[] {
  return Array.from(table.childNodes).flatMap((child) => {
    const name = child.nodeName.toUpperCase();
    if (child.nodeType !== ELEMENT || child.getAttribute('hidden') !== null) return [];
    if (name === 'TR') return inHead === wanted ? [child] : [];
    if (name !== 'THEAD' && name !== 'TBODY' && name !== 'TFOOT') return [];
    return rowsIn(child, wanted, name === 'THEAD');
  });
}

/** Lay out rows: a cell over several rows stands in each, over several columns once. */
function linesOf(rows: readonly Part[], locale: Locale): Value[][] {
  const lines: Value[][] = rows.map(() => []);
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of cellsOf(row)) {
      while (lines[y]?.[x] !== undefined) x += 1;
      const value = valueOf(cell, locale);
      const [wide, high] = [span(cell, 'colspan'), span(cell, 'rowspan')];
      for (const line of lines.slice(y, y + high)) {
        for (let column = x; column < x + wide; column += 1) line[column] = '';
        line[x] = value;
      }
      x += wide;
    }
  });
  return lines.map((line) => Array.from(line, (value) => value ?? ''));
}

function cellsOf(row: Part): Part[] {
  return Array.from(row.childNodes).filter((cell) => /^T[HD]$/i.test(cell.nodeName)
    && cell.getAttribute('hidden') === null);
}

function span(cell: Part, name: string): number {
  const wanted = Number(cell.getAttribute(name) ?? '1');
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, 200) : 1;
}

/** Leave out columns that show nothing anywhere, such as those of buttons. */
function withoutEmptyColumns(head: Value[][], rows: Value[][]): Pick<Sheet, 'head' | 'rows'> {
  const lines = [...head, ...rows];
  const width = Math.max(0, ...lines.map((line) => line.length));
  const kept = Array.from({ length: width }, (_, x) => x)
    .filter((x) => lines.some((line) => (line[x] ?? '') !== ''));
  const pick = (line: Value[]): Value[] => kept.map((x) => line[x] ?? '');
  return { head: head.map(pick), rows: rows.map(pick) };
}

function all(part: Part, wanted: (one: Part) => boolean): Part[] {
  return Array.from(part.childNodes).flatMap((child) => {
    if (child.nodeType !== ELEMENT) return [];
    return wanted(child) ? [child] : all(child, wanted);
  });
}
