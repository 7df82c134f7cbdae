/** Reading a table off a page: what is shown goes into the sheet, and nothing else. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName, readList, readNumber, readRows, textOf, type Part } from '../../web/ts/sheet.ts';
import { cssString, marginRules, moment } from '../../web/ts/printing.ts';

type Attributes = Readonly<Record<string, string>>;
type Child = Part | string | number;
type Extra = { readonly value?: string; readonly checked?: boolean; readonly selected?: boolean };

/** Stand in for an element: its name, its attributes, what is in it. */
function el(name: string, given: Attributes & { readonly is?: never }, ...inside: Child[]): Part {
  const childNodes = inside.map((one) => typeof one === 'object' ? one : word(String(one)));
  return {
    nodeType: 1,
    nodeName: name.toUpperCase(),
    getAttribute: (key: string) => given[key] ?? null,
    get textContent() { return childNodes.map((one) => one.textContent).join(''); },
    childNodes,
  };
}

function word(text: string): Part {
  return { nodeType: 3, nodeName: '#text', textContent: text, getAttribute: () => null, childNodes: [] };
}

function field(name: string, given: Attributes, extra: Extra, ...inside: Child[]): Part {
  return Object.assign(el(name, given, ...inside), extra);
}

const row = (...cells: Child[]): Part =>
  el('tr', {}, ...cells.map((cell) => typeof cell === 'object' ? cell : el('td', {}, cell)));

test('header rows and body rows are told apart, and column by column', () => {
  const table = el('table', {},
    el('thead', {}, el('tr', {}, el('th', {}, 'STT'), el('th', {}, 'Họ và tên'), el('th', {}))),
    ' ',
    el('tbody', {}, row(1, 'Đinh Y Khoa Niê', el('td', {}, el('button', {}, 'Sửa'))),
      row(2, '  Phạm  Thái\n Bình An ', el('td', {}, el('button', {}, 'Sửa')))));
  assert.deepEqual(readRows(table, 'vi'), {
    head: [['STT', 'Họ và tên']],
    rows: [[1, 'Đinh Y Khoa Niê'], [2, 'Phạm Thái Bình An']],
  });
});

test('a cell over several rows stands in each, over several columns once', () => {
  const table = el('table', {},
    el('thead', {},
      el('tr', {}, el('th', { rowspan: '2' }, 'Họ và tên'), el('th', { colspan: '2' }, 'Số phiếu')),
      el('tr', {}, el('th', {}, 'Đồng ý'), el('th', {}, 'Không'))),
    el('tbody', {},
      el('tr', {}, el('td', { rowspan: '2' }, 'An'), el('td', {}, 5), el('td', {}, 3)),
      row(4, 2)));
  assert.deepEqual(readRows(table, 'vi'), {
    head: [['Họ và tên', 'Số phiếu', ''], ['Họ và tên', 'Đồng ý', 'Không']],
    rows: [['An', 5, 3], ['An', 4, 2]],
  });
});

test('a span without sense is one', () => {
  for (const colspan of ['0', '-1', 'x', '1.5', '']) {
    const table = el('table', {}, el('tbody', {}, el('tr', {}, el('td', { colspan }, 'a'), el('td', {}, 'b'))));
    assert.deepEqual(readRows(table, 'vi').rows, [['a', 'b']]);
  }
});

test('what is typed counts, what acts or is hidden does not', () => {
  const cells: readonly [Part, string][] = [
    [field('input', {}, { value: 'Hội trường' }), 'Hội trường'],
    [field('input', { type: 'checkbox' }, { checked: true }), 'x'],
    [field('input', { type: 'radio' }, { checked: false }), ''],
    [field('input', { type: 'password' }, { value: 'secret' }), ''],
    [field('input', { type: 'hidden' }, { value: 'secret' }), ''],
    [field('textarea', {}, { value: 'a\nb' }), 'a\nb'],
    [el('select', {}, field('option', {}, { selected: false }, 'Một'),
      field('option', {}, { selected: true }, 'Hai')), 'Hai'],
    [el('button', {}, 'Xóa'), ''],
    [el('span', { hidden: '' }, 'ẩn'), ''],
    [el('span', { 'data-no-sheet': '' }, 'ẩn'), ''],
    [el('dialog', {}, 'Có chắc không?'), ''],
  ];
  for (const [cell, expected] of cells) {
    assert.equal(textOf(el('td', {}, cell)), expected);
  }
});

test('lines stay lines; a sign alone says what a screen reader says', () => {
  const named = el('td', {}, el('b', {}, 'An'), el('br', {}), el('small', {}, 'Trưởng phòng'));
  assert.equal(textOf(named), 'An\nTrưởng phòng');
  const both = el('td', {}, 'Đạt', el('span', { class: 'visually-hidden' }, '(đã ký)'));
  assert.equal(textOf(both), 'Đạt');
  const sign = el('td', {}, el('svg', { 'aria-label': '5 / 8' }));
  assert.equal(textOf(sign), '5 / 8');
  assert.equal(textOf(el('td', {}, 'x'.repeat(9000))).length, 4000);
});

for (const [text, locale, expected] of [
  ['0', 'vi', 0], ['83', 'vi', 83], ['-5', 'vi', -5], ['−5', 'vi', -5], ['1.234', 'vi', 1234],
  ['1.234.567', 'vi', 1234567], ['29,95', 'vi', 29.95], ['1.234,5', 'vi', 1234.5],
  ['1,234', 'en', 1234], ['29.95', 'en', 29.95],
  ['29,95%', 'vi', { percent: 29.95, places: 2 }], ['30 %', 'vi', { percent: 30, places: 0 }],
  ['100%', 'en', { percent: 100, places: 0 }],
] as const) {
  test(`"${text}" is a number in ${locale}`, () => {
    assert.deepEqual(readNumber(text, locale), expected);
  });
}

for (const text of [
  '', '007', '0912345678', '1.2', '1.23456', '12.34', '1,2,3', '=1+1', '62/207', '62 / 207',
  '21/11/2026', '14:00', '1990–1995', 'A1', '1e5', '5.', ',5', '%', '1234567890123456', '–',
]) {
  test(`"${text}" is a text`, () => {
    assert.equal(readNumber(text, 'vi'), text);
  });
}

test('a cell may say its number itself', () => {
  const table = el('table', {}, row(el('td', { 'data-value': '0.5' }, 'một nửa'),
    el('td', { 'data-value': 'x' }, 'chữ'), el('td', { 'data-value': '' }, '7')));
  assert.deepEqual(readRows(table, 'vi').rows, [[0.5, 'chữ', 7]]);
});

test('a list says which of its parts are rows and cells', () => {
  const line = (name: string, count?: number): Part => el('li', { 'data-row': '' },
    el('div', {}, el('h2', { 'data-cell': 'Hội nghị' }, name),
      ...(count === undefined ? [] : [el('p', {}, 'Có mặt ', el('b', { 'data-cell': 'Có mặt' }, count))])));
  const list = el('ul', { 'data-sheet-list': '' }, line('Một', 40), line('Hai'), el('li', {}, 'Không có'));
  assert.deepEqual(readList(list, 'vi'), {
    head: [['Hội nghị', 'Có mặt']], rows: [['Một', 40], ['Hai', '']],
  });
});

test('a file is named without marks', () => {
  assert.equal(fileName('Danh sách đại biểu (80)'), 'danh-sach-dai-bieu-80.xlsx');
  assert.equal(fileName('Đưa ra khỏi quy hoạch: ƯỚC'), 'dua-ra-khoi-quy-hoach-uoc.xlsx');
  assert.equal(fileName('../..\\:*?'), 'bang.xlsx');
  assert.equal(fileName('a'.repeat(300)).length, 85);
});

test('the margins of a sheet quote whatever the title says', () => {
  assert.equal(cssString('a"b\\c\nd'), '"a\\22 b\\5c c\\a d"');
  const rules = marginRules('"; } body { display: none', 'In lúc 14:00', 'TRÌNH DIỄN');
  assert.match(rules, /@bottom-left \{ content: "\\22 ; \} body \{ display: none · In lúc 14:00"; \}/);
  assert.match(rules, /@top-center \{ content: "TRÌNH DIỄN"; \}/);
  assert.doesNotMatch(marginRules('a', 'b', ''), /top-center \{ content: "/);
  assert.equal(moment(new Date(2026, 10, 21, 7, 5)), '07:05, 21/11/2026');
});
