document.documentElement.lang = navigator.language.startsWith('fr') ? 'fr' : 'en';
