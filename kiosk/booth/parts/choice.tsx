import type { JSX } from 'preact';
import { Icon } from './icon.tsx';
import { Press } from './press.tsx';

interface ChoiceProps {
  readonly text: string;
  readonly testid: string;
  readonly marked: boolean;
  /** Another answer to the same question is marked. */
  readonly dimmed: boolean;
  readonly onPress: () => void;
}

/** One answer. Every answer looks the same until it is marked: fill, tick, text. */
export function Choice({ text, testid, marked, dimmed, onPress }: ChoiceProps): JSX.Element {
  const look = marked ? 'on' : dimmed ? 'off' : '';
  return (
    <Press class={`choice ${look}`} testid={testid} pressed={marked} onPress={onPress}>
      <span class="tick">{marked && <Icon name="check-lg" />}</span>
      <span>{text}</span>
    </Press>
  );
}
