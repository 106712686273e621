import type { Notices } from './ui/notices';

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

const storageKey = 'actors.install-later';
const laterMs = 7 * 86_400_000;

/** Offers installation where the browser allows it, and takes "later" for a week. */
export function offerInstallation(notices: Notices): void {
  self.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    if (Date.now() - Number(localStorage.getItem(storageKey) ?? 0) < laterMs) return;
    const install = () => {
      notices.hide('install');
      void (event as InstallPrompt).prompt();
    };
    const later = () => {
      notices.hide('install');
      localStorage.setItem(storageKey, String(Date.now()));
    };
    notices.show('install', {
      level: 'info',
      text: 'notice.install',
      actions: [
        { label: 'notice.install-action', run: install },
        { label: 'notice.later', run: later },
      ],
    });
  });
  self.addEventListener('appinstalled', () => notices.hide('install'));
}
