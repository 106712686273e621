using Actors.Api.Cli;
using Actors.Silo.Settings;

namespace Actors.Api.Demo;

/// <summary>Fills the demo campaign over HTTP, in a server that was running or was started for it, and prints the links.</summary>
internal static class DemoCommand
{
    public static async Task RunAsync(ServerConnection server, DataOptions data, TimeProvider time, CancellationToken cancellationToken)
    {
        var certificates = DemoData.Certificates(time.GetUtcNow());
        var links = DemoLinks.LoadOrCreate(data, DemoData.Readers.Length, certificates.Count);
        await SendAsync(server.Client, HttpMethod.Put, $"/api/campaigns/{DemoData.Campaign}", new { name = DemoData.CampaignName }, cancellationToken);
        for (var i = 0; i < certificates.Count; i++)
        {
            await SaveAsync(server.Client, certificates[i], links.Certificates[i], cancellationToken);
        }

        for (var i = 0; i < DemoData.Readers.Length; i++)
        {
            var reader = new { name = DemoData.Readers[i], enable_tallying = true, offline_roster = true, readable_metadatas = "seat" };
            await SendAsync(server.Client, HttpMethod.Post, $"/qrcode/{DemoData.Campaign}/save-reader/{links.Readers[i]}", reader, cancellationToken);
        }

        links = await DemoPrinting.SetUpAsync(server.Client, data, links, cancellationToken);
        var meeting = await DemoMeetings.SetUpAsync(server.Client, server.PublicUrl, cancellationToken);
        var notifications = await DemoNotifications.SetUpAsync(server.Client, server.PublicUrl, data, links, cancellationToken);
        Print(server.PublicUrl, certificates, links);
        Print("A meeting on a simulated BigBlueButton server:", "No demo meeting: this server has BigBlueButton servers of its own, or Bbb:Demo is false.", meeting);
        Print("A user of a portal, who is notified:", "No demo device: this server is part of a cluster, or Push:Demo is false.", notifications);
    }

    private static async Task SaveAsync(HttpClient client, DemoCertificate certificate, Guid uuid, CancellationToken cancellationToken)
    {
        var body = new
        {
            data = new { name = certificate.Name },
            metadata = new { seat = $"{(char)('A' + (certificate.Name.Length % 6))}{certificate.Name.Length}" },
            validity_start = certificate.ValidityStart,
            validity_end = certificate.ValidityEnd,
        };
        // a revoked one cannot be saved again: it is there from the time before
        var saved = await SendAsync(client, HttpMethod.Post, $"/qrcode/{DemoData.Campaign}/save-certificate/{uuid}", body, cancellationToken, mayConflict: certificate.Revoked);
        if (certificate.Revoked && saved)
        {
            await SendAsync(client, HttpMethod.Post, $"/api/campaigns/{DemoData.Campaign}/certificates/{uuid}/revoke", body: null, cancellationToken);
        }
    }

    private static async Task<bool> SendAsync(HttpClient client, HttpMethod method, string path, object? body, CancellationToken cancellationToken, bool mayConflict = false)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return true;
        }

        return mayConflict && (int)answer.StatusCode == StatusCodes.Status409Conflict
            ? false
            : throw new InvalidOperationException($"the server answered {(int)answer.StatusCode} to {method} {path}");
    }

    private static void Print(string url, IReadOnlyList<DemoCertificate> certificates, DemoLinks links)
    {
        Console.WriteLine();
        Console.WriteLine("The demo campaign is ready. Readers, each for a phone or a tab:");
        for (var i = 0; i < DemoData.Readers.Length; i++)
        {
            Console.WriteLine($"  {url}/qrcode/{DemoData.Campaign}/open-reader/{links.Readers[i]}  {DemoData.Readers[i]}");
        }

        Console.WriteLine("Certificates, to be shown to a reader:");
        for (var i = 0; i < certificates.Count; i++)
        {
            Console.WriteLine($"  {url}/qrcode/{DemoData.Campaign}/get-qrcode/{links.Certificates[i]}?label=1  {certificates[i].Name} ({certificates[i].State})");
        }

        Console.WriteLine("A terminal that shows what it prints, and the page to print from:");
        Console.WriteLine($"  {url}/terminal#token={links.Terminal}&simulate");
        Console.WriteLine($"  {url}/print  ({DemoPrinting.Surname}, {DemoPrinting.Number})");
    }

    private static void Print(string title, string otherwise, IReadOnlyList<(string Url, string Text)>? links)
    {
        Console.WriteLine(links is null ? otherwise : title);
        foreach (var (link, text) in links ?? [])
        {
            Console.WriteLine($"  {link}  {text}");
        }
    }
}
