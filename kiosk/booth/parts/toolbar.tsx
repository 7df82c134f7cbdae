import type { ComponentChildren, JSX } from 'preact';
import { t } from '../../../web/ts/i18n.ts';
import { type Comfort, larger, nextContrast, otherLanguage, SIZES, smaller } from '../comfort.ts';
import { Icon } from './icon.tsx';
import { Press } from './press.tsx';

export interface ToolbarProps {
  readonly comfort: Comfort;
  readonly onComfort: (comfort: Comfort) => void;
}

/** Text size, contrast, language: within reach on every screen. */
export function Toolbar({ comfort, onComfort }: ToolbarProps): JSX.Element {
  const { size } = comfort;
  return (
    <div class="tools" role="toolbar" aria-label={t('booth.tools')}>
      <Tool id="smaller" disabled={size === SIZES[0]} onPress={() => onComfort(smaller(comfort))}>
        A− <small>{t('booth.word.smaller')}</small>
      </Tool>
      <Tool id="larger" disabled={size === SIZES.at(-1)} onPress={() => onComfort(larger(comfort))}>
        A+ <small>{t('booth.word.larger')}</small>
      </Tool>
      <Tool id="contrast" onPress={() => onComfort(nextContrast(comfort))}>
        <Icon name="circle-half" /> <small>{t('booth.word.contrast')}</small>
      </Tool>
      <Tool id="language" onPress={() => onComfort(otherLanguage(comfort))}>
        {t('booth.other_language')} <small>{t('booth.word.language')}</small>
      </Tool>
    </div>
  );
}

interface ToolProps {
  readonly id: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
  readonly children: ComponentChildren;
}

function Tool({ id, disabled, onPress, children }: ToolProps): JSX.Element {
  return (
    <Press
      class="tool" testid={`tool-${id}`} label={t(`booth.tool.${id}`)}
      disabled={disabled ?? false} onPress={onPress}
    >
      {children}
    </Press>
  );
}
