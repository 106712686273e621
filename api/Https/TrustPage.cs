using Actors.Api.Pages;

namespace Actors.Api.Https;

/// <summary>How to trust the local authority, in the reader's language.</summary>
internal static class TrustPage
{
    public static string Of(string? acceptLanguage) => Languages.Choose(acceptLanguage) switch
    {
        "fr" => Page("fr", "Faire confiance à ce serveur",
            "Le navigateur n'ouvre la caméra que sur un site de confiance. Une seule fois, sur ce téléphone :",
            "Télécharger le certificat",
            [
                "<b>Android</b> : Paramètres › Sécurité › Chiffrement et identifiants › Installer un certificat › Certificat CA, puis choisir le fichier téléchargé.",
                "<b>iPhone, iPad</b> : autoriser le téléchargement, puis Réglages › Général › VPN et gestion de l'appareil › installer le profil ; enfin Réglages › Général › Informations › Réglages des certificats : l'activer.",
                "<b>Ordinateur</b> : l'importer dans les autorités du navigateur ou du système.",
            ],
            "Ce certificat ne vaut que pour cette machine et pour les réseaux privés. Retirez-le quand vous n'en avez plus besoin."),
        _ => Page("en", "Trust this server",
            "A browser opens the camera on trusted sites only. Once, on this phone:",
            "Download the certificate",
            [
                "<b>Android</b>: Settings › Security › Encryption &amp; credentials › Install a certificate › CA certificate, then choose the downloaded file.",
                "<b>iPhone, iPad</b>: allow the download, then Settings › General › VPN &amp; Device Management › install the profile; last, Settings › General › About › Certificate Trust Settings: switch it on.",
                "<b>Computer</b>: import it into the browser's or the system's authorities.",
            ],
            "This certificate is good for this machine and for private networks only. Remove it when you need it no more."),
    };

    private static string Page(string language, string title, string why, string link, string[] steps, string end) => $"""
        <!doctype html>
        <html lang="{language}">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title></head>
        <body>
        <main>
        <h1>{title}</h1>
        <p>{why}</p>
        <p><a href="/ca.crt" download>{link}</a></p>
        <ul>
        {string.Join('\n', steps.Select(step => $"<li>{step}</li>"))}
        </ul>
        <p>{end}</p>
        </main>
        </body>
        </html>
        """;
}
