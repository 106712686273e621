using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Pdfs;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cluster;

/// <summary>Printing while processes die: what was uploaded at one server is fetched at another, and a job that was taken is not lost.</summary>
[Collection(FaultFixture.Name)]
public sealed class ClusterPrintTests(FaultFixture fixture)
{
    // enough that each silo holds the grains of some
    private const int Terminals = 9;
    private const string Number = "1815";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private ProcessCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task File_UploadedAtAServerThatDies_IsPrintedByAnother()
    {
        using var bound = Bound();
        var content = PdfBuilder.OfLength(600_000);
        var pin = await UploadAsync(Cluster.Apis[0].Process, content, bound.Token);
        await using var terminal = await WindowsTerminal.ConnectAsync(Cluster.Apis[1].Process.BaseAddress, await NewTerminalAsync(bound.Token), bound.Token);
        var code = (string)(await terminal.ReadUntilAsync("qr_token", bound.Token))["qr_token"]!;

        await Cluster.Apis[0].Process.KillAsync();
        await PrintAsync(Cluster.Apis[1].Process, code, pin, bound.Token);
        var fetched = await terminal.FetchAsync(await terminal.ReadUntilAsync("files", bound.Token), bound.Token);

        Assert.Equal(content, Assert.Single(fetched));
        await Cluster.Apis[0].StartAsync(bound.Token);
        await Cluster.UntilWholeAsync(bound.Token);
    }

    [Fact]
    public async Task Jobs_ASiloDiesAfterTheyWereTaken_ComeToTheirTerminals()
    {
        using var bound = Bound();
        var server = Cluster.Apis[1].Process;
        var content = PdfBuilder.Pages(1);
        var pin = await UploadAsync(server, content, bound.Token);
        var terminals = new List<(WindowsTerminal Terminal, string Code)>();
        for (var i = 0; i < Terminals; i++)
        {
            var terminal = await WindowsTerminal.ConnectAsync(server.BaseAddress, await NewTerminalAsync(bound.Token), bound.Token);
            terminals.Add((terminal, (string)(await terminal.ReadUntilAsync("qr_token", bound.Token))["qr_token"]!));
        }

        await Task.WhenAll(terminals.Select(terminal => PrintAsync(server, terminal.Code, pin, bound.Token)));
        await Cluster.Silos[1].Process.KillAsync();

        foreach (var (terminal, _) in terminals)
        {
            var fetched = await terminal.FetchAsync(await terminal.ReadUntilAsync("files", bound.Token), bound.Token);
            Assert.Equal(content, Assert.Single(fetched));
            await terminal.DisposeAsync();
        }

        await Cluster.Silos[1].StartAsync(bound.Token);
        await Cluster.UntilWholeAsync(bound.Token);
    }

    private static CancellationTokenSource Bound()
    {
        var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience);
        return bound;
    }

    private static async Task PrintAsync(ApiProcess server, string code, string pin, CancellationToken cancellationToken)
    {
        using var client = server.CreateClient(admin: false);
        using var printed = await client.PostAsJsonAsync("/print/qr".ToUri(), new { qr_token = code, files = new[] { pin } }, cancellationToken);
        Assert.True(printed.IsSuccessStatusCode, await printed.Content.ReadAsStringAsync(cancellationToken));
    }

    private async Task<string> NewTerminalAsync(CancellationToken cancellationToken)
    {
        using var admin = Cluster.Apis[1].Process.CreateClient();
        using var made = await admin.PostAsJsonAsync("/api/print/terminals".ToUri(), new { name = "Hall" }, cancellationToken);
        return (string)(await made.ReadJsonAsync())["token"]!;
    }

    private static async Task<string> UploadAsync(ApiProcess server, byte[] content, CancellationToken cancellationToken)
    {
        using var admin = server.CreateClient();
        var members = new { users = new[] { new { username = "ADA", union_number = Number, student_number = (string?)null } } };
        using var put = await admin.PostAsJsonAsync("/print/is_union_member".ToUri(), members, cancellationToken);
        put.EnsureSuccessStatusCode();
        using var registered = await admin.PostAsJsonAsync("/print/file".ToUri(), new { surname = "Ada", number = Number, filename = "a.pdf" }, cancellationToken);
        var pin = (string)(await registered.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["pin"]!;
        using var part = new ByteArrayContent(content) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/pdf") } };
        using var body = new MultipartFormDataContent { { part, "file", "a.pdf" } };
        using var uploaded = await admin.PostAsync($"/print/file/{pin}".ToUri(), body, cancellationToken);
        Assert.True(uploaded.IsSuccessStatusCode, await uploaded.Content.ReadAsStringAsync(cancellationToken));
        return pin;
    }
}
