using Actors.Api.Settings;

namespace Actors.Api.Hosting;

/// <summary>Where the server listens.</summary>
internal static class Addresses
{
    public const int DefaultPort = 5080;
    private static readonly string[] OtherKeys = ["http_ports", "https_ports", "Kestrel:Endpoints"];

    /// <summary>Settles the addresses; with <c>--https</c> one for https is added. Says what is wrong with those given.</summary>
    public static IReadOnlyList<string> AddAddresses(this WebApplicationBuilder builder, HttpsOptions https)
    {
        var configuration = builder.Configuration;
        var given = configuration[WebHostDefaults.ServerUrlsKey];
        var elsewhere = OtherKeys.Any(key => configuration.GetSection(key).Exists());
        if (given is null && elsewhere && !https.Enabled)
        {
            return [];
        }

        // phones must reach a server that was made for them; without https only this machine has use for it
        var urls = (given ?? $"http://{(https.Enabled ? "*" : "localhost")}:{DefaultPort}").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        var refusals = urls.Where(url => !IsAddress(url)).Select(url => $"urls has '{url}', which is no address such as http://localhost:{DefaultPort}.").ToList();
        if (refusals.Count > 0)
        {
            return refusals;
        }

        var secure = urls.Exists(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        if (https.Enabled && !secure)
        {
            urls.Add($"https://{BindingAddress.Parse(urls[0]).Host}:{https.Port}");
        }
        else if (secure && !https.Enabled && !configuration.GetSection("Kestrel:Certificates:Default").Exists())
        {
            return ["urls has an https address, but there is no certificate: name one by Kestrel:Certificates:Default:Path, or let --https make one."];
        }

        builder.WebHost.UseUrls([.. urls]);
        return [];
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme.ToLowerInvariant() is "http" or "https" && (address.IsUnixPipe || (address.Port is >= 0 and <= 65535 && address.Host.Length > 0 && address.PathBase.Length == 0));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
