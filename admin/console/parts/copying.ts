/**
 * Copying a text: `data-copy` names the element, `data-copied` is what the button then
 * says. A page that is not served over TLS has no clipboard of its own, so there the
 * text is selected and copied as a person would.
 */

const SAID_MS = 2_000;

export function installCopying(): void {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLElement>('[data-copy]');
    if (button) void copy(button);
    if (target?.closest('[data-print]')) window.print();
  });
}

async function copy(button: HTMLElement): Promise<void> {
  const source = document.getElementById(button.dataset['copy'] ?? '');
  if (!source) throw new TypeError('there is nothing to copy');
  if (window.isSecureContext) await navigator.clipboard.writeText(source.innerText);
  else copySelected(source);
  const words = button.innerHTML;
  button.textContent = button.dataset['copied'] ?? '';
  setTimeout(() => { button.innerHTML = words; }, SAID_MS);
}

function copySelected(source: HTMLElement): void {
  const selection = window.getSelection();
  selection?.removeAllRanges();
  const range = document.createRange();
  range.selectNodeContents(source);
  selection?.addRange(range);
  document.execCommand('copy'); // the only way without TLS
  selection?.removeAllRanges();
}
