import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { t } from '../../../web/ts/i18n.ts';
import { fillGroups, GROUPS, isComplete, isQr, strangers } from '../card.ts';
import { Press } from './press.tsx';

interface CodeBoxesProps {
  readonly busy: boolean;
  readonly onCode: (text: string) => void;
}

/** The code printed on a card, group by group, as it is printed. */
export function CodeBoxes({ busy, onCode }: CodeBoxesProps): JSX.Element {
  const [groups, setGroups] = useState<readonly string[]>(GROUPS.map(() => ''));
  const boxes = useRef<(HTMLInputElement | null)[]>([]);
  const odd = isQr(groups[0] ?? '') ? [] : strangers(groups.join(''));
  const ready = isComplete(groups) || isQr(groups[0] ?? '');
  const typed = (index: number, text: string): void => {
    // A hand scanner types the whole QR into the first box: leave it together.
    const next = isQr(text)
      ? groups.map((group, at) => (at === index ? text : group))
      : fillGroups(groups, index, text);
    setGroups(next);
    const full = (next[index] ?? '').length >= (GROUPS[index] ?? 0);
    if (full && !isQr(text)) boxes.current[firstOpen(next)]?.focus();
  };
  return (
    <form class="code" onSubmit={(event) => {
      event.preventDefault();
      const [scanned = ''] = groups;
      if (!ready || busy) return;
      onCode(isQr(scanned) ? scanned : groups.join('-'));
      if (isQr(scanned)) setGroups(GROUPS.map(() => ''));
    }}>
      <div class="code-boxes">
        {groups.map((group, index) => (
          <input
            key={index} ref={(box) => { boxes.current[index] = box; }}
            class="code-box" size={GROUPS[index] ?? 6} value={group} disabled={busy}
            data-testid={index === 0 ? 'card-input' : `card-input-${index}`}
            aria-label={t('booth.scan.box', { number: index + 1 })}
            aria-invalid={strangers(group).length > 0 && !isQr(group)}
            autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck={false}
            onInput={(event) => typed(index, event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Backspace' && group === '') boxes.current[index - 1]?.focus();
            }}
          />
        ))}
      </div>
      <p class={odd.length > 0 ? 'hint wrong' : 'hint'} data-testid="card-hint">
        {odd.length > 0
          ? t('booth.scan.strangers', { characters: odd.join(' ') })
          : t('booth.scan.letters')}
      </p>
      <Press class="btn primary" testid="card-submit" disabled={!ready || busy}
        onPress={() => boxes.current[0]?.form?.requestSubmit()}>
        {t(busy ? 'booth.scan.checking' : 'booth.scan.submit')}
      </Press>
    </form>
  );
}

function firstOpen(groups: readonly string[]): number {
  const open = groups.findIndex((group, index) => group.length < (GROUPS[index] ?? 0));
  return open === -1 ? groups.length - 1 : open;
}
