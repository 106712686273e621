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

        var bindings = addresses.Select(BindingAddress.Parse).ToArray();
        var plain = Array.Find(bindings, binding => binding.Scheme == "http");
        var secure = Array.Find(bindings, binding => binding.Scheme == "https");
        var host = MachineNames.Current(https, publicOptions).Reachable.FirstOrDefault()?.ToString() ?? "localhost";
        host = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        if (plain is null || secure is null)
        {
            return [$"Phones must trust the certificate {certificate.AuthorityPath} once."];
        }

        var page = $"http://{host}:{plain.Port}/ca";
        return
        [
            "",
            $"On a phone of this network, open {page} once, to trust this server, then https://{host}:{secure.Port}",
            new AsciiQRCode(QRCodeGenerator.GenerateQrCode(page, QRCodeGenerator.ECCLevel.L)).GetGraphicSmall(drawQuietZones: true),
        ];
    }
}
