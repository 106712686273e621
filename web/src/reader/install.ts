import type { Notices } from './ui/notices';

interface InstallPrompt extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

const storageKey = 'actors.install-later';
const laterMs = 7 * 86_400_000;

/** Offers installation where the browser allows it, and takes "later" for a week. */
export function offerInstallation(notices: Pick<Notices, 'show' | 'hide'>): void {
  self.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    if (Date.now() - Number(localStorage.getItem(storageKey) ?? 0) < laterMs) return;
    const later = () => {
      notices.hide('install');
      localStorage.setItem(storageKey, String(Date.now()));
    };
    const install = async () => {
      notices.hide('install');
      // a prompt can be shown once: whoever says no to the browser has said "later" to us
      if ((await (event as InstallPrompt).prompt()).outcome === 'dismissed') later();
    };
    notices.show('install', {
      level: 'info',
      text: 'notice.install',
      actions: [
        { label: 'notice.install-action', run: () => void install() },
        { label: 'notice.later', run: later },
      ],
    });
  });
  self.addEventListener('appinstalled', () => notices.hide('install'));
}
