/**
 * Talking to our own service: JSON out, JSON in, refusals as `ApiError`.
 *
 * Every POST brings the token of GET /api/session; if the server says the page is
 * stale (it was restarted, or somebody logged in), the token is fetched once more.
 */

import { t } from './i18n.ts';

/** What a refusal says: a stable code, a sentence for people, the numbers behind it. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;
  /** The whole answer, for refusals that bring more (such as faulty rows). */
  readonly answer: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status: number, answer: Record<string, unknown> = {}) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.answer = answer;
    this.details = isObject(answer['details']) ? answer['details'] : {};
  }

  /** Nothing is known to have happened: the same request may be sent again. */
  get unreachable(): boolean {
    return this.code === 'unreachable';
  }
}

export interface SessionState {
  readonly user: string;
  readonly roles: readonly string[];
  readonly csrf_token: string;
  readonly locale: 'vi' | 'en';
  readonly demo: boolean;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

let token: string | undefined;
let asking: Promise<SessionState> | undefined;

/** GET a JSON answer. */
export async function get<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return await (await request(path, { ...options })).json() as T;
}

/** GET a text exactly as the server keeps it. */
export async function getText(path: string, options: RequestOptions = {}): Promise<string> {
  return await (await request(path, { ...options })).text();
}

/** POST and read the JSON answer. FormData goes as a form, a string as it is, all else as JSON. */
export async function post<T>(
  path: string, body: unknown = {}, options: RequestOptions = {},
): Promise<T> {
  return await (await send(path, body, options)).json() as T;
}

/** POST and read the answer as a file, such as a PDF. */
export async function postForFile(
  path: string, body: unknown = {}, options: RequestOptions = {},
): Promise<Blob> {
  return await (await send(path, body, options)).blob();
}

/**
 * Who is asking, as the server sees it; also renews the token of the next POSTs.
 *
 * Asked once for all who ask at the same time: two answers at once would be two
 * sessions with a token each, and the page might keep the one with the other's cookie.
 */
export async function session(): Promise<SessionState> {
  asking ??= ask().finally(() => { asking = undefined; });
  return await asking;
}

async function ask(): Promise<SessionState> {
  const state = await get<SessionState>('/api/session');
  token = state.csrf_token;
  return state;
}

async function send(path: string, body: unknown, options: RequestOptions): Promise<Response> {
  if (token === undefined) await session();
  try {
    return await request(path, { ...options, ...encode(body) });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'stale_page') throw error;
    await session();
    return await request(path, { ...options, ...encode(body) });
  }
}

function encode(body: unknown): RequestInit {
  const headers: Record<string, string> = { 'X-CSRF-Token': token ?? '' };
  if (body instanceof FormData) return { method: 'POST', headers, body };
  headers['Content-Type'] = 'application/json';
  return { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { cache: 'no-store', redirect: 'error', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('unreachable', t('form.unreachable'), 0);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response: Response): Promise<ApiError> {
  let answer: unknown;
  try {
    answer = await response.json();
  } catch {
    answer = undefined;
  }
  if (isObject(answer) && typeof answer['code'] === 'string') {
    return new ApiError(answer['code'], String(answer['message'] ?? ''), response.status, answer);
  }
  return new ApiError('unreachable', t('form.unreachable'), response.status);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
