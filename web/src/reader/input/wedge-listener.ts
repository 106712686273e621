import { looksLikeCertificate } from '../../shared/codec/certificate';
import { WedgeDetector } from './wedge';

/** Takes what a plugged-in scanner types anywhere on the page, and keeps it out of fields and buttons. */
export function listenToWedge(onScan: (text: string) => void): void {
  const detector = new WedgeDetector();
  let fieldBefore: { field: HTMLInputElement; value: string } | null = null;

  document.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const { key, code, shiftKey: shift, timeStamp: time, target } = event;
      if (target instanceof HTMLInputElement && !detector.continues(time)) {
        fieldBefore = { field: target, value: target.value };
      }
      const scan = detector.press({ key, code, shift, time });
      if (!scan) {
        // a space would press the button that has the focus
        if (key === ' ' && detector.isTyping) event.preventDefault();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      if (fieldBefore && target === fieldBefore.field) fieldBefore.field.value = fieldBefore.value;
      fieldBefore = null;
      onScan(looksLikeCertificate(scan.typed) || !looksLikeCertificate(scan.asUs) ? scan.typed : scan.asUs);
    },
    { capture: true },
  );
}
