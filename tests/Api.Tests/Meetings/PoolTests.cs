using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Api.Tests.Support;
using Actors.TestKit.Meetings;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Meetings;

/// <summary>Several servers behind one slug.</summary>
public sealed class PoolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_ThatIsDrained_KeepsItsConferences_AndGetsNoNewOnes()
    {
        await using var one = await BbbDouble.StartAsync();
        await using var other = await BbbDouble.StartAsync();
        await using var api = await ApiProcess.StartAsync(Cancel, [.. Settings(one, other, weightOfOne: 1, weightOfOther: 0)]);
        using var visitor = new HttpClient();
        var old = await CreateAsync(api, "old");
        await EnterAsync(visitor, old);
        Assert.Contains((string)old["guid"]!, one.Conferences.Keys);

        await api.KillAsync();
        await api.RestartAsync(Cancel, [.. Settings(one, other, weightOfOne: 0, weightOfOther: 1)]);

        for (var i = 0; i < 5; i++)
        {
            var meeting = await CreateAsync(api, $"new-{i}");
            Assert.Contains((string)meeting["guid"]!, other.Conferences.Keys);
        }

        await EnterAsync(visitor, await ReadAsync(api, old));
        Assert.Equal(2, one.Conferences[(string)old["guid"]!].People.Count);
        Assert.Single(one.Conferences);
        Assert.Equal(5, other.Conferences.Count);
    }

    [Fact]
    public async Task Meetings_GoWhereTheFewestPeopleAreForTheWeight()
    {
        await using var one = await BbbDouble.StartAsync();
        await using var other = await BbbDouble.StartAsync();
        await using var api = await ApiProcess.StartAsync(Cancel, [.. Settings(one, other, weightOfOne: 1, weightOfOther: 3)]);

        for (var i = 0; i < 12; i++)
        {
            await CreateAsync(api, $"m-{i}");
        }

        Assert.Equal((3, 9), (one.Conferences.Count, other.Conferences.Count));
    }

    private static IEnumerable<string> Settings(BbbDouble one, BbbDouble other, double weightOfOne, double weightOfOther) =>
    [
        $"--Bbb:Servers:one:Url={one.Address}", $"--Bbb:Servers:one:Secret={one.Secret}", $"--Bbb:Servers:one:Weight={weightOfOne}",
        $"--Bbb:Servers:other:Url={other.Address}", $"--Bbb:Servers:other:Secret={other.Secret}", $"--Bbb:Servers:other:Weight={weightOfOther}",
        "--Bbb:Pools:pool=one,other",
    ];

    private static async Task<JsonNode> CreateAsync(ApiProcess api, string id)
    {
        using var admin = api.CreateClient();
        using var made = await admin.PostAsJsonAsync("/bbb/pool/meeting/".ToUri(), new { name = "RDV", idempotent_id = id }, Cancel);
        return (await made.ReadJsonAsync())["data"]!;
    }

    /// <summary>The same meeting from the process that runs now, which has another port.</summary>
    private static async Task<JsonNode> ReadAsync(ApiProcess api, JsonNode meeting)
    {
        using var admin = api.CreateClient();
        using var answer = await admin.GetAsync($"/bbb/pool/meeting/{meeting["guid"]}/".ToUri(), Cancel);
        return (await answer.ReadJsonAsync())["data"]!;
    }

    private static async Task EnterAsync(HttpClient visitor, JsonNode meeting)
    {
        using var page = await visitor.GetAsync((string)meeting["join_agent_url"]!, Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("id=\"person\"", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
