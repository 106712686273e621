using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Unit.Tests.Mail;

/// <summary>A real SMTP server (npm smtp-server) in a process of its own.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private static readonly SemaphoreSlim Installing = new(1, 1);
    private readonly Process _process;

    private MailServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts it with a certificate for 127.0.0.1 that the authority in this file signed.</summary>
    public static async Task<MailServer> StartAsync(string authorityFile, object? settings = null)
    {
        var folder = Folder();
        await InstallAsync(folder);
        var json = JsonSerializer.SerializeToNode(settings ?? new { })!.AsObject();
        AddCertificate(json, authorityFile);
        var process = Run("node", folder, "server.mjs", json.ToJsonString());
        var first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
            ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        return new MailServer(process, (int)JsonNode.Parse(first)!["port"]!);
    }

    /// <summary>The next mail that it took.</summary>
    public async Task<JsonNode> NextMailAsync() =>
        JsonNode.Parse((await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!)!;

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "tests", "mail-server");
    }

    private static async Task InstallAsync(string folder)
    {
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "ical.js")))
            {
                using var npm = Run("npm", folder, "ci", "--no-progress", "--loglevel=error");
                await npm.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.True(npm.ExitCode == 0, "npm ci failed in tests/mail-server");
            }
        }
        finally
        {
            Installing.Release();
        }
    }

    private static Process Run(string program, string folder, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static void AddCertificate(JsonObject settings, string authorityFile)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Mail tests", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var root = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        using var issued = server.Create(root, now.AddDays(-1), now.AddHours(23), [1, 2, 3, 4]);
        File.WriteAllText(authorityFile, root.ExportCertificatePem());
        settings["key"] = key.ExportPkcs8PrivateKeyPem();
        settings["cert"] = issued.ExportCertificatePem();
    }
}
