/** What every page of ours shares: texts, codes, and what a refusal becomes. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { readBarcodes, prepareZXingModule } from 'zxing-wasm/reader';
import { ApiError, get, post, session } from '../../web/ts/api.ts';
import { t, useTexts } from '../../web/ts/i18n.ts';
import { qrPath, qrSvg } from '../../web/ts/qr.ts';

const wasm = readFileSync('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm');
prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(
  wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer } });

test('texts are filled in like the server fills them in', () => {
  useTexts({
    'a.b': 'Chưa đủ: có mặt %(present)s, cần %(needed)s (100%%).',
    'c.d': 'Không có gì để điền.',
  }, 'vi');
  assert.equal(t('a.b', { present: 40, needed: 67 }), 'Chưa đủ: có mặt 40, cần 67 (100%).');
  assert.equal(t('c.d'), 'Không có gì để điền.');
  assert.equal(t('no.such.key'), 'no.such.key');
  assert.equal(t('a.b', { present: 40 }), 'Chưa đủ: có mặt 40, cần %(needed)s (100%).');
});

/** Paint the bars of a code's path, as a browser would. */
function paint(text: string): { data: Uint8ClampedArray; width: number; height: number } {
  const scale = 4;
  const { size, path } = qrPath(text);
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * width + Number(x) * scale) * 4;
      for (let at = from; at < from + Number(length) * scale * 4; at += 4) {
        data.fill(0, at, at + 3);
      }
    }
  }
  return { data, width, height: width };
}

for (const text of ['PK1:bAa2X2vhiqxBWg:ayXH5-Y97uxS-9dY5X-3ZVg8F', 'x', 'đồng ý '.repeat(20)]) {
  test(`a code of ${text.length} characters is read back by the reader we ship`, async () => {
    const [found] = await readBarcodes(paint(text) as ImageData, { formats: ['QRCode'] });
    assert.equal(found?.text, text);
  });
}

test('a code is an SVG without style or script', () => {
  assert.match(qrSvg('PK1:x'), /^<svg class="qr" viewBox="0 0 29 29"/);
  assert.doesNotMatch(qrSvg('PK1:x'), /style|script|on\w+=/);
  assert.throws(() => qrSvg(''), TypeError);
});

interface Call { readonly path: string; readonly init: RequestInit }

/** Stand in for the network: each request takes the next answer. */
function network(...answers: (Response | Error)[]): Call[] {
  const calls: Call[] = [];
  globalThis.fetch = async (path, init) => {
    calls.push({ path: String(path), init: init ?? {} });
    const answer = answers.shift();
    if (!(answer instanceof Response)) throw answer ?? new TypeError('nothing left');
    return answer;
  };
  return calls;
}

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });
const tokenOf = (call: Call | undefined): unknown =>
  (call?.init.headers as Record<string, string>)['X-CSRF-Token'];

test('a POST brings the token, and fetches a new one if the page is stale', async () => {
  const calls = network(
    json({ csrf_token: 'one' }),
    json({ ok: false, code: 'stale_page', message: '' }, 400),
    json({ csrf_token: 'two' }),
    json({ ok: true, number: 5 }),
    json({ ok: true }),
  );
  assert.deepEqual(await post('/api/numbers', { number: 5 }), { ok: true, number: 5 });
  await post('/api/ballots', '{"exact":  "bytes"}');

  assert.deepEqual(calls.map((call) => call.path), [
    '/api/session', '/api/numbers', '/api/session', '/api/numbers', '/api/ballots',
  ]);
  assert.deepEqual([tokenOf(calls[1]), tokenOf(calls[3])], ['one', 'two']);
  assert.equal(calls[4]?.init.body, '{"exact":  "bytes"}');
});

test('who ask for the token at the same time get the same one', async () => {
  const calls = network(json({ csrf_token: 'one' }), json({ csrf_token: 'two' }));
  const told = await Promise.all([session(), session()]);
  assert.deepEqual(told.map(({ csrf_token: one }) => one), ['one', 'one']);
  assert.equal(calls.length, 1);
  assert.equal((await session()).csrf_token, 'two');
});

test('a refusal carries its code, its sentence and its numbers', async () => {
  network(json({ ok: false, code: 'no_quorum', message: 'Chưa đủ', details: { needed: 67 } }, 409));
  await assert.rejects(get('/api/x'), (error: unknown) => error instanceof ApiError
    && error.code === 'no_quorum' && error.message === 'Chưa đủ' && error.status === 409
    && error.details['needed'] === 67 && !error.unreachable);
});

test('no network, and an answer that is not ours, mean that nothing is known', async () => {
  network(new TypeError('failed to fetch'), new Response('<html>', { status: 502 }));
  for (let time = 0; time < 2; time += 1) {
    await assert.rejects(get('/api/x'), (error: unknown) =>
      error instanceof ApiError && error.unreachable);
  }
});
