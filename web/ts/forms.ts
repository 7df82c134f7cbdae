/**
 * Forms that speak JSON.
 *
 * `<form data-api="/api/login" data-done="/path">` is posted as a JSON object; then
 * `data-done` names where to go (`reload`, or a path; without it nothing happens but
 * the event `done`, whose detail is the answer). A form with a file goes as multipart.
 *
 * A field's value is its text. `data-type` makes it a `number` or a `list` (one item a
 * line); a checkbox is a boolean; an empty `number` or `data-empty="null"` is null.
 * A name such as `members.0.name` builds objects inside lists.
 *
 * A refusal is shown in the form's `[data-error]`, and told by the event `refused`.
 */

import { ApiError, post } from './api.ts';
import { t } from './i18n.ts';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Tree = { [key: string]: unknown };

/** Answer every form of this page, also those that appear later. */
export function installForms(root: Document | HTMLElement = document): void {
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset['api'] === undefined) return;
    event.preventDefault();
    void submit(form);
  });
}

/** Post a form as its `data-` attributes say. */
export async function submit(form: HTMLFormElement): Promise<void> {
  const path = form.dataset['api'];
  if (path === undefined) throw new TypeError('the form names no data-api');
  showError(form, '');
  const release = hold(form);
  try {
    const answer = await post<Tree>(path, hasFile(form) ? new FormData(form) : serialise(form));
    form.dispatchEvent(new CustomEvent('done', { detail: answer, bubbles: true }));
    leave(form.dataset['done']);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    showError(form, error.message || t('form.unreachable'));
    form.dispatchEvent(new CustomEvent('refused', { detail: error, bubbles: true }));
  } finally {
    release();
  }
}

/** The JSON object that a form means. */
export function serialise(form: HTMLFormElement): Tree {
  const tree: Tree = {};
  for (const field of fields(form)) place(tree, field.name.split('.'), valueOf(field));
  return pack(tree) as Tree;
}

/** Show a sentence in the form's error line, or hide the line. */
export function showError(form: HTMLElement, message: string): void {
  const line = form.querySelector<HTMLElement>('[data-error]');
  if (!line) return;
  line.textContent = message;
  line.hidden = message === '';
}

function fields(form: HTMLFormElement): Field[] {
  const all = [...form.elements].filter((one): one is Field =>
    one instanceof HTMLInputElement || one instanceof HTMLSelectElement
    || one instanceof HTMLTextAreaElement);
  return all.filter((field) => field.name !== '' && !field.disabled
    && !(field instanceof HTMLInputElement && field.type === 'radio' && !field.checked));
}

function valueOf(field: Field): unknown {
  if (field instanceof HTMLInputElement && field.type === 'checkbox') return field.checked;
  const text = field.value.trim();
  const type = field.dataset['type'] ?? (field.type === 'number' ? 'number' : 'text');
  if (type === 'number') return text === '' ? null : Number(text);
  if (type === 'list') return text.split('\n').map((line) => line.trim()).filter(Boolean);
  if (text === '' && field.dataset['empty'] === 'null') return null;
  return field.type === 'password' ? field.value : text;
}

function place(tree: Tree, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path;
  if (head === undefined) throw new TypeError('a field has no name');
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const inner = (tree[head] ??= {}) as Tree;
  place(inner, rest, value);
}

/** Turn objects whose keys are all numbers into lists, in the order of the page. */
function pack(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, pack(one)] as const);
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))) {
    return entries.map(([, one]) => one);
  }
  return Object.fromEntries(entries);
}

function hasFile(form: HTMLFormElement): boolean {
  return form.querySelector('input[type=file]') !== null;
}

/** Keep a form from being sent twice; the returned function lets go of it. */
function hold(form: HTMLFormElement): () => void {
  const buttons = [...form.querySelectorAll<HTMLButtonElement>('button:not([disabled])')];
  for (const button of buttons) button.disabled = true;
  form.setAttribute('aria-busy', 'true');
  return () => {
    for (const button of buttons) button.disabled = false;
    form.removeAttribute('aria-busy');
  };
}

function leave(target: string | undefined): void {
  if (target === 'reload') location.reload();
  else if (target !== undefined && target !== '') location.assign(target);
}
