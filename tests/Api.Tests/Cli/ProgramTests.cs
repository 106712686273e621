using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Actors.Api.Tests.Support;
using Actors.TestKit.Meetings;
using Actors.TestKit.Processes;

namespace Actors.Api.Tests.Cli;

/// <summary>The built program, from outside.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-program-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--Data:Pth is not a setting of this program. Did you mean Data:Path?", "--Data:Pth", "x")]
    [InlineData("Mail:Port is 'abc', but must be a whole number.", "--Mail:Port", "abc")]
    [InlineData("Tally:FanOut", "--Tally:FanOut", "0")]
    [InlineData("ConnectionStrings:Actors is not a connection string of PostgreSQL", "--ConnectionStrings:Actors", "Database=actors")]
    [InlineData("Cluster:Provider is redis, but", "--Cluster:Provider", "redis")]
    [InlineData("Cluster:Gateway must be a port", "--Cluster:Gateway", "0")]
    [InlineData("ConnectionStrings:Redis is set, but", "--ConnectionStrings:Redis", "localhost")]
    [InlineData("urls has 'nowhere'", "--urls", "nowhere")]
    [InlineData("Proxy:Known has 'x'", "--Proxy:Known", "x")]
    [InlineData("There is no command 'strat'", "strat")]
    [InlineData("There is no scope 'tally.raed'", "token", "create", "--name", "a", "--scope", "tally.raed")]
    [InlineData("A token's name has 1 to 100 characters in one line.", "token", "create", "--name", "a\nb", "--scope", "admin")]
    public async Task Start_WrongArgument_EndsWithTwoAndOneSentence(string expected, params string[] arguments)
    {
        var (code, _, errors) = await RunAsync(arguments);

        Assert.Equal(2, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownVariableOfOurs_IsNamed()
    {
        var (code, _, errors) = await RunAsync([], ("MAIL__HOTS", "x"), ("MAIL", "/var/mail/me"));

        Assert.Equal(2, code);
        Assert.Contains("MAIL__HOTS", errors, StringComparison.OrdinalIgnoreCase);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task Start_UnknownInTheFile_IsNamed()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), """{"Dta":{"Path":"x"}}""", Stop);
        var (code, _, errors) = await RunAsync([]);

        Assert.Equal(2, code);
        Assert.Contains("Dta:Path in appsettings.json", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderOfARunningServer_IsRefusedInOneSentence()
    {
        await using var running = await ApiProcess.StartAsync(Stop);
        var (code, _, errors) = await RunAsync(["--urls", "http://127.0.0.1:0", "--Data:Path", running.DataPath]);

        Assert.Equal(1, code);
        Assert.Contains($"The data folder {running.DataPath} is in use", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_IsRefusedInOneSentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, output, errors) = await RunAsync(["--urls", $"http://{taken.LocalEndpoint}"]);

        Assert.Equal(1, code);
        Assert.Contains("another program listens there", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors + output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderThatCannotBeMade_IsRefusedInOneSentence()
    {
        var (code, _, errors) = await RunAsync(["--Data:Path", "/proc/actors"]);

        Assert.Equal(1, code);
        Assert.Contains("/proc/actors cannot be written to", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenCreate_BesideARunningServer_OpensIt()
    {
        await using var running = await ApiProcess.StartAsync(Stop);
        var (code, output, errors) = await RunAsync(["token", "create", "--name", "lost", "--scope", "admin", "--Data:Path", running.DataPath]);
        Assert.True(code == 0, errors);

        using var client = running.CreateClient(admin: false);
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {output.Trim()}");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/tokens".ToUri(), Stop)).StatusCode);
    }

    [Fact]
    public async Task TokenCommands_WithoutServer_CreateListAndRevoke()
    {
        var (_, created, _) = await RunAsync(["token", "create", "--name", "gate", "--scope", "tally.read", "tally.write"]);
        Assert.StartsWith("act_", created, StringComparison.Ordinal);
        var (_, list, _) = await RunAsync(["token", "list"]);
        Assert.Contains("gate  tally.read tally.write", list, StringComparison.Ordinal);
        Assert.DoesNotContain(created.Trim(), list, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync(["token", "revoke", list.Split(' ')[0]])).Code);
        Assert.Equal(1, (await RunAsync(["token", "revoke", list.Split(' ')[0]])).Code);
        Assert.Equal("", (await RunAsync(["token", "list"])).Output);
    }

    [Fact]
    public async Task CheckStatus_OfAGoodAndABadServer_SaysWhichAndEndsWithOne()
    {
        await using var bbb = await BbbDouble.StartAsync();
        string[] good = ["--Bbb:Servers:visio:Url", $"{bbb.Address}", "--Bbb:Servers:visio:Secret", bbb.Secret];

        var (code, output, _) = await RunAsync(["check-status", .. good]);
        Assert.Equal(0, code);
        Assert.Contains("visio  good", output, StringComparison.Ordinal);
        Assert.Contains("BigBlueButton 3.0.4", output, StringComparison.Ordinal);

        (code, output, _) = await RunAsync(["check-status", .. good, "--Bbb:Servers:other:Url", $"{bbb.Address}", "--Bbb:Servers:other:Secret", "wrong"]);
        Assert.Equal(1, code);
        Assert.Contains("other  BAD", output, StringComparison.Ordinal);
        Assert.Contains("bbb-conf --secret", output, StringComparison.Ordinal);

        (code, _, var errors) = await RunAsync(["check-status"]);
        Assert.Equal(1, code);
        Assert.Contains("name no BigBlueButton server", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vapid_PrintsAPairThatTheSettingsTake()
    {
        var (code, output, errors) = await RunAsync(["vapid"]);
        var (_, another, _) = await RunAsync(["vapid"]);

        Assert.Equal(0, code);
        Assert.Contains("everybody has to subscribe again", errors, StringComparison.Ordinal);
        Assert.NotEqual(output, another);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Push:PublicKey", "Push:PrivateKey"], lines.Select(line => line.Split('=')[0]));
        await using var api = await ApiProcess.StartAsync(Stop, [.. lines.Select(line => $"--{line}")]);
        using var client = api.CreateClient(admin: false);
        Assert.Contains(lines[0].Split('=')[1], await client.GetStringAsync("/push/public-key".ToUri(), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithHalvesOfTwoPairs_NamesTheSettings()
    {
        var (_, first, _) = await RunAsync(["vapid"]);
        var (_, second, _) = await RunAsync(["vapid"]);

        var (code, _, errors) = await RunAsync([$"--{first.Split('\n')[0]}", $"--{second.Split('\n')[1]}"]);

        Assert.Equal(2, code);
        Assert.Contains("Push:PublicKey does not belong to Push:PrivateKey", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_BesideARunningServer_PrintsLinksThatLeadIn()
    {
        await using var running = await ApiProcess.StartAsync(Stop);
        var (code, output, errors) = await RunAsync(["demo", "--Data:Path", running.DataPath]);
        Assert.True(code == 0, errors);
        var again = await RunAsync(["demo", "--Data:Path", running.DataPath]);
        // but for the user's token, which is a new one each time
        Assert.Equal(WithoutTokens(output), WithoutTokens(again.Output));

        using var visitor = new HttpClient();
        var links = output.Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(line => line.StartsWith("http", StringComparison.Ordinal)).ToArray();
        Assert.Contains(links, link => link.Contains("/meeting/", StringComparison.Ordinal));
        foreach (var link in links)
        {
            using var page = await visitor.GetAsync(link, Stop);
            Assert.True(page.IsSuccessStatusCode, link);
        }

        var screen = links.Single(link => link.Contains("/demo/device/", StringComparison.Ordinal));
        while (!(await visitor.GetStringAsync(screen, Stop)).Contains("Votre permis est", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
        }

        Assert.Contains("Marie Dupont", await visitor.GetStringAsync(links.Single(link => link.Contains("/join/link/", StringComparison.Ordinal)), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Always_NamesCommandsAndSettings()
    {
        var (code, output, _) = await RunAsync(["--help"]);

        Assert.Equal(0, code);
        Assert.Contains("token create", output, StringComparison.Ordinal);
        var settings = output.Split('\n').Select(line => line.Trim()).Where(line => line.Contains(':', StringComparison.Ordinal) && !line.Contains(' ', StringComparison.Ordinal)).ToArray();
        Assert.Contains("Data:Path", settings);
        Assert.Equal(settings.Distinct(StringComparer.OrdinalIgnoreCase), settings);
    }

    [Fact]
    public async Task Post_BodyThatIsTooLarge_IsRefusedBeforeItIsRead()
    {
        await using var running = await ApiProcess.StartAsync(Stop, "--Limits:BodyBytes", "2048");
        using var client = running.CreateClient();
        using var answer = await client.PostAsync("/api/tokens".ToUri(), new StringContent(new string(' ', 5000), null, "application/json"), Stop);

        await answer.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
    }

    private static IEnumerable<string> WithoutTokens(string output) => output.Split('\n').Select(line => line.Split("#token=usr_")[0]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int Code, string Output, string Errors)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [ApiProcess.DllPath(), .. arguments])
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var errors = process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, await output, await errors);
    }
}
