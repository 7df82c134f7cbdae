/** What a delegate reads when something was refused. */

import { t } from '../../web/ts/i18n.ts';

/** The sentence of a code; of one that no tablet expects, the general one. */
export function faultText(code: string): string {
  const wanted = `booth.fault.${code}`;
  const sentence = t(wanted);
  return sentence === wanted ? t('booth.fault.fault') : sentence;
}
