using Actors.Api.Settings;
using QRCoder;

namespace Actors.Api.Https;

/// <summary>What the terminal says after a start with <c>--https</c>.</summary>
internal sealed class TrustInstructions(HttpsOptions https, PublicOptions publicOptions, LocalCertificate certificate)
{
    public IEnumerable<string> Lines(IReadOnlyList<string> addresses)
    {
        if (!https.Enabled || addresses.Count == 0)
        {
            return [];
        }

        // made now and not at the first connection: the file is there once its path is told, and what prevents it stops the start
        _ = certificate.Current;
        var plain = addresses.Select(BindingAddress.Parse).FirstOrDefault(binding => binding.Scheme == "http");
        if (plain is null)
        {
            return [$"Phones must trust the certificate {certificate.AuthorityPath} once."];
        }

        var page = $"http://{Host()}:{plain.Port}/ca";
        return
        [
            "",
            $"On a phone of this network, open {page} once, to trust this server; from then on use {PublicUrl(addresses)}",
            new AsciiQRCode(QRCodeGenerator.GenerateQrCode(page, QRCodeGenerator.ECCLevel.L)).GetGraphicSmall(drawQuietZones: true),
        ];
    }

    /// <summary>The address for links: the setting's, with <c>--https</c> one that phones can open, else this machine's own.</summary>
    public string PublicUrl(IReadOnlyList<string> addresses)
    {
        if (publicOptions.Url is { } url)
        {
            return url.GetLeftPart(UriPartial.Authority);
        }

        var bindings = addresses.Select(BindingAddress.Parse).ToArray();
        if (https.Enabled && Array.Find(bindings, binding => binding.Scheme == "https") is { } secure)
        {
            return $"https://{Host()}:{secure.Port}";
        }

        var first = bindings.FirstOrDefault();
        return first is null ? "" : $"{first.Scheme}://{(IsEverywhere(first) ? "localhost" : first.Host)}:{first.Port}";
    }

    public static bool IsEverywhere(BindingAddress binding) => binding.Host is "*" or "+" or "[::]" or "0.0.0.0";

    private string Host()
    {
        var host = MachineNames.Current(https, publicOptions).Reachable.FirstOrDefault()?.ToString() ?? "localhost";
        return host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
    }
}
