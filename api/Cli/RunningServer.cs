using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Actors.Api.Auth;
using Actors.Api.Hosting;
using Actors.Api.Https;
using Actors.Silo.Settings;

namespace Actors.Api.Cli;

/// <summary>The file by which commands find the server that runs on a data folder: its addresses and the key of this run.</summary>
internal sealed class RunningServer(DataOptions data, MachineKey key)
{
    private const string FileName = "server.json";
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);
    private bool _written;

    public void Write(IReadOnlyList<string> addresses, string publicUrl)
    {
        if (addresses.Count > 0)
        {
            _written = true;
            OwnerFile.Write(PathIn(data), JsonSerializer.SerializeToUtf8Bytes(new Content(addresses, publicUrl, key.Secret)));
        }
    }

    /// <summary>Takes the file away; one of another server, whose folder this one could not have, stays.</summary>
    public void Delete()
    {
        if (_written)
        {
            File.Delete(PathIn(data));
        }
    }

    /// <summary>A connection to the server that runs on this folder, or null when none does.</summary>
    public static async Task<ServerConnection?> FindAsync(DataOptions data, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathIn(data)) || JsonSerializer.Deserialize<Content>(await File.ReadAllBytesAsync(PathIn(data), cancellationToken)) is not { } content)
        {
            return null;
        }

        foreach (var address in content.Addresses.OrderBy(address => address.StartsWith("https", StringComparison.Ordinal)))
        {
            var client = CreateClient(data, address, content.Key);
            try
            {
                // an ended run leaves its file behind, and its port may be another program's by now: only our key proves it is ours
                using var answer = await client.GetAsync(new Uri("/api/tokens", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return new ServerConnection(client, content.PublicUrl);
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                // nobody there: the next address, or no server
            }

            client.Dispose();
        }

        return null;
    }

    private static HttpClient CreateClient(DataOptions data, string address, string secret)
    {
        var handler = new SocketsHttpHandler();
        if (File.Exists(LocalAuthority.In(data).CertificatePath))
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(LocalAuthority.In(data)) };
        }

        var client = new HttpClient(handler) { BaseAddress = Local(address), Timeout = AnswerTime };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(TokenAuthenticationHandler.SchemeName, secret);
        return client;
    }

    private static X509ChainPolicy Trusting(LocalAuthority authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authority.CertificatePath) },
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private static Uri Local(string address)
    {
        var binding = BindingAddress.Parse(address);
        var host = binding.Host switch { "*" or "+" or "0.0.0.0" => "127.0.0.1", "[::]" => "localhost", var name => name };
        return new Uri($"{binding.Scheme}://{host}:{binding.Port}");
    }

    private static string PathIn(DataOptions data) => Path.Combine(data.FullPath, FileName);

    private sealed record Content(IReadOnlyList<string> Addresses, string PublicUrl, string Key);
}
